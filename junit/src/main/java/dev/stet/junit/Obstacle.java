package dev.stet.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestInstanceFactory;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * What keeps a test from a fresh JVM, where its method is called and nothing of JUnit runs: all that JUnit or an extension
 * does for the test besides.
 *
 * @param fact what a fresh JVM lacks, as a clause that follows "fresh JVMs"
 * @param remedy what would help
 */
record Obstacle(String fact, String remedy) {
  private static final List<Class<?>> PREPARING = List.of(
      BeforeAllCallback.class,
      BeforeEachCallback.class,
      BeforeTestExecutionCallback.class,
      TestInstanceFactory.class,
      TestInstancePostProcessor.class);

  /**
   * Looks before anything runs.
   *
   * @param object the test object, whose fields hold extensions; none for a test without one
   */
  static Optional<Obstacle> of(TestName test, @Nullable Object object) {
    Class<?> type = test.type();
    return constructor(type)
        .or(() -> classTemplate(test))
        .or(() -> lifecycle(type))
        .or(() -> injected(type))
        .or(() -> extension(test, object));
  }

  private static Optional<Obstacle> constructor(Class<?> type) {
    if (Arrays.stream(type.getDeclaredConstructors())
        .anyMatch(constructor -> constructor.getParameterCount() == 0)) {
      return Optional.empty();
    }
    return Optional.of(new Obstacle(
        "in which its class needs a constructor without parameters; " + type.getName() + " has none"
            + (type.isMemberClass() ? ", since it is an inner class" : ""),
        "Move the method to a class of its own"));
  }

  private static Optional<Obstacle> classTemplate(TestName test) {
    return test.classInvocations().isEmpty()
        ? Optional.empty()
        : Optional.of(new Obstacle(
            "in which nobody gives its class what this invocation of the class has",
            "Make the method a parameterized test instead"));
  }

  private static Optional<Obstacle> lifecycle(Class<?> type) {
    for (Class<? extends Annotation> kind :
        List.of(BeforeAll.class, BeforeEach.class, AfterEach.class, AfterAll.class)) {
      List<Method> found =
          AnnotationSupport.findAnnotatedMethods(type, kind, HierarchyTraversalMode.TOP_DOWN);
      if (!found.isEmpty()) {
        return Optional.of(new Obstacle(
            "in which nobody calls @" + kind.getSimpleName() + " "
                + found.get(0).getName(),
            "Do in the test method what it needs"));
      }
    }
    return Optional.empty();
  }

  /** Fields that JUnit sets itself, or an extension that stands at the field. */
  private static Optional<Obstacle> injected(Class<?> type) {
    return Stream.of(TempDir.class, ExtendWith.class)
        .flatMap(kind -> AnnotationSupport.findAnnotatedFields(type, kind).stream())
        .findFirst()
        .map(field -> new Obstacle(
            "in which nobody sets the field " + field.getName(),
            "Make in the test method what it needs"));
  }

  /** One that only resolves parameters or conditions has done its work before the method travels. */
  private static Optional<Obstacle> extension(TestName test, @Nullable Object object) {
    Stream<Class<?>> declared = Stream.of(test.type(), test.method()).flatMap(Obstacle::declared);
    Stream<Class<?>> registered = registered(test.type(), object).map(Object::getClass);
    return Stream.concat(declared, registered)
        .filter(kind -> kind != StetExtension.class)
        .filter(kind -> PREPARING.stream().anyMatch(how -> how.isAssignableFrom(kind)))
        .findFirst()
        .map(kind -> new Obstacle(
            "in which nobody calls the extension " + kind.getName(),
            "Do in the test method what it does"));
  }

  private static Stream<Class<?>> declared(AnnotatedElement element) {
    return AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream()
        .flatMap(with -> Arrays.stream(with.value()));
  }

  private static Stream<Object> registered(Class<?> type, @Nullable Object object) {
    Stream<Object> shared =
        AnnotationSupport.findAnnotatedFieldValues(type, RegisterExtension.class).stream();
    return object == null
        ? shared
        : Stream.concat(
            shared,
            AnnotationSupport.findAnnotatedFieldValues(object, RegisterExtension.class).stream());
  }

  /** For a test that asks for fresh JVMs itself. */
  ExtensionConfigurationException refusal(TestName test) {
    return new ExtensionConfigurationException(test.words() + " asks for fresh JVMs, " + fact + ". "
        + remedy + ", or rerun it in this JVM.");
  }

  /** For a test that would only rather have them. */
  String here() {
    return "in this JVM and not in fresh JVMs, " + fact;
  }
}
