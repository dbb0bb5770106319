package dev.stet.replication;

import org.jspecify.annotations.Nullable;

/**
 * A baseline that cannot be read, written or compared with; the message says why and what to do.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class BaselineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, without the advice. */
  private final String fact;

  BaselineException(String message) {
    this(message, (Throwable) null);
  }

  /** With the fact apart from the advice, for a verdict that tells the fact and goes on. */
  BaselineException(String fact, String advice) {
    super(fact + ". " + advice);
    this.fact = fact;
  }

  BaselineException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fact = message;
  }

  /** What is wrong, without a full stop. */
  String fact() {
    return fact;
  }
}
