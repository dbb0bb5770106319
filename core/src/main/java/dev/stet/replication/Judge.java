package dev.stet.replication;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.statistics.Proportion;
import dev.stet.statistics.SignedRank;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The policy: which witnesses and guards are heard, and what follows.
 *
 * <p>The rules in their order are those of {@code docs/analysis.md}.
 */
final class Judge {
  private static final double SPREAD_RATIO = 2;

  /** Below, five skewed pairs of one side that spreads three times as much replicated falsely in 7 %. */
  static final int ENOUGH_PAIRS = 10;

  private static final double BOUND_LEVEL = 0.95;

  private final Question question;
  private final Data data;
  private final double slack;
  private final double low;
  private final double high;
  private final Evidence evidence;

  /**
   * Reads the data.
   *
   * @param levels the levels of each witness, in the order of the method
   */
  Judge(Question question, Sample baseline, Sample fresh, List<Levels> levels) {
    this.question = question;
    data = Data.of(baseline, fresh);
    slack = question.method().location().isInUnits() ? data.slack() : 0;
    low = question.isFree(Direction.LOWER_IS_BETTER)
        ? Double.NEGATIVE_INFINITY
        : -question.size() + slack;
    high = question.isFree(Direction.HIGHER_IS_BETTER)
        ? Double.POSITIVE_INFINITY
        : question.size() - slack;
    List<Estimator> estimators = question.method().estimators(data);
    String[] shapes = Shape.of(data.before(), data.now());
    evidence = new Evidence(new Evidence.Testimony(
        question,
        side(baseline, data.before(), data.rankedBefore(), shapes[0]),
        side(fresh, data.now(), data.rankedNow(), shapes[1]),
        Optional.ofNullable(data.pairing()).map(this::pairs),
        estimators,
        IntStream.range(0, estimators.size())
            .mapToObj(i -> estimators.get(i).witness(levels.get(i)))
            .toList(),
        low,
        high));
  }

  /** At the levels of the method. */
  Judge(Question question, Sample baseline, Sample fresh) {
    this(
        question,
        baseline,
        fresh,
        List.of(question.method().levels(), question.method().levels()));
  }

  /**
   * What came of the anchor.
   *
   * @param unusable why nothing did; empty if something did or there is none
   */
  record Anchor(Optional<Verdict> verdict, String unusable, int successions) {
    static Anchor none() {
      return new Anchor(Optional.empty(), "", 0);
    }

    boolean differs() {
      return verdict.orElse(null) instanceof Differs;
    }
  }

  Verdict verdict(Anchor anchor) {
    int side = commonSide();
    Cause cause = obstacle(side);
    if (cause != null) {
      return inconclusive(anchor, evidence, cause, remedy(cause));
    }
    if (side != 0) {
      String reason = Reasons.differs(evidence, side) + Reasons.unusable(anchor);
      return new DiffersVerdict(evidence, anchor.verdict(), reason);
    }
    Evidence guarded = evidence.withGuards(Guards.consult(data, question));
    if (guarded.guards().stream().anyMatch(Guard::fired)) {
      return inconclusive(
          anchor, guarded, Cause.DISTRIBUTION_CHANGED, Inconclusive.Remedy.seeReason());
    }
    if (anchor.differs()) {
      return new InconclusiveVerdict(
          guarded,
          anchor.verdict(),
          Cause.DRIFTED_FROM_ANCHOR,
          Inconclusive.Remedy.seeReason(),
          Reasons.drifted(guarded, anchor));
    }
    String reason = Reasons.replicated(guarded) + Reasons.unusable(anchor);
    return new ReplicatedVerdict(guarded, anchor.verdict(), reason);
  }

  private static Verdict inconclusive(
      Anchor anchor, Evidence evidence, Cause cause, Inconclusive.Remedy remedy) {
    String reason = Reasons.inconclusive(evidence, cause, remedy) + Reasons.unusable(anchor);
    return new InconclusiveVerdict(evidence, anchor.verdict(), cause, remedy, reason);
  }

  private Inconclusive.Remedy remedy(Cause cause) {
    return cause != Cause.EQUAL_PAIRS && Projection.isPossible(evidence)
        ? Projection.of(evidence, completedPairs(), low, high).remedy(cause)
        : Inconclusive.Remedy.seeReason();
  }

