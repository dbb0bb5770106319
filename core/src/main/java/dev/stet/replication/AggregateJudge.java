package dev.stet.replication;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.replication.Inconclusive.Remedy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy for several data sets together: resampling, without pairs, guards or projection. */
final class AggregateJudge {
  private final Question question;
  private final String subject;
  private final int tasks;
  private final int fewestRuns;
  private final boolean reliable;
  private final double slack;
  private final Evidence evidence;

  AggregateJudge(
      Question question, Aggregate how, String subject, List<Sample> before, List<Sample> now) {
    this.question = question;
    this.subject = subject;
    tasks = before.size();
    Tasks scores = Tasks.of(how.method().location(), before, now);
    boolean inUnits = how.method().location().isInUnits();
    fewestRuns = scores.fewestRuns();
    reliable = scores.isReliable();
    slack = inUnits ? 4 * Math.ulp(scores.largest()) : 0;
    String[] shapes =
        inUnits ? Shape.of(scores.pooledBefore(), scores.pooledNow()) : new String[] {"", ""};
    List<Estimator> estimators = scores.estimators(how);
    evidence = new Evidence(new Evidence.Testimony(
        question,
        side(before, scores.locationBefore(), shapes[0]),
        side(now, scores.locationNow(), shapes[1]),
        Optional.empty(),
        estimators,
        estimators.stream()
            .map(estimator -> estimator.witness(how.method().levels()))
            .toList(),
        question.isFree(Direction.LOWER_IS_BETTER)
            ? Double.NEGATIVE_INFINITY
            : -question.size() + slack,
        question.isFree(Direction.HIGHER_IS_BETTER)
            ? Double.POSITIVE_INFINITY
            : question.size() - slack));
  }

  private static Evidence.Side side(List<Sample> samples, double location, String shape) {
    return new Evidence.Side(
        samples.stream().mapToInt(Sample::size).sum(),
        samples.stream().mapToInt(Sample::failures).sum(),
        location,
        Double.NaN,
        shape);
  }

  Verdict verdict() {
    int side = commonSide();
    Cause cause = obstacle(side);
    if (cause != null) {
      return new InconclusiveVerdict(
          evidence, Optional.empty(), cause, Remedy.seeReason(), reason(cause) + scope());
    }
    return side == 0
        ? new ReplicatedVerdict(evidence, Optional.empty(), Reasons.replicated(evidence) + scope())
        : new DiffersVerdict(evidence, Optional.empty(), Reasons.differs(evidence, side) + scope());
  }

  /** In the order of the rules for single samples. */
  private @Nullable Cause obstacle(int side) {
    int failed = evidence.baseline().failed();
    boolean tooMany =
        evidence.fresh().failed() > question.margin().toleratedFailures().orElse(failed);
    if (failed + evidence.fresh().failed() > 0 && question.metric().direction().isEmpty()) {
      return Cause.FAILURES_WITHOUT_DIRECTION;
    }
    if (evidence.witnesses().stream().anyMatch(witness -> witness.narrow().isUnbounded())) {
      return tooMany ? Cause.FAILED_RUNS : Cause.TOO_FEW_RUNS;
    }
    if (side != 0) {
      return null;
    }
    if (tooMany) {
      return Cause.FAILED_RUNS;
    }
    if (evidence.witnesses().stream().allMatch(this::isInside)) {
      return null;
    }
    boolean some =
        evidence.witnesses().stream().anyMatch(witness -> isInside(witness) || side(witness) != 0);
    return some ? Cause.WITNESSES_DISAGREE : Cause.TOO_WIDE;
  }

  private boolean isInside(Witness witness) {
    return witness.isInside(evidence.low(), evidence.high());
  }

  private int side(Witness witness) {
    return witness.side(evidence.low() - 2 * slack, evidence.high() + 2 * slack);
  }

  private int commonSide() {
    int side = side(evidence.first());
    return evidence.witnesses().stream().allMatch(witness -> side(witness) == side) ? side : 0;
  }

  private String reason(Cause cause) {
    return switch (cause) {
      case TOO_FEW_RUNS ->
        fewestRuns < 2
            ? "Too few runs completed for any verdict: some " + subject + " has " + fewestRuns
                + " on a side, which shows no variation. It takes 2 at least."
            : "The values are too large, or the resamples too much alike, for an interval with ends.";
      case WITNESSES_DISAGREE -> "The intervals do not agree: only some of them decide." + more();
      case TOO_WIDE ->
        (evidence.isShiftCertain()
                ? "A difference is certain, but not whether it exceeds the margin."
                : "The intervals are too wide: differences inside and outside the margin are both possible.")
            + more();
      default -> Reasons.inconclusive(evidence, cause, Remedy.seeReason());
    };
  }

  private String more() {
    return " More runs of each " + subject + " make them narrower.";
  }

  /** A reader must see what this is about, and how far it can be trusted. */
  private String scope() {
    String these = tasks == 1 ? "this " + subject : "these " + tasks + " " + plural();
    return " It speaks about other seeds on " + these + ", not about others"
        + (tasks == 1
            ? "."
            : ", and one that falls can hide behind the rest: read it beside the verdicts of each.")
        + (reliable
            ? ""
            : " Warning: with " + fewestRuns
                + (fewestRuns == 1 ? " run" : " runs") + " of some " + subject
                + " on a side (fewer than 10), resampling makes intervals too narrow, and a false verdict is more likely"
                + " than alpha says.");
  }

  private String plural() {
    return PanelText.plural(subject);
  }
}
