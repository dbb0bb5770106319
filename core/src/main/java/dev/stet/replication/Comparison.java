package dev.stet.replication;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.statistics.HodgesLehmann;
import dev.stet.statistics.Interval;
import dev.stet.statistics.PairedT;
import dev.stet.statistics.Proportion;
import dev.stet.statistics.SignedRank;
import dev.stet.statistics.Welch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policy: which witnesses are heard, and what follows.
 *
 * <p>The rules in their order are those of {@code docs/analysis.md}. Whatever is added as a guard of
 * <i>replicated</i> belongs into {@link #obstacle}.
 */
final class Comparison {
  private static final double SPREAD_RATIO = 2;
  private static final double BOUND_LEVEL = 0.95;

  private final Sample baseline;
  private final Sample fresh;
  private final Margin margin;
  private final double size;
  private final double[] before;
  private final double[] now;
  private final @Nullable Pairing pairing;
  private final double low;
  private final double high;
  private final Evidence evidence;

  Comparison(
      String name, Sample baseline, Sample fresh, Margin margin, double size, String changes) {
    this.baseline = baseline;
    this.fresh = fresh;
    this.margin = margin;
    this.size = size;
    before = baseline.completed();
    now = fresh.completed();
    pairing = Pairing.isPossible(baseline, fresh) ? Pairing.of(baseline, fresh, worst()) : null;
    double slack = slack();
    low = freeSide(Direction.LOWER_IS_BETTER) ? Double.NEGATIVE_INFINITY : -size + slack;
    high = freeSide(Direction.HIGHER_IS_BETTER) ? Double.POSITIVE_INFINITY : size - slack;
    String[] shapes = Shape.of(before, now);
    evidence = new Evidence(
        fresh.experiment(),
        baseline.metric(),
        name,
        margin,
        size,
        side(baseline, before, shapes[0]),
        side(fresh, now, shapes[1]),
        Optional.ofNullable(pairing).map(this::pairs),
        ranks(),
        means(),
        fresh.reused(),
        changes);
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
    int side = side(evidence.ranks());
    Cause cause = obstacle(side);
    if (cause != null) {
      Inconclusive.Remedy remedy = Projection.isPossible(evidence)
          ? Projection.of(evidence, completedPairs(), low, high).remedy(cause)
          : Inconclusive.Remedy.seeReason();
      return inconclusive(anchor, cause, remedy, Reasons.inconclusive(evidence, cause, remedy));
    }
    if (side != 0) {
      String reason = Reasons.differs(evidence, side) + Reasons.unusable(anchor);
      return new Differs(evidence, anchor.verdict(), reason);
    }
    if (anchor.differs()) {
      return inconclusive(
          anchor,
          Cause.DRIFTED_FROM_ANCHOR,
          Inconclusive.Remedy.seeReason(),
          Reasons.drifted(evidence, anchor));
    }
    String reason = Reasons.replicated(evidence) + Reasons.unusable(anchor);
    return new Replicated(evidence, anchor.verdict(), reason);
  }

  private Verdict inconclusive(
      Anchor anchor, Cause cause, Inconclusive.Remedy remedy, String reason) {
    return new Inconclusive(
        evidence, anchor.verdict(), cause, remedy, reason + Reasons.unusable(anchor));
  }

  /** What stands in the way of a definitive verdict, in the order in which it should be told. */
  private @Nullable Cause obstacle(int side) {
    if (failures() > 0 && worst() == 0) {
      return Cause.FAILURES_WITHOUT_DIRECTION;
    }
    if (before.length == 0 && now.length == 0) {
      return Cause.NOTHING_COMPLETED;
    }
    if (evidence.ranks().ninety().isUnbounded() || evidence.means().ninety().isUnbounded()) {
      return tooManyFailed() ? Cause.FAILED_RUNS : Cause.TOO_FEW_RUNS;
    }
    if (pairing == null && sizesDiffer() && spreadsDiffer()) {
      return tooManyFailed() ? Cause.FAILED_RUNS : Cause.UNEQUAL_SPREADS;
    }
    if (side != 0 && side == side(evidence.means())) {
      return null;
    }
    if (tooManyFailed()) {
      return Cause.FAILED_RUNS;
    }
    boolean ranksInside = isInside(evidence.ranks());
    boolean meansInside = isInside(evidence.means());
    if (ranksInside && meansInside) {
      return null;
    }
    return ranksInside != meansInside || side != side(evidence.means())
        ? Cause.WITNESSES_DISAGREE
        : Cause.TOO_WIDE;
  }

  private boolean isInside(Witness witness) {
    return witness.ninety().isInside(low, high);
  }

  /** Beyond which edge of the margin the 95 % interval lies wholly: 1, -1, or 0 for neither. */
  private int side(Witness witness) {
    double slack = slack();
    Interval interval = witness.ninetyFive();
    if (interval.lower() > high + 2 * slack) {
      return 1;
    }
    return interval.upper() < low - 2 * slack ? -1 : 0;
  }

  /** An edge is touched when it is nearer than the rounding of a difference of these values. */
  private double slack() {
    double largest = 0;
    for (double value : before) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (double value : now) {
      largest = Math.max(largest, Math.abs(value));
    }
    return 4 * Math.ulp(largest);
  }

  private boolean freeSide(Direction better) {
    return margin.isOneSided() && baseline.metric().direction().orElseThrow() == better;
  }

  private boolean tooManyFailed() {
    return fresh.failures() > margin.toleratedFailures().orElse(baseline.failures());
  }

  /** Ranks count all runs and means the completed ones: either makes the sizes unequal. */
  private boolean sizesDiffer() {
    return baseline.size() != fresh.size() || before.length != now.length;
  }

  private boolean spreadsDiffer() {
    double ratio = evidence.fresh().spread() / evidence.baseline().spread();
    return ratio > SPREAD_RATIO || ratio < 1 / SPREAD_RATIO;
  }

  private int failures() {
    return baseline.failures() + fresh.failures();
  }

  /** The rank of a failed run; 0 if the metric has no direction. */
  private double worst() {
    return baseline.metric().direction().map(Direction::worst).orElse(0.0);
  }

  private Witness ranks() {
    if (failures() > 0 && worst() == 0) {
      return Witness.silent();
    }
    if (pairing != null) {
      if (pairing.ranked().length == 0) {
        return Witness.silent();
      }
      SignedRank rank = SignedRank.of(pairing.ranked());
      return new Witness(
          rank.estimate(),
          rank.interval(Witness.REPLICATION_LEVEL),
          rank.interval(Witness.DIFFERENCE_LEVEL));
    }
    HodgesLehmann shift = HodgesLehmann.of(fresh.ranked(worst()), baseline.ranked(worst()));
    return new Witness(
        shift.estimate(),
        shift.interval(Witness.REPLICATION_LEVEL),
        shift.interval(Witness.DIFFERENCE_LEVEL));
  }

  /** Of the runs that completed. A side of which none did has the worst mean there is. */
  private Witness means() {
    if ((failures() > 0 && worst() == 0) || (before.length == 0 && now.length == 0)) {
      return Witness.silent();
    }
    if (now.length == 0) {
      return Witness.of(worst());
    }
    if (before.length == 0) {
      return Witness.of(-worst());
    }
    if (pairing != null) {
      return pairing.completed().length == 0
          ? Witness.silent()
          : means(PairedT.of(pairing.completed()));
    }
    Welch welch = Welch.of(now, before);
    return new Witness(
        welch.estimate(),
        welch.interval(Witness.REPLICATION_LEVEL),
        welch.interval(Witness.DIFFERENCE_LEVEL));
  }

  private static Witness means(PairedT paired) {
    return new Witness(
        paired.estimate(),
        paired.interval(Witness.REPLICATION_LEVEL),
        paired.interval(Witness.DIFFERENCE_LEVEL));
  }

  private Evidence.Side side(Sample sample, double[] completed, String shape) {
    double[] ranked = worst() == 0 ? completed : sample.ranked(worst());
    double location = ranked.length == 0 ? Double.NaN : SignedRank.of(ranked).estimate();
    return new Evidence.Side(
        sample.size(), sample.failures(), location, Projection.spread(completed), shape);
  }

  private Evidence.Pairs pairs(Pairing pairs) {
    int beyond = pairs.beyond(size + slack());
    if (worst() == 0) {
      beyond = Math.min(pairs.runs(), beyond + oneSidedFailures());
    }
    return new Evidence.Pairs(
        pairs.runs(),
        pairs.identical(),
        beyond,
        new Proportion(beyond, pairs.runs()).upperBound(BOUND_LEVEL));
  }

  /** Without a direction a failed run has no rank, and its pair no difference that could be counted. */
  private int oneSidedFailures() {
    return pairing == null ? 0 : pairing.ranked().length - pairing.completed().length;
  }

  private double[] completedPairs() {
    return pairing == null ? new double[0] : pairing.completed();
  }
}
