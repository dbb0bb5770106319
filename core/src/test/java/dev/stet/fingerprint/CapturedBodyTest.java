package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CapturedBodyTest {
  interface Body extends Serializable {
    Object run();
  }

  record Pair(int left, List<String> right) implements Serializable {}

  static Object work() {
    return "worked";
  }

  Object instance() {
    return this;
  }

  private static Map<String, Object> treeOf(Body body) {
    return CapturedBody.of(body).tree();
  }

  private static List<?> captured(Body body) {
    return (List<?>) java.util.Objects.requireNonNull(treeOf(body).get("captured"));
  }

  @Nested
  class Names {
    @Test
    void theClassOfALambdaAndNotTheLambda() {
      CapturedBody body = CapturedBody.of((Body) () -> "x");

      assertThat(body.className()).isEqualTo(Names.class.getName());
      assertThat(body.methodName())
          .hasValueSatisfying(name -> assertThat(name).startsWith("lambda$"));
      assertThat(body.methodDescriptor()).hasValue("()Ljava/lang/Object;");
      assertThat(body.tree())
          .isEqualTo(
              Map.of("class", Names.class.getName(), "kind", "lambda", "captured", List.of()));
    }

    @Test
    void theMethodOfAMethodReference() {
      assertThat(treeOf(CapturedBodyTest::work))
          .isEqualTo(Map.of(
              "class",
              CapturedBodyTest.class.getName(),
              "kind",
              "method reference",
              "method",
              "work",
              "captured",
              List.of()));
    }

    @Test
    void anAnonymousClassByTheClassAroundIt() {
      int size = 3;
      Body body = new Body() {
        private static final long serialVersionUID = 1L;

        @Override
        public Object run() {
          return size;
        }
      };

      assertThat(treeOf(body))
          .containsEntry("class", Names.class.getName())
          .containsEntry("kind", "anonymous or local class");
      // Whether a compiler keeps a reference to the enclosing object that nothing uses differs
      // between compilers.
      assertThat(captured(body)).anyMatch(value -> Integer.valueOf(3).equals(value));
    }
  }

  @Nested
  class ReadsCapturedValues {
    @Test
    void withAPlainMeaningAsTheyAre() {
      int n = 3;
      double rate = 0.5;
      String text = "a";
      List<Integer> list = new ArrayList<>(List.of(1, 2));
      Map<String, Object> map = new HashMap<>(Map.of("k", 1L));
      double[] numbers = {1.5, Double.NaN};
      TimeUnit unit = TimeUnit.DAYS;
      BigDecimal exact = new BigDecimal("1.10");
      Duration time = Duration.ofSeconds(90);
      Pair pair = new Pair(1, List.of("x"));
      Body body = () -> n + rate + text + list + map + numbers.length + unit + exact + time + pair;

      assertThat(captured(body))
          .isEqualTo(List.of(
              3,
              0.5,
              "a",
              List.of(1, 2),
              Map.of("k", 1L),
              List.of(1.5, Double.NaN),
              Map.of("enum", "java.util.concurrent.TimeUnit.DAYS"),
              Map.of("java.math.BigDecimal", "1.10"),
              Map.of("java.time.Duration", "PT1M30S"),
              Map.of("record " + Pair.class.getName(), Map.of("left", 1, "right", List.of("x")))));
    }

    @Test
    void ofAnotherKindByName() {
      Random random = new Random(1);
      Path path = Path.of("x");
      int n = 1;
      Body body = () -> n + "" + random + path;

      assertThat(captured(body).get(1))
          .isEqualTo(new NotCaptured(
              "captured value 2 is an object of type java.util.Random, whose content has no plain"
                  + " form; capture a record, text, numbers, lists or maps of them instead"));
      assertThat(captured(body).get(2)).isInstanceOf(NotCaptured.class);
    }

    @Test
    void thatAreTheEnclosingObject() {
      Body body = () -> this;

      assertThat(captured(body))
          .isEqualTo(
              List.of(
                  new NotCaptured(
                      "captured value 1 is the enclosing object (this) of type "
                          + ReadsCapturedValues.class.getName()
                          + "; make the method that writes the body static, or copy what the body needs into local variables")));
    }

    @Test
    void insideACapturedLambda() {
      int n = 5;
      Body inner = () -> n;
      Body body = () -> inner.run();

      assertThat(captured(body))
          .isEqualTo(List.of(Map.of(
              "class",
              ReadsCapturedValues.class.getName(),
              "kind",
              "lambda",
              "captured",
              List.of(5))));
    }

    @Test
    void thatContainThemselvesWithoutEnd() {
      List<Object> list = new ArrayList<>();
      list.add(list);
      Body body = () -> list.size();

      assertThat(captured(body).toString()).contains("is nested more than 32 levels deep");
    }
  }

  @Nested
  class Travels {
    @Test
    void andRunsOnArrival() throws Exception {
      int n = 4;
      CapturedBody body = CapturedBody.of((Body) () -> "ran " + n);

      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(body.bytes()))) {
        assertThat(((Body) in.readObject()).run()).isEqualTo("ran 4");
      }
      assertThat(body.obstacle()).isEmpty();
    }

    @Test
    void notWithAValueThatCannotAndSaysWhich() {
      int n = 4;
      Object lock = new Object();
      CapturedBody body = CapturedBody.of((Body) () -> n + "" + lock);
      String reason = "captured value 2 of type java.lang.Object cannot travel to another JVM:"
          + " java.io.NotSerializableException: java.lang.Object. Make its class Serializable, or let the body create"
          + " it.";

      assertThat(body.obstacle()).hasValue(reason);
      assertThatThrownBy(body::bytes).isInstanceOf(IllegalStateException.class).hasMessage(reason);
    }
  }
}
