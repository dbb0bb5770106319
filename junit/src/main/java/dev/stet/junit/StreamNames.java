package dev.stet.junit;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** What the streams among the parameters of a method are for. */
final class StreamNames {
  private StreamNames() {}

  /** Returns the name, after looking at all that stand beside it. */
  static StreamName of(Parameter parameter) {
    StreamName name = required(parameter);
    Executable method = parameter.getDeclaringExecutable();
    long same = Arrays.stream(method.getParameters())
        .filter(other -> TestBody.isStream(other.getType()))
        .map(StreamNames::required)
        .filter(name::equals)
        .count();
    if (same > 1) {
      throw new ParameterResolutionException(
          "two parameters of " + method.getName() + " ask for the stream \"" + name.value()
              + "\"; both would draw the same numbers. Give each a name of its own, or an index.");
    }
    return name;
  }

  private static StreamName required(Parameter parameter) {
    StreamName name = parameter.getAnnotation(StreamName.class);
    if (name == null || name.value().isEmpty()) {
      throw new ParameterResolutionException("the stream " + parameter.getName() + " of "
          + parameter.getDeclaringExecutable().getName()
          + " has no name; say what it is for, such as @StreamName(\"weights\").");
    }
    return name;
  }
}
