package dev.stet.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import dev.stet.Reruns;
import dev.stet.Trial;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // properties that are there to be undone
class BitForBitTest {
  private static final ConcurrentMap<String, Object> SEEN = new ConcurrentHashMap<>();
  private static final AtomicInteger CALLS = new AtomicInteger();

  @TempDir
  Path folder;

  private final Properties properties = new Properties();

  @BeforeEach
  void begin() {
    SEEN.clear();
    CALLS.set(0);
    properties
        .without("stet.seed")
        .with("stet.ci", "false")
        .with("stet.failing-seeds", folder.toString());
  }

  @AfterEach
  void end() {
    properties.close();
  }

  /** What a test of somebody's own would look like. */
  @Replayable("42")
  static class Trials {
    @Test
    @BitForBit(3)
    void trains(Trial trial, @StreamName("weights") RandomStream weights, Seed seed) {
      CALLS.incrementAndGet();
      SEEN.put("weights", weights.draws());
      trial.record("weight", weights.nextDouble());
      trial.record("shuffle", trial.random("shuffle").nextDouble());
      SEEN.put("seed", seed);
    }

    @Test
    @BitForBit
    void asOftenAsUsual(Trial trial) {
      CALLS.incrementAndGet();
      trial.record("x", 1);
    }

    @Test
    void isRunOnce(Trial trial) {
      CALLS.incrementAndGet();
      trial.record("x", 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2})
    @BitForBit(1)
    void eachRate(double rate, Trial trial) {
      trial.record("rate", rate * trial.random("noise").nextDouble());
    }
  }

  @Test
  void aTestMethodIsATrialThatRunsAgain() {
    Launched launched = Launched.of(Trials.class);
    assertThat(launched.count()).isEqualTo(5);
    assertThat(launched.entries("trains"))
        .containsEntry("stet.seed", "42")
        .containsEntry(
            "stet.rerun",
            "BitForBitTest$Trials.trains reran identical in 3 of 3: 2 records, bit for bit, seed 42.");
    assertThat(launched.entries("trains").get("stet.fingerprint")).hasSize(64);
    assertThat(launched.entries("asOftenAsUsual").get("stet.rerun"))
        .contains("identical in 1 of 1");
    assertThat(launched.entries("isRunOnce")).containsOnlyKeys("stet.seed", "stet.fingerprint");
    assertThat(launched.status("eachRate1")).isEqualTo(SUCCESSFUL);
    assertThat(launched.entries("eachRate1").get("stet.fingerprint"))
        .isNotEqualTo(launched.entries("eachRate2").get("stet.fingerprint"));
    assertThat(SEEN).containsEntry("seed", Seed.of(42)).containsEntry("weights", 0L);
    assertThat(CALLS).hasValue(4 + 2 + 1);
  }

  @Replayable("42")
  static class OfNumbers {
    static List<Number> numbers() {
      return List.of(
          (byte) 3,
          (short) 3,
          3,
          3L,
          0.1f,
          0.1,
          Float.NaN,
          new BigInteger("12345678901234567890"),
          new BigDecimal("1.10"),
          new AtomicInteger(3));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    @BitForBit(1)
    void each(Number number, Trial trial) {
      trial.record("number", number.doubleValue());
    }
  }

  @Test
  void numbersOfEveryKindAreSettings() {
    Launched launched = Launched.of(OfNumbers.class);
    for (int i = 1; i <= 10; i++) {
      assertThat(launched.status("each" + i)).as("%d", i).isEqualTo(SUCCESSFUL);
    }
    assertThat(TestTrial.setting((byte) 3)).isEqualTo(3);
    assertThat(TestTrial.setting(0.1f)).isEqualTo(0.1);
    assertThat(TestTrial.setting(new AtomicInteger(3))).isEqualTo("3");
  }

  @Replayable("42")
  static class Diverging {
    private static double left;
    private double field;

    @Test
    @BitForBit(4)
    void remembers(Trial trial) {
      trial.record("same", trial.random("x").nextDouble());
      trial.record("left", left++);
    }

    @Test
    @BitForBit(1)
    void changesAField(Trial trial) {
      trial.record("field", field++);
    }

    @Test
    @BitForBit(2)
    void recordsNothing(Trial trial) {}

