package dev.stet;

import static java.util.Objects.requireNonNull;

/**
 * Thrown by {@link Rerun#requireIdentical()} when a rerun gave other bits.
 *
 * @since 0.1
 */
public final class NotIdenticalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotIdenticalException(Rerun rerun) {
    super(requireNonNull(rerun, "rerun").explain());
  }
}
