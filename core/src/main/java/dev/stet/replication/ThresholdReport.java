package dev.stet.replication;

import dev.stet.statistics.Interval;
import dev.stet.statistics.SubsetStatistic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What came of examining a {@link ThresholdTest}.
 *
 * <p>A rate is the share of all groups of runs that the sample holds which fail: unbiased, with an interval for every shape
 * of the values. Its width is that of as many tries as the sample holds groups that have no run in common, which are few;
 * so a sample of 50 can vouch for no small budget, and says for which it could.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class ThresholdReport {
  private static final double LEVEL = 0.95;
  private static final int DIGITS = 4;

  private final ThresholdTest test;
  private final double budget;
  private final Sample healthy;
  private final SubsetStatistic whenHealthy;
  private final @Nullable Sample broken;
  private final @Nullable SubsetStatistic whenBroken;

  ThresholdReport(
      ThresholdTest test,
      double budget,
      Sample healthy,
      SubsetStatistic whenHealthy,
      @Nullable Sample broken,
      @Nullable SubsetStatistic whenBroken) {
    this.test = test;
    this.budget = budget;
    this.healthy = healthy;
    this.whenHealthy = whenHealthy;
    this.broken = broken;
    this.whenBroken = whenBroken;
  }

  /**
   * How often a test fails. Immutable and safe for use by several threads.
   *
   * @param estimate the share of groups of runs that fail
   * @param interval its 95 % interval
   * @since 0.1
   */
  public record Rate(double estimate, Interval interval) {}

  /**
   * Returns how often the test fails when nothing is wrong.
   *
   * @return the rate of false alarms
   */
  public Rate falseAlarms() {
    return rate(whenHealthy, test.oriented(test.threshold()));
  }

  /**
   * Returns how often the test fails on the broken version.
   *
   * @return the detection; empty if no such runs were given
   */
  public Optional<Rate> detection() {
    return whenBroken == null
        ? Optional.empty()
        : Optional.of(rate(whenBroken, test.oriented(test.threshold())));
  }

  /**
   * Returns how often the test would fail on the broken version with another threshold.
   *
   * @param threshold the other threshold
   * @return the detection; empty if no such runs were given
   */
  public Optional<Rate> detectionAt(double threshold) {
    BoundTerms.requireFinite("threshold", threshold);
    return whenBroken == null
        ? Optional.empty()
        : Optional.of(rate(whenBroken, test.oriented(threshold)));
  }

  private static Rate rate(SubsetStatistic statistic, double threshold) {
    return new Rate(statistic.below(threshold), statistic.interval(threshold, LEVEL));
  }

  /**
   * Returns the strictest threshold that would keep the budget on the runs at hand: no more than that share of their
   * groups fails it. It is an estimate, and for budgets below one group in all of them merely the worst group seen.
   *
   * @return the threshold; empty if failed runs alone break the budget
   */
  public OptionalDouble threshold() {
    return finite(whenHealthy.threshold(budget));
  }

  /**
   * Returns the strictest threshold of which the runs at hand can say, with 95 % confidence and for every shape, that it
   * keeps the budget.
   *
   * @return the threshold; empty if they are too few to say so of any
   */
  public OptionalDouble assuredThreshold() {
    return finite(whenHealthy.assuredThreshold(budget, LEVEL));
  }

  private OptionalDouble finite(double oriented) {
    return Double.isFinite(oriented)
        ? OptionalDouble.of(test.oriented(oriented))
        : OptionalDouble.empty();
  }

  /**
   * Returns the smallest budget that runs so many can vouch for, with 95 % confidence.
   *
   * @return a probability
   */
  public double smallestAssuredBudget() {
    return whenHealthy.smallestAssured(LEVEL);
  }

  /**
   * Returns the report as a page.
   *
   * @return several lines without a line break at the end
   */
  public String explain() {
    Paragraphs page = new Paragraphs()
        .line("A test that " + test + ", on " + healthy.metric().name() + " of "
            + healthy.experiment() + ":")
        .line("")
        .line(row("when nothing is wrong", falseAlarms(), healthy));
    if (broken != null) {
      page.line(row("when it is broken", detection().orElseThrow(), broken));
    }
    return page.line("").text(advice()).page();
  }

  private static String row(String label, Rate rate, Sample sample) {
    return "  " + label + " ".repeat(24 - label.length()) + "fails "
        + Chance.computed(rate.estimate()) + " of the time, 95 % ["
        + Chance.computed(rate.interval().lower()) + ", "
        + Chance.computed(rate.interval().upper()) + "], n = " + sample.size();
  }

  private String advice() {
    String declared = Chance.declared(budget);
    String estimated = threshold().isPresent()
        ? "To fail at most " + declared + " of the time on these runs, the threshold would be "
            + rounded(threshold().getAsDouble())
            + caught(threshold().getAsDouble()) + "."
        : "Failed runs alone make it fail more than " + declared
            + " of the time: no threshold keeps that budget.";
    return estimated + assurance(declared)
        + " Where both errors are to be kept, declare a Bound: its number of runs follows from them.";
  }

  /** To four digits, towards the side that fails less. */
  private String rounded(double threshold) {
    RoundingMode lenient = test.oriented(1) > 0 ? RoundingMode.FLOOR : RoundingMode.CEILING;
    return Decimals.shortest(
        new BigDecimal(threshold).round(new MathContext(DIGITS, lenient)).doubleValue());
  }

  private String assurance(String declared) {
    if (assuredThreshold().isPresent()) {
      return " With 95 % confidence, for every shape, it is "
          + rounded(assuredThreshold().getAsDouble())
          + caught(assuredThreshold().getAsDouble()) + ".";
    }
    return smallestAssuredBudget() > budget
        ? " That is no more than an estimate: a budget of " + declared + " cannot be read off "
            + Chance.runs(healthy.size())
            + " runs, which hold " + Chance.runs(whenHealthy.groups())
            + " groups without a run in common and can vouch for "
            + Chance.computed(smallestAssuredBudget()) + " at best."
        : "";
  }

  private String caught(double threshold) {
    return detectionAt(threshold)
        .map(rate -> ", which catches the broken version " + Chance.computed(rate.estimate())
            + " of the time")
        .orElse("");
  }

  /** Returns the report in a line. */
  @Override
  public String toString() {
    return test + ": fails " + Chance.computed(falseAlarms().estimate())
        + " of the time when nothing is wrong";
  }
}
