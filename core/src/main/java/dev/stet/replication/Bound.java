package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A requirement on a number: the mean, a quantile or a success rate of many runs against a bound, with the errors that the
 * test of it may make.
 *
 * <p>Two of them must be declared, since no number of runs follows from one alone. The <i>flake budget</i> is how often the
 * test may be red while nothing is wrong. The <i>broken value</i> is one on the wrong side of the bound that must be
 * caught, with a declared probability.
 *
 * <pre>{@code
 * Bound.rate(Success.atLeast(accuracy, 0.9)).atLeast(0.85).expecting(0.95)
 *     .flakeBudget(0.001).catching(0.75, 0.9);
 * Bound.mean(accuracy).atLeast(0.9).within(0, 1)
 *     .flakeBudget(0.001).catching(0.8, 0.9);
 * }</pre>
 *
 * <p><b>When is nothing wrong?</b> If the true value meets the bound: the flake budget then holds at the bound itself and
 * everywhere on its right side. Whoever knows that the value is better than the bound declares it by {@link #expecting};
 * the flake budget then holds from there on only, and the test takes fewer runs. Between the value where nothing is wrong
 * and the broken one either answer may come out.
 *
 * <p><b>Means</b> need more than a bound: one run in a thousand that is arbitrarily bad can spoil a mean, and a few runs do
 * not show it. So either the {@linkplain #within range} of the values is declared, or that they are {@linkplain
 * #assumingNormal() normal}. Neither is guessed.
 *
 * <p><b>Failed runs</b>, and results that are not finite, are no success; in a mean they are the worst end of the range.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Bound {
  /** How many runs the first stage of a normal mean has unless told otherwise. */
  static final int FIRST_STAGE = 10;

  private final Statistic statistic;
  private final boolean atLeast;
  private final double value;
  private final Terms terms;

  private Bound(Statistic statistic, boolean atLeast, double value, Terms terms) {
    this.statistic = statistic;
    this.atLeast = atLeast;
    this.value = value;
    this.terms = terms.checked(this);
  }

  /** What is declared beside the bound; NaN and 0 are not declared. */
  record Terms(
      double expected,
      double budget,
      double broken,
      double detection,
      double low,
      double high,
      int firstStage) {
    private static final double NONE = Double.NaN;
    private static final Terms UNDECLARED = new Terms(NONE, NONE, NONE, NONE, NONE, NONE, 0);

    private Terms checked(Bound bound) {
      new BoundTerms(bound.statistic, bound.atLeast, bound.value, this).check();
      return this;
    }
  }

  /**
   * What is required of many runs together: their mean, a quantile, or a rate.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @since 0.1
   */
  public static final class Statistic {
    private final @Nullable Metric metric;
    private final @Nullable Success success;
    private final double quantile;

    private Statistic(@Nullable Metric metric, @Nullable Success success, double quantile) {
      this.metric = metric;
      this.success = success;
      this.quantile = quantile;
    }

    /**
     * Returns the bound from below.
     *
     * @param value the smallest value that meets the requirement, finite; for a rate in (0, 1]
     * @return the bound, without flake budget and broken value yet
     * @throws IllegalArgumentException if the value cannot be one
     */
    public Bound atLeast(double value) {
      return bound(true, value);
    }

    /**
     * Returns the bound from above. A rate has none: a failed run would help it.
     *
     * @param value the largest value that meets the requirement, finite
     * @return the bound, without flake budget and broken value yet
     * @throws IllegalArgumentException if the value cannot be one, or this is a success rate
     */
    public Bound atMost(double value) {
      return bound(false, value);
    }

    private Bound bound(boolean atLeast, double value) {
      if (isMean()) {
        return new Bound(this, atLeast, BoundTerms.requireFinite("bound", value), Terms.UNDECLARED);
      }
      if (success != null) {
        return new Bound(this, atLeast, BoundTerms.requireRate(value, atLeast), Terms.UNDECLARED);
      }
      BoundTerms.requireFinite("bound", value);
      Metric of = requireNonNull(metric);
      Success within = atLeast ? Success.atLeast(of, value) : Success.atMost(of, value);
      double rate = atLeast ? BoundTerms.complement(quantile) : quantile;
      return new Bound(new Statistic(of, within, quantile), true, rate, Terms.UNDECLARED);
    }

    boolean isMean() {
      return success == null && Double.isNaN(quantile);
    }

    boolean isQuantile() {
      return !Double.isNaN(quantile);
    }

    double quantile() {
      return quantile;
    }

    Success success() {
      return requireNonNull(success, "a mean has no success");
    }

    String metricName() {
      return requireNonNull(metric, "a rate may have no metric").name();
    }

    /** Returns the statistic in words. */
    @Override
    public String toString() {
      if (isMean()) {
        return "the mean of " + metricName();
      }
      return isQuantile()
          ? "the " + Decimals.shortest(quantile) + "-quantile of " + metricName()
          : "the rate of runs that " + success;
    }
  }

  /**
   * Returns the mean of a metric over runs.
   *
   * @param metric what is measured
   * @return the mean
   */
  public static Statistic mean(Metric metric) {
    return new Statistic(requireNonNull(metric, "metric"), null, Double.NaN);
  }

  /**
   * Returns the mean of the last value of a metric over runs.
   *
   * @param metric the metric's name
   * @return the mean
   */
  public static Statistic mean(String metric) {
    return mean(Metric.of(metric));
  }

  /**
   * Returns a quantile of a metric over runs. A bound on it is one on a rate: the 0.1-quantile is at least 0.8 if at least
   * 90 % of runs are at least 0.8. So its expected and its broken value are such rates.
   *
   * @param metric what is measured
   * @param share the share of runs below, strictly between 0 and 1; 0.5 is the median
   * @return the quantile
   * @throws IllegalArgumentException if the share is not between 0 and 1
   */
  public static Statistic quantile(Metric metric, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "a quantile's share must lie strictly between 0 and 1; got " + share
              + ". The median is 0.5.");
    }
    return new Statistic(requireNonNull(metric, "metric"), null, share);
  }

  /**
   * Returns the rate of runs that succeed.
   *
   * @param success what makes a run a success
   * @return the rate, between 0 and 1
   */
  public static Statistic rate(Success success) {
    requireNonNull(success, "success");
    return new Statistic(success.metric().orElse(null), success, Double.NaN);
  }

  /**
   * Declares the value that is expected when nothing is wrong. The flake budget then holds there and beyond, and no longer
   * at the bound itself.
   *
   * @param expected a value on the bound's right side, or the bound; for a rate or quantile a rate of runs
   * @return a copy with this expectation
   * @throws IllegalArgumentException if the value does not meet the bound
   */
  public Bound expecting(double expected) {
    BoundTerms.requireFinite("expected value", expected);
    return with(new Terms(
        expected,
        terms.budget,
        terms.broken,
        terms.detection,
        terms.low,
        terms.high,
        terms.firstStage));
  }

  /**
   * Declares how often the test may be red while nothing is wrong.
   *
   * @param probability above 0 and at most 0.5, such as 0.001
   * @return a copy with this budget
   * @throws IllegalArgumentException if the probability is out of range
   */
  public Bound flakeBudget(double probability) {
    return with(new Terms(
        terms.expected,
        BoundTerms.requireBudget(probability),
        terms.broken,
        terms.detection,
        terms.low,
        terms.high,
        terms.firstStage));
  }

  /**
   * Declares what must be caught.
   *
   * @param broken a value on the bound's wrong side; for a rate or quantile a rate of runs
   * @param detection how often the test must be red there or beyond, at least 0.5 and below 1, such as 0.9
   * @return a copy that catches it
   * @throws IllegalArgumentException if the value meets the bound, or the probability is out of range
   */
  public Bound catching(double broken, double detection) {
    BoundTerms.requireFinite("broken value", broken);
    return with(new Terms(
        terms.expected,
        terms.budget,
        broken,
        BoundTerms.requireDetection(detection),
        terms.low,
        terms.high,
        terms.firstStage));
  }

  /**
   * Declares, for a mean, the range that no value can leave. The test then holds for values of any shape. A narrow range
   * makes it fast; a value outside is an error and ends it.
   *
   * @param low the smallest possible value
   * @param high the largest possible value
   * @return a copy with this range
   * @throws IllegalArgumentException if the range is empty or not finite, or this is no mean
   */
  public Bound within(double low, double high) {
    BoundTerms.requireRange(low, high);
    return with(new Terms(
        terms.expected, terms.budget, terms.broken, terms.detection, low, high, terms.firstStage));
  }

  /**
   * Declares, for a mean, that values are normal, with a first stage of 10 runs.
   *
   * @return a copy that tests by Student's t
   * @throws IllegalArgumentException if this is no mean
   * @see #assumingNormal(int)
   */
  public Bound assumingNormal() {
    return assumingNormal(FIRST_STAGE);
  }

  /**
   * Declares, for a mean, that values are normal, so that Student's t may be used. The runs of the first stage show the
   * spread, and how many more it takes (Stein's two-stage test). Where the values are not normal the errors are not those
   * declared: at a nominal flake budget of 0.001, Student's t on 20 lognormal values is red 4 % of the time, and on 5 values
   * of a two-peaked shape 31 %.
   *
   * @param firstStage how many runs show the spread, at least 2
   * @return a copy that tests by Student's t
   * @throws IllegalArgumentException if the number is too small, or this is no mean
   */
  public Bound assumingNormal(int firstStage) {
    if (firstStage < 2) {
      throw new IllegalArgumentException(
          "the first stage must have at least 2 runs, as one shows no spread; got " + firstStage
              + ".");
    }
    return with(new Terms(
        terms.expected,
        terms.budget,
        terms.broken,
        terms.detection,
        terms.low,
        terms.high,
        firstStage));
  }

  private Bound with(Terms newTerms) {
    return new Bound(statistic, atLeast, value, newTerms);
  }

  /**
   * Returns how many runs it takes.
   *
   * @return the plan
   * @throws IllegalStateException if the flake budget, the broken value, or for a mean the range, is not declared yet
   * @throws IllegalArgumentException if it would take more runs than are ever planned
   */
  public BoundPlan plan() {
    return BoundPlan.of(this);
  }

  /**
   * Returns what is measured.
   *
   * @return the metric; empty if runs only have to complete
   */
  public Optional<Metric> metric() {
    return Optional.ofNullable(statistic.metric);
  }

  /**
   * Returns the bound; for a quantile the rate of runs that it asks for.
   *
   * @return the number
   */
  public double value() {
    return value;
  }

  /**
   * Returns the value that is expected when nothing is wrong.
   *
   * @return the declared value; the bound if none was declared
   */
  public double expected() {
    return Double.isNaN(terms.expected) ? value : terms.expected;
  }

  /**
   * Returns how often the test may be red while nothing is wrong.
   *
   * @return the flake budget; empty if not declared yet
   */
  public OptionalDouble flakeBudget() {
    return declared(terms.budget);
  }

  /**
   * Returns the value that must be caught.
   *
   * @return the broken value; empty if not declared yet
   */
  public OptionalDouble broken() {
    return declared(terms.broken);
  }

  /**
   * Returns how often the test must be red at the broken value.
   *
   * @return the probability; empty if not declared yet
   */
  public OptionalDouble detection() {
    return declared(terms.detection);
  }

  private static OptionalDouble declared(double number) {
    return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  Statistic statistic() {
    return statistic;
  }

  boolean isAtLeast() {
    return atLeast;
  }

  Terms terms() {
    return terms;
  }

  /** Returns the requirement in words, such as {@code the mean of accuracy is at least 0.9}. */
  @Override
  public String toString() {
    if (statistic.isMean()) {
      return statistic + (atLeast ? " is at least " : " is at most ") + Decimals.shortest(value);
    }
    return statistic.isQuantile() ? statistic + " is " + statistic.success().limit() : asRate();
  }

  /** What is tested where it is a rate. */
  String asRate() {
    return "at least " + Chance.declared(value) + " of runs " + statistic.success();
  }
}
