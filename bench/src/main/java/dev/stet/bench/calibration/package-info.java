/** How often verdicts and bounds err, what they find, and what stopping early saves: simulated and printed as tables. */
@NullMarked
package dev.stet.bench.calibration;

import org.jspecify.annotations.NullMarked;
