/**
 * The determinism guard: it sees, in a trial, every source of randomness, time and order that is not the trial's own, at
 * the call sites of user and library classes; it names the line, and reports it, fails the trial, or gives it numbers of
 * the trial.
 *
 * <p>One rewriter has three carriers: the Java agent {@link dev.stet.guard.GuardAgent}, the class loader {@link
 * dev.stet.guard.GuardedLoader}, which needs no agent and no flag, and {@link dev.stet.guard.GuardBuild}, which rewrites
 * classes before the program runs. {@link dev.stet.guard.Guard} says what is on, {@link dev.stet.guard.GuardOptions} what it
 * does.
 *
 * <p><b>What it cannot see</b>, it says with the run: reflection, what the JDK does inside, races of threads, native code.
 *
 * <p><b>What may depend on what.</b> This module sees {@code dev.stet.spi} and {@code dev.stet.seeds}; nothing of Stet sees
 * it, the front door meets it through {@link java.util.ServiceLoader}. The classes {@code GuardRuntime}, {@code GuardDraws},
 * {@code GuardReads}, {@code GuardOrder} and {@code GuardTasks} are public because rewritten code calls them; they are not
 * for calling, and <b>only the rest is stable</b>.
 */
@NullMarked
package dev.stet.guard;

import org.jspecify.annotations.NullMarked;
