package dev.stet.replication;

import dev.stet.replication.BoundMethod.Estimate;
import dev.stet.statistics.Decision;
import dev.stet.statistics.Interval;
import java.util.List;

/**
 * What came of testing a {@link Bound}: it holds, it is broken, or the runs did not decide.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class BoundResult {
  /**
   * The answer. Immutable and safe for use by several threads.
   *
   * @since 0.1
   */
  public enum Outcome {
    /** The runs speak for the bound: at the broken value this is rarer than one minus the detection. */
    HOLDS,
    /** The runs speak against the bound: where nothing is wrong this is rarer than the flake budget. */
    BROKEN,
    /**
     * The runs at hand do not decide. It cannot come out if the runs that a plan asks for are there, except for a normal
     * mean.
     */
    OPEN
  }

  private final String experiment;
  private final BoundPlan plan;
  private final Outcome outcome;
  private final List<SampleRun> runs;
  private final Estimate estimate;
  private final String obstacle;

  BoundResult(
      String experiment,
      BoundPlan plan,
      Decision decision,
      List<SampleRun> runs,
      Estimate estimate,
      String obstacle) {
    this.experiment = experiment;
    this.plan = plan;
    this.outcome = switch (decision) {
      case ACCEPT -> Outcome.HOLDS;
      case REJECT -> Outcome.BROKEN;
      case CONTINUE -> Outcome.OPEN;
    };
    this.runs = List.copyOf(runs);
    this.estimate = estimate;
    this.obstacle = obstacle;
  }

  /**
   * Returns the answer.
   *
   * @return one of three
   */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * Returns the bound with all that was declared.
   *
   * @return the bound
   */
  public Bound bound() {
    return plan.bound();
  }

  /**
   * Returns the plan that the runs followed.
   *
   * @return the plan
   */
  public BoundPlan plan() {
    return plan;
  }

  /**
   * Returns the name of what ran.
   *
   * @return the experiment
   */
  public String experiment() {
    return experiment;
  }

  /**
   * Returns the runs that were looked at, in their order.
   *
   * @return at most as many as planned, failed ones too, unmodifiable
   */
  public List<SampleRun> runs() {
    return runs;
  }

  /**
   * Returns the estimate: the mean of the values, failed runs at the worst end of the range, or the share of successes.
   * Since the test stops when the answer is in, it tends to lie a little too far on the side of the answer.
   *
   * @return the estimate; NaN without any run
   */
  public double estimate() {
    return estimate.value();
  }

  /**
   * Returns the 95 % interval, which allows for the stopping: for a rate by the order of the outcomes, for a mean within a
   * range at all looks together.
   *
   * @return the interval in units of the bound; unbounded for a normal mean whose first stage is not complete
   */
  public Interval interval() {
    return estimate.interval();
  }

  Estimate estimated() {
    return estimate;
  }

  String obstacle() {
    return obstacle;
  }

  /**
   * Returns the result as a page: what was seen, what was declared, and on how many runs it rests.
   *
   * @return several lines without a line break at the end
   */
  public String explain() {
    return new BoundText(plan).result(this);
  }

  /** Returns the result in a line. */
  @Override
  public String toString() {
    return new BoundText(plan).line(this);
  }
}
