package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No number is inherited: also not from methods that only the JDK at run time has. */
@Tag("golden")
class OverridesTest {
  @Test
  void streamsLeaveNoDefaultMethodOfTheJdk() throws Exception {
    for (Class<?> type : List.of(XoshiroStream.class, AddressableStream.class)) {
      for (Method method : overridable(RandomGenerator.class)) {
        Method found = type.getMethod(method.getName(), method.getParameterTypes());
        assertThat(RandomStream.class)
            .as(found.toString())
            .isAssignableFrom(found.getDeclaringClass());
      }
    }
  }

  @Test
  void viewsLeaveNoMethodOfRandom() throws Exception {
    List<Method> methods = overridable(Random.class);
    assertThat(methods).hasSizeGreaterThan(20);
    for (Method method : methods) {
      assertThat(RandomView.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
          .isNotNull();
    }
    for (Method method : overridable(RandomGenerator.class)) {
      assertThat(RandomView.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
          .isNotNull();
    }
  }

  private static List<Method> overridable(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()) && !Modifier.isPrivate(m.getModifiers()))
        .filter(m -> !Modifier.isFinal(m.getModifiers()) && !m.isSynthetic())
        .filter(m -> Modifier.isPublic(m.getModifiers()) || Modifier.isProtected(m.getModifiers()))
        .toList();
  }
}
