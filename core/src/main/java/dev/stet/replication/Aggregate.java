package dev.stet.replication;

import dev.stet.seeds.Seed;
import dev.stet.statistics.InterquartileMean;
import dev.stet.statistics.ProbabilityOfImprovement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the samples of a {@link SampleSet} are put together into one difference, of which {@link SampleSet#aggregate} gives a
 * verdict.
 *
 * <p>Both kinds resample the runs of each data set on each side, and take three intervals from that: percentile, BCa and
 * bootstrap-t. A definitive verdict needs all three to agree. They speak about other seeds on these data sets, never about other
 * data sets.
 *
 * <p>Not promised: the rates of false verdicts hold for many runs only. With fewer than ten runs of a data set on a side the
 * intervals are too narrow, and the reason of the verdict says so. No guard looks at the rest of the distribution, and a data set
 * that falls can hide behind the others: read an aggregate beside the {@linkplain SampleSet#compare(SampleSet, Margin) verdicts
 * of each}.
 *
 * <p>Almost stochastic order ({@link dev.stet.statistics.StochasticOrder}) is no aggregate and gives no verdict. Its number is a
 * share of violation between 0 and 1 that says how far one side is from being better throughout; 0.5 stands for equal samples
 * and for such as cross evenly, however far apart they lie. No range of it means "the same within a margin", so that it could
 * say <i>differs</i> and never <i>replicated</i>.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Aggregate {
  private static final int USUAL_RESAMPLES = 10_000;

  /** A tail with fewer resamples is not known well enough to rest a verdict on. */
  private static final int FEWEST_IN_A_TAIL = 10;

  private final Method method;
  private final int resamples;

  private Aggregate(Method method, int resamples) {
    this.method = method;
    this.resamples = resamples;
  }

  /**
   * Returns the difference of the {@linkplain InterquartileMean interquartile means}: of all runs of all data sets, the
   * mean without the lowest and the highest quarter.
   *
   * <p>The values must mean the same on every data set, as accuracies do; otherwise record them on a common scale. The margin is
   * in units of the metric. A data set with more runs has more weight, so that both sides need the same shares of runs. Failed
   * runs have no value and are left out of the mean.
   *
   * @return the aggregate
   */
  public static Aggregate interquartileMean() {
    return new Aggregate(Method.over(Location.INTERQUARTILE), USUAL_RESAMPLES);
  }

  /**
   * Returns the {@linkplain ProbabilityOfImprovement probability} that a fresh run is higher than one of the baseline on the same
   * data set, chosen at random, less one half. Ties count half, failed runs rank worst.
   *
   * <p>Only the order of the values within a data set counts, so they need no common scale. The margin is a difference of
   * probability, such as 0.1 for 40 to 60 %. Where each data set is wholly separated or wholly tied nothing varies in
   * resamples; the interval then is the exact one of as many independent pairs as there are, half width 1 - (tail of the
   * level)^(1 / pairs).
   *
   * @return the aggregate
   */
  public static Aggregate probabilityOfImprovement() {
    return new Aggregate(Method.over(Location.IMPROVEMENT), USUAL_RESAMPLES);
  }

  /**
   * Returns a copy with another rate of false verdicts, as {@link Method#withAlpha} has it.
   *
   * @param newAlpha above 0, at most 0.5; 0.05 unless told otherwise
   * @return the copy
   * @throws IllegalArgumentException if it lies outside, or is too small for this many resamples
   */
  public Aggregate withAlpha(double newAlpha) {
    return of(method.withAlpha(newAlpha), resamples);
  }

  /**
   * Returns a copy that resamples from another seed. The same seed gives the same verdict.
   *
   * @param newSeed where resampling draws from
   * @return the copy
   */
  public Aggregate withSeed(Seed newSeed) {
    return new Aggregate(method.withSeed(newSeed), resamples);
  }

  /**
   * Returns a copy that resamples more or less often.
   *
   * @param newResamples at least 20 / alpha, so that ten lie beyond either end; 10,000 unless told otherwise
   * @return the copy
   * @throws IllegalArgumentException if they are fewer
   */
  public Aggregate withResamples(int newResamples) {
    return of(method, newResamples);
  }

  private static Aggregate of(Method method, int resamples) {
    double needed = 2 * FEWEST_IN_A_TAIL / method.alpha();
    if (!(resamples >= needed)) {
      throw new IllegalArgumentException("alpha " + Decimals.shortest(method.alpha())
          + " needs at least " + Decimals.fixed(Math.ceil(needed), 0)
          + " resamples, ten beyond either end; got "
          + resamples + ". Call withResamples before withAlpha if both change.");
    }
    return new Aggregate(method, resamples);
  }

  Method method() {
    return method;
  }

  int resamples() {
    return resamples;
  }

  Seed seed() {
    return method.seed().child("aggregate");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Aggregate that
        && method.equals(that.method)
        && resamples == that.resamples;
  }

  @Override
  public int hashCode() {
    return Objects.hash(method, resamples);
  }

  /** Returns the aggregate in words. */
  @Override
  public String toString() {
    return method + ", " + resamples + " resamples";
  }
}
