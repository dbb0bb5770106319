package dev.stet.junit;

import static java.util.Objects.requireNonNull;

import dev.stet.Experiment;
import dev.stet.Trial;
import dev.stet.fingerprint.MethodBody;
import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What travels: the arguments as they were before any run; null where the body stays in this JVM. */
  private byte @Nullable [] packed;

  // In another JVM there are none of these two.
  private final transient @Nullable Object @Nullable [] arguments;
  private final transient @Nullable Object test;

  /** Takes the arguments that others have resolved; those of ours are made for each run. */
  TestBody(TestName test, @Nullable Object object, List<? extends @Nullable Object> arguments) {
    this.type = test.type();
    this.declaring = test.method().getDeclaringClass();
    this.name = test.method().getName();
    this.parameterTypes = test.method().getParameterTypes();
    @Nullable Object[] values = arguments.toArray();
    this.test = object;
    Parameter[] parameters = test.method().getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (isOurs(parameters[i].getType())) {
        values[i] = null;
      }
    }
    this.arguments = values;
  }

  /**
   * Writes the arguments down for other JVMs, before a run can change them.
   *
   * @return the argument that cannot travel
   */
  Optional<Obstacle> pack() {
    @Nullable Object[] values = requireNonNull(arguments, "arguments");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeInt(values.length);
      for (int i = 0; i < values.length; i++) {
        Optional<Obstacle> obstacle = packed(out, i, values[i]);
        if (obstacle.isPresent()) {
          return obstacle;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    packed = bytes.toByteArray();
    return Optional.empty();
  }

  private Optional<Obstacle> packed(ObjectOutputStream out, int index, @Nullable Object value) {
    try {
      out.writeObject(value);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      String why =
          value instanceof Serializable ? "cannot be written: " + e : "is not serialisable";
      return Optional.of(new Obstacle(
          "which its argument " + method().getParameters()[index].getName() + " of "
              + requireNonNull(value, "value").getClass().getName() + " cannot reach, as it " + why,
          "Make it in the test method"));
    }
  }

  private @Nullable Object[] unpacked() {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(requireNonNull(packed, "packed")))) {
      @Nullable Object[] values = new @Nullable Object[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readObject();
      }
      return values;
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(
          "the arguments of " + declaring.getName() + "." + name + " cannot be read here: " + e, e);
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
    @Nullable Object[] values = arguments == null ? unpacked() : arguments.clone();
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
