package dev.stet.junit;

import dev.stet.Experiment;
import dev.stet.Trial;
import dev.stet.fingerprint.MethodBody;
import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A test method as the body of an experiment: each run calls it with its own trial and streams. In this JVM it is called on
 * the test object; in another on a new one.
 */
final class TestBody implements Experiment.Body<Map<String, Object>>, MethodBody {
  private static final long serialVersionUID = 1L;

  private final Class<?> type;
  private final Class<?> declaring;
  private final String name;
  private final Class<?>[] parameterTypes;

  @SuppressWarnings("serial") // what cannot travel is refused by name before it must
  private final @Nullable Object[] arguments;

  private final transient @Nullable Object test;

  /** Takes the arguments that others have resolved; those of ours are made for each run. */
  TestBody(TestName test, @Nullable Object object, List<? extends @Nullable Object> arguments) {
    this.type = test.type();
    this.declaring = test.method().getDeclaringClass();
    this.name = test.method().getName();
    this.parameterTypes = test.method().getParameterTypes();
    this.arguments = arguments.toArray();
    this.test = object;
    Parameter[] parameters = test.method().getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (isOurs(parameters[i].getType())) {
        this.arguments[i] = null;
      }
    }
  }

  static boolean isOurs(Class<?> type) {
    return type == Trial.class || type == Seed.class || isStream(type);
  }

  static boolean isStream(Class<?> type) {
    return type == RandomStream.class || type == AddressableStream.class;
  }

  @Override
  public void run(Map<String, Object> config, Trial trial) {
    Method method = method();
    Parameter[] parameters = method.getParameters();
    @Nullable Object[] values = arguments.clone();
    for (int i = 0; i < parameters.length; i++) {
      Class<?> wanted = parameters[i].getType();
      if (wanted == Trial.class) {
        values[i] = trial;
      } else if (wanted == Seed.class) {
        values[i] = trial.seed();
      } else if (isStream(wanted)) {
        StreamName stream = StreamNames.of(parameters[i]);
        values[i] = wanted == RandomStream.class
            ? trial.random(stream.value(), stream.index())
            : trial.addressable(stream.value(), stream.index());
      }
    }
    ReflectionSupport.invokeMethod(method, test == null ? fresh() : test, values);
  }

  private Object fresh() {
    return ReflectionSupport.newInstance(type);
  }

  private Method method() {
    try {
      return declaring.getDeclaredMethod(name, parameterTypes);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(
          declaring.getName() + " has no method " + name + " here. Is it another version?", e);
    }
  }

  /** The test method, and what JUnit calls before it. */
  @Override
  public List<Executable> code() {
    List<Executable> code = new ArrayList<>();
    code.add(method());
    Constructor<?>[] constructors = type.getDeclaredConstructors();
    if (constructors.length == 1) {
      code.add(constructors[0]);
    }
    for (Class<? extends Annotation> before : List.of(BeforeAll.class, BeforeEach.class)) {
      code.addAll(methods(before));
    }
    return code;
  }

  private List<Method> methods(Class<? extends Annotation> annotation) {
    return AnnotationSupport.findAnnotatedMethods(
        type, annotation, HierarchyTraversalMode.TOP_DOWN);
  }
}
