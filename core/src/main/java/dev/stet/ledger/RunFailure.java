package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;

/**
 * Why a run did not complete: what was thrown, in texts that any later process can read.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param type the name of the class of what was thrown, or a word for what happened to the process
 * @param message its message; empty if it has none
 * @param stackTrace the stack trace as Java prints it, with causes; empty if there is none
 * @since 0.1
 */
public record RunFailure(String type, String message, String stackTrace) {
  private static final int LONGEST = 1 << 16;

  /**
   * Refuses nulls and a blank type.
   *
   * @param type the name of the class of what was thrown, or a word for what happened to the process
   * @param message its message; empty if it has none
   * @param stackTrace the stack trace as Java prints it, with causes; empty if there is none
   * @throws IllegalArgumentException if the type is blank
   */
  public RunFailure {
    if (requireNonNull(type, "type").isBlank()) {
      throw new IllegalArgumentException("the type of a failure must not be blank; got \"" + type
          + "\". Name the class of what was thrown.");
    }
    requireNonNull(message, "message");
    requireNonNull(stackTrace, "stackTrace");
  }

  /**
   * Returns what is kept of a throwable: texts of up to 65,536 characters, the rest counted.
   *
   * @param failure what was thrown
   * @return the failure
   */
  public static RunFailure of(Throwable failure) {
    String type = requireNonNull(failure, "failure").getClass().getName();
    return new RunFailure(type, cut(message(failure)), cut(stackTrace(failure)));
  }

  // A throwable is the user's code: one whose own methods throw must not cost the record of its
  // run.
  private static String message(Throwable failure) {
    try {
      String message = failure.getLocalizedMessage();
      return message == null ? "" : message;
    } catch (RuntimeException | Error unreadable) {
      return "";
    }
  }

  private static String stackTrace(Throwable failure) {
    try {
      return Throwables.getStackTraceAsString(failure).replace("\r\n", "\n");
    } catch (RuntimeException | Error unreadable) {
      return "";
    }
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + " ... and " + (text.length() - end) + " more characters";
  }

  /** Returns what the throwable's own {@code toString()} gave: its class and message, unless it says otherwise. */
  @Override
  public String toString() {
    String plain = message.isEmpty() ? type : type + ": " + message;
    if (stackTrace.isEmpty() || stackTrace.startsWith(plain + "\n")) {
      return plain;
    }
    int frames = stackTrace.indexOf("\n\tat ");
    return frames < 0 ? stackTrace.strip() : stackTrace.substring(0, frames);
  }
}
