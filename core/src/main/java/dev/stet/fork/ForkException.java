package dev.stet.fork;

import org.jspecify.annotations.Nullable;

/**
 * Says that no JVM could be started for a task, or that the task could not be read there.
 *
 * @since 0.1
 */
public final class ForkException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  ForkException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
