/**
 * A JUnit extension: tests whose randomness comes from a seed that can be replayed, tests that must rerun bit for bit, and
 * tests that a guard watches.
 *
 * <p>{@link dev.stet.junit.Replayable} gives a test its seed, {@link dev.stet.junit.StreamName} a stream of it; {@link
 * dev.stet.junit.BitForBit} runs a test method as a trial and reruns it; {@link dev.stet.junit.Guarded} forbids what is not
 * the test's own; {@link dev.stet.junit.BaselineFile} says where a test's baseline lies. Each brings its extension along:
 * nothing is registered elsewhere, and tests run in Maven, Gradle and an IDE as they are.
 *
 * <p>It works with JUnit 5 (from 5.10) and JUnit 6, which the user's build brings. Tests may run in parallel.
 *
 * <p><b>What may depend on what.</b> It is built on the front door {@code dev.stet} and nothing is built on it. A guard is
 * met through {@code dev.stet.spi} alone.
 *
 * <p>The annotations are stable within a minor version.
 */
@NullMarked
package dev.stet.junit;

import org.jspecify.annotations.NullMarked;
