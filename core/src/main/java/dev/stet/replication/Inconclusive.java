package dev.stet.replication;

/**
 * The runs at hand do not decide, or something stands in the way that more runs would not settle.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface Inconclusive extends Verdict permits InconclusiveVerdict {
  /**
   * Returns what stands in the way of a definitive verdict.
   *
   * @return the first obstacle, in the order in which the rules are told
   */
  Cause cause();

  /**
   * Returns what would settle it.
   *
   * @return a projection from these runs, or the advice to look at the reason
   */
  Remedy remedy();

  /**
   * What stands in the way of a definitive verdict. Safe for use by several threads.
   *
   * @since 0.1
   */
  enum Cause {
    /** No run completed on either side. */
    NOTHING_COMPLETED(false),
    /** No samples of these sizes could show anything. */
    TOO_FEW_RUNS(true),
    /** Runs failed, and the metric has no direction that would tell what worst is. */
    FAILURES_WITHOUT_DIRECTION(false),
    /** More runs failed than are tolerated, and what is left does not differ. */
    FAILED_RUNS(false),
    /** The spreads are very different, and the sizes too or the pairs few, where no interval can be trusted. */
    UNEQUAL_SPREADS(true),
    /** One witness is definite, the other is not. */
    WITNESSES_DISAGREE(true),
    /** An interval crosses the margin. */
    TOO_WIDE(true),
    /** It replicates the baseline and differs from the anchor: small drifts have added up. */
    DRIFTED_FROM_ANCHOR(false),
    /** Most pairs have equal values, and too many of the others, or too few in all, to rule out the margin. */
    EQUAL_PAIRS(true),
    /** The location replicates, but a guard shows that the rest of the distribution changed. */
    DISTRIBUTION_CHANGED(true),
    /** A published value without runs or spread is compatible with the study, which is all it can be. */
    ONLY_COMPATIBLE(true),
    /** A published value without runs or spread is not compatible with the study. */
    NOT_COMPATIBLE(false);

    private final boolean open;

    Cause(boolean open) {
      this.open = open;
    }

    /**
     * Returns whether the question is open: the runs at hand do not decide, and nothing is known to be wrong. The
     * other causes are failures, which {@code assertDoesNotDiffer} does not let pass.
     *
     * @return true for a cause that more or other runs would settle; false if runs failed or drift was found
     */
    public boolean isOpen() {
      return open;
    }
  }

  /**
   * What would settle it: a projection that takes the difference and the spreads as they are now.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @param kind what to do
   * @param baselineRuns how many baseline runs that would take in all; 0 if unknown
   * @param freshRuns how many fresh runs that would take in all; 0 if unknown
   * @since 0.1
   */
  record Remedy(Kind kind, int baselineRuns, int freshRuns) {
    /**
     * What to do.
     *
     * <p>Immutable and safe for use by several threads.
     *
     * @since 0.1
     */
    public enum Kind {
      /** Run a larger study. */
      MORE_FRESH_RUNS,
      /** Make a larger baseline; no number of fresh runs makes up for its noise. */
      ENLARGE_BASELINE,
      /** Run both configs of a comparison on more seeds. */
      MORE_ON_BOTH_SIDES,
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
   * Returns whether nothing speaks against the study, though it is not shown to replicate. {@code
   * assertDoesNotDiffer} lets only such verdicts pass.
   *
   * @return true if the cause is open and the study does not differ from the anchor
   */
  default boolean isOpen() {
    return cause().isOpen() && !(anchor().orElse(null) instanceof Differs);
  }

  /**
   * Returns whether a shift is certain and only its size is open.
   *
   * @return true if the wide intervals of all witnesses exclude 0
   */
  default boolean isSizeOpen() {
    return evidence().isShiftCertain();
  }

  /**
   * Returns whether no samples of these sizes could have decided, whatever their values.
   *
   * @return true if the cause is {@link Cause#TOO_FEW_RUNS}
   */
  default boolean isTooFewRuns() {
    return cause() == Cause.TOO_FEW_RUNS;
  }
}
