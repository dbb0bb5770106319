package dev.stet.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import dev.stet.AmbientSourceException;
import dev.stet.Experiment;
import dev.stet.Trial;
import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against a guard that sees what it is told; the true one has its own tests. */
class GuardedTest {
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final Finding UNSEEDED = new Finding(
      Finding.Kind.UNSEEDED_RANDOM,
      Finding.Treatment.OBSERVED,
      "new Random()",
      "com.acme.Net",
      "init",
      12,
      3,
      "Give it a stream.");
  private static final Finding REPLACED = new Finding(
      Finding.Kind.UNSEEDED_RANDOM,
      Finding.Treatment.REPLACED,
      "Math.random()",
      "com.acme.Net",
      "drop",
      20,
      1,
      "");
  private static final Finding CLOCK = new Finding(
      Finding.Kind.CLOCK, Finding.Treatment.OBSERVED, "System.nanoTime()", "", "", 0, 1, "");

  private final Properties properties = new Properties();

  @BeforeEach
  void begin() {
    FakeGuard.on();
    CALLS.set(0);
    properties.without("stet.seed").with("stet.ci", "false");
  }

  @AfterEach
  void end() {
    FakeGuard.off();
    properties.close();
  }

  @Guarded
  static class Watched {
    @Test
    void isClean() {
      CALLS.incrementAndGet();
    }

    @Test
    void usesWhatIsNotItsOwn() {
      FakeGuard.see(CLOCK, REPLACED, UNSEEDED);
    }

    @Test
    void usesWhatHarmsNobody() {
      FakeGuard.see(CLOCK, REPLACED);
    }

    @Test
    @Guarded(Guarded.Findings.REPORT)
    void onlyReports() {
      FakeGuard.see(UNSEEDED);
    }

    @Test
    void failsByItself() {
      FakeGuard.see(UNSEEDED);
      throw new IllegalStateException("broken");
    }

    @Nested
    class Inner {
      @Test
      @Replayable("42")
      void isATrial(Trial trial) {
        trial.record("x", 1);
        FakeGuard.see(UNSEEDED);
      }

      @Test
      @Replayable("7")
      void hasASeed(Seed seed) {}
    }
  }

  @Test
  void aTestIsWatchedLikeATrial() {
    Launched launched = Launched.of(Watched.class);
    assertThat(FakeGuard.WATCHED)
        .contains(
            "GuardedTest$Watched.isClean 0/\"GuardedTest$Watched.isClean\"",
            "GuardedTest$Watched$Inner.hasASeed 7",
            "GuardedTest$Watched$Inner.isATrial 42")
        .hasSize(7);
    assertThat(launched.status("isClean")).isEqualTo(SUCCESSFUL);
    assertThat(launched.status("hasASeed")).isEqualTo(SUCCESSFUL);
    assertThat(launched.message("usesWhatIsNotItsOwn")).isEqualTo("""
            GuardedTest$Watched.usesWhatIsNotItsOwn used what is not its own, and @Guarded forbids that: 1 place.

              unseeded generator: new Random(), 3 times
                at com.acme.Net.init(Net.java:12)
                Give it a stream.\
            """);
    assertThat(launched.entries("usesWhatIsNotItsOwn"))
        .containsEntry(
            "stet.finding.1",
            "unseeded generator: new Random(), 3 times, at com.acme.Net.init(Net.java:12)")
        .containsEntry("stet.guard.limit", "One class was not rewritten.")
        .containsKey("stet.finding.3");
    assertThat(launched.status("usesWhatHarmsNobody")).isEqualTo(SUCCESSFUL);
    assertThat(launched.entries("usesWhatHarmsNobody")).containsKey("stet.finding.2");
    assertThat(launched.status("onlyReports")).isEqualTo(SUCCESSFUL);
    assertThat(launched.entries("onlyReports")).containsKey("stet.finding.1");
    assertThat(launched.failure("failsByItself")).hasMessage("broken");
    assertThat(launched.entries("failsByItself"))
        .containsEntry(
            "stet.finding.1",
            "unseeded generator: new Random(), 3 times, at com.acme.Net.init(Net.java:12)");
    assertThat(launched.message("isATrial"))
        .startsWith("GuardedTest$Watched$Inner.isATrial used what is not its own")
        .contains("-Dstet.seed=42");
  }

