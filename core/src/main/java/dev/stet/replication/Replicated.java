package dev.stet.replication;

import java.util.Optional;

/**
 * The difference is smaller than the margin: the 90 % intervals of both witnesses lie strictly inside it.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param evidence what the verdict rests on
 * @param anchor the verdict against the first baseline of the line
 * @param reason why, in sentences
 * @since 0.1
 */
public record Replicated(Evidence evidence, Optional<Verdict> anchor, String reason)
    implements Verdict {
  /**
   * Returns whether all runs were identical, seed by seed, as their digests show.
   *
   * @return true if nothing at all changed
   */
  public boolean isIdentical() {
    return evidence.isIdentical();
  }

  /**
   * Returns whether there is a difference, though one too small to matter.
   *
   * @return true if both 95 % intervals exclude 0
   */
  public boolean isShiftWithinMargin() {
    return evidence.isShiftCertain();
  }

  @Override
  public String toString() {
    return new VerdictText(this).line();
  }
}
