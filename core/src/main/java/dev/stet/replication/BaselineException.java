package dev.stet.replication;

import org.jspecify.annotations.Nullable;

/** A baseline that cannot be read, written or compared with; the message says why and what to do. */
public final class BaselineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BaselineException(String message) {
    super(message);
  }

  BaselineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