  /** What stands in the way of a definitive verdict, in the order in which it should be told. */
  private @Nullable Cause obstacle(int side) {
    if (data.hasUnrankedFailures()) {
      return Cause.FAILURES_WITHOUT_DIRECTION;
    }
    if (data.nothingCompleted()) {
      return Cause.NOTHING_COMPLETED;
    }
    if (evidence.witnesses().stream().anyMatch(witness -> witness.narrow().isUnbounded())) {
      return tooManyFailed() ? Cause.FAILED_RUNS : Cause.TOO_FEW_RUNS;
    }
    if (spreadsForbidAVerdict()) {
      return tooManyFailed() ? Cause.FAILED_RUNS : Cause.UNEQUAL_SPREADS;
    }
    if (side != 0) {
      return null;
    }
    if (tooManyFailed()) {
      return Cause.FAILED_RUNS;
    }
    if (!evidence.witnesses().stream().allMatch(this::isInside)) {
      return openCause();
    }
    if (pairsAreTooFewForTheirSpreads()) {
      return Cause.UNEQUAL_SPREADS;
    }
    boolean certain = question.method().location() == Location.EXACT
        || EqualPairs.ruleOut(data, question.method().alpha(), low, high);
    return certain ? null : Cause.EQUAL_PAIRS;
  }

  /** One witness decides and another does not, or none does. */
  private Cause openCause() {
    boolean oneInside = evidence.witnesses().stream().anyMatch(this::isInside);
    boolean oneOutside = evidence.witnesses().stream().anyMatch(witness -> side(witness) != 0);
    return oneInside || oneOutside ? Cause.WITNESSES_DISAGREE : Cause.TOO_WIDE;
  }

  private boolean isInside(Witness witness) {
    return witness.isInside(low, high);
  }

  private int side(Witness witness) {
    return witness.side(low - 2 * slack, high + 2 * slack);
  }

  /** Beyond which edge of the margin all witnesses lie: 1, -1, or 0 if they do not. */
  private int commonSide() {
    Witness first = evidence.first();
    if (question.method().location() == Location.EXACT) {
      return isInside(first) || Double.isNaN(first.estimate())
          ? 0
          : (int) Math.signum(first.estimate());
    }
    int side = side(first);
    return evidence.witnesses().stream().allMatch(witness -> side(witness) == side) ? side : 0;
  }

  private boolean tooManyFailed() {
    int tolerated = question.margin().toleratedFailures().orElse(data.baseline().failures());
    return data.fresh().failures() > tolerated;
  }

  private boolean spreadsForbidAVerdict() {
    return data.pairing() == null && data.sizesDiffer() && spreadsMatter();
  }

  /** Differences are skewed where values are and spreads differ; few of them do not show it. */
  private boolean pairsAreTooFewForTheirSpreads() {
    Pairing pairing = data.pairing();
    return pairing != null && pairing.completed().length < ENOUGH_PAIRS && spreadsMatter();
  }

  private boolean spreadsMatter() {
    double ratio = evidence.fresh().spread() / evidence.baseline().spread();
    return question.method().location().assumesEqualSpreads()
        && (ratio > SPREAD_RATIO || ratio < 1 / SPREAD_RATIO);
  }

  private Evidence.Side side(Sample sample, double[] completed, double[] ranked, String shape) {
    double[] values = data.worst() == 0 ? completed : ranked;
    double location = values.length == 0 ? Double.NaN : SignedRank.of(values).estimate();
    return new Evidence.Side(
        sample.size(), sample.failures(), location, Projection.spread(completed), shape);
  }

  private Evidence.Pairs pairs(Pairing pairs) {
    int beyond = pairs.beyond(question.size() + data.slack());
    if (data.worst() == 0) {
      // Without a direction a failed run has no rank, and its pair no difference that could be
      // counted.
      int oneSided = pairs.ranked().length - pairs.completed().length;
      beyond = Math.min(pairs.runs(), beyond + oneSided);
    }
    return new Evidence.Pairs(
        pairs.runs(),
        pairs.identical(),
        beyond,
        new Proportion(beyond, pairs.runs()).upperBound(BOUND_LEVEL));
  }

  private double[] completedPairs() {
    Pairing pairing = data.pairing();
    return pairing == null ? new double[0] : pairing.completed();
  }
}
