package dev.stet.junit;

import static dev.stet.StetAssertions.assertReplicates;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import dev.stet.Experiment;
import dev.stet.replication.Margin;
import dev.stet.seeds.Seed;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // properties that are there to be undone
class BaselineFileTest {
  private static final ConcurrentMap<String, Path> SEEN = new ConcurrentHashMap<>();

  @TempDir
  Path folder;

  private final Properties properties = new Properties();

  @BeforeEach
  void begin() {
    SEEN.clear();
    properties.without("stet.seed").without("stet.baseline");
  }

  @AfterEach
  void end() {
    properties.close();
  }

  static class Places {
    @Test
    void method(@BaselineFile Path baseline, @BaselineFile("other.1") Path other) {
      SEEN.put("method", baseline);
      SEEN.put("other", other);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void each(int i, @BaselineFile Path baseline) {
      SEEN.put("each" + i, baseline);
    }

    @Nested
    class Inner {
      @Test
      void nested(@BaselineFile Path baseline) {
        SEEN.put("nested", baseline);
      }
    }
  }

  @Test
  void liesInTheTestResourcesOfTheModule() {
    Launched launched = Launched.of(Places.class);
    assertThat(launched.status("method")).isEqualTo(SUCCESSFUL);
    Path resources = Path.of("src/test/resources");
    Path places = resources.resolve("dev/stet/junit/BaselineFileTest/Places");
    assertThat(SEEN)
        .isEqualTo(Map.of(
            "method", places.resolve("method.json"),
            "other", places.resolve("method-other.1.json"),
            "each5", places.resolve("each-1.json"),
            "each6", places.resolve("each-2.json"),
            "nested", places.resolve("Inner/nested.json")));
  }

  static class Names {
    @Test
    void a$b(@BaselineFile Path baseline) {
      SEEN.put("a$b", baseline);
    }

    @Test
    void a_b(@BaselineFile Path baseline) {
      SEEN.put("a_b", baseline);
    }

    @Test
    void over(@BaselineFile Path baseline) {
      SEEN.put("over", baseline);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void over(int i, @BaselineFile Path baseline) {
      SEEN.put("over" + i, baseline);
    }

    /** No test, so that the file of the test keeps its plain name. */
    void plain(int times) {
      SEEN.put("times" + times, Path.of(""));
    }

    @Test
    void plain(@BaselineFile Path baseline) {
      plain(1);
      SEEN.put("plain", baseline);
    }

    @Test
    void longerThanAnyFileSystemTakesLongerThanAnyFileSystemTakesLongerThanAnyFileSystemTakesOne(
        @BaselineFile Path baseline) {
      SEEN.put("one", baseline);
    }

    @Test
    void longerThanAnyFileSystemTakesLongerThanAnyFileSystemTakesLongerThanAnyFileSystemTakesTwo(
        @BaselineFile Path baseline) {
      SEEN.put("two", baseline);
    }
  }

  private static String file(String test) {
    return requireNonNull(SEEN.get(test), test).getFileName().toString();
  }

  @Test
  void noTwoTestsHaveOneFile() {
    Launched.of(Names.class);
    assertThat(SEEN).hasSize(9);
    assertThat(SEEN.values()).doesNotHaveDuplicates();
    assertThat(SEEN.get("a_b")).hasFileName("a_b.json");
    assertThat(SEEN.get("plain")).hasFileName("plain.json");
    assertThat(file("a$b")).matches("a_b-[0-9a-f]{8}\\.json");
    assertThat(file("over")).matches("over-[0-9a-f]{8}\\.json");
    assertThat(file("over2")).matches("over-[0-9a-f]{8}-2\\.json");
    assertThat(file("over1").replace("-1.json", "-2.json")).isEqualTo(file("over2"));
  }

  @SuppressWarnings("UnicodeInCode") // for some it is the plainest name there is
  static class NamesInUnicode {
    @Test
    void größe(@BaselineFile Path baseline) {
      SEEN.put("größe", baseline);
    }

    @Test
    void grüße(@BaselineFile Path baseline) {
      SEEN.put("grüße", baseline);
    }

