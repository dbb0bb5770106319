package dev.stet;

import dev.stet.spi.RunningTest;
import java.nio.file.Path;

/** The command that runs one test again. */
final class TestCommand {
  private TestCommand() {}

  /** Of the test that runs here; where nobody has said which that is, of the method that called the assertion. */
  static String with(String property, Object value) {
    return RunningTest.here().orElseGet(TestCommand::ofCaller).again(property, value);
  }

  private static RunningTest ofCaller() {
    return CallSite.of(StetAssertions.class)
        .map(TestCommand::of)
        .orElseGet(() -> of("com.example.YourTest", "yourMethod"));
  }

  /** Inside a lambda it is the method that holds the lambda. */
  private static RunningTest of(StackWalker.StackFrame frame) {
    String method = frame.getMethodName();
    if (method.startsWith("lambda$")) {
      method = method.substring("lambda$".length(), method.lastIndexOf('$'));
    }
    return of(frame.getClassName(), method);
  }

  /** Tests run in the folder of their module. */
  private static RunningTest of(String type, String method) {
    return RunningTest.of(type + "." + method, type + "#" + method, Path.of("").toAbsolutePath());
  }
}
