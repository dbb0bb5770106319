package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodBodyTest {
  /** A class of tests, as it were. */
  static class Host {
    @SuppressWarnings("UnusedVariable") // its initialiser is the code under test
    private final Made made = new Made();

    void before() {
      new ByBefore().go();
    }

    void body(int rate, String name) {
      new ByBody().go();
    }

    static void fixed() {
      new ByBody().go();
    }

    void another() {
      new ByAnother().go();
    }
  }

  static class Made {}

  static class ByBefore {
    void go() {}
  }

  static class ByBody {
    void go() {}
  }

  static class ByAnother {
    void go() {}
  }

  /** Finds its methods by name, and has a field that is nobody's business. */
  private record Named(List<String> names) implements MethodBody {
    @Override
    public List<Executable> code() {
      List<Executable> code = new ArrayList<>();
      for (String name : names) {
        for (Method method : Host.class.getDeclaredMethods()) {
          if (method.getName().equals(name)) {
            code.add(method);
          }
        }
        if (name.equals("new")) {
          Constructor<?>[] constructors = Host.class.getDeclaredConstructors();
          code.add(constructors[0]);
        }
      }
      return code;
    }
  }

  private static CapturedBody body(String... names) {
    return CapturedBody.of(new Named(List.of(names)));
  }

  private static Map<?, ?> classes(CapturedBody body) {
    return (Map<?, ?>) requireNonNull(Code.of(body).tree().get("classes"));
  }

  private static String name(Class<?> type) {
    return type.getName();
  }

  @Test
  void standsForTheMethod() {
    CapturedBody body = body("body", "new");
    assertThat(body.className()).isEqualTo(name(Host.class));
    assertThat(body.methodName()).contains("body");
    assertThat(body.methodDescriptor()).contains("(ILjava/lang/String;)V");
    assertThat(body.isConstant()).isTrue();
    assertThat(body.tree())
        .isEqualTo(Map.of(
            "class",
            name(Host.class),
            "kind",
            "method reference",
            "method",
            "body",
            "captured",
            List.of()));
    assertThat(body("fixed").tree()).containsEntry("method", "fixed");
  }

  @Test
  void itsCodeIsWhatTheMethodsReach() {
    assertThat(classes(body("body")).keySet().stream().map(Object::toString))
        .contains(name(Host.class), name(ByBody.class))
        .doesNotContain(name(ByAnother.class), name(Made.class), name(Named.class));
    assertThat(classes(body("body", "before", "new")).keySet().stream().map(Object::toString))
        .contains(name(ByBody.class), name(ByBefore.class), name(Made.class))
        .doesNotContain(name(ByAnother.class));
    assertThat(classes(body("body")).get(name(Host.class)))
        .isNotEqualTo(classes(body("another")).get(name(Host.class)))
        .isNotEqualTo(classes(body("body", "before")).get(name(Host.class)));
  }
}
