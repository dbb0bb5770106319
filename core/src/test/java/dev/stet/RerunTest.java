package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RerunTest {
  record Config(int steps) {}

  /** Carried over from run to run on purpose: what a body must not depend on. */
  static final AtomicInteger RUNS = new AtomicInteger();

  static final Config CONFIG = new Config(4);
  static final Seed SEED = Seed.of(7);

  @BeforeEach
  void startOver() {
    RUNS.set(0);
  }

  private static Run run(Experiment.Body<Config> body) {
    return Experiment.of("toy", Config.class, body).attempt(CONFIG, SEED);
  }

  private static Rerun rerun(Experiment.Body<Config> body, int times) {
    Experiment<Config> toy = Experiment.of("toy", Config.class, body);
    return toy.rerun(toy.attempt(CONFIG, SEED), times);
  }

  @Nested
  class Identical {
    @Test
    void saysHowOften() {
      Rerun rerun =
          rerun((config, trial) -> trial.record("loss", trial.random("r").nextDouble()), 3);
      assertThat(rerun).isInstanceOf(Rerun.Identical.class);
      assertThat(rerun.explain())
          .isEqualTo("toy reran identical in 3 of 3: 1 record, bit for bit, seed 7.");
      assertThat(rerun.requireIdentical()).isSameAs(rerun);
      assertThat(rerun.reruns()).hasSize(3);
    }

    @Test
    void saysOneOfOne() {
      Rerun rerun = rerun((config, trial) -> trial.record("loss", 1), 1);
      assertThat(rerun.explain())
          .isEqualTo("toy reran identical in 1 of 1: 1 record, bit for bit, seed 7.");
    }

    @Test
    void saysThatBothFailed() {
      Rerun rerun = rerun(
          (config, trial) -> {
            trial.record("loss", 1);
            throw new IllegalStateException("exploded");
          },
          2);
      assertThat(rerun.explain())
          .isEqualTo(
              "toy reran identical in 2 of 2: 1 record, bit for bit, seed 7; each failed with"
                  + " java.lang.IllegalStateException: exploded.");
    }

    @Test
    void nothingRecordedIsSaid() {
      Rerun rerun = rerun((config, trial) -> {}, 1);
      assertThat(rerun.explain())
          .isEqualTo(
              "toy reran identical in 1 of 1, but nothing was compared: it recorded nothing. Record a metric or"
                  + " the digest of a result.");
      assertThatThrownBy(rerun::requireIdentical)
          .isInstanceOf(NotIdenticalException.class)
          .hasMessage(rerun.explain());
    }

    @Test
    void nanAndNegativeZeroAreData() {
      assertThat(rerun(
              (config, trial) -> {
                trial.record("loss", Double.NaN);
                trial.record("loss", -0.0);
                trial.record("loss", Double.NEGATIVE_INFINITY);
              },
              2))
          .isInstanceOf(Rerun.Identical.class);
    }
  }

  @Nested
  class Diverged {
    @Test
    void namesTheRecordBothValuesAndTheStream() {
      Rerun rerun = rerun(
          (config, trial) -> {
            RandomStream shuffle = trial.random("shuffle");
            boolean first = RUNS.getAndIncrement() == 0;
            trial.record("loss", 1.5);
            shuffle.nextLong();
            if (!first) {
              shuffle.nextLong();
            }
            trial.record("loss", first ? 0.5 : Math.nextUp(0.5));
            trial.record("loss", 0.25);
          },
          1);
      assertThat(rerun.explain()).isEqualTo("""
              toy did not rerun bit for bit: first difference at record 2 of 3.

                loss, step 1
                  first run  0.5                 0x1.0p-1
                  rerun      0.5000000000000001  0x1.0000000000001p-1
                  apart      1 ulp

                The record before it is equal, and so are the fingerprints: same seed, config, code, data and
                environment. Something else varied. Streams: "shuffle" had drawn 1 number in the first run and 2
                in the rerun, so the two took different branches before this step.""");
      assertThatThrownBy(rerun::requireIdentical)
          .isInstanceOf(NotIdenticalException.class)
          .hasMessage(rerun.explain());
    }

    @Test
    void saysHowManyOfSeveralWereIdentical() {
      Rerun rerun =
          rerun((config, trial) -> trial.record("loss", RUNS.getAndIncrement() == 3 ? 2 : 1), 5);
      assertThat(rerun).isInstanceOfSatisfying(Rerun.Diverged.class, diverged -> {
        assertThat(diverged.identical()).isEqualTo(4);
        assertThat(diverged.parted()).isSameAs(diverged.reruns().get(2));
      });
      assertThat(rerun.explain())
          .startsWith(
              "toy did not rerun bit for bit: identical in 4 of 5, first difference at record 1 of 1.\n");
    }

    @Test
    void aRunThatFailsOnlyTheSecondTimeSaysSo() {
      Rerun rerun = rerun(
          (config, trial) -> {
            trial.record("loss", 1);
            if (RUNS.getAndIncrement() > 0) {
              throw new IllegalStateException("out of luck");
            }
          },
          1);
      assertThat(rerun.explain()).isEqualTo("""
              toy did not rerun bit for bit: the runs ended differently.

                first run  completed
                rerun      failed with java.lang.IllegalStateException: out of luck

                The record before the end is equal, and so are the fingerprints: same seed, config, code, data and
                environment. Something else varied.""");
    }

    @Test
    void aRunThatFailsEarlyTheSecondTimeSaysHow() {
      Rerun rerun = rerun(
          (config, trial) -> {
            if (RUNS.getAndIncrement() > 0) {
              throw new IllegalStateException("out of luck\nand of data");
            }
            trial.record("loss", 1);
          },
          1);
      assertThat(rerun.explain()).isEqualTo("""
              toy did not rerun bit for bit: first difference at record 1 of 1.

                here
                  first run  loss, step 0: 1.0
                  rerun      recorded nothing more

                The two ended differently:

                first run  completed
                rerun      failed with java.lang.IllegalStateException: out of luck
                           and of data

                The fingerprints are equal: same seed, config, code, data and environment. Something else varied.""");
    }

    @Test
    void failuresWithOtherMessagesDiffer() {
      Rerun rerun = rerun(
          (config, trial) -> {
            throw new IllegalStateException("try " + RUNS.getAndIncrement());
          },
          1);
      assertThat(rerun).isInstanceOf(Rerun.Diverged.class);
    }
  }

  @Nested
  class Prefix {
    @Test
    void stopsAtTheRecord() {
      Experiment<Config> toy = Experiment.of("toy", Config.class, (config, trial) -> {
        for (int i = 0; i < config.steps(); i++) {
          trial.record("loss", i);
          RUNS.incrementAndGet();
        }
      });
      Run run = toy.run(CONFIG, SEED);
      assertThat(RUNS).hasValue(4);
      Rerun rerun = toy.rerunFirst(run, 2);
      assertThat(RUNS).hasValue(5);
      assertThat(rerun.explain())
          .isEqualTo(
              "toy reran identical in 1 of 1: the first 2 records of 4, bit for bit, seed 7.");
    }

    @Test
    void aBodyThatSwallowsTheStopIsComparedAllTheSame() {
      Experiment<Config> toy = Experiment.of("toy", Config.class, RerunTest::swallowing);
      Run run = toy.run(CONFIG, SEED);
      Rerun rerun = toy.rerunFirst(run, 2);
      assertThat(rerun).isInstanceOf(Rerun.Identical.class);
    }

    @Test
    void aDifferenceAfterThePrefixIsNotSeen() {
      Experiment<Config> toy = Experiment.of("toy", Config.class, (config, trial) -> {
        trial.record("loss", 1);
        trial.record("loss", RUNS.getAndIncrement());
      });
      Run run = toy.run(CONFIG, SEED);
      assertThat(toy.rerunFirst(run, 1)).isInstanceOf(Rerun.Identical.class);
      assertThat(toy.rerunFirst(run, 2)).isInstanceOf(Rerun.Diverged.class);
    }

    @Test
    void refusesNoRecords() {
      Experiment<Config> toy = Experiment.of("toy", Config.class, (config, trial) -> {});
      Run run = toy.run(CONFIG, SEED);
      assertThatThrownBy(() -> toy.rerunFirst(run, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "records must be at least 1; got 0. Say how many records of the run to compare.");
    }
  }

  @SuppressWarnings({"CatchAndPrintStackTrace", "EmptyCatch"})
  private static void swallowing(Config config, Trial trial) {
    for (int i = 0; i < config.steps(); i++) {
      try {
        trial.record("loss", i);
      } catch (Throwable everything) {
        // Swallowed on purpose.
      }
    }
  }

  @Nested
  class Unordered {
    @Test
    void isToldApartFromDiverged() {
      Rerun rerun = rerun(
          (config, trial) -> {
            Thread other = new Thread(() -> trial.record("loss", 2));
            trial.record("loss", 1);
            other.start();
            other.join();
          },
          1);
      assertThat(rerun).isInstanceOf(Rerun.Unordered.class);
      assertThat(rerun.explain())
          .isEqualTo(
              "toy cannot be compared bit for bit: several threads wrote loss without steps, so its records have"
                  + " no order. Record it with a step, such as trial.record(\"loss\", step, value).");
      assertThatThrownBy(rerun::requireIdentical).isInstanceOf(NotIdenticalException.class);
    }
  }

  @Nested
  class Mixed {
    @Test
    void oneUnorderedRerunIsEnoughToSaySo() {
      Rerun rerun = rerun(
          (config, trial) -> {
            Thread other = new Thread(() -> trial.record("loss", 0, 1));
            Thread another = new Thread(() -> trial.record("loss", 1, 1));
            if (RUNS.getAndIncrement() == 1) {
              another = new Thread(() -> trial.record("loss", 1));
            }
            other.start();
            other.join();
            another.start();
            another.join();
          },
          2);
      assertThat(rerun).isInstanceOf(Rerun.Unordered.class);
    }
  }

  @Nested
  class Refused {
    @Test
    void aRunOfAnotherExperiment() {
      Run run = run((config, trial) -> {});
      assertThatThrownBy(
              () -> Experiment.of("other", Config.class, (config, trial) -> {}).rerun(run))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the run is one of toy; this experiment is other."
              + " Rerun it with the experiment that ran it.");
    }

    @Test
    void noTimes() {
      assertThatThrownBy(() -> rerun((config, trial) -> {}, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("times must be at least 1; got 0. Ask for one rerun or more.");
      assertThatCode(() -> rerun((config, trial) -> {}, 1)).doesNotThrowAnyException();
    }
  }
}
