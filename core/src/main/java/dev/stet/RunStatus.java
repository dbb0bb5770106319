package dev.stet;

/**
 * How a run ended.
 *
 * @since 0.1
 */
public enum RunStatus {
  /** The body returned. */
  COMPLETED,
  /** The body threw; the run keeps what it threw and everything recorded until then. */
  FAILED;

  /**
   * Returns the status in lower case, as messages print it.
   *
   * @return such as {@code completed}
   */
  public String label() {
    return this == COMPLETED ? "completed" : "failed";
  }
}
