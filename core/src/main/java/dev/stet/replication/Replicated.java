package dev.stet.replication;

/**
 * The difference is smaller than the margin: the narrow intervals of all witnesses (90 % unless alpha was set) lie
 * strictly inside it, and no guard fired.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface Replicated extends Verdict permits ReplicatedVerdict {
  /**
   * Returns whether all runs were identical, seed by seed, as their digests show.
   *
   * @return true if nothing at all changed
   */
  default boolean isIdentical() {
    return evidence().isIdentical();
  }

  /**
   * Returns whether there is a difference, though one too small to matter.
   *
   * @return true if the wide intervals of all witnesses exclude 0
   */
  default boolean isShiftWithinMargin() {
    return evidence().isShiftCertain();
  }
}
