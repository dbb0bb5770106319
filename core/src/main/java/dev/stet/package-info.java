/**
 * The front door: wrap a training loop, run it, rerun it, run it over many seeds, and assert in a test that it stands.
 *
 * <p>Start with {@link dev.stet.Experiment}. It runs a {@link dev.stet.Trial} and gives back a {@link dev.stet.Run},
 * which it can {@linkplain dev.stet.Experiment#rerun(dev.stet.Run) rerun} bit for bit, in this JVM or in fresh ones, or
 * {@linkplain dev.stet.Experiment#perturb(dev.stet.Run) perturb} to see what it depends on. A {@link dev.stet.Study} is the
 * runs of one experiment over many seeds; its metrics are held against a {@link dev.stet.replication.Baseline} within a
 * {@link dev.stet.replication.Margin}. {@link dev.stet.StetAssertions} does both from a test.
 *
 * <p><b>What may depend on what.</b> This package sees every other package of the library and none of them sees it.
 *
 * <p><b>Null</b> is refused everywhere unless a parameter says otherwise.
 *
 * <p><b>Stable</b> within a major version: everything public here.
 */
@NullMarked
package dev.stet;

import org.jspecify.annotations.NullMarked;
