package dev.stet.junit;

import dev.stet.seeds.Seed;
import java.util.Arrays;
import org.opentest4j.AssertionFailedError;

/** Stands below a failure, as suppressed, and says how to run the test again. */
final class Replay extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Replay(String message) {
    super(message, null, false, false);
  }

  /**
   * The failure with the lines, which are added to the message of an assertion and attached to anything else: what a test
   * threw must be found again by whoever looks for its type.
   */
  static Throwable addedTo(Throwable failure, String lines) {
    String message = String.valueOf(failure.getMessage());
    if (failure.getClass() == AssertionFailedError.class) {
      // An assertion of ours may have said the same in its own words.
      String more = message.contains("-D" + Seed.PROPERTY + "=") ? withoutFirstLine(lines) : lines;
      return more.isBlank() ? failure : copied((AssertionFailedError) failure, message, more);
    }
    if (Arrays.stream(failure.getSuppressed()).noneMatch(Replay.class::isInstance)) {
      failure.addSuppressed(new Replay(lines.strip()));
    }
    return failure;
  }

  private static String withoutFirstLine(String lines) {
    return lines.substring(lines.indexOf('\n') + 1);
  }

  private static AssertionFailedError copied(
      AssertionFailedError failure, String message, String lines) {
    String whole = (message.isBlank() ? "the test failed." : message) + "\n\n"
        + lines.strip().indent(2).stripTrailing();
    AssertionFailedError copy = failure.isExpectedDefined() || failure.isActualDefined()
        ? new AssertionFailedError(
            whole, failure.getExpected(), failure.getActual(), failure.getCause())
        : new AssertionFailedError(whole, failure.getCause());
    copy.setStackTrace(failure.getStackTrace());
    for (Throwable suppressed : failure.getSuppressed()) {
      copy.addSuppressed(suppressed);
    }
    return copy;
  }
}
