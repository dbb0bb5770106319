/** How often verdicts and bounds err, counted. */
@NullMarked
package dev.stet.bench.calibration;

import org.jspecify.annotations.NullMarked;
