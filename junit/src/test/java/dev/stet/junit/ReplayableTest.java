package dev.stet.junit;

import static dev.stet.StetAssertions.assertReruns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import dev.stet.Experiment;
import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

@SuppressWarnings("try") // properties that are there to be undone
class ReplayableTest {
  private static final ConcurrentMap<String, Object> SEEN = new ConcurrentHashMap<>();

  @TempDir
  Path folder;

  private final Properties properties = new Properties();

  @BeforeEach
  void begin() {
    SEEN.clear();
    properties.without("stet.seed").with("stet.failing-seeds", folder.toString());
  }

  @AfterEach
  void end() {
    properties.close();
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Replayable("42")
  static class Injected {
    @BeforeEach
    void before(Seed seed, @StreamName("weights") RandomStream weights) {
      SEEN.put("before", seed);
      SEEN.put("weights before", weights.nextLong());
    }

    @Test
    void asks(
        Seed seed,
        @StreamName("weights") RandomStream weights,
        @StreamName(
                value = "shuffle",
                index = {3, 1})
            RandomStream shuffle,
        @StreamName("far") AddressableStream far) {
      SEEN.put("seed", seed);
      SEEN.put("weights", weights.nextLong());
      SEEN.put("shuffle", shuffle.nextLong());
      SEEN.put("far", far.nextLong());
    }

    @Test
    @Replayable("7/3")
    void hasItsOwn(Seed seed) {
      SEEN.put("own", seed);
    }

    @Nested
    class Inner {
      @Test
      void inherits(Seed seed) {
        SEEN.put("nested", seed);
      }
    }

    @Test
    void asksInBeforeEachAlone() {}
  }

  @Test
  void givesASeedAndItsStreams() {
    Launched launched = Launched.of(Injected.class);
    assertThat(launched.count()).isEqualTo(4);
    Seed seed = Seed.of(42);
    assertThat(SEEN)
        .containsEntry("seed", seed)
        .containsEntry("before", seed)
        .containsEntry("nested", seed)
        .containsEntry("own", Seed.parse("7/3"))
        .containsEntry("weights", seed.child("weights").stream().nextLong())
        .containsEntry("weights before", seed.child("weights").stream().nextLong())
        .containsEntry(
            "shuffle", seed.child("shuffle").child(3).child(1).stream().nextLong())
        .containsEntry("far", seed.child("far").addressable().nextLong());
    assertThat(launched.status("asks")).isEqualTo(SUCCESSFUL);
    assertThat(launched.entries("asks")).isEqualTo(Map.of("stet.seed", "42"));
    assertThat(launched.entries("hasItsOwn")).isEqualTo(Map.of("stet.seed", "7/3"));
  }

  @Test
  void thePropertyOverridesEverySeed() {
    try (Properties given = new Properties().with("stet.seed", "0xbeef")) {
      Launched launched = Launched.of(Injected.class, Fresh.class);
      assertThat(SEEN)
          .containsEntry("seed", Seed.parse("0xbeef"))
          .containsEntry("own", Seed.parse("0xbeef"))
          .containsEntry("fresh", Seed.parse("0xbeef"));
      assertThat(launched.entries("fresh")).containsEntry("stet.seed", "0xbeef");
    }
  }

  @Test
  void aPropertyThatIsNoSeedIsAnError() {
    try (Properties given = new Properties().with("stet.seed", "forty-two")) {
      assertThat(Launched.of(Fresh.class).message("fresh"))
          .contains("the system property stet.seed is ")
          .contains("forty-two")
          .contains("Correct it or leave it out.");
    }
  }

  static class Fresh {
    @Test
    @Replayable
    void fresh(Seed seed) {
      SEEN.merge("fresh", seed, (before, now) -> List.of(before, now));
    }
  }

  @Test
  void drawsAFreshSeedEachTime() throws IOException {
    Launched one = Launched.of(Fresh.class);
    Launched two = Launched.of(Fresh.class);
    assertThat(one.entries("fresh")).isNotEqualTo(two.entries("fresh"));
    assertThat(kept()).isEmpty();
  }

  @Replayable
  static class Failing {
    @Test
    void asserts(Seed seed) {
      SEEN.put("asserts", seed);
      Assertions.assertEquals("0", SEEN.getOrDefault("answer", "1"), "the answer");
    }

    @Test
    void throwsAnother(Seed seed) {
      SEEN.put("throwsAnother", seed);
      throw new IllegalStateException("broken");
    }

    @Test
    void failsWithoutSeed() {
      Assertions.fail("no seed here");
    }

    @Test
    void isAborted(Seed seed) {
      Assumptions.abort("not here");
    }
  }

  @Test
  void everyFailureSaysHowToRunItAgain() throws IOException {
    Launched launched = Launched.of(Failing.class);
    String seed = String.valueOf(SEEN.get("asserts"));
    assertThat(launched.failure("asserts")).isExactlyInstanceOf(AssertionFailedError.class);
    assertThat(launched.message("asserts"))
        .startsWith("the answer ==> expected: <0> but was: <1>\n\n  Run it again: mvn test -pl ")
        .contains(
            " '-Dtest=dev.stet.junit.ReplayableTest$Failing#asserts' -Dstet.seed=" + seed + "\n")
        .endsWith("\n  The next run of this test tries this seed first, until it passes.");
    AssertionFailedError failure = (AssertionFailedError) launched.failure("asserts");
    assertThat(failure.getExpected().getValue()).isEqualTo("0");
    assertThat(failure.getActual().getValue()).isEqualTo("1");
    assertThat(failure.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("asserts"));

    Throwable other = launched.failure("throwsAnother");
    assertThat(other).isExactlyInstanceOf(IllegalStateException.class).hasMessage("broken");
    assertThat(other.getSuppressed()).hasSize(1);
    assertThat(other.getSuppressed()[0].getMessage())
        .startsWith("Run it again: mvn test")
        .contains("-Dstet.seed=" + SEEN.get("throwsAnother"));

    assertThat(launched.message("failsWithoutSeed")).isEqualTo("no seed here");
    assertThat(launched.failure("failsWithoutSeed").getSuppressed()).isEmpty();
    assertThat(launched.status("isAborted")).isEqualTo(ABORTED);
    assertThat(launched.message("isAborted")).isEqualTo("not here");
    assertThat(kept()).hasSize(2);
  }

  /** Checks that several tests inherit, as contracts of a family of models are written. */
  abstract static class Inherited {
    private static final Experiment<Map<String, Object>> TIMED = Experiment.ofMap(
        "timed", (config, trial) -> trial.record("time", (double) System.nanoTime()));

    @Test
    @Replayable
    void reruns(Seed seed) {
      SEEN.put("seed", seed);
      assertReruns(TIMED, Map.of(), seed);
    }

    @Test
    @Replayable
    void rerunsOnAnotherThread(Seed seed) {
      SEEN.put("another", seed);
      Assertions.assertTimeoutPreemptively(
          Duration.ofMinutes(1), () -> assertReruns(TIMED, Map.of(), seed));
    }

    @Test
    @Replayable
    void rerunsWithASeedOfItsOwn(Seed seed) {
      SEEN.put("given", seed);
      assertReruns(TIMED, Map.of(), Seed.replayable(Seed.of(5)));
    }
  }

  static class Inheriting extends Inherited {}

  @Test
  void theCommandNamesTheTestThatRanAndNotTheMethodThatAsserted() {
    try (Properties here = new Properties().with("stet.ci", "false")) {
      Launched launched = Launched.of(Inheriting.class);
      for (Map.Entry<String, String> test :
          Map.of("reruns", "seed", "rerunsOnAnotherThread", "another").entrySet()) {
        assertThat(launched.message(test.getKey()))
            .containsOnlyOnce("Run it again: ")
            .contains("ReplayableTest$Inheriting#" + test.getKey() + "' -Dstet.seed="
                + SEEN.get(test.getValue())
                + "\n\n  The next run of this test tries this seed first");
      }
      assertThat(launched.message("rerunsWithASeedOfItsOwn"))
          .contains("ReplayableTest$Inheriting#rerunsWithASeedOfItsOwn' -Dstet.seed=5\n")
          .contains("ReplayableTest$Inheriting#rerunsWithASeedOfItsOwn' -Dstet.seed="
              + SEEN.get("given") + "\n");
    }
  }

  @Test
  void aFailingSeedIsTriedFirstUntilItPasses() throws IOException {
    Launched.of(Failing.class);
    Object seed = SEEN.get("asserts");
    assertThat(Files.readString(kept().get(0)))
        .isEqualTo(
            "# ReplayableTest$Failing.asserts failed with this seed, and tries it first until"
                + " it passes.\nseed=" + seed + "\n");

    Launched again = Launched.of(Failing.class);
    assertThat(SEEN).containsEntry("asserts", seed);
    assertThat(again.message("asserts"))
        .endsWith("\n  It failed with this seed before; it is tried first until it passes.");
    assertThat(kept()).hasSize(2);

    SEEN.put("answer", "0");
    assertThat(Launched.of(Failing.class).status("asserts")).isEqualTo(SUCCESSFUL);
    assertThat(SEEN).containsEntry("asserts", seed);
    assertThat(kept()).hasSize(1);

    Launched.of(Failing.class);
    assertThat(SEEN.get("asserts")).isNotEqualTo(seed);
  }

  @Test
  void aSeedGivenByHandIsNotKeptButForgetsItsOwnFailure() throws IOException {
    Launched.of(Failing.class);
    String seed = String.valueOf(SEEN.get("asserts"));
    SEEN.put("answer", "0");
    try (Properties given = new Properties().with("stet.seed", "5")) {
      assertThat(Launched.of(Failing.class).status("asserts")).isEqualTo(SUCCESSFUL);
      assertThat(kept()).hasSize(2);
    }
    try (Properties given = new Properties().with("stet.seed", seed)) {
      assertThat(Launched.of(Failing.class).status("asserts")).isEqualTo(SUCCESSFUL);
      assertThat(kept()).hasSize(1);
    }
    Files.delete(kept().get(0));
    try (Properties given = new Properties().with("stet.seed", "5")) {
      assertThat(Launched.of(Failing.class).status("throwsAnother")).isEqualTo(FAILED);
      assertThat(kept()).isEmpty();
    }
  }

  @Test
  void aFileThatHoldsNoSeedCostsTheMemoryAlone() throws IOException {
    Launched.of(Failing.class);
    Object seed = SEEN.get("asserts");
    Files.writeString(kept().get(0), "seed=a b\n");
    Launched.of(Failing.class);
    assertThat(SEEN.get("asserts")).isNotEqualTo(seed);
    assertThat(Files.readString(kept().get(0))).contains("seed=" + SEEN.get("asserts"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidAndHidesNoFailure() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (Properties given =
        new Properties().with("stet.failing-seeds", file.resolve("below").toString())) {
      Launched launched = Launched.of(Failing.class);
      assertThat(launched.message("asserts"))
          .startsWith("the answer ==> expected: <0> but was: <1>\n\n  Run it again: ")
          .contains("\n  The seed could not be kept for the next run in " + file)
          .endsWith(". Let -Dstet.failing-seeds name a folder that can be written.");
      assertThat(launched.failure("throwsAnother")).hasMessage("broken");
    }
    try (Properties given = new Properties().with("stet.failing-seeds", " ")) {
      assertThat(Launched.of(Fresh.class).message("fresh"))
          .contains("the system property stet.failing-seeds must name a folder; got \" \".");
    }
  }

  @Test
  void failingSeedsAreKeptBelowTheBuildFolder() {
    try (Properties given = new Properties().without("stet.failing-seeds")) {
      Launched.of(Failing.class);
      Path expected = Path.of("target/stet-failing-seeds").toAbsolutePath();
      assertThat(expected.resolve(Failing.class.getName())).isDirectoryContaining("glob:**.seed");
      SEEN.put("answer", "0");
      assertThat(Launched.of(Failing.class).status("asserts")).isEqualTo(SUCCESSFUL);
    }
  }

  @Replayable
  static class Several {
    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void each(String name, Seed seed) {
      SEEN.put(name, seed);
      Assertions.assertNotEquals("b", name);
    }

    @RepeatedTest(2)
    void again(Seed seed) {
      SEEN.merge("again", seed, (before, now) -> List.of(before, now));
    }
  }

  @Test
  void everyInvocationHasASeedOfItsOwn() throws IOException {
    Launched launched = Launched.of(Several.class);
    assertThat(List.of(SEEN.get("a"), SEEN.get("b"), SEEN.get("c"))).doesNotHaveDuplicates();
    assertThat((List<?>) SEEN.get("again")).doesNotHaveDuplicates();
    assertThat(launched.status("each1")).isEqualTo(SUCCESSFUL);
    assertThat(launched.message("each2")).contains("-Dstet.seed=" + SEEN.get("b"));
    assertThat(kept()).hasSize(1);
    assertThat(kept().get(0).getFileName().toString()).startsWith("each-2-").endsWith(".seed");
    Object failed = SEEN.get("b");
    Object passed = SEEN.get("a");
    Launched.of(Several.class);
    assertThat(SEEN).containsEntry("b", failed);
    assertThat(SEEN.get("a")).isNotEqualTo(passed);
  }

  @Replayable
  static class AfterwardsFailing {
    @Test
    void passesAtFirst(Seed seed) {
      SEEN.put("seed", seed);
    }

    @AfterEach
    void checks() {
      throw new IllegalArgumentException("found afterwards");
    }
  }

  @Test
  void failuresAfterTheMethodCountToo() throws IOException {
    Throwable failure = Launched.of(AfterwardsFailing.class).failure("passesAtFirst");
    assertThat(failure).hasMessage("found afterwards");
    assertThat(failure.getSuppressed()[0].getMessage()).contains("-Dstet.seed=" + SEEN.get("seed"));
    assertThat(kept()).hasSize(1);
  }

  @Replayable
  static class Throwing {
    private static final class Bare extends RuntimeException {
      private static final long serialVersionUID = 1L;

      Bare() {
        super("bare", null, false, false);
      }
    }

    @SuppressWarnings("StaticAssignmentOfThrowable") // some libraries do
    private static final RuntimeException SHARED = new IllegalStateException("shared");

    @RepeatedTest(2)
    void shares(Seed seed, RepetitionInfo repetition) {
      SEEN.put("shared" + repetition.getCurrentRepetition(), seed);
      throw SHARED;
    }

    @Test
    void takesNothing(Seed seed) {
      SEEN.put("bare", seed);
      throw new Bare();
    }

    @SuppressWarnings("InfiniteRecursion") // the mistake in question
    @Test
    void neverReturns(Seed seed) {
      SEEN.put("deep", seed);
      neverReturns(seed);
    }

    @TestFactory
    List<DynamicTest> makesNothing(Seed seed) {
      SEEN.put("factory", seed);
      throw new IllegalStateException("no tests");
    }

    @TestFactory
    Stream<DynamicTest> makesNothingLater(Seed seed) {
      SEEN.put("later", seed);
      return Stream.generate(() -> {
        throw new IllegalStateException("no tests later");
      });
    }
  }

  private static String replay(Throwable failure) {
    return Arrays.stream(failure.getSuppressed())
        .map(Throwable::getMessage)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void whateverIsThrownSaysHowToRunItsOwnTestAgain() {
    Launched launched = Launched.of(Throwing.class);
    assertThat(replay(launched.failure("shares2")))
        .contains("-Dstet.seed=" + SEEN.get("shared1"))
        .contains("-Dstet.seed=" + SEEN.get("shared2"));
    assertThat(launched.entries("takesNothing").get("stet.replay"))
        .startsWith("Run it again: ")
        .contains("-Dstet.seed=" + SEEN.get("bare"));
    assertThat(replay(launched.failure("neverReturns")) + launched.entries("neverReturns"))
        .contains("#neverReturns' -Dstet.seed=" + SEEN.get("deep"));
    assertThat(launched.containerThrowables().map(ReplayableTest::replay))
        .hasSize(2)
        .anyMatch(text -> text.contains("-Dstet.seed=" + SEEN.get("factory")))
        .anyMatch(text -> text.contains("-Dstet.seed=" + SEEN.get("later")));
  }

  @Replayable
  static class Factory {
    @TestFactory
    List<DynamicTest> made(Seed seed) {
      SEEN.put("made", seed);
      return List.of(
          DynamicTest.dynamicTest("good", () -> {}),
          DynamicTest.dynamicTest(
              "bad", () -> Assertions.assertNull(SEEN.get("broken"), "the dynamic test")));
    }
  }

  @Test
  void dynamicTestsHaveTheSeedOfTheirFactory() throws IOException {
    SEEN.put("broken", "yes");
    Launched launched = Launched.of(Factory.class);
    Object seed = SEEN.get("made");
    assertThat(launched.message("made2"))
        .startsWith("the dynamic test ==> ")
        .contains("#made' -Dstet.seed=" + seed);
    assertThat(launched.status("made1")).isEqualTo(SUCCESSFUL);
    assertThat(kept()).hasSize(1);
    SEEN.remove("broken");
    Launched.of(Factory.class);
    assertThat(SEEN).containsEntry("made", seed);
    assertThat(kept()).isEmpty();
  }

  @Replayable
  static class Many {
    @RepeatedTest(40)
    void fails(Seed seed) {
      SEEN.put(seed.toString(), seed);
      Assertions.fail("always");
    }
  }

  @Test
  void testsThatRunAtOnceKeepTheirSeedsApart() throws IOException {
    Map<String, String> parallel = Map.of(
        "junit.jupiter.execution.parallel.enabled", "true",
        "junit.jupiter.execution.parallel.mode.default", "concurrent",
        "junit.jupiter.execution.parallel.config.strategy", "fixed",
        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
    Launched one = Launched.of(parallel, Many.class);
    assertThat(kept()).hasSize(40).allMatch(file -> file.toString().endsWith(".seed"));
    assertThat(SEEN).hasSize(40);
    Launched two = Launched.of(parallel, Many.class);
    assertThat(SEEN).hasSize(40);
    for (int i = 1; i <= 40; i++) {
      assertThat(two.entries("fails" + i)).isEqualTo(one.entries("fails" + i));
    }
  }

  @Replayable("42")
  static class Wrong {
    @Test
    void streamWithoutName(RandomStream stream) {}

    @Test
    void emptyName(@StreamName("") RandomStream stream) {}

    @Test
    void twoSeeds(Seed one, Seed other) {}

    @Test
    void sameStreamTwice(@StreamName("x") RandomStream one, @StreamName("x") RandomStream other) {}

    @Test
    void namedSeed(@StreamName("x") Seed seed) {}

    @Test
    @Replayable("4 2")
    void noSeed(Seed seed) {}
  }

  @Test
  void mistakesAreNamed() {
    Launched launched = Launched.of(Wrong.class);
    assertThat(launched.message("streamWithoutName"))
        .contains("the stream stream of streamWithoutName has no name; say what it is for, such as"
            + " @StreamName(\"weights\").");
    assertThat(launched.message("emptyName")).contains("has no name");
    assertThat(launched.message("twoSeeds"))
        .contains("a test has one Seed; twoSeeds asks for 2. Derive others from it, such as"
            + " seed.child(\"other\").");
    assertThat(launched.message("sameStreamTwice"))
        .contains("two parameters of sameStreamTwice ask for the stream \"x\"");
    assertThat(launched.message("namedSeed"))
        .contains("@StreamName is for a RandomStream or an AddressableStream; got a Seed.");
    assertThat(launched.message("noSeed"))
        .contains("the seed in @Replayable of ReplayableTest$Wrong.noSeed is ")
        .contains("4 2");
  }

  @Replayable
  static class InConstructor {
    InConstructor(Seed seed) {}

    @Test
    void never() {}
  }

  @Replayable
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class BeforeAllTests {
    @BeforeAll
    void before(Seed seed) {}

    @Test
    void never() {}
  }

  @Test
  void aSeedBelongsToOneTest() {
    String expected = "is called for no test or for several. Ask for it in the test method or in a"
        + " @BeforeEach method.";
    assertThat(Launched.of(InConstructor.class).message("never"))
        .contains("a Seed belongs to one test, and")
        .contains(expected);
    assertThat(Launched.of(BeforeAllTests.class).containerFailures().toString())
        .contains("a Seed belongs to one test, and before " + expected);
  }
}