    @Test
    @BitForBit(2)
    void failsByItself(Trial trial) {
      CALLS.incrementAndGet();
      trial.record("x", 1);
      Assertions.assertEquals(1, 2);
    }

    @Test
    @BitForBit(2)
    void opensAStreamTwice(Trial trial, @StreamName("x") RandomStream stream) {
      trial.random("x");
    }
  }

  @Test
  void aRerunThatPartsFailsTheTestAndNamesThePlace() {
    Diverging.left = 0;
    Launched launched = Launched.of(Diverging.class);
    assertThat(launched.message("remembers"))
        .startsWith("""
            BitForBitTest$Diverging.remembers did not rerun bit for bit: identical in 0 of 4, first difference at record 2 of 2.

              left, step 0
                first run  0.0\
            """)
        .contains("The record before it is equal, and so are the fingerprints")
        .contains("\n\n  Run it again: mvn test")
        .contains(" '-Dtest=dev.stet.junit.BitForBitTest$Diverging#remembers' -Dstet.seed=42");
    assertThat(launched.message("changesAField")).contains("field, step 0");
    assertThat(launched.message("recordsNothing"))
        .contains("nothing was compared: it recorded nothing.")
        .contains("-Dstet.seed=42");
    assertThat(launched.message("failsByItself"))
        .startsWith("expected: <1> but was: <2>\n\n  Run it again: ");
    assertThat(CALLS).hasValue(1);
    assertThat(launched.failure("opensAStreamTwice"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("stream \"x\" was opened before in this run");
  }

  /** Static state tells one JVM from another: here it is left from run to run. */
  @Replayable("42")
  static class InFreshJvms {
    private static double left;

    @Test
    @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
    void startsAnew(Trial trial, @StreamName("x") RandomStream stream) {
      trial.record("left", left++);
      trial.record("x", stream.nextDouble());
    }

    @ParameterizedTest
    @ValueSource(strings = "a")
    @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
    void seesWhatDiffersThere(String name, Trial trial) {
      trial.digest("name", name);
      trial.record("pid", (double) ProcessHandle.current().pid());
    }
  }

  @Replayable("42")
  static class WithArguments {
    static List<Arguments> lists() {
      return List.of(Arguments.of(new ArrayList<>(List.of(1, 2))));
    }

    @ParameterizedTest
    @MethodSource("lists")
    @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
    void changesItsArgument(List<Integer> list, Trial trial) {
      list.add(3);
      trial.record("size", list.size());
    }

    static List<Arguments> objects() {
      return List.of(Arguments.of(List.of(new Object())));
    }

    @ParameterizedTest
    @MethodSource("objects")
    @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
    void holdsWhatCannotTravel(List<Object> list, Trial trial) {
      trial.record("size", list.size());
    }

    @ParameterizedTest
    @MethodSource("objects")
    @BitForBit
    void staysWithWhatCannotTravel(List<Object> list, Trial trial) {
      trial.record("size", list.size());
    }
  }

  @Test
  void freshJvmsHaveTheArgumentsThatTheFirstRunHad() {
    try (Properties ci = new Properties().with("stet.ci", "true")) {
      Launched launched = Launched.of(WithArguments.class);
      assertThat(launched.entries("changesItsArgument1").get("stet.rerun"))
          .contains("identical in 1 of 1");
      assertThat(launched.message("holdsWhatCannotTravel1"))
          .contains("asks for fresh JVMs, which its argument list of ")
          .contains(
              " cannot reach, as it cannot be written: java.io.NotSerializableException: java.lang.Object.")
          .endsWith(" Make it in the test method, or rerun it in this JVM.");
      assertThat(launched.entries("staysWithWhatCannotTravel1").get("stet.rerun.place"))
          .startsWith("in this JVM and not in fresh JVMs, which its argument list of ");
    }
  }

  @Test
  void freshJvmsRunTheMethodOnANewObject() {
    InFreshJvms.left = 0;
    Launched launched = Launched.of(InFreshJvms.class);
    assertThat(launched.entries("startsAnew").get("stet.rerun"))
        .contains("reran identical in 1 of 1")
        .contains("2 records");
    assertThat(launched.message("seesWhatDiffersThere1"))
        .contains("did not rerun bit for bit in a fresh JVM: first difference at record 2 of 2")
        .contains("pid, step 0")
        // The agent that measures coverage stays behind, which the fingerprint tells.
        .containsAnyOf(
            "The record before it is equal, and so are the fingerprints",
            "The record before it is equal. The fingerprints differ in: runtime (agents[0] removed).");
  }

  /** Whatever JUnit does for a test besides calling its method is not done in a fresh JVM. */
  @Replayable("42")
  static class Prepared {
    private int[] sizes = {};

    @BeforeEach
    void prepare() {
      sizes = new int[] {3, 4};
    }

    @Test
    @BitForBit
    void hasMethodsBefore(Trial trial) {
      CALLS.incrementAndGet();
      trial.record("sizes", sizes.length);
    }

    @Nested
    class Inner {
      @Test
      @BitForBit
      void isNested(Trial trial) {
        trial.record("sizes", sizes.length);
      }
    }
  }

  @Replayable("42")
  static class WithFolder {
    @TempDir
    Path temporary;

    @Test
    @BitForBit
    void hasAFolder(Trial trial) {
      trial.record("names", temporary.getNameCount());
    }

    @Test
    @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
    void hasAFolderAlone(Trial trial) {
      trial.record("names", temporary.getNameCount());
    }
  }

  @Replayable("42")
  static class WithExtension {
    @RegisterExtension
    final Extension counter = new Counter();

    private static final class Counter implements BeforeEachCallback {
      private int tests;

      @Override
      public void beforeEach(ExtensionContext context) {
        tests++;
      }
    }

    @Test
    @BitForBit
    void hasAnExtension(Trial trial) {
      trial.record("tests", ((Counter) counter).tests);
    }

    @Test
    @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
    void hasAnExtensionAlone(Trial trial) {
      trial.record("tests", ((Counter) counter).tests);
    }
  }

  @Replayable("42")
  @ParameterizedClass
  @ValueSource(ints = 3)
  static class WithParameter {
    @Parameter
    int number;

    @Test
    @BitForBit
    void hasAParameter(Trial trial) {
      trial.record("number", number);
    }

    @Test
    @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
    void hasAParameterAlone(Trial trial) {
      trial.record("number", number);
    }
  }

  @Test
  void theStandardRerunsHereWhatJUnitPrepares() {
    try (Properties ci = new Properties().with("stet.ci", "true")) {
      Launched launched =
          Launched.of(Prepared.class, WithFolder.class, WithExtension.class, WithParameter.class);
      for (String test : List.of(
          "hasMethodsBefore", "isNested", "hasAFolder", "hasAnExtension", "hasAParameter")) {
        assertThat(launched.entries(test).get("stet.rerun")).contains("identical in 5 of 5");
        assertThat(launched.entries(test).get("stet.rerun.place"))
            .startsWith("in this JVM and not in fresh JVMs, in which ");
      }
      assertThat(CALLS).hasValue(6);
      assertThat(launched.entries("hasMethodsBefore"))
          .containsEntry(
              "stet.rerun.place",
              "in this JVM and not in fresh JVMs, in which nobody calls @BeforeEach prepare");
    }
  }

  @Test
  void freshJvmsAreRefusedWhereNobodyWouldPrepareTheTest() {
    Launched launched = Launched.of(WithFolder.class, WithExtension.class, WithParameter.class);
    assertThat(launched.message("hasAFolderAlone"))
        .isEqualTo(
            "BitForBitTest$WithFolder.hasAFolderAlone asks for fresh JVMs, in which nobody"
                + " sets the field temporary. Make in the test method what it needs, or rerun it in this JVM.");
    assertThat(launched.message("hasAnExtensionAlone"))
        .contains(
            "in which nobody calls the extension dev.stet.junit.BitForBitTest$WithExtension$Counter.");
    assertThat(launched.message("hasAParameterAlone"))
        .contains("in which nobody gives its class what this invocation of the class has.");
  }

  @Replayable("42")
  static class NotAlone {
    @BeforeEach
    void prepare() {}

    @Test
    @BitForBit(jvm = BitForBit.Jvm.FRESH)
    void needsPreparation(Trial trial) {
      trial.record("x", 1);
    }

    @Nested
    class Inner {
      @Test
      @BitForBit(jvm = BitForBit.Jvm.FRESH)
      void isInner(Trial trial) {
        trial.record("x", 1);
      }
    }
  }

  @Replayable("42")
  static class Wrong {
    @Test
    @BitForBit(0)
    void noReruns(Trial trial) {}

    @Test
    @BitForBit(2)
    void noTrial(Seed seed) {
      CALLS.incrementAndGet();
    }

    @Test
    void twoTrials(Trial one, Trial other) {}

    @Test
    @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
    void cannotTravel(Trial trial, TestInfo info) {
      trial.record("x", 1);
    }

    @TestFactory
    DynamicTest factory(Trial trial) {
      return DynamicTest.dynamicTest("never", () -> {});
    }
  }

  @Replayable
  static class TrialTooEarly {
    @BeforeEach
    void before(Trial trial) {}

    @Test
    void never() {}
  }

  @Test
  void mistakesAreNamed() {
    Launched launched = Launched.of(Wrong.class, NotAlone.class, TrialTooEarly.class);
    assertThat(launched.message("noReruns"))
        .isEqualTo("the number of reruns in @BitForBit of BitForBitTest$Wrong.noReruns must be at"
            + " least 1; got 0. Leave it out for the standard.");
    assertThat(launched.message("noTrial"))
        .startsWith("BitForBitTest$Wrong.noTrial is @BitForBit and records nothing that could be"
            + " compared. Give the method a parameter of type Trial");
    assertThat(CALLS).hasValue(0);
    assertThat(launched.message("twoTrials"))
        .contains("a test has one Trial; twoTrials asks for 2.");
    assertThat(launched.message("cannotTravel"))
        .startsWith(
            "BitForBitTest$Wrong.cannotTravel asks for fresh JVMs, which its argument info of")
        .contains("it is not serialisable");
    assertThat(launched.containerFailures().toString())
        .contains(
            "a Trial is given to the body of a trial, which a test method is and factory is not.");
    assertThat(launched.message("needsPreparation"))
        .isEqualTo(
            "BitForBitTest$NotAlone.needsPreparation asks for fresh JVMs, in which nobody calls"
                + " @BeforeEach prepare. Do in the test method what it needs, or rerun it in this JVM.");
    assertThat(launched.message("isInner"))
        .contains("its class needs a constructor without parameters")
        .contains("since it is an inner class");
    assertThat(launched.message("never"))
        .contains("a Trial is given to the body of a trial")
        .contains("before is not");
  }

  static class Numbers {
    @BitForBit
    void standard() {}

    @BitForBit(3)
    void three() {}

    @BitForBit(jvm = BitForBit.Jvm.FRESH)
    void fresh() {}

    @BitForBit(value = 2, jvm = BitForBit.Jvm.FRESH)
    void twoFresh() {}
  }

  private static Reruns reruns(String method) throws ReflectiveOperationException {
    return TestTrial.reruns(Numbers.class.getDeclaredMethod(method).getAnnotation(BitForBit.class));
  }

  @Test
  void theStandardIsThatOfReruns() throws ReflectiveOperationException {
    assertThat(reruns("standard")).isEqualTo(Reruns.inThisJvm(1));
    assertThat(reruns("three")).isEqualTo(Reruns.inThisJvm(3));
    assertThat(reruns("fresh")).isEqualTo(Reruns.inFreshJvms(5));
    assertThat(reruns("twoFresh")).isEqualTo(Reruns.inFreshJvms(2));
    try (Properties ci = new Properties().with("stet.ci", "true")) {
      assertThat(reruns("standard")).isEqualTo(Reruns.standard());
      assertThat(reruns("standard")).isNotEqualTo(Reruns.inThisJvm(1));
    }
  }

  @Replayable("42")
  static class Parallel {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    @BitForBit(2)
    void each(int i, Trial trial) {
      trial.record("i", i * trial.random("x").nextDouble());
    }
  }

  @Test
  void trialsMayRunAtOnce() {
    Launched launched = Launched.of(
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
        Parallel.class);
    for (int i = 1; i <= 16; i++) {
      assertThat(launched.entries("each" + i).get("stet.rerun")).contains("identical in 2 of 2");
    }
  }
}
