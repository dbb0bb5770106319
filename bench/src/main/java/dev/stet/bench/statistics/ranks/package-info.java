/** What p-values by ranks and by permutation cost. */
@NullMarked
package dev.stet.bench.statistics.ranks;

import org.jspecify.annotations.NullMarked;
