package dev.stet.replication;

import java.util.Optional;

/**
 * The runs at hand do not decide.
 *
 * @param evidence what the verdict rests on
 * @param anchor the verdict against the first baseline of the line
 * @param cause what stands in the way
 * @param remedy what would settle it
 * @param reason why, in sentences
 */
public record Inconclusive(
    Evidence evidence, Optional<Verdict> anchor, Cause cause, Remedy remedy, String reason)
    implements Verdict {
  /** What stands in the way of a definitive verdict. */
  public enum Cause {
    /** No run completed on either side. */
    NOTHING_COMPLETED,
    /** No samples of these sizes could show anything. */
    TOO_FEW_RUNS,
    /** Runs failed, and the metric has no direction that would tell what worst is. */
    FAILURES_WITHOUT_DIRECTION,
    /** More runs failed than are tolerated, and what is left does not differ. */
    FAILED_RUNS,
    /** The sides have different sizes and very different spreads, where no interval can be trusted. */
    UNEQUAL_SPREADS,
    /** One witness is definite, the other is not. */
    WITNESSES_DISAGREE,
    /** An interval crosses the margin. */
    TOO_WIDE
  }

  /**
   * What would settle it: a projection that takes the difference and the spreads as they are now.
   *
   * @param kind what to do
   * @param baselineRuns how many baseline runs that would take in all; 0 if unknown
   * @param freshRuns how many fresh runs that would take in all; 0 if unknown
   */
  public record Remedy(Kind kind, int baselineRuns, int freshRuns) {
    /** What to do. */
    public enum Kind {
      /** Run a larger study. */
      MORE_FRESH_RUNS,
      /** Make a larger baseline; no number of fresh runs makes up for its noise. */
      ENLARGE_BASELINE,
      /** Nothing practical: the difference is as large as the margin. */
      NONE_WITH_THIS_MARGIN,
      /** Look at what the reason names; more runs are not the answer. */
      SEE_REASON
    }

    static Remedy seeReason() {
      return new Remedy(Kind.SEE_REASON, 0, 0);
    }
  }

  /**
   * Says whether a shift is certain and only its size is open.
   *
   * @return true if both 95 % intervals exclude 0
   */
  public boolean isSizeOpen() {
    return evidence.isShiftCertain();
  }

  @Override
  public String toString() {
    return new VerdictText(this).line();
  }
}
