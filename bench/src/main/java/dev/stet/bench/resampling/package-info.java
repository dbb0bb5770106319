/** What permutation tests and bootstraps cost. */
@NullMarked
package dev.stet.bench.resampling;

import org.jspecify.annotations.NullMarked;
