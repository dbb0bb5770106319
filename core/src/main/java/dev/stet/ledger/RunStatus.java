package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * How a run stands.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public enum RunStatus {
  /** The run began and has not ended, and the process that runs it is there. */
  RUNNING,
  /** The body returned. */
  COMPLETED,
  /** The body threw; the run keeps what it threw and everything recorded until then. */
  FAILED,
  /** The run took longer than it was allowed and was ended. */
  TIMED_OUT,
  /** The run was broken off: on request, or because its process is gone. */
  INTERRUPTED;

  private static final RunStatus[] ALL = values();

  private final String text = name().toLowerCase(Locale.ROOT);

  /**
   * Returns the status in lower case, as messages print it.
   *
   * @return such as {@code completed} or {@code timed out}
   */
  public String label() {
    return text().replace('_', ' ');
  }

  /** The status as files spell it. */
  String text() {
    return text;
  }

  static RunStatus parse(String text) {
    requireNonNull(text, "text");
    for (RunStatus status : ALL) {
      if (status.text.equals(text)) {
        return status;
      }
    }
    throw new IllegalArgumentException("there is no status \"" + text + "\"");
  }
}
