package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stet.ledger.RunStatus;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExperimentTest {
  record Config(double rate, int steps) {}

  static final Config CONFIG = new Config(0.5, 3);
  static final Seed SEED = Seed.of(42);

  static final Experiment<Config> WALK = Experiment.of("walk", Config.class, (config, trial) -> {
    RandomStream random = trial.random("step");
    double place = 0;
    for (int i = 0; i < config.steps(); i++) {
      place += config.rate() * random.nextGaussian();
      trial.record("place", place);
    }
    trial.note("remark", "done");
  });

  @Nested
  class Declaring {
    @Test
    void refusesABlankName() {
      assertThatThrownBy(() -> Experiment.of(" ", Config.class, (config, trial) -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "an experiment's name must not be blank; got \" \". Name what it is, such as \"digits-mlp\".");
    }

    @Test
    void refusesTheSameDataTwice() {
      Experiment<Config> declared = WALK.data("train", Path.of("a.csv"));
      assertThatThrownBy(() -> declared.data("train", Path.of("b.csv")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "data needs a name of its own that is not blank; got \"train\", declared: train. Name what it is,"
                  + " such as \"train\".");
    }

    @Test
    void refusesNoRootPackage() {
      assertThatThrownBy(WALK::code)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "root packages must be named; got []. Name those that hold your own code, such as"
                  + " code(\"com.example\").");
    }

    @Test
    void doesNotRunTheBody() {
      assertThat(Experiment.of("never", Config.class, (config, trial) -> {
            throw new AssertionError("ran");
          }))
          .hasToString("experiment never");
    }
  }

  @Nested
  class Running {
    @Test
    void recordsWhatTheBodyRecorded() {
      Run run = WALK.run(CONFIG, SEED);
      assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(run.failure()).isEmpty();
      assertThat(run.experiment()).isEqualTo("walk");
      assertThat(run.seed()).isEqualTo(SEED);
      assertThat(run.trace().size()).isEqualTo(3);
      assertThat(run.trace().series("place").values()).hasSize(3);
      assertThat(run.value("place")).isEqualTo(run.trace().series("place").values()[2]);
      assertThat(run.duration()).isPositive();
      assertThat(run.toString()).matches("walk, seed 42: completed in .*, 3 records");
    }

    @Test
    void drawsDependOnSeedAndNameAlone() {
      double[] drawn = new double[2];
      Experiment.of("order", Config.class, (config, trial) -> {
            trial.random("other").nextDouble();
            trial.record("first", trial.random("weights", 3).nextDouble());
          })
          .run(CONFIG, SEED)
          .trace()
          .series("first")
          .values();
      drawn[0] = SEED.child("weights").child(3).stream().nextDouble();
      Run run = Experiment.of(
              "order",
              Config.class,
              (config, trial) ->
                  trial.record("first", trial.random("weights", 3).nextDouble()))
          .run(CONFIG, SEED);
      drawn[1] = run.value("first");
      assertThat(drawn[1]).isEqualTo(drawn[0]);
    }

    @Test
    void namesTheMetricsThereAreWhenOneIsMissing() {
      Run run = WALK.run(CONFIG, SEED);
      assertThatThrownBy(() -> run.value("accuracy"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("this run did not record \"accuracy\"; it recorded: place.");
    }

    @Test
    void mapConfigsReachTheBodyAsACopy() {
      Map<String, Object> config = new LinkedHashMap<>(Map.of("rate", 0.1));
      Experiment<Map<String, Object>> changing = Experiment.ofMap("changing", (settings, trial) -> {
        trial.record("rate", settings.get("rate") instanceof Double rate ? rate : Double.NaN);
        settings.put("rate", 9.0);
      });
      Run first = changing.run(config, SEED);
      assertThat(config).containsEntry("rate", 0.1);
      assertThat(changing.rerun(first)).isInstanceOf(Rerun.Identical.class);
    }
  }

  @Nested
  class Failing {
    final Experiment<Config> failing = Experiment.of("failing", Config.class, (config, trial) -> {
      trial.record("loss", 1);
      throw new IOException("disk gone");
    });

    @Test
    void runThrowsTheVeryThrowableWithTheRunAttached() {
      Throwable thrown = catchThrowable(() -> failing.run(CONFIG, SEED));
      assertThat(thrown).isInstanceOf(IOException.class).hasMessage("disk gone");
      assertThat(thrown.getSuppressed()).hasSize(1);
      assertThat(thrown.getSuppressed()[0])
          .isInstanceOf(FailedRunException.class)
          .hasMessage("the run that failed: failing, seed 42, after 1 record");
      Run run = ((FailedRunException) thrown.getSuppressed()[0]).run();
      assertThat(run.failure()).containsSame(thrown);
      assertThat(run.value("loss")).isEqualTo(1);
    }

    @Test
    void attemptReturnsTheFailedRun() {
      Run run = failing.attempt(CONFIG, SEED);
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.failure()).get().isInstanceOf(IOException.class);
      assertThat(run.toString()).contains("failed with java.io.IOException: disk gone");
    }

    @Test
    void aThrowableThatIsThrownAgainHoldsItsLastRunOnly() {
      IllegalStateException constant = new IllegalStateException("always me");
      Experiment<Config> again = Experiment.of("again", Config.class, (config, trial) -> {
        throw constant;
      });
      assertThatThrownBy(() -> again.run(CONFIG, Seed.of(0))).isSameAs(constant);
      Throwable thrown = catchThrowable(() -> again.run(CONFIG, Seed.of(2)));
      assertThat(thrown.getSuppressed()).hasSize(1);
      assertThat(((FailedRunException) thrown.getSuppressed()[0]).run().seed())
          .isEqualTo(Seed.of(2));
    }

    @Test
    void whatTheBodyCapturedIsReadBeforeEachRun() {
      int[] schedule = {1, 2};
      Experiment<Config> capturing = Experiment.of(
          "capturing", Config.class, (config, trial) -> trial.record("first", schedule[0]));
      Run first = capturing.run(CONFIG, SEED);
      schedule[0] = 7;
      assertThat(capturing.rerun(first).explain())
          .contains("The fingerprints differ in: experiment (body.captured[0][0] 1 -> 7).");
    }

    @Test
    void settingsAreReadBeforeEachRun() {
      TimeZone before = TimeZone.getDefault();
      Run first = WALK.run(CONFIG, SEED);
      try {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        assertThat(
                first.fingerprint().diff(WALK.run(CONFIG, SEED).fingerprint()).summary())
            .isEqualTo("settings (timeZone " + before.getID() + " -> Asia/Tokyo)");
      } finally {
        TimeZone.setDefault(before);
      }
    }

    @Test
    void errorsAreFailuresToo() {
      Run run =
          Experiment.of("deep", Config.class, (config, trial) -> deeper(0)).attempt(CONFIG, SEED);
      assertThat(run.failure()).get().isInstanceOf(StackOverflowError.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int deeper(int depth) {
      return deeper(depth + 1) + 1;
    }

    @Test
    void failedRunsRerunIdenticalWhenTraceClassAndMessageAre() {
      Run run = failing.attempt(CONFIG, SEED);
      assertThat(failing.rerun(run)).isInstanceOf(Rerun.Identical.class);
    }

    @Test
    void anInterruptionIsKept() {
      Run run = Experiment.of("interrupted", Config.class, (config, trial) -> {
            throw new InterruptedException("stop");
          })
          .attempt(CONFIG, SEED);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(run.failure()).get().isInstanceOf(InterruptedException.class);
    }
  }

  @Nested
  class Streams {
    @Test
    void refusesAnEmptyName() {
      assertThatThrownBy(() -> Experiment.of("x", Config.class, (config, trial) -> trial.random(""))
              .run(CONFIG, SEED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a stream's name must not be empty; name what the stream is for, such as"
              + " trial.random(\"weights\").");
    }

    @Test
    void openingAPathTwiceTellsWhere() {
      assertThatThrownBy(() -> Experiment.of("x", Config.class, (config, trial) -> {
                trial.random("shuffle", 1);
                trial.random("shuffle", 1);
              })
              .run(CONFIG, SEED))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching(
              "stream \"shuffle\", 1 was opened before in this run, at dev\\.stet\\.ExperimentTest.*"
                  + "\\(ExperimentTest\\.java:\\d+\\); two loops drawing the same numbers is rarely meant\\. Keep the first"
                  + " stream and pass it on, or open another with an index, such as trial\\.random\\(\"shuffle\", epoch\\)\\.");
    }

    @Test
    void namesThatLookLikeIndexedPathsAreOtherPaths() {
      Run run = Experiment.of("x", Config.class, (config, trial) -> {
            trial.record("a", trial.random("s", 1).nextDouble());
            trial.record("b", trial.random("s\", 1").nextDouble());
          })
          .run(CONFIG, SEED);
      assertThat(run.value("a")).isNotEqualTo(run.value("b"));
      assertThat(run.trace().draws()).containsOnlyKeys("\"s\", 1", "\"s\\\", 1\"");
    }
  }

  @Nested
  class Data {
    @Test
    void undeclaredDataListsWhatIsDeclared() {
      assertThatThrownBy(
              () -> Experiment.of("x", Config.class, (config, trial) -> trial.data("test"))
                  .data("train", Path.of("pom.xml"))
                  .run(CONFIG, SEED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "no data is declared as \"test\"; declared: train. Declare it with experiment.data(\"test\","
                  + " path).");
    }

    @Test
    void theBodyFindsDeclaredDataByName() {
      Experiment<Config> reading = Experiment.of(
              "x",
              Config.class,
              (config, trial) -> trial.digest("path", trial.data("pom").toString()))
          .data("pom", Path.of("pom.xml"));
      assertThat(reading.rerun(reading.run(CONFIG, SEED))).isInstanceOf(Rerun.Identical.class);
    }
  }

  @Nested
  class ThreadsOfTheBody {
    @Test
    void aThreadLeftBehindCannotRecordAndChangesNothing() throws Exception {
      CountDownLatch ended = new CountDownLatch(1);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      List<Thread> left = new java.util.concurrent.CopyOnWriteArrayList<>();
      Experiment.Body<Config> body = leavingBehind(ended, thrown, left);
      Run run = Experiment.of("leaves", Config.class, body).run(CONFIG, SEED);
      ended.countDown();
      for (Thread thread : left) {
        thread.join();
      }
      assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
      assertThat(run.trace().size()).isEqualTo(1);
    }

    private Experiment.Body<Config> leavingBehind(
        CountDownLatch ended, AtomicReference<Throwable> thrown, List<Thread> left) {
      return (config, trial) -> {
        trial.record("loss", 1);
        Thread late = new Thread(() -> {
          try {
            ended.await();
            trial.record("loss", 2);
          } catch (InterruptedException | RuntimeException e) {
            thrown.set(e);
          }
        });
        left.add(late);
        late.start();
      };
    }
  }
}
