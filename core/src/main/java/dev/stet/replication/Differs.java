package dev.stet.replication;

import java.util.Optional;

/**
 * The difference is larger than the margin: the 95 % intervals of both witnesses lie wholly outside it, on the
 * same side.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param evidence what the verdict rests on
 * @param anchor the verdict against the first baseline of the line
 * @param reason why, in sentences
 * @since 0.1
 */
public record Differs(Evidence evidence, Optional<Verdict> anchor, String reason)
    implements Verdict {
  /**
   * Returns which way it differs.
   *
   * @return true if this study is better, false if worse; empty if the metric has no direction
   */
  public Optional<Boolean> isBetter() {
    return evidence
        .metric()
        .direction()
        .map(direction -> direction.isBetter(evidence.ranks().estimate()));
  }

  @Override
  public String toString() {
    return new VerdictText(this).line();
  }
}
