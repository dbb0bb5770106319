/** What a verdict costs. */
@NullMarked
package dev.stet.bench.verdict;

import org.jspecify.annotations.NullMarked;
