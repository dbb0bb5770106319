package dev.stet;

/**
 * Thrown by {@link Rerun#requireIdentical()} and {@link Perturbation#requireSteady()} when a rerun gave other bits, or nothing was recorded
 * that could be compared.
 *
 * @since 0.1
 */
public final class NotIdenticalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotIdenticalException(String page) {
    super(page);
  }
}
