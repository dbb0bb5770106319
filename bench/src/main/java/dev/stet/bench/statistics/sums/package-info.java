/** What a sum costs that no order changes. */
@NullMarked
package dev.stet.bench.statistics.sums;

import org.jspecify.annotations.NullMarked;
