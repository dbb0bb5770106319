/** How long it takes to save a trial and to write and read a trace. */
@NullMarked
package dev.stet.bench.resume;

import org.jspecify.annotations.NullMarked;
