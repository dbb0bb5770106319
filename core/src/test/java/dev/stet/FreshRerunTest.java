package dev.stet;

import static dev.stet.StetAssertions.assertReruns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fork.ForkException;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunRecord;
import dev.stet.seeds.Seed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.AssertionFailedError;

/** Reruns in JVMs of their own; each is a real one, so that there are few of them. */
class FreshRerunTest {
  record Config(int steps) {}

  static final Config CONFIG = new Config(3);
  static final Seed SEED = Seed.of(7);

  /** What a body must not depend on. */
  static final AtomicInteger RUNS = new AtomicInteger();

  /** Drawn once a JVM, as libraries do, so that one JVM never shows it. */
  static final double DRAWN = Seed.fresh().stream().nextDouble();

  static final Experiment<Config> SOUND =
      Experiment.of("sound", Config.class, FreshRerunTest::sound);

  static void sound(Config config, Trial trial) {
    for (int i = 0; i < config.steps(); i++) {
      trial.record("loss", trial.random("noise", i).nextDouble());
    }
  }

  private final @Nullable String ci = System.getProperty("stet.ci");

  @AfterEach
  void restore() {
    if (ci == null) {
      System.clearProperty("stet.ci");
    } else {
      System.setProperty("stet.ci", ci);
    }
    RUNS.set(0);
  }

  @Nested
  class Soundness {
    @TempDir
    Path folder;

    @Test
    void isSaidOfFreshJvmsAndStandsOnRecord() {
      try (Ledger ledger = Ledger.open(folder)) {
        Experiment<Config> recorded = SOUND.ledger(ledger);
        Run first = recorded.run(CONFIG, SEED);
        Rerun rerun = recorded.rerun(first, Reruns.inFreshJvms(2));
        // An agent that measures coverage is left out, and the report says so.
        assertThat(rerun.explain())
            .startsWith(
                "sound reran identical in 2 of 2 fresh JVMs: 3 records, bit for bit, seed 7.");
        assertThat(rerun.how()).isEqualTo(Reruns.inFreshJvms(2));
        assertThat(processes(rerun.reruns())).doesNotHaveDuplicates();
        try (Stream<RunRecord> runs = ledger.runs()) {
          assertThat(runs.filter(
                  run -> run.links().equals(Map.of(Link.RERUN_OF, first.id().orElseThrow()))))
              .hasSize(2);
        }
      }
    }

    private static List<String> processes(List<Run> runs) {
      return Stream.concat(
              Stream.of(Long.toString(ProcessHandle.current().pid())),
              runs.stream().map(run -> run.fingerprint().informational().get("pid")))
          .toList();
    }
  }

  @Nested
  class ADivergence {
    @Test
    void thatOneJvmHidesIsFoundAndTheOutcomesCounted() {
      Experiment<Config> drawn =
          Experiment.of("drawn", Config.class, (config, trial) -> trial.record("loss", DRAWN));
      Run first = drawn.run(CONFIG, SEED);
      assertThat(drawn.rerun(first, Reruns.inThisJvm(3))).isInstanceOf(Rerun.Identical.class);
      Rerun rerun = drawn.rerun(first, Reruns.inFreshJvms(2));
      assertThat(rerun.explain())
          .startsWith("drawn did not rerun bit for bit in fresh JVMs: identical in 0 of 2, first"
              + " difference at record 1 of 1.")
          .contains("\n\n  3 outcomes in 3 runs:\n    1 x  trace "
              + first.trace().digest().substring(0, 8) + "  the first run\n    1 x  trace ")
          .contains("  rerun 1\n")
          .endsWith("  rerun 2");
    }

    @Test
    void thatOneJvmMadeIsToldFromOneOfTheProgram() {
      Experiment<Config> counting = Experiment.of(
          "counting",
          Config.class,
          (config, trial) -> trial.record("loss", RUNS.getAndIncrement()));
      RUNS.set(41);
      Run first = counting.run(CONFIG, SEED);
      assertThat(counting.rerun(first, Reruns.inFreshJvms(2)).explain())
          .endsWith(
              "\n\n  The 2 reruns are identical with one another, and only the first run differs."
                  + " Each of them had a\n  JVM of its own; the first run had this one, with what was run in"
                  + " it before, and with its agents.");
    }

