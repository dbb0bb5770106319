/**
 * How often verdicts are false: simulations of the rules as they ship, whose tables stand in
 * {@code docs/calibration.md}. They use the public API alone and draw from seeds of their own, so that a rerun gives
 * the same tables on any machine and any number of threads.
 */
@NullMarked
package dev.stet.bench.calibration;

import org.jspecify.annotations.NullMarked;
