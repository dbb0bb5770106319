package dev.stet.fork;

/**
 * Stands for something that was thrown in another JVM and cannot be read here, because it or what it holds is not
 * serialisable or its class is not known. Its text is that of the original.
 *
 * @since 0.1
 */
public final class ForeignException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final String foreignTrace;

  ForeignException(String text, String message, String foreignTrace) {
    super(message, null, false, false);
    this.text = text;
    this.foreignTrace = foreignTrace;
  }

  /**
   * Returns the stack trace of the original as it was printed there.
   *
   * @return several lines
   */
  public String foreignTrace() {
    return foreignTrace;
  }

  /** Returns what the original's {@code toString()} returned. */
  @Override
  @SuppressWarnings(
      "OverrideThrowableToString") // the type in front of the message is the original's
  public String toString() {
    return text;
  }
}
