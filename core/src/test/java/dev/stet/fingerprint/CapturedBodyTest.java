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
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CapturedBodyTest {
  interface Body extends Serializable {
    Object run();
  }

  record Pair(int left, List<String> right) implements Serializable {}

  static final class Options implements Serializable {
    private static final long serialVersionUID = 1L;
    double rate = 0.5;
  }

  static final class Hiding implements Serializable {
    private static final long serialVersionUID = 1L;
    transient int cache = 1;
  }

  static final class Counting implements Body {
    private static final long serialVersionUID = 1L;
    int runs;

    @Override
    public Object run() {
      return ++runs;
    }
  }

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
    return (List<?>) Objects.requireNonNull(treeOf(body).get("captured"));
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
              Map.of("map", Map.of("k", 1L)),
              List.of(1.5, Double.NaN),
              Map.of("enum", "java.util.concurrent.TimeUnit.DAYS"),
              Map.of("java.math.BigDecimal", "1.10"),
              Map.of("java.time.Duration", "PT1M30S"),
              Map.of("record " + Pair.class.getName(), Map.of("left", 1, "right", List.of("x")))));
    }

    @Test
    void withTheirClassesWhereTheirTextsAreAlike() {
      Path path = Path.of("a");
      char letter = 'a';
      Object type = Pair.class;
      Object some = Optional.of("a");
      Object none = Optional.empty();
      Object bean = new Options();
      Body body = () -> List.of(path, letter, type, some, none, bean);

      assertThat(captured(body))
          .isEqualTo(List.of(
              Map.of("java.nio.file.Path", "a"),
              Map.of("java.lang.Character", "a"),
              Map.of("class", Pair.class.getName()),
              Map.of("optional", List.of("a")),
              Map.of("optional", List.of()),
              Map.of("object " + Options.class.getName(), Map.of("rate", 0.5))));
    }

    @Test
    void ofAnotherKindByNameAndTheRestBesideThem() {
      Object random = new Random(1);
      List<Object> list = List.of(1, new Object(), "x");
      Body body = () -> random + "" + list;

      String allowed =
          ", which cannot be made canonical. Allowed are strings, numbers, booleans, enums, Optional,"
              + " java.time, lists, sets, maps, arrays, records, and classes with a constructor without arguments and no"
              + " final fields.";
      assertThat(captured(body))
          .isEqualTo(List.of(
              new NotCaptured("captured value 1 is a java.util.Random" + allowed),
              List.of(
                  1, new NotCaptured("captured value 2[1] is a java.lang.Object" + allowed), "x")));
    }

    @Test
    void thatHideStateByNamingIt() {
      Hiding hiding = new Hiding();
      Runnable plain = () -> {};
      Body body = () -> List.of(hiding, plain);

      assertThat(captured(body))
          .isEqualTo(List.of(
              new NotCaptured("captured value 1 is a " + Hiding.class.getName()
                  + ", whose transient field cache would not be seen. Make it a record."),
              new NotCaptured("captured value 2 is a " + ReadsCapturedValues.class.getName()
                  + " (a lambda), whose interface is not Serializable, so nothing can be known of its code. Let the"
                  + " interface extend java.io.Serializable.")));
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
    void thatContainThemselvesByNamingWhere() {
      List<Object> list = new ArrayList<>();
      list.add(list);
      list.add(list);
      Body body = () -> list.size();

      String circle =
          " is a java.util.ArrayList that contains itself. A circle has no canonical form; name one end of"
              + " it by a key instead.";
      assertThat(captured(body))
          .isEqualTo(List.of(List.of(
              new NotCaptured("captured value 1[0]" + circle),
              new NotCaptured("captured value 1[1]" + circle))));
    }

    @Test
    void thatContainTheLambdaWhichHoldsThem() {
      List<Object> list = new ArrayList<>();
      Body inner = () -> list.size();
      list.add(inner);
      Body body = () -> inner.run();

      assertThat(captured(body).toString())
          .contains("captured value 1, captured value 1[0] is a "
              + ReadsCapturedValues.class.getName() + " (a lambda) that contains itself.");
    }

    @Test
    void nestedTooDeepByNamingWhere() {
      Object deep = 1;
      for (int i = 0; i < 40; i++) {
        deep = List.of(deep);
      }
      Object whole = deep;
      Body body = () -> whole;

      assertThat(captured(body).toString())
          .contains("captured value 1" + "[0]".repeat(33)
              + " is nested more than 32 levels deep. Flatten it.");
      assertThat(CanonicalForm.of(captured(body)).digest()).hasSize(64);
    }

    @Test
    void thatAreSharedSoOftenThatTheirTextHasNoEnd() {
      Object shared = List.of(1);
      for (int i = 0; i < 30; i++) {
        shared = List.of(shared, shared);
      }
      Object whole = shared;
      Body body = () -> whole;

      assertThat(captured(body))
          .isEqualTo(
              List.of(
                  new NotCaptured(
                      "captured value 1 holds more than 200000 objects, where one that is"
                          + " shared counts at each of its places. Keep large inputs in files and declare them as data.")));
    }
  }

  @Nested
  class Collections {
    @SafeVarargs
    private static <M extends Map<String, Integer>> M filled(
        M map, Map.Entry<String, Integer>... in) {
      for (Map.Entry<String, Integer> entry : in) {
        map.put(entry.getKey(), entry.getValue());
      }
      return map;
    }

    private Object tree(Object value) {
      Body body = () -> value;
      return Objects.requireNonNull(captured(body).get(0));
    }

    @Test
    void keepTheOrderThatABodyCanRelyOn() {
      Map.Entry<String, Integer> a = Map.entry("a", 1);
      Map.Entry<String, Integer> b = Map.entry("b", 2);
      Map<String, Integer> linked = filled(new LinkedHashMap<>(), b, a);

      assertThat(tree(linked))
          .isEqualTo(Map.of("ordered map", List.of(List.of("b", 2), List.of("a", 1))))
          .isNotEqualTo(tree(filled(new LinkedHashMap<>(), a, b)))
          .isEqualTo(tree(java.util.Collections.unmodifiableMap(linked)));
      assertThat(tree(filled(new TreeMap<>(), b, a)))
          .isEqualTo(Map.of("ordered map", List.of(List.of("a", 1), List.of("b", 2))));
      assertThat(tree(new LinkedHashSet<>(List.of(2, 1))))
          .isEqualTo(Map.of("ordered set", List.of(2, 1)));
    }

    @Test
    void haveNoneWhereItIsNobodysDecision() {
      Map.Entry<String, Integer> a = Map.entry("Aa", 1);
      Map.Entry<String, Integer> b = Map.entry("BB", 2);
      // Equal hash codes: a hash map iterates over them in the order in which they came.
      assertThat(tree(filled(new HashMap<>(), a, b)))
          .isEqualTo(tree(filled(new HashMap<>(), b, a)))
          .isEqualTo(tree(Map.of("BB", 2, "Aa", 1)))
          .isEqualTo(Map.of("map", Map.of("Aa", 1, "BB", 2)));
      assertThat(tree(Set.of(3, 1, 2))).isEqualTo(Map.of("set", List.of(1, 2, 3)));
      assertThat(tree(Map.of(2, "b", 1, "a")))
          .isEqualTo(Map.of("map", List.of(List.of(1, "a"), List.of(2, "b"))))
          .isNotEqualTo(tree(Map.of("1", "a", "2", "b")));
    }

    @Test
    void nameTheComparatorThatSortsThem() {
      int factor = -1;
      Comparator<Integer> order =
          (Comparator<Integer> & Serializable) (x, y) -> factor * Integer.signum(x.compareTo(y));
      SortedSet<Integer> set = new TreeSet<>(order);
      set.addAll(List.of(1, 2));

      assertThat(tree(set))
          .isEqualTo(Map.of(
              "sorted set",
              Map.of(
                  "comparator",
                  Map.of(
                      "class",
                      Collections.class.getName(),
                      "kind",
                      "lambda",
                      "captured",
                      List.of(-1)),
                  "content",
                  List.of(2, 1))));
    }

    @Test
    void thatChangeWhileTheyAreReadAreNotCaptured() {
      List<Object> racing = new ArrayList<>() {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Object> iterator() {
          throw new ConcurrentModificationException();
        }
      };

      assertThat(tree(List.of(racing)))
          .isEqualTo(List.of(new NotCaptured("captured value 1[0] cannot be read:"
              + " java.util.ConcurrentModificationException. Do not change it meanwhile.")));
    }
  }

  @Nested
  class ReadAgain {
    @Test
    void isTheSameWhereNothingCanChange() {
      int n = 3;
      Pair pair = new Pair(1, List.of("x"));
      Object some = Optional.of(Map.of("k", Set.of(TimeUnit.DAYS)));
      Body inner = () -> pair;
      Object empty = new int[0];
      CapturedBody body = CapturedBody.of((Body) () -> List.of(n, some, inner, empty));

      assertThat(body.isConstant()).isTrue();
      assertThat(body.readAgain()).isSameAs(body);
    }

    @ParameterizedTest
    @MethodSource("dev.stet.fingerprint.CapturedBodyTest#changing")
    void isAnotherWhereSomethingCan(Object value) {
      Body inner = () -> value;
      CapturedBody body = CapturedBody.of((Body) () -> inner.run());

      assertThat(body.isConstant()).isFalse();
      assertThat(body.readAgain()).isNotSameAs(body);
      assertThat(body.readAgain().tree()).isEqualTo(body.tree());
    }

    @Test
    void seesWhatChangedAndLeavesTheFirstReading() {
      int[] counter = {1};
      CapturedBody before = CapturedBody.of((Body) () -> counter[0]++);
      counter[0] = 7;

      assertThat(before.tree()).containsEntry("captured", List.of(List.of(1)));
      assertThat(before.readAgain().tree()).containsEntry("captured", List.of(List.of(7)));
    }

    @Test
    void seesTheFieldsOfABodyThatIsAnObject() {
      Counting counting = new Counting();
      CapturedBody before = CapturedBody.of(counting);
      counting.run();

      assertThat(before.isConstant()).isFalse();
      assertThat(before.readAgain().tree()).containsEntry("captured", List.of(1));
    }
  }

  static Stream<Object> changing() {
    return Stream.of(
        new int[1],
        new ArrayList<>(),
        new HashMap<>(),
        new TreeSet<>(),
        List.of(new int[1]),
        new Pair(1, new ArrayList<>()),
        Optional.of(new Options()));
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
