/** What it costs to run trials in JVMs of their own. */
@NullMarked
package dev.stet.bench.fork;

import org.jspecify.annotations.NullMarked;
