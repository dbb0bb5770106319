package dev.stet;

import static dev.stet.StetAssertions.assertDoesNotDiffer;
import static dev.stet.StetAssertions.assertReplicates;
import static dev.stet.StetAssertions.assertReruns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stet.replication.Baseline;
import dev.stet.replication.Inconclusive;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Replicated;
import dev.stet.replication.Sample;
import dev.stet.seeds.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.opentest4j.AssertionFailedError;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class StetAssertionsTest {
  record Config(double level) {}

  static final AtomicInteger RUNS = new AtomicInteger();

  static final Experiment<Config> NOISE = Experiment.of(
      "noise",
      Config.class,
      (config, trial) ->
          trial.record("accuracy", config.level() + 0.01 * trial.random("noise").nextGaussian()));

  static final Experiment<Config> UNSTABLE = Experiment.of(
      "unstable",
      Config.class,
      (config, trial) -> trial.record("accuracy", config.level() + RUNS.getAndIncrement()));

  static final Config GOOD = new Config(0.9);
  static final Config BAD = new Config(0.8);
  static final Margin MARGIN = Margin.absolute(0.02);

  @TempDir
  Path folder;

  private Path baseline() {
    return folder.resolve("noise.json");
  }

  @BeforeEach
  @AfterEach
  void startOver() {
    RUNS.set(0);
    System.clearProperty("stet.baseline");
    System.clearProperty("stet.seed");
  }

  private Path written() {
    Baseline.of(NOISE.study(GOOD).seeds(Seed.of(1), 20).run().metric("accuracy"))
        .write(baseline());
    return baseline();
  }

  @Nested
  class Reruns {
    @Test
    void pass() {
      assertThat(assertReruns(NOISE, GOOD, Seed.of(42), 2).reruns()).hasSize(2);
    }

    @Test
    void failWithTheReport() {
      assertThatThrownBy(() -> assertReruns(UNSTABLE, GOOD, Seed.of(42)))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessage("""
              unstable did not rerun bit for bit: first difference at record 1 of 1.

                accuracy, step 0
                  first run  0.9  0x1.ccccccccccccdp-1
                  rerun      1.9  0x1.e666666666666p0
                  apart      4,953,959,590,107,545 ulps

                The fingerprints are equal: same seed, config, code, data and environment. Something else varied.""");
    }

    @Test
    void failWhenTheFirstRunFailed() {
      Experiment<Config> broken = Experiment.of("broken", Config.class, (config, trial) -> {
        throw new IllegalStateException("no data");
      });
      assertThatThrownBy(() -> assertReruns(broken, GOOD, Seed.of(42)))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessageMatching(
              "broken, seed 42: failed with java\\.lang\\.IllegalStateException: no data in \\d+ ms, 0"
                  + " records\\.\n\n  A failed run shows nothing of the rest of the loop\\. To compare failed runs, attempt one"
                  + " and rerun it: experiment\\.rerun\\(experiment\\.attempt\\(config, seed\\)\\)\\.")
          .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void failWhenNothingWasRecorded() {
      assertThatThrownBy(() -> assertReruns(
              Experiment.of("silent", Config.class, (config, trial) -> {}), GOOD, Seed.of(42)))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessage(
              "silent reran identical in 1 of 1, but nothing was compared: it recorded nothing. Record a metric or"
                  + " the digest of a result.");
    }

    @Test
    void replayableSeedsAddTheReplayLine() {
      assertThatThrownBy(() -> assertReruns(UNSTABLE, GOOD, Seed.replayable(Seed.of(42))))
          .hasMessageEndingWith(
              "\n\n  Run it again: mvn test -pl core -am -Dsurefire.failIfNoSpecifiedTests=false"
                  + " '-Dtest=dev.stet.StetAssertionsTest$Reruns#replayableSeedsAddTheReplayLine' -Dstet.seed=42");
    }

    @Test
    void theReplayedSeedIsUsed() {
      System.setProperty("stet.seed", "7");
      assertThat(assertReruns(NOISE, GOOD, Seed.replayable(Seed.of(42))).first().seed())
          .isEqualTo(Seed.of(7));
      assertThat(assertReruns(NOISE, GOOD, Seed.of(42)).first().seed()).isEqualTo(Seed.of(42));
    }
  }

  @Nested
  class Missing {
    @Test
    void givesTheExactCommand() {
      assertThatThrownBy(() -> assertReplicates(baseline(), NOISE.study(GOOD), "accuracy", MARGIN))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessage(
              "there is no baseline at " + baseline()
                  + ".\n\n  Write it, review it and commit it: mvn test -pl core -am -Dsurefire.failIfNoSpecifiedTests=false"
                  + " '-Dtest=dev.stet.StetAssertionsTest$Missing#givesTheExactCommand' -Dstet.baseline=write");
      assertThat(baseline()).doesNotExist();
    }
  }

  @Nested
  class Writing {
    @Test
    void writesAndStillFails() {
      System.setProperty("stet.baseline", "write");
      assertThatThrownBy(() -> assertReplicates(
              baseline(), NOISE.study(GOOD).seeds(Seed.of(3), 5), "accuracy", MARGIN))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessage("baseline written to " + baseline()
              + ": 5 runs of noise, accuracy.\n\n  Review it and commit it,"
              + " then run the test without -Dstet.baseline=write.");
      assertThat(Baseline.read(baseline()).sample().size()).isEqualTo(5);
    }

    @Test
    void saysHowManyRunsFailed() {
      System.setProperty("stet.baseline", "write");
      Experiment<Config> unlucky = Experiment.of("unlucky", Config.class, (config, trial) -> {
        trial.record("accuracy", 1);
        if (RUNS.getAndIncrement() < 2) {
          throw new IllegalStateException("exploded");
        }
      });
      assertThatThrownBy(() -> assertReplicates(
              baseline(), unlucky.study(GOOD).seeds(Seed.of(3), 5), "accuracy", MARGIN))
          .hasMessageStartingWith("baseline written to " + baseline()
              + ": 5 runs of unlucky, accuracy; 2 of them failed.");
    }

    @Test
    void takesFiftyFreshSeedsIfThePlanHasNone() {
      System.setProperty("stet.baseline", "write");
      assertThatThrownBy(() -> assertReplicates(baseline(), NOISE.study(GOOD), "accuracy", MARGIN))
          .hasMessageContaining("50 runs of noise");
    }

    @Test
    void keepsTheAnchor() {
      written();
      System.setProperty("stet.baseline", "write");
      assertThatThrownBy(() -> assertReplicates(
              baseline(), NOISE.study(BAD).seeds(Seed.of(2), 10), "accuracy", MARGIN))
          .isInstanceOf(AssertionFailedError.class);
      Baseline after = Baseline.read(baseline());
      assertThat(after.sample().size()).isEqualTo(10);
      assertThat(after.anchor().size()).isEqualTo(20);
    }

    @Test
    void isTheOnlyRequest() {
      System.setProperty("stet.baseline", "true");
      assertThatThrownBy(() -> assertReplicates(baseline(), NOISE.study(GOOD), "accuracy", MARGIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the system property stet.baseline can only be \"write\"; got \"true\". Leave it out to compare"
                  + " with the committed baseline.");
    }
  }

  @Nested
  class Replicating {
    @Test
    void takesTheBaselinesOwnSeedsPaired() {
      assertThat(assertReplicates(written(), NOISE.study(GOOD).threads(2), "accuracy", MARGIN))
          .isInstanceOfSatisfying(
              Replicated.class, verdict -> assertThat(verdict.isIdentical()).isTrue());
    }

    @Test
    void aNamedMetricTakesItsDirectionFromTheBaseline() {
      Metric declared = Metric.of("accuracy").higherIsBetter();
      Baseline.of(NOISE.study(GOOD).seeds(Seed.of(1), 20).run().metric(declared))
          .write(baseline());
      assertThat(assertReplicates(baseline(), NOISE.study(GOOD), "accuracy", MARGIN))
          .isInstanceOf(Replicated.class);
    }

    @Test
    void aMetricThatIsNotTheBaselinesIsRefusedBeforeAnythingRuns() {
      Path file = written();
      AtomicInteger runs = new AtomicInteger();
      Experiment<Config> counted = Experiment.of("noise", Config.class, (config, trial) -> {
        runs.incrementAndGet();
        trial.record("accuracy", config.level());
      });
      for (String request : List.of("", "write")) {
        if (!request.isEmpty()) {
          System.setProperty("stet.baseline", request);
        }
        assertThatThrownBy(() -> assertReplicates(file, counted.study(GOOD), "acuracy", MARGIN))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("the baseline " + file
                + " is of the metric \"accuracy\", and \"acuracy\" was asked for. Ask for \"accuracy\", or give the"
                + " file of the other metric, which need not exist yet.");
      }
      assertThat(runs).hasValue(0);
    }

    @Test
    void takesFreshSeedsIfThePlanHasThem() {
      assertThat(assertReplicates(
              written(), NOISE.study(GOOD).seeds(Seed.of(9), 20), "accuracy", MARGIN))
          .isInstanceOfSatisfying(
              Replicated.class, verdict -> assertThat(verdict.isIdentical()).isFalse());
    }

    @Test
    void failsOnDiffersWithTheWayOut() {
      Path file = written();
      Throwable thrown = catchThrowable(
          () -> assertReplicates(file, NOISE.study(BAD).seeds(Seed.of(9), 20), "accuracy", MARGIN));
      assertThat(thrown).isInstanceOf(AssertionFailedError.class);
      assertThat(thrown.getMessage()).isEqualTo("""
              accuracy differs from the baseline noise.json.

                baseline    0.8995   n = 20    ▁▁▁▁▆█
                this study  0.8008   n = 20    █▃▁▁▁▁
                difference -0.0983   95 % [-0.1053, -0.0925] by ranks, [-0.1047, -0.0921] by means
                margin      0.0200   absolute

                Both intervals lie wholly outside the margin: this study is lower. All 20 runs were executed now;
                none failed.
                The fingerprints differ in: config (level 0.9 -> 0.8).

                If the change is meant, write a new baseline, review it and commit it: mvn test -pl core -am -Dsurefire.failIfNoSpecifiedTests=false \
              '-Dtest=dev.stet.StetAssertionsTest$Replicating#failsOnDiffersWithTheWayOut' -Dstet.baseline=write""");
    }

    @Test
    void failsOnInconclusiveWithOtherWords() {
      Path file = written();
      Throwable thrown = catchThrowable(() -> assertReplicates(
          file, NOISE.study(GOOD).seeds(Seed.of(9), 3), "accuracy", Margin.absolute(0.005)));
      assertThat(thrown).isInstanceOf(AssertionFailedError.class);
      assertThat(thrown.getMessage()).isEqualTo("""
              accuracy is inconclusive against the baseline noise.json.

                baseline    0.89955   n = 20    ▄▅█▇▅▃
                this study  0.89617   n = 3     █▁██▁▁
                difference -0.00302   90 % [-0.01625, 0.00699] by ranks, [-0.02154, 0.01420] by means
                                      95 % [-0.01868, 0.01219] by ranks, [-0.02872, 0.02138] by means
                margin      0.00500   absolute

                The intervals are too wide: differences inside and outside the margin are both possible. No number
                of fresh runs makes up for the noise of the baseline: enlarge it. If difference and spread stay as
                they are, 782 runs on both sides would settle it. All 3 runs were executed now; none failed.""");
    }

    @Test
    void needsABaselineWithSeedsIfThePlanHasNone() {
      Path file = folder.resolve("bare.json");
      Baseline.of(Sample.of(1, 2, 3).withMetric(Metric.of("accuracy"))).write(file);
      assertThatThrownBy(() -> assertReplicates(file, NOISE.study(GOOD), "accuracy", MARGIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the baseline " + file
              + " holds values without seeds, so that its runs cannot be run again. Give"
              + " the study seeds of its own, such as study(config).seeds(Seed.of(7), 20).");
    }
  }

  @Nested
  class Confirming {
    /**
     * The first twenty runs are bad, those of the confirmation are good. Its seeds come from the system: with a spread
     * of 0.01, 20 runs on each side and a margin of 0.02 it fails to replicate once in more than 100,000 times.
     */
    final Experiment<Config> recovering = Experiment.of(
        "noise",
        Config.class,
        (config, trial) -> trial.record(
            "accuracy",
            (RUNS.getAndIncrement() < 20 ? 0.8 : 0.9)
                + 0.01 * trial.random("noise").nextGaussian()));

    @Test
    void passesIfTheFreshSeedsReplicate() {
      assertThat(assertReplicates(
              written(),
              recovering.study(GOOD).seeds(Seed.of(9), 20).confirmedOn(20),
              "accuracy",
              MARGIN))
          .isInstanceOf(Replicated.class);
      assertThat(RUNS).hasValue(40);
    }

    @Test
    void failsWithBothVerdictsIfTheyDoNot() {
      Path file = written();
      Throwable thrown = catchThrowable(() -> assertReplicates(
          file, NOISE.study(BAD).seeds(Seed.of(9), 20).confirmedOn(20), "accuracy", MARGIN));
      assertThat(thrown.getMessage())
          .startsWith("accuracy differs from the baseline noise.json.\n")
          .contains(
              "\n\nConfirmation on fresh seeds, declared beforehand: accuracy differs from the baseline")
          .endsWith("-Dstet.baseline=write");
    }

    @Test
    void isNotRunWhenTheFirstVerdictIsGreen() {
      RUNS.set(20);
      assertReplicates(
          written(),
          recovering.study(GOOD).seeds(Seed.of(9), 20).confirmedOn(20),
          "accuracy",
          MARGIN);
      assertThat(RUNS).hasValue(40);
    }

    @Test
    void needsAtLeastOneSeed() {
      assertThatThrownBy(() -> NOISE.study(GOOD).confirmedOn(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the number of seeds to confirm on must be at least 1; got 0. Give 1 or more.");
    }
  }

  @Nested
  class NotDiffering {
    @Test
    void letsInconclusivePass() {
      assertThat(assertDoesNotDiffer(
              written(),
              NOISE.study(GOOD).seeds(Seed.of(9), 3),
              "accuracy",
              Margin.absolute(0.005)))
          .isInstanceOf(Inconclusive.class);
    }

    @Test
    void failsWhenEveryFreshRunFails() {
      Path file = written();
      Experiment<Config> crashing = Experiment.of("noise", Config.class, (config, trial) -> {
        throw new IllegalStateException("crash");
      });
      assertThatThrownBy(() -> assertDoesNotDiffer(file, crashing.study(GOOD), "accuracy", MARGIN))
          .isInstanceOf(AssertionFailedError.class);
    }

    @Test
    void failsOnDriftFromTheAnchorAndSoDoesReplicating() {
      Baseline first =
          Baseline.of(NOISE.study(new Config(0.85)).seeds(Seed.of(1), 20).run().metric("accuracy"));
      first
          .succeededBy(NOISE.study(GOOD).seeds(Seed.of(2), 20).run().metric("accuracy"))
          .write(baseline());
      StudyPlan<Config> plan = NOISE.study(GOOD).seeds(Seed.of(3), 20);
      assertThatThrownBy(() -> assertDoesNotDiffer(baseline(), plan, "accuracy", MARGIN))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessageContaining("anchor");
      assertThatThrownBy(() -> assertReplicates(baseline(), plan, "accuracy", MARGIN))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessageContaining("anchor");
    }

    @Test
    void failsOnDiffers() {
      Path file = written();
      assertThatThrownBy(() ->
              assertDoesNotDiffer(file, NOISE.study(BAD).seeds(Seed.of(9), 20), "accuracy", MARGIN))
          .isInstanceOf(AssertionFailedError.class)
          .hasMessageStartingWith("accuracy differs from the baseline noise.json.");
    }
  }

  @Test
  void baselineFilesHoldNoPathsUsersOrHosts() throws Exception {
    String text = Files.readString(written());
    assertThat(text)
        .doesNotContain(System.getProperty("user.home"))
        .doesNotContain(System.getProperty("user.dir"))
        .doesNotContain("\"user\"")
        .doesNotContain("\"host\"")
        .doesNotContain("\"pid\"");
  }
}
