/**
 * Samples, margins, baselines and verdicts: the policy over the statistics.
 *
 * <p>In this room: what was measured ({@link dev.stet.replication.Metric}, {@link
 * dev.stet.replication.Reduction}, {@link dev.stet.replication.Sample}), what is declared beforehand ({@link
 * dev.stet.replication.Margin}), what is kept in a file ({@link dev.stet.replication.Baseline}) and what comes of
 * it ({@link dev.stet.replication.Verdict} with its {@link dev.stet.replication.Evidence}).
 *
 * <p>A {@link dev.stet.replication.Method} says how; a {@link dev.stet.replication.Comparison} asks it of two configs, a {@link
 * dev.stet.replication.PublishedBaseline} of a paper, a {@link dev.stet.replication.Panel} of several metrics or data sets ({@link
 * dev.stet.replication.SampleSet}). {@link dev.stet.replication.CsvSamples} reads results from elsewhere. {@link
 * dev.stet.replication.Outlook} says what a study can show, {@link dev.stet.replication.Stopping} when it ends, and a {@link
 * dev.stet.replication.Watch} has no end.
 *
 * <p>For a number in place of a baseline: {@link dev.stet.replication.Bound}, its {@link dev.stet.replication.BoundPlan}
 * and {@link dev.stet.replication.BoundResult}; {@link dev.stet.replication.ThresholdTest} examines tests that people have
 * already, and {@link dev.stet.replication.SuiteBudget} divides one budget of false alarms over a suite.
 *
 * <p>It may depend on {@code dev.stet.statistics}, {@code dev.stet.fingerprint} and {@code dev.stet.seeds}, and
 * on nothing else of ours. The front door makes samples of studies and asks here.
 *
 * <p>The public types are stable within a minor version; a baseline file is read by every later version.
 */
@NullMarked
package dev.stet.replication;

import org.jspecify.annotations.NullMarked;
