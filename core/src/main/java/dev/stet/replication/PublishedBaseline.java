package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.statistics.Summary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a paper says of a metric: a mean, perhaps with a spread and the number of runs behind it.
 *
 * <pre>{@code
 * PublishedBaseline paper = PublishedBaseline.of(Metric.of("accuracy").higherIsBetter(), 0.912)
 *     .withStandardDeviation(0.004)
 *     .withRuns(10)
 *     .named("Table 2");
 * Verdict verdict = paper.compare(study.metric(paper.metric()), Margin.absolute(0.01));
 * }</pre>
 *
 * <p>With a spread and at least 2 runs the means are compared by Welch's intervals, the only witness that a summary allows: ranks,
 * guards and pairs need the runs themselves. The reason of the verdict says so.
 *
 * <p>Without a spread, or with 1 run or an unknown number of them, nothing can be replicated and nothing can differ: the verdict is
 * <i>inconclusive</i>, as {@link Inconclusive.Cause#ONLY_COMPATIBLE compatible} if the published value lies within the
 * prediction interval of this study (95 % unless alpha was set), as {@link Inconclusive.Cause#NOT_COMPATIBLE not compatible}
 * otherwise. The interval is for the mean of as many further runs as were published, and for a single one if that is unknown.
 *
 * <p>A paper that reports its best run, or the best of many configs, reports luck too; nothing here can take that out.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class PublishedBaseline {
  private final Metric metric;
  private final double mean;
  private final @Nullable Spread spread;
  private final int runs;
  private final String name;
  private final double alpha;

  /** How the paper tells the spread; the number of runs may be given before or after it. */
  @FunctionalInterface
  private interface Spread {
    Summary summary(double mean, int runs);
  }

  private PublishedBaseline(
      Metric metric, double mean, @Nullable Spread spread, int runs, String name, double alpha) {
    this.metric = metric;
    this.mean = mean;
    this.spread = spread;
    this.runs = runs;
    this.name = name;
    this.alpha = alpha;
  }

  /**
   * Returns a published value of which nothing else is known.
   *
   * @param metric what was measured
   * @param mean the published number, finite
   * @return the baseline, of unknown spread and number of runs
   * @throws IllegalArgumentException if the number is not finite
   */
  public static PublishedBaseline of(Metric metric, double mean) {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("the published mean must be a finite number; got " + mean
          + ". Give it in the units of the metric.");
    }
    return new PublishedBaseline(
        requireNonNull(metric, "metric"), mean, null, 0, "", Method.summary().alpha());
  }

  /**
   * Returns a copy with the standard deviation of the runs.
   *
   * @param deviation at least 0, finite
   * @return the copy, in place of any other spread
   * @throws IllegalArgumentException if it is not
   */
  public PublishedBaseline withStandardDeviation(double deviation) {
    requireSpread("standard deviation", deviation);
    return with((centre, n) -> new Summary(centre, deviation, n));
  }

  /**
   * Returns a copy with the standard error of the mean.
   *
   * @param error at least 0, finite
   * @return the copy, in place of any other spread
   * @throws IllegalArgumentException if it is not
   */
  public PublishedBaseline withStandardError(double error) {
    requireSpread("standard error", error);
    return with((centre, n) -> Summary.ofStandardError(centre, error, n));
  }

  /**
   * Returns a copy with a confidence interval for the mean, read as {@link Summary#ofInterval} does.
   *
   * @param lower the lower end, at most the mean
   * @param upper the upper end, at least the mean
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return the copy, in place of any other spread
   * @throws IllegalArgumentException if the mean does not lie within finite ends, or the level is none
   */
  public PublishedBaseline withInterval(double lower, double upper, double level) {
    // Refused now, not when a study of hours has ended.
    Summary.ofInterval(mean, lower, upper, level, 2);
    return with((centre, n) -> Summary.ofInterval(centre, lower, upper, level, n));
  }

  private PublishedBaseline with(Spread newSpread) {
    return new PublishedBaseline(metric, mean, newSpread, runs, name, alpha);
  }

  /**
   * Returns a copy with the number of runs behind the mean.
   *
   * @param newRuns at least 1; leave it out if the paper does not tell
   * @return the copy
   * @throws IllegalArgumentException if it is below 1
   */
  public PublishedBaseline withRuns(int newRuns) {
    if (newRuns < 1) {
      throw new IllegalArgumentException("the number of published runs must be at least 1; got "
          + newRuns + ". Leave withRuns out if the paper does not tell it.");
    }
    return new PublishedBaseline(metric, mean, spread, newRuns, name, alpha);
  }

  /**
   * Returns a copy that says where the number was published.
   *
   * @param source such as {@code Table 2}
   * @return the copy
   * @throws IllegalArgumentException if it is blank or has a control character
   */
  public PublishedBaseline named(String source) {
    return new PublishedBaseline(
        metric,
        mean,
        spread,
        runs,
        Panel.requireVisible(source, "the name of a published value", "Table 2"),
        alpha);
  }

  /**
   * Returns a copy with another rate of false verdicts, as {@link Method#withAlpha} has it. The prediction interval is of
   * the level 1 - alpha.
   *
   * @param newAlpha above 0, at most 0.5; 0.05 unless told otherwise
   * @return the copy
   * @throws IllegalArgumentException if it lies outside
   */
  public PublishedBaseline withAlpha(double newAlpha) {
    double rate = Method.summary().withAlpha(newAlpha).alpha();
    return new PublishedBaseline(metric, mean, spread, runs, name, rate);
  }

  private static void requireSpread(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the published " + what + " must be at least 0 and finite; got " + value
              + ". Give it as printed, or leave it out if the paper does not tell it.");
    }
  }

  /**
   * Holds a fresh study against the published value.
   *
   * @param fresh what was measured now, of the same metric
   * @param margin what was declared before; a relative one is a share of the published mean. Failed runs are tolerated only if it says
   *     so
   * @return the verdict, of which {@link Evidence#method} says that it rests on a summary
   * @throws BaselineException if the sample is of another metric, if its seeds chose its config, if the margin counts collapsed
   *     runs, or if it is below one step of the metric, or relative to a mean that is not clearly different from 0
   */
  public Verdict compare(Sample fresh, Margin margin) {
    requireNonNull(margin, "margin");
    if (!metric.equals(fresh.metric())) {
      throw new BaselineException(called() + " is of another metric: it has \"" + metric
          + "\", the study has \"" + fresh.metric()
          + "\". Measure what was published: study.metric(published.metric()).");
    }
    if (fresh.selection().isLucky()) {
      throw new BaselineException(
          "this study of " + fresh.experiment()
              + " was chosen by its own seeds: its config is the best of "
              + fresh.selection().configsTried()
              + " on the very runs it holds, so its values are better than the config is",
          "Run the chosen config on fresh seeds and use those runs.");
    }
    Baseline.requireDirection(margin, metric);
    if (margin.collapse().isPresent()) {
      throw new BaselineException(
          called() + " does not tell how many of its runs collapsed",
          "Leave out collapsedAt, or compare with the runs themselves.");
    }
    double size = size(margin);
    if (metric.resolution().isPresent()) {
      Lattice.belowStep(size, fresh, fresh).ifPresent(fact -> {
        throw new BaselineException(fact, Lattice.ADVICE);
      });
    }
    Question question = new Question(
        Question.Names.BASELINE,
        fresh.experiment(),
        metric,
        name,
        margin,
        size,
        Method.summary().withAlpha(alpha),
        Question.Origin.of(List.of(fresh)));
    return Looking.marked(new SummaryJudge(question, mean, summary(), runs, fresh).verdict());
  }

  private double size(Margin margin) {
    if (!margin.isRelative()) {
      return margin.size();
    }
    double size = margin.size() * Math.abs(mean);
    boolean clear = summary().map(known -> !known.interval(0.95).contains(0)).orElse(true);
    if (!clear || !(size > 0 && size < Double.POSITIVE_INFINITY)) {
      throw new BaselineException(
          "a relative margin needs a baseline that is clearly not 0; " + called() + " is "
              + Decimals.shortest(mean) + " with its spread",
          "Use Margin.absolute.");
    }
    return size;
  }

  /** Mean, deviation and size; empty if one of them is unknown or there is one run. */
  private Optional<Summary> summary() {
    return spread == null || runs < 2 ? Optional.empty() : Optional.of(spread.summary(mean, runs));
  }

  private String called() {
    return name.isEmpty() ? "the published baseline" : "the published baseline " + name;
  }

  /**
   * Returns what was measured.
   *
   * @return the metric
   */
  public Metric metric() {
    return metric;
  }

  /** Returns the baseline in a line. */
  @Override
  public String toString() {
    return called() + ": " + metric.name() + " " + Decimals.shortest(mean) + ", "
        + (runs == 0 ? "number of runs unknown" : runs == 1 ? "1 run" : runs + " runs")
        + (spread == null ? ", spread unknown" : "");
  }
}
