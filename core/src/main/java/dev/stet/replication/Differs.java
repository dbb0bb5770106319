package dev.stet.replication;

import java.util.Optional;

/**
 * The difference is larger than the margin: the wide intervals of all witnesses (95 % unless alpha was set) lie wholly
 * outside it, on the same side.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface Differs extends Verdict permits DiffersVerdict {
  /**
   * Returns which way it differs.
   *
   * @return true if this study is better, false if worse; empty if the metric has no direction
   */
  default Optional<Boolean> isBetter() {
    return evidence().metric().direction().map(direction -> direction.isBetter(estimate()));
  }
}
