package dev.stet.junit;

import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
   *
   * @return empty where nothing can be attached
   */
  static Optional<Throwable> addedTo(Throwable failure, String lines) {
    if (failure.getClass() == AssertionFailedError.class) {
      return Optional.of(inMessage((AssertionFailedError) failure, lines));
    }
    return attachedTo(failure, lines) ? Optional.of(failure) : Optional.empty();
  }

  /** Attaches the lines unless they are there; those of another test may be, where tests share what they throw. */
  static boolean attachedTo(Throwable failure, String lines) {
    String text = lines.strip();
    if (!isAttachedTo(failure, text)) {
      failure.addSuppressed(new Replay(text));
    }
    // Some throwables take nothing.
    return isAttachedTo(failure, text);
  }

  private static boolean isAttachedTo(Throwable failure, String text) {
    return Arrays.stream(failure.getSuppressed())
        .anyMatch(
            suppressed -> suppressed instanceof Replay && text.equals(suppressed.getMessage()));
  }

  /**
   * An assertion of ours may have given a command for the same seed. It knew the test if that runs on its thread, and else
   * the method that called it, so its command gives way.
   */
  private static AssertionFailedError inMessage(AssertionFailedError failure, String lines) {
    String message = String.valueOf(failure.getMessage());
    String command = lines.lines().findFirst().orElse("");
    String seed = command.substring(Math.max(0, command.indexOf("-D" + Seed.PROPERTY + "=")));
    Matcher same =
        Pattern.compile("(?m)Run it again: .*" + Pattern.quote(seed) + "$").matcher(message);
    if (!same.find()) {
      return copied(failure, message, lines);
    }
    String right = same.replaceFirst(Matcher.quoteReplacement(command));
    String more = lines.substring(command.length()).strip();
    return more.isEmpty() && right.equals(message) ? failure : copied(failure, right, more);
  }

  private static AssertionFailedError copied(
      AssertionFailedError failure, String message, String lines) {
    String whole = (message.isBlank() ? "the test failed." : message)
        + (lines.isBlank() ? "" : "\n\n" + lines.strip().indent(2).stripTrailing());
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
