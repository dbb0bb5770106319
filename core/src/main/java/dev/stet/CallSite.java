package dev.stet;

import java.util.Optional;

/** The place in the user's code that called one of our classes. */
final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();

  private CallSite() {}

  /** Returns the frame that called the given class of ours. */
  static Optional<StackWalker.StackFrame> of(Class<?> ours) {
    String name = ours.getName();
    return WALKER.walk(frames -> frames
        .dropWhile(frame -> !frame.getClassName().equals(name))
        .dropWhile(frame -> frame.getClassName().equals(name))
        .findFirst());
  }

  /** Says class, method, file and line, as a stack trace prints them; costly, so only once it is needed. */
  static String text(Optional<StackWalker.StackFrame> caller) {
    return caller.map(frame -> frame.toStackTraceElement().toString()).orElse("an unknown place");
  }
}
