package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import dev.stet.statistics.SubsetStatistic;
import java.util.function.ToDoubleFunction;

/**
 * A test with a hand-picked threshold, as suites have them: the mean of 3 runs must be at least 0.9, each of 5 runs must be
 * at least 0.85. It is not made to be run but to be examined: how often does it fail when nothing is wrong, how often does
 * it catch what is, and which threshold would keep a budget?
 *
 * <pre>{@code
 * ThresholdReport report = ThresholdTest.mean(3).atLeast(0.9).examine(study.metric("accuracy"), 0.001);
 * }</pre>
 *
 * <p>Failed runs are worse than every threshold.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class ThresholdTest {
  private static final Seed DRAWING = Seed.of(20261125);

  private enum Kind {
    MEAN("the mean of %s"),
    MEDIAN("the median of %s"),
    EACH("each of %s"),
    BEST("the best of %s");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private final Runs runs;
  private final boolean atLeast;
  private final double threshold;

  private ThresholdTest(Runs runs, boolean atLeast, double threshold) {
    this.runs = runs;
    this.atLeast = atLeast;
    this.threshold = threshold;
  }

  /**
   * What a test makes of its runs. Immutable and safe for use by several threads.
   *
   * @since 0.1
   */
  public static final class Runs {
    private final Kind kind;
    private final int count;

    private Runs(Kind kind, int count) {
      if (count < 1) {
        throw new IllegalArgumentException("a test makes at least 1 run; got " + count + ".");
      }
      this.kind = kind;
      this.count = count;
    }

    /**
     * Returns the test that wants it high.
     *
     * @param threshold the smallest number that passes, finite
     * @return the test
     * @throws IllegalArgumentException if the threshold is not finite
     */
    public ThresholdTest atLeast(double threshold) {
      return new ThresholdTest(this, true, BoundTerms.requireFinite("threshold", threshold));
    }

    /**
     * Returns the test that wants it low.
     *
     * @param threshold the largest number that passes, finite
     * @return the test
     * @throws IllegalArgumentException if the threshold is not finite
     */
    public ThresholdTest atMost(double threshold) {
      return new ThresholdTest(this, false, BoundTerms.requireFinite("threshold", threshold));
    }
  }

  /**
   * Returns the mean of some runs.
   *
   * @param runs how many, at least 1
   * @return what the threshold is for
   */
  public static Runs mean(int runs) {
    return new Runs(Kind.MEAN, runs);
  }

  /**
   * Returns the median of some runs.
   *
   * @param runs how many, at least 1
   * @return what the threshold is for
   */
  public static Runs median(int runs) {
    return new Runs(Kind.MEDIAN, runs);
  }

  /**
   * Returns each of some runs: all of them must pass.
   *
   * @param runs how many, at least 1
   * @return what the threshold is for
   */
  public static Runs each(int runs) {
    return new Runs(Kind.EACH, runs);
  }

  /**
   * Returns the best of some runs: one of them must pass.
   *
   * @param runs how many, at least 1
   * @return what the threshold is for
   */
  public static Runs best(int runs) {
    return new Runs(Kind.BEST, runs);
  }

  /**
   * Examines the test on runs of which nothing is wrong.
   *
   * @param healthy at least as many runs as the test makes
   * @param flakeBudget how often it may fail when nothing is wrong, above 0 and at most 0.5
   * @return how often it does, and which threshold would keep the budget
   * @throws IllegalArgumentException if the runs are too few or the budget is out of range
   */
  public ThresholdReport examine(Sample healthy, double flakeBudget) {
    BoundTerms.requireBudget(flakeBudget);
    return new ThresholdReport(this, flakeBudget, healthy, distribution(healthy), null, null);
  }

  /**
   * Examines the test on runs of which nothing is wrong, and on runs of a version that it should catch.
   *
   * @param healthy at least as many runs as the test makes
   * @param flakeBudget how often it may fail when nothing is wrong, above 0 and at most 0.5
   * @param broken at least as many runs of a version with the fault
   * @return how often it fails on both, and which threshold would keep the budget
   * @throws IllegalArgumentException if the runs are too few or the budget is out of range
   */
  public ThresholdReport examine(Sample healthy, double flakeBudget, Sample broken) {
    BoundTerms.requireBudget(flakeBudget);
    return new ThresholdReport(
        this, flakeBudget, healthy, distribution(healthy), broken, distribution(broken));
  }

  /** Of values that are better when higher: a threshold from above is turned round. */
  private SubsetStatistic distribution(Sample sample) {
    double[] values = requireNonNull(sample, "sample")
        .ranked(atLeast ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    if (values.length < runs.count) {
      throw new IllegalArgumentException("a test that makes " + Chance.runs(runs.count)
          + " runs can only be examined on as many or more; got " + values.length
          + ". Run a study of 50 or more.");
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = oriented(values[i]);
    }
    return SubsetStatistic.of(values, runs.count, statistic(), DRAWING);
  }

  private ToDoubleFunction<double[]> statistic() {
    int k = runs.count;
    return switch (runs.kind) {
      case MEAN -> ThresholdTest::meanOf;
      case MEDIAN -> sorted -> middle(sorted[(k - 1) / 2], sorted[k / 2]);
      case EACH -> sorted -> sorted[0];
      case BEST -> sorted -> sorted[k - 1];
    };
  }

  /** Each value divided first: a sum of large ones has no number. */
  private static double meanOf(double[] values) {
    double sum = 0;
    boolean large = false;
    for (double value : values) {
      sum += value;
      large |= Math.abs(value) > Double.MAX_VALUE / values.length;
    }
    if (!large) {
      return sum / values.length;
    }
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    return mean;
  }

  private static double middle(double low, double high) {
    return low == high ? low : low / 2 + high / 2;
  }

  double oriented(double value) {
    return atLeast ? value : -value;
  }

  double threshold() {
    return threshold;
  }

  /** Returns the test in words, such as {@code the mean of 3 runs is at least 0.9}. */
  @Override
  public String toString() {
    String count = Chance.runs(runs.count) + (runs.count == 1 ? " run" : " runs");
    return runs.kind.words.replace("%s", count)
        + (atLeast ? " is at least " : " is at most ")
        + Decimals.shortest(threshold);
  }
}
