package dev.stet.statistics;

import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * An estimate with its bootstrap distribution: what it became in samples drawn, with replacement, from the sample
 * itself. Three confidence intervals are read from it:
 *
 * <ul>
 *   <li>{@link #percentile}: the quantiles of the distribution, interpolated linearly;
 *   <li>{@link #biasCorrected}: BCa, the same at levels that allow for the bias of the distribution and for an error
 *       that changes with the estimate (its acceleration, by the jackknife);
 *   <li>{@link #studentised}: bootstrap-t, which resamples the difference from the estimate over its standard error.
 * </ul>
 *
 * <p>All assume independent values of one distribution, and are right for large samples only. <strong>With the few
 * runs of an experiment percentile and BCa intervals are too narrow</strong>: a nominal 95 % covers about 80 % of
 * the time at n = 3, 85 % at 5, 90 % at 10. The studentised interval of a mean comes close to its level from about
 * five values on, at the price of width; for skewed values it too falls short.
 *
 * <ul>
 *   <li>Fewer than two values in a sample or task: there is no variation to see, and intervals are unbounded.
 *   <li>Equal values: each interval is the point of the estimate.
 *   <li>BCa: where the acceleration has no denominator it is 0; where all resamples lie on one side of the estimate,
 *       half a resample is taken to lie on the other.
 *   <li>Studentised: a resample of equal values has no standard error; it counts as infinitely far out, and if
 *       such resamples reach into the tail that end of the interval is infinite.
 *   <li>Infinities and NaN are refused.
 * </ul>
 *
 * <p>Values are sorted before they are drawn, so that their order does not matter. Reference: Efron 1987,
 * doi:10.1080/01621459.1987.10478410; DiCiccio and Efron 1996, doi:10.1214/ss/1032280214.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Bootstrap {
  /** The share of the width of all resamples below which a distance is rounding. */
  private static final double TIE = 1e-9;

  private final double estimate;
  private final double[] replicates;
  private final double acceleration;
  private final Supplier<Pivots> pivots;

  /** Found when first asked for, and the same from whichever thread. */
  private volatile @Nullable Pivots known;

  /** The standard error of the estimate, and (replicate - estimate) / its own error, sorted. */
  static final class Pivots {
    private final double error;
    private final double[] sorted;

    Pivots(double error, double[] sorted) {
      this.error = error;
      this.sorted = sorted;
    }

    static Pivots of(double error, double[] values) {
      Arrays.sort(values);
      return new Pivots(error, values);
    }

    /** The difference over its error; without an error, infinitely far out, unless there is no difference. */
    static double of(double difference, double error) {
      double t = difference == 0 ? 0 : difference / error;
      return Double.isNaN(t) ? Math.copySign(Double.POSITIVE_INFINITY, difference) : t;
    }
  }

  /**
   * A location statistic of a sample, such as its median.
   *
   * @since 0.1
   */
  @FunctionalInterface
  public interface Statistic {
    /**
     * Returns the value of the statistic.
     *
     * @param sorted the values in ascending order, to be read only during the call
     * @return a finite number
     */
    double of(double[] sorted);
  }

  /** With replicates in any order; none mean that intervals are unbounded. Takes the array over. */
  Bootstrap(double estimate, double[] replicates, double[][] influences, Supplier<Pivots> pivots) {
    Arrays.sort(replicates);
    this.estimate = estimate;
    this.replicates = replicates;
    this.acceleration = acceleration(influences);
    this.pivots = pivots;
  }

  /** Of one value: no intervals with ends. */
  static Bootstrap unbounded(double estimate) {
    return new Bootstrap(
        estimate, new double[0], new double[0][], () -> new Pivots(0, new double[0]));
  }

  /**
   * Resamples the mean of a sample.
   *
   * @param values the finite values, at least one
   * @param resamples how many samples to draw, at least 100, such as 10,000
   * @param seed where they are drawn from; the same seed gives the same answer
   * @return the bootstrap distribution of the mean
   * @throws IllegalArgumentException if a value is not finite, there are none, or too few resamples
   */
  public static Bootstrap ofMean(double[] values, int resamples, Seed seed) {
    Samples.requireSome(values, "values");
    Resamples.requireEnough(resamples);
    return MeanResampling.bootstrap(Samples.finite(values, "values"), resamples, seed);
  }

  /**
   * Resamples any location statistic of a sample. The studentised interval evaluates it n times more for each
   * resample, once without each of its values.
   *
   * @param values the finite values, at least one
   * @param statistic what is estimated
   * @param resamples how many samples to draw, at least 100, such as 10,000
   * @param seed where they are drawn from; the same seed gives the same answer
   * @return the bootstrap distribution of the statistic
   * @throws IllegalArgumentException if a value or what the statistic returns is not finite, there are no values, or
   *     too few resamples
   */
  public static Bootstrap of(double[] values, Statistic statistic, int resamples, Seed seed) {
    Samples.requireSome(values, "values");
    Resamples.requireEnough(resamples);
    double[] sorted = Samples.finite(values, "values");
    return new StatisticResampling(sorted, statistic).bootstrap(resamples, seed);
  }

  /**
   * Returns the estimate from the sample itself.
   *
   * @return the value of the statistic
   */
  public double estimate() {
    return estimate;
  }

  /**
   * Returns the percentile interval.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return the quantiles of the resamples
   */
  public Interval percentile(double level) {
    double tail = Tail.ofLevel(level).probability();
    return between(tail, 1 - tail, level);
  }

  /**
   * Returns the bias-corrected and accelerated interval, BCa.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return quantiles of the resamples, at adjusted levels
   */
  public Interval biasCorrected(double level) {
    double z = Quantiles.normal(Tail.ofLevel(level).probability());
    double bias = replicates.length == 0 ? 0 : -Quantiles.normal(belowEstimate());
    return between(adjusted(bias, -z), adjusted(bias, z), level);
  }

  private Interval between(double low, double high, double level) {
    return replicates.length == 0
        ? Interval.unbounded(level)
        : new Interval(quantile(replicates, low), quantile(replicates, high), level);
  }

  /** The share of resamples below the estimate, half of those at it, up to rounding, included. */
  private double belowEstimate() {
    double tie = TIE * (replicates[replicates.length - 1] / 2 - replicates[0] / 2);
    long below = 0;
    long at = 0;
    for (double replicate : replicates) {
      below += replicate < estimate - tie ? 1 : 0;
      at += replicate <= estimate + tie ? 1 : 0;
    }
    double half = 0.5 / replicates.length;
    double share = (below + at) / 2.0 / replicates.length;
    return Math.max(half, Math.min(1 - half, share));
  }

  private double adjusted(double bias, double z) {
    double sum = bias + z;
    double rest = 1 - acceleration * sum;
    // Beyond the pole of the transformation lies the end of the distribution.
    double moved = rest > 0 ? bias + sum / rest : Math.copySign(Double.POSITIVE_INFINITY, sum);
    return Quantiles.rounded(NormalDistribution.of(0, 1).cumulativeProbability(moved));
  }

  /**
   * Returns the studentised interval, bootstrap-t. The first call resamples anew.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return the estimate minus quantiles of the resampled t times the standard error
   */
  public Interval studentised(double level) {
    double tail = Tail.ofLevel(level).probability();
    Pivots t = known;
    if (t == null) {
      t = pivots.get();
      known = t;
    }
    if (t.sorted.length == 0) {
      return Interval.unbounded(level);
    }
    if (t.error == 0) {
      return new Interval(estimate, estimate, level);
    }
    double lower = estimate - quantile(t.sorted, 1 - tail) * t.error;
    double upper = estimate - quantile(t.sorted, tail) * t.error;
    return lower <= upper ? new Interval(lower, upper, level) : Interval.unbounded(level);
  }

  /** Linear between order statistics, an infinite one having the whole step before it. */
  private static double quantile(double[] sorted, double level) {
    double position = level * (sorted.length - 1);
    int below = (int) position;
    double share = position - below;
    double low = sorted[below];
    if (share == 0 || low == sorted[below + 1]) {
      return low;
    }
    double high = sorted[below + 1];
    // Halves, so that the distance of two large numbers does not overflow.
    double value = low + 2 * (share * (high / 2 - low / 2));
    return Double.isInfinite(low) ? low : Math.min(high, value);
  }

  /** By strata that are resampled apart; 0 if nothing varies. */
  private static double acceleration(double[][] influences) {
    Scale scale = Scale.of(influences);
    double squares = 0;
    double cubes = 0;
    for (double[] stratum : influences) {
      for (double influence : scale.shrink(stratum)) {
        double each = influence / stratum.length;
        squares += each * each;
        cubes += each * each * each;
      }
    }
    return squares == 0 ? 0 : cubes / (6 * squares * StrictMath.sqrt(squares));
  }
}
