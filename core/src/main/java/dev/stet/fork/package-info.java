/**
 * Work in JVMs of its own: a pool of warm child processes, so that whatever happens to one piece of work costs it alone.
 *
 * <p>A {@link dev.stet.fork.ForkPool} sends a {@link dev.stet.fork.ForkTask} to each of its workers once and then
 * requests to whichever is free. Out of memory, {@code System.exit}, a crash, a kill and a hang end one request with a
 * {@link dev.stet.fork.ForkEnd} that says what happened; the next request finds another worker.
 *
 * <p><b>What may depend on what.</b> This package sees nothing else of the library. It knows nothing of experiments: those
 * build their tasks on it.
 *
 * <p>It is public for the front door alone, which is in another package. <b>Nothing here is stable.</b>
 */
@NullMarked
package dev.stet.fork;

import org.jspecify.annotations.NullMarked;
