package dev.stet.fork;

import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * Stands for something that was thrown in another JVM and cannot be read here, because it or what it holds is not
 * serialisable or its class is not known. Its text and its printed stack trace are those of the original.
 *
 * @since 0.1
 */
public final class ForeignException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The class of the original. */
  private final String type;

  /** What the original says of itself. */
  private final String text;

  /** Where the original was thrown. */
  private final String foreignTrace;

  ForeignException(String type, String text, String message, String foreignTrace) {
    super(message, null, false, false);
    this.type = type;
    this.text = text;
    this.foreignTrace = foreignTrace;
  }

  /**
   * Returns the name of the original's class.
   *
   * @return the name, such as {@code com.example.BadBatchException}
   */
  public String foreignType() {
    return type;
  }

  /**
   * Returns the stack trace of the original as it was printed there.
   *
   * @return several lines
   */
  public String foreignTrace() {
    return foreignTrace;
  }

  /** Prints the stack trace of the original. */
  @Override
  public void printStackTrace(PrintStream out) {
    out.println(foreignTrace.stripTrailing());
  }

  /** Prints the stack trace of the original. */
  @Override
  public void printStackTrace(PrintWriter out) {
    out.println(foreignTrace.stripTrailing());
  }

  /** Returns what the original's {@code toString()} returned. */
  @Override
  @SuppressWarnings(
      "OverrideThrowableToString") // the type in front of the message is the original's
  public String toString() {
    return text;
  }
}
