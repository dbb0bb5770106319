package dev.stet.junit;

import dev.stet.spi.RunningTest;
import java.lang.reflect.Method;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test, or one invocation of it, as files and messages name it.
 *
 * @param type the class that runs, in which the method may be inherited
 * @param method the method
 * @param invocation which invocation of a parameterized or repeated test; 0 for a test that is none
 * @param identity what JUnit tells it apart by: class, method with its parameters, invocation
 */
record TestName(Class<?> type, Method method, int invocation, String identity) {
  private static final Pattern INVOCATION = Pattern.compile("\\[test-template-invocation:#(\\d+)]");

  static TestName of(ExtensionContext context) {
    String id = context.getUniqueId();
    int from = id.indexOf("[class:");
    Matcher number = INVOCATION.matcher(id);
    int invocation = number.find() ? Integer.parseInt(number.group(1)) : 0;
    return new TestName(
        context.getRequiredTestClass(),
        context.getRequiredTestMethod(),
        invocation,
        id.substring(Math.max(from, 0)));
  }

  /** Such as {@code DigitsTest.learns}; a nested class with all that is around it. */
  String words() {
    return simple() + "." + method.getName() + (invocation == 0 ? "" : "[" + invocation + "]");
  }

  /** As messages of assertions name it. */
  RunningTest running() {
    return RunningTest.of(words(), simple() + "#" + method.getName(), TestFolders.module(type));
  }

  private String simple() {
    String name = type.getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The method's name as part of the name of a file. */
  String inFile() {
    String safe = method.getName().replaceAll("[^A-Za-z0-9_-]", "_");
    String shortened = safe.length() > 80 ? safe.substring(0, 80) : safe;
    return invocation == 0 ? shortened : shortened + "-" + invocation;
  }
}
