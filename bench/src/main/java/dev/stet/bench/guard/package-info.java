/** What the guard costs: a rewritten call, a class that is loaded, a start. */
@NullMarked
package dev.stet.bench.guard;

import org.jspecify.annotations.NullMarked;
