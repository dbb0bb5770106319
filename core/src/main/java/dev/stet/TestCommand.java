package dev.stet;

import java.nio.file.Files;
import java.nio.file.Path;

/** The command that runs one test again. */
final class TestCommand {
  private final String test;

  private TestCommand(String test) {
    this.test = test;
  }

  /** Names the method that called the assertion; inside a lambda, the method that holds the lambda. */
  static TestCommand ofCaller() {
    return CallSite.of(StetAssertions.class)
        .map(TestCommand::of)
        .orElseGet(() -> new TestCommand("YourTest#yourMethod"));
  }

  private static TestCommand of(StackWalker.StackFrame frame) {
    String className = frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
    String method = frame.getMethodName();
    if (method.startsWith("lambda$")) {
      method = method.substring("lambda$".length(), method.lastIndexOf('$'));
    }
    return new TestCommand(className + "#" + method);
  }

  String with(String property, Object value) {
    // A shell would take the $ of a nested class for a variable.
    String quoted = test.indexOf('$') < 0 ? test : "'" + test + "'";
    return "mvn test" + module() + " -Dtest=" + quoted + " -D" + property + "=" + value;
  }

  /** Tests run in the folder of their module; the modules before it hold no test of that name. */
  private static String module() {
    Path folder = Path.of("").toAbsolutePath();
    Path above = folder.getParent();
    return above != null && Files.exists(above.resolve("pom.xml"))
        ? " -pl " + folder.getFileName() + " -am -Dsurefire.failIfNoSpecifiedTests=false"
        : "";
  }
}