  @Guarded
  static class Factory {
    @TestFactory
    List<DynamicTest> careful() {
      return List.of(
          DynamicTest.dynamicTest("clean", () -> {}),
          DynamicTest.dynamicTest("careless", () -> FakeGuard.see(UNSEEDED)));
    }

    @TestFactory
    List<DynamicTest> careless() {
      FakeGuard.see(UNSEEDED);
      return List.of(DynamicTest.dynamicTest("never", () -> {}));
    }
  }

  @Test
  void factoriesAndTheirDynamicTestsAreWatchedToo() {
    Launched launched = Launched.of(Factory.class);
    assertThat(launched.count()).isEqualTo(2);
    assertThat(launched.status("careful1")).isEqualTo(SUCCESSFUL);
    assertThat(launched.message("careful2"))
        .startsWith(
            "GuardedTest$Factory.careful used what is not its own, and @Guarded forbids that");
    assertThat(launched.entries("careful2")).containsKey("stet.finding.1");
    assertThat(launched.containerFailures().toString())
        .contains("GuardedTest$Factory.careless used what is not its own");
    FakeGuard.off();
    assertThat(Launched.of(Factory.class).containerFailures().toString())
        .contains("GuardedTest$Factory.careful is @Guarded, and no guard is active in this JVM");
  }

  static class WithExperiments {
    private static final Experiment<Map<String, Object>> CARELESS =
        Experiment.ofMap("careless", (config, trial) -> FakeGuard.see(UNSEEDED));

    @Test
    @Guarded
    void runsOne() {
      CARELESS.run(Map.of(), Seed.of(1));
    }

    @Test
    @Guarded
    void runsAStudyOnAnotherThread() {
      CARELESS.study(Map.of()).seeds(Seed.of(1), 2).threads(2).run();
    }
  }

  @Test
  void experimentsWithinATestAreTheTests() {
    Launched launched = Launched.of(WithExperiments.class);
    for (String test : List.of("runsOne", "runsAStudyOnAnotherThread")) {
      assertThat(launched.message(test))
          .startsWith("GuardedTest$WithExperiments." + test + " used what is not its own, and"
              + " @Guarded forbids that: 1 place.");
      assertThat(launched.entries(test)).doesNotContainKey("stet.finding.2");
    }
  }

  @Guarded
  static class Strict {
    @Test
    @Replayable("42")
    void isATrial(Trial trial) {
      FakeGuard.see(UNSEEDED);
      FakeGuard.fail();
    }
  }

  @Test
  void aGuardThatFailsTrialsSpeaksForItself() {
    Throwable failure = Launched.of(Strict.class).failure("isATrial");
    assertThat(failure).isExactlyInstanceOf(AmbientSourceException.class);
    assertThat(failure.getSuppressed()[0].getMessage()).contains("-Dstet.seed=42");
  }

  static class Unguarded {
    @Test
    @Guarded
    void needsOne() {
      CALLS.incrementAndGet();
    }

    @Test
    @Guarded(ifAvailable = true)
    void takesOneIfThereIs() {
      CALLS.incrementAndGet();
    }
  }

  @Test
  void withoutAGuardATestFailsAndSaysHowToAddOne() {
    FakeGuard.off();
    Launched launched = Launched.of(Unguarded.class);
    assertThat(launched.message("needsOne"))
        .startsWith(
            "GuardedTest$Unguarded.needsOne is @Guarded, and no guard is active in this JVM,"
                + " so nothing could be said of it.\n\n  Add dev.stet:stet-guard")
        .contains("-javaagent:")
        .endsWith("@Guarded(ifAvailable = true).");
    assertThat(launched.entries("takesOneIfThereIs")).containsEntry("stet.guard", "not guarded");
    assertThat(CALLS).hasValue(1);
    assertThat(FakeGuard.WATCHED).isEmpty();
  }
}
