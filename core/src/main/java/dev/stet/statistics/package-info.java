/**
 * Interval estimates on bare numbers: what verdicts use, and no more.
 *
 * <p>In this room: the shift between two samples ({@link dev.stet.statistics.HodgesLehmann}, {@link
 * dev.stet.statistics.Welch}, {@link dev.stet.statistics.Yuen}, {@link dev.stet.statistics.StudentisedPermutation},
 * {@link dev.stet.statistics.MeanPermutation}), the location of one sample or of paired differences ({@link
 * dev.stet.statistics.SignedRank}, {@link dev.stet.statistics.PairedT}, {@link dev.stet.statistics.TrimmedT}), the
 * probability of improvement ({@link dev.stet.statistics.BrunnerMunzel}), a bound on a proportion ({@link
 * dev.stet.statistics.Proportion}) and the {@link dev.stet.statistics.Interval} they answer with.
 *
 * <p>Tests that take values one by one: {@link dev.stet.statistics.SequentialRate}, {@link
 * dev.stet.statistics.BoundedMean} with its confidence sequence {@link dev.stet.statistics.HedgedCapital}, and the two-stage
 * {@link dev.stet.statistics.SteinTest}; and what a sample shows of a statistic of a few values ({@link
 * dev.stet.statistics.SubsetStatistic}). For these, other than for the rest, the order of values that come one by one counts.
 *
 * <p>What a location does not show: {@link dev.stet.statistics.BrownForsythe}, {@link dev.stet.statistics.EnergyDistance},
 * {@link dev.stet.statistics.FisherExact}, {@link dev.stet.statistics.McNemar}. Resampling, on which no verdict depends: {@link
 * dev.stet.statistics.Bootstrap}, {@link dev.stet.statistics.InterquartileMean}, {@link
 * dev.stet.statistics.ProbabilityOfImprovement}, {@link dev.stet.statistics.StochasticOrder}. Planning and looking: {@link
 * dev.stet.statistics.IntervalPower}, {@link dev.stet.statistics.Spending}, {@link dev.stet.statistics.GroupSequential},
 * {@link dev.stet.statistics.ConformalAlarm}; several at once: {@link dev.stet.statistics.Multiplicity}.
 *
 * <p>It knows nothing of experiments, seeds or baselines: it may depend on {@code dev.stet.seeds} alone, and
 * {@code dev.stet.replication} is built on it. Every method is a pure function of its arguments: no random
 * numbers but those of a seed among them, no shared state, and the same answer for the same values in any order.
 *
 * <p>The public types here are stable within a minor version.
 */
@NullMarked
package dev.stet.statistics;

import org.jspecify.annotations.NullMarked;