    @Test
    void inThisJvmHasItsOutcomesCountedToo() {
      Experiment<Config> uneven = Experiment.of("uneven", Config.class, (config, trial) -> {
        int run = RUNS.getAndIncrement();
        trial.record("loss", run == 2 ? 1 : 0);
        if (run == 4) {
          throw new IllegalStateException("exploded");
        }
      });
      Run first = uneven.attempt(CONFIG, SEED);
      String digest = first.trace().digest().substring(0, 8);
      assertThat(uneven.rerun(first, 5).explain())
          .contains("  3 outcomes in 6 runs:\n    4 x  trace " + digest
              + "  the first run, reruns 1, 3, 5\n    1 x  trace ")
          .endsWith("  rerun 2\n    1 x  trace " + digest
              + ", failed with java.lang.IllegalStateException: exploded  rerun 4");
    }
  }

  @Nested
  class WhatCannotTravel {
    private final Object captured = new Object();

    private Experiment<Config> bound() {
      return Experiment.of(
          "bound",
          Config.class,
          (config, trial) -> trial.record("loss", captured.hashCode() == 0 ? 1 : 2));
    }

    @Test
    void isRefusedByName() {
      Run first = bound().run(CONFIG, SEED);
      assertThatThrownBy(() -> bound().rerun(first, Reruns.inFreshJvms()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("no fresh JVM can run this: ")
          .hasMessageContaining("WhatCannotTravel")
          .hasMessageEndingWith("Rerun it in this JVM with Reruns.inThisJvm(n), which sees less:"
              + " what an earlier run left behind stays.");
    }

    @Test
    void isRerunHereWhereNobodyAskedForFreshJvms() {
      System.setProperty("stet.ci", "true");
      Run first = bound().run(CONFIG, SEED);
      Rerun rerun = bound().rerun(first);
      assertThat(rerun.how()).isEqualTo(Reruns.inThisJvm(5));
      assertThat(rerun.explain()).startsWith("bound reran identical in 5 of 5: 1 record");
    }
  }

  @Test
  void aJvmThatCannotStartIsNamed() {
    Run first = SOUND.run(CONFIG, SEED);
    String home = System.getProperty("java.home");
    System.setProperty("java.home", "/no/java/here");
    try {
      assertThatThrownBy(() -> SOUND.rerun(first, Reruns.inFreshJvms()))
          .isInstanceOf(ForkException.class)
          .hasMessageStartingWith("no JVM could be started for a fork with ")
          .hasMessageContaining("Check that this Java is still installed there.");
    } finally {
      System.setProperty("java.home", home);
    }
  }

  @Nested
  class TheAssertion {
    @Test
    void goesToFreshJvmsWhenAsked() {
      Experiment<Config> drawn =
          Experiment.of("drawn", Config.class, (config, trial) -> trial.record("loss", DRAWN));
      assertThatThrownBy(() -> assertReruns(drawn, CONFIG, SEED, Reruns.inFreshJvms(1)))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessageStartingWith(
              "drawn did not rerun bit for bit in a fresh JVM: first difference");
    }
  }

  @Nested
  class TheStandard {
    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        value = {
          "-, -, false",
          "-, '', false",
          "-, false, false",
          "-, FALSE, false",
          "-, true, true",
          "-, 1, true",
          "false, true, false",
          "true, -, true",
          "TRUE, false, true",
          "'', -, true"
        })
    void isFiveFreshJvmsInContinuousIntegration(String property, String variable, boolean ci) {
      Reruns standard = Reruns.standard(property, variable);
      assertThat(standard.fresh()).isEqualTo(ci);
      assertThat(standard.times()).isEqualTo(ci ? 5 : 1);
    }

    @Test
    void refusesAnotherWord() {
      assertThatThrownBy(() -> Reruns.standard("yes", null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "stet.ci must be true or false; got \"yes\". It says whether reruns go to fresh"
                  + " JVMs where nothing else is said.");
    }

    @Test
    void saysItInWords() {
      assertThat(Reruns.inFreshJvms()).hasToString("5 reruns in fresh JVMs");
      assertThat(Reruns.inThisJvm(1)).hasToString("1 rerun in this JVM");
      assertThatThrownBy(() -> Reruns.inFreshJvms(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("times must be at least 1; got 0. Ask for one rerun or more.");
    }
  }
}