    @Test
    void 損失(@BaselineFile Path baseline) {
      SEEN.put("損失", baseline);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sun.jnu.encoding", matches = "UTF-8")
  void lettersOfEveryScriptStayInTheName() {
    Launched.of(NamesInUnicode.class);
    assertThat(SEEN.get("größe")).hasFileName("größe.json");
    assertThat(SEEN.get("grüße")).hasFileName("grüße.json");
    assertThat(SEEN.get("損失")).hasFileName("損失.json");
  }

  @ParameterizedClass
  @ValueSource(ints = {5, 6})
  static class PerSize {
    @Parameter
    int size;

    @Test
    void holds(@BaselineFile Path baseline) {
      SEEN.put("size " + size, baseline);
    }

    @Nested
    class Inner {
      @Test
      void holds(@BaselineFile Path baseline) {
        SEEN.put("inner " + size, baseline);
      }
    }
  }

  @Test
  void invocationsOfAClassHaveAFolderEach() {
    Launched.of(PerSize.class);
    Path folder = Path.of("src/test/resources/dev/stet/junit/BaselineFileTest/PerSize");
    assertThat(SEEN)
        .isEqualTo(Map.of(
            "size 5", folder.resolve("1/holds.json"),
            "size 6", folder.resolve("2/holds.json"),
            "inner 5", folder.resolve("Inner/1/holds.json"),
            "inner 6", folder.resolve("Inner/2/holds.json")));
  }

  /** Loaded from a module of its own, into whose resources it may write. */
  static class Elsewhere {
    private static final Experiment<Map<String, Object>> NOISE = Experiment.ofMap(
        "noise", (config, trial) -> trial.record("x", trial.random("x").nextGaussian()));

    @Test
    void holds(@BaselineFile Path baseline) {
      assertReplicates(
          baseline, NOISE.study(Map.of()).seeds(Seed.of(1), 20), "x", Margin.absolute(2));
    }
  }

  @Test
  void isWrittenByThePropertyAloneAndThenRead() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("target/test-classes"));
    Path resources = Files.createDirectories(folder.resolve("src/test/resources"));
    Path file = resources.resolve("dev/stet/junit/BaselineFileTest/Elsewhere/holds.json");
    try (URLClassLoader loader = new CopiedClass(classes, Elsewhere.class)) {
      Class<?> copy = loader.loadClass(Elsewhere.class.getName());
      assertThat(copy).isNotSameAs(Elsewhere.class);
      assertThat(Launched.of(copy).message("holds"))
          .startsWith("there is no baseline at " + file + ".")
          .contains("Write it, review it and commit it: ")
          .contains("-Dstet.baseline=write");
      assertThat(file).doesNotExist();
      try (Properties write = new Properties().with("stet.baseline", "write")) {
        assertThat(Launched.of(copy).message("holds"))
            .startsWith("baseline written to " + file + ": 20 runs of noise, x.");
      }
      assertThat(file).exists();
      assertThat(Launched.of(copy).status("holds")).isEqualTo(SUCCESSFUL);
    }
  }

  abstract static class Inherited {
    @Test
    void holds(@BaselineFile Path baseline) {
      assertReplicates(
          baseline, Elsewhere.NOISE.study(Map.of()).seeds(Seed.of(1), 20), "x", Margin.absolute(2));
    }

    @TestFactory
    DynamicTest made(@BaselineFile Path baseline) {
      return DynamicTest.dynamicTest("one", () -> holds(baseline));
    }
  }

  static class Inheriting extends Inherited {}

  @Test
  void isWrittenByTheTestThatRanAndNotByTheMethodThatAsserted() {
    Launched launched = Launched.of(Inheriting.class);
    assertThat(launched.message("holds"))
        .contains("BaselineFileTest$Inheriting#holds' -Dstet.baseline=write");
    assertThat(launched.message("made1"))
        .contains("BaselineFileTest$Inheriting#made' -Dstet.baseline=write");
  }

  static class Wrong {
    @Test
    void isNoPath(@BaselineFile String baseline) {}

    @Test
    void isANumber(@BaselineFile("1") Path baseline) {}

    @Test
    void isAskedForTwice(@BaselineFile("a") Path one, @BaselineFile("A") Path other) {}

    @Test
    void escapes(@BaselineFile("../../etc") Path baseline) {}
  }

  static class TooEarly {
    @BeforeEach
    void before(@BaselineFile Path baseline) {}

    @Test
    void never() {}
  }

  @Test
  void mistakesAreNamed() {
    Launched launched = Launched.of(Wrong.class, TooEarly.class);
    assertThat(launched.message("isNoPath"))
        .contains("@BaselineFile is for a parameter of type Path; got String.");
    assertThat(launched.message("isANumber"))
        .contains("a number in the name of a baseline's file is that of an invocation")
        .contains("got \"1\". Say what it holds, such as @BaselineFile(\"loss\").");
    assertThat(launched.message("isAskedForTwice"))
        .contains("2 parameters of isAskedForTwice ask for the baseline \"a\", and would have one"
            + " file. Give each a name of its own");
    assertThat(launched.message("escapes"))
        .contains("may hold letters, digits, dots, hyphens and underscores; got \"../../etc\".");
    assertThat(launched.message("never"))
        .contains("a baseline belongs to one test: ask for it in the parameters of the test method;"
            + " got before.");
  }
}
