package dev.stet.replication;

import java.util.Optional;

/**
 * What came of holding a fresh study against a baseline: {@link Replicated}, {@link Differs} or {@link
 * Inconclusive}.
 *
 * <p>The first two are bounded errors: when the true difference is at least the margin, <i>replicated</i> comes
 * out at most 5 % of the time; when it is at most the margin, <i>differs</i> at most 2.5 % of the time on either
 * side, each counted over fresh baselines. What neither supports is <i>inconclusive</i>, which is not a failure
 * to be hidden: it says that the runs at hand do not decide.
 *
 * <p>Verdicts are immutable and safe for use by several threads.
 */
public sealed interface Verdict permits Replicated, Differs, Inconclusive {
  /**
   * Returns what the verdict rests on.
   *
   * @return both witnesses, the margin, and the counts of both sides
   */
  Evidence evidence();

  /**
   * Returns the verdict against the first baseline of the line, so that small drifts cannot add up unseen.
   *
   * @return the verdict against the anchor; empty if the baseline is the first, or this is that verdict
   */
  Optional<Verdict> anchor();

  /**
   * Returns why it is this verdict and no other.
   *
   * @return one or more sentences
   */
  String reason();

  /**
   * Returns the estimated difference, fresh minus baseline.
   *
   * @return the estimate of the rank witness
   */
  default double estimate() {
    return evidence().ranks().estimate();
  }

  /**
   * Says the verdict on a page: both sides, the difference with its intervals, the margin, and the reason.
   *
   * @return several lines without a line break at the end
   */
  default String explain() {
    return new VerdictText(this).page();
  }
}
