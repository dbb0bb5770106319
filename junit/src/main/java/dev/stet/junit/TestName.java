package dev.stet.junit;

import dev.stet.spi.RunningTest;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A test, or one invocation of it, as files and messages name it.
 *
 * @param type the class that runs, in which the method may be inherited
 * @param method the method
 * @param classInvocations which invocations of parameterized classes, from the outermost class inwards; none for classes that
 *     run once
 * @param invocation which invocation of a parameterized or repeated test; 0 for a test that is none
 * @param identity what JUnit tells it apart by: class, method with its parameters, invocation
 */
record TestName(
    Class<?> type, Method method, List<Integer> classInvocations, int invocation, String identity) {
  private static final Pattern INVOCATION = Pattern.compile("\\[test-template-invocation:#(\\d+)]");
  private static final Pattern CLASS_INVOCATION =
      Pattern.compile("\\[class-template-invocation:#(\\d+)]");

  /** In bytes: file systems allow 255 for a whole name. */
  private static final int LONGEST = 80;

  static TestName of(ExtensionContext context) {
    String id = context.getUniqueId();
    int from = id.indexOf("[class:");
    Matcher number = INVOCATION.matcher(id);
    int invocation = number.find() ? Integer.parseInt(number.group(1)) : 0;
    List<Integer> classInvocations = CLASS_INVOCATION
        .matcher(id)
        .results()
        .map((MatchResult result) -> Integer.valueOf(result.group(1)))
        .toList();
    return new TestName(
        context.getRequiredTestClass(),
        context.getRequiredTestMethod(),
        classInvocations,
        invocation,
        id.substring(Math.max(from, 0)));
  }

  /** A dynamic test has no method; the factory that made it has. */
  static ExtensionContext withMethod(ExtensionContext context) {
    ExtensionContext around = context;
    while (around.getTestMethod().isEmpty() && around.getParent().isPresent()) {
      around = around.getParent().get();
    }
    return around;
  }

  /** Such as {@code DigitsTest.learns}; a nested class with all that is around it. */
  String words() {
    StringBuilder words = new StringBuilder(simple());
    classInvocations.forEach(number -> words.append('[').append(number).append(']'));
    return words
        .append('.')
        .append(method.getName())
        .append(invocation == 0 ? "" : "[" + invocation + "]")
        .toString();
  }

  /** As messages name it; by its full class name, since other packages may have a class of that name. */
  RunningTest running() {
    return RunningTest.of(
        words(), type.getName() + "#" + method.getName(), TestFolders.module(type));
  }

  private String simple() {
    String name = type.getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /**
   * The method's name as the name of a file, one for each test of the class. Where it cannot be written as it is, or
   * another test has it, a digest tells the tests apart.
   */
  String inFile() {
    String safe = shortened(method.getName().replaceAll("[^\\p{L}\\p{N}_]", "_"));
    boolean isOnly = safe.equals(method.getName()) && !hasNamesake();
    return numbered(isOnly ? safe : safe + "-" + digest(signature()));
  }

  /** The same for file systems and locales that know ASCII alone, and for one test and invocation. */
  String inFileForItself() {
    String safe = shortened(method.getName().replaceAll("[^A-Za-z0-9_-]", "_"));
    return numbered(safe) + "-" + digest(identity);
  }

  private String numbered(String name) {
    return invocation == 0 ? name : name + "-" + invocation;
  }

  private static String shortened(String name) {
    int end = name.length();
    while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end);
  }

  /** There are file systems that do not tell small letters from capital ones. */
  private boolean hasNamesake() {
    return ReflectionSupport.findMethods(
            type,
            other -> other.getName().equalsIgnoreCase(method.getName())
                && Stream.of(Test.class, TestTemplate.class, TestFactory.class)
                    .anyMatch(kind -> AnnotationSupport.isAnnotated(other, kind)),
            HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .anyMatch(other -> !signature(other).equals(signature()));
  }

  private String signature() {
    return signature(method);
  }

  private static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
