package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.statistics.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * How many runs a {@link Bound} takes, known before the first of them, and the test that takes them one by one.
 *
 * <p>A <i>rate</i> is tested by a sequential probability ratio test whose errors are summed exactly; a <i>quantile</i> is a
 * rate. A <i>mean</i> within a range is tested by betting, for every shape of its values; a mean of normal values by a
 * two-stage t test. {@code docs/analysis.md} has the methods and what they assume.
 *
 * <p>The decision depends on the runs and their order alone. Runs after the answer are not looked at.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class BoundPlan {
  private final Bound bound;
  private final BoundMethod method;

  private BoundPlan(Bound bound, BoundMethod method) {
    this.bound = bound;
    this.method = method;
  }

  static BoundPlan of(Bound bound) {
    double budget = bound
        .flakeBudget()
        .orElseThrow(() -> missing(
            bound,
            "flake budget",
            "how often the test may be red while nothing is wrong, such as .flakeBudget(0.001)"));
    double broken = bound
        .broken()
        .orElseThrow(() -> missing(
            bound,
            "broken value",
            "a value on the wrong side that must be caught, and how often, such as .catching("
                + example(bound)
                + ", 0.9): no number of runs follows from the flake budget alone"));
    double detection = bound.detection().orElseThrow();
    return new BoundPlan(bound, method(bound, broken, budget, detection));
  }

  private static BoundMethod method(Bound bound, double broken, double budget, double detection) {
    if (!bound.statistic().isMean()) {
      return RateMethod.of(bound, broken, budget, detection);
    }
    if (bound.terms().firstStage() > 0) {
      return NormalMeanMethod.of(bound, broken, budget, detection);
    }
    if (Double.isNaN(bound.terms().low())) {
      throw missing(
          bound,
          "range",
          "the range that no value can leave, such as .within(0, 1), or, if values are normal, .assumingNormal(). Without"
              + " either a rare, arbitrarily bad run could spoil the mean, and no number of runs would show it");
    }
    return BoundedMeanMethod.of(bound, broken, budget, detection);
  }

  private static String example(Bound bound) {
    return bound.statistic().isMean() ? "value" : Decimals.shortest(bound.value() / 2);
  }

  private static IllegalStateException missing(Bound bound, String what, String remedy) {
    return new IllegalStateException(
        "the bound that " + bound + " has no " + what + " yet. Declare " + remedy + ".");
  }

  /**
   * Returns what is tested.
   *
   * @return the bound
   */
  public Bound bound() {
    return bound;
  }

  /**
   * Returns how many runs it takes at most; an answer is always in by then.
   *
   * @return at least 1; empty for a normal mean, where the spread of the first stage decides
   */
  public OptionalInt maximum() {
    return method.maximum();
  }

  /**
   * Returns how many runs it takes on average when the value is as expected: exact for rates. For a mean within a range it
   * is simulated for values at the ends of the range, the widest spread; values that spread less take fewer.
   *
   * @return at least 1; empty for a normal mean
   */
  public OptionalDouble expectedRuns() {
    return method.expectedRuns();
  }

  /**
   * Returns how often the test of a rate is red.
   *
   * @param trueRate the true rate of success, 0 to 1; for a quantile, of runs that meet it
   * @return the exact probability: at most the flake budget from the expected value on, at least the detection from the
   *     broken value down; empty for a mean, where it depends on the shape
   * @throws IllegalArgumentException if the rate is not between 0 and 1
   */
  public OptionalDouble chanceOfRed(double trueRate) {
    if (!(trueRate >= 0 && trueRate <= 1)) {
      throw new IllegalArgumentException("a rate must lie between 0 and 1; got " + trueRate
          + ". Give a share of runs, such as 0.85.");
    }
    return method instanceof RateMethod rate
        ? OptionalDouble.of(rate.red(trueRate))
        : OptionalDouble.empty();
  }

  /**
   * Decides on the runs of a sample, taken in their order; those after the answer are not looked at.
   *
   * @param sample runs of {@link Bound#metric()}, in the order in which they were made
   * @return the result; open if the runs are too few
   * @throws IllegalArgumentException if a value leaves the declared range
   */
  public BoundResult decide(Sample sample) {
    List<SampleRun> runs = requireNonNull(sample, "sample").runs();
    return decide(sample.experiment(), runs.size(), runs::get);
  }

  /**
   * Decides on runs that are made as they are asked for, one after the other.
   *
   * @param experiment what runs, for messages
   * @param available how many runs can be made
   * @param runs makes the run of an index: 0, 1, and so on, each once, and none after the answer
   * @return the result; open if the runs that are available do not decide
   * @throws IllegalArgumentException if a value leaves the declared range
   */
  public BoundResult decide(String experiment, int available, IntFunction<SampleRun> runs) {
    requireNonNull(experiment, "experiment");
    if (available < 1) {
      throw new IllegalArgumentException(
          "a bound is tested on at least 1 run; got " + available + ". Give more seeds.");
    }
    BoundMethod.Walk walk = method.start(available);
    List<SampleRun> taken = new ArrayList<>();
    Decision decision = Decision.CONTINUE;
    Optional<String> obstacle = Optional.empty();
    while (decision == Decision.CONTINUE && obstacle.isEmpty() && taken.size() < available) {
      SampleRun run = requireNonNull(runs.apply(taken.size()), "run");
      taken.add(run);
      decision = walk.after(run);
      obstacle = walk.obstacle();
    }
    return new BoundResult(
        experiment, this, decision, taken, method.estimate(taken), obstacle.orElse(""));
  }

  BoundMethod method() {
    return method;
  }

  /**
   * Returns the plan as a page: what is required, what is declared, and what it costs.
   *
   * @return several lines without a line break at the end
   */
  public String explain() {
    return new BoundText(this).plan();
  }

  /** Returns the plan in a line. */
  @Override
  public String toString() {
    return bound
        + (maximum().isPresent()
            ? ", at most " + Chance.runs(maximum().getAsInt()) + " runs"
            : ", in two stages");
  }
}
