package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fingerprint.Facet;
import dev.stet.ledger.RunStatus;
import dev.stet.replication.Direction;
import dev.stet.replication.Metric;
import dev.stet.replication.Reduction;
import dev.stet.replication.Sample;
import dev.stet.replication.SampleRun;
import dev.stet.seeds.Seed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StudyTest {
  record Config(double level) {}

  static final Experiment<Config> NOISE = Experiment.of("noise", Config.class, (config, trial) -> {
    double value = config.level() + trial.random("noise").nextGaussian();
    trial.record("valid", value > 0 ? 1 : 0);
    trial.record("accuracy", value);
    if (value < -1.5) {
      throw new IllegalStateException("exploded");
    }
  });

  static final StudyPlan<Config> PLAN = NOISE.study(new Config(0));

  @Nested
  class Planning {
    @Test
    void refusesNoSeeds() {
      assertThatThrownBy(PLAN::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the study of noise has no seeds. Give some, such as study(config).seeds(Seed.of(7), 20).");
      assertThatThrownBy(() -> PLAN.seeds(List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a study needs seeds; got none. Give at least one.");
      assertThatThrownBy(() -> PLAN.seeds(Seed.of(1), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the number of seeds must be at least 1; got 0. Give 1 or more.");
    }

    @Test
    void refusesASeedTwice() {
      assertThatThrownBy(() -> PLAN.seeds(List.of(Seed.of(1), Seed.of(2), Seed.of(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "seed 1 is named twice; two runs of one seed are a rerun and not two results. Name each seed"
                  + " once.");
    }

    @Test
    void refusesNoThreads() {
      assertThatThrownBy(() -> PLAN.threads(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the number of threads must be at least 1; got 0. Give 1 or more.");
    }

    @Test
    void freshSeedsAreDrawnOnce() {
      StudyPlan<Config> plan = PLAN.freshSeeds(3);
      assertThat(plan.run().runs())
          .extracting(Run::seed)
          .isEqualTo(plan.run().runs().stream().map(Run::seed).toList());
      assertThat(PLAN.freshSeeds(1).run().runs().get(0).seed())
          .isNotEqualTo(plan.run().runs().get(0).seed());
    }
  }

  @Nested
  class Running {
    @Test
    void resultsDependNeitherOnThreadsNorOnOrder() {
      List<String> alone = digests(PLAN.seeds(Seed.of(7), 50).run());
      assertThat(digests(PLAN.seeds(Seed.of(7), 50).threads(8).run())).isEqualTo(alone);
      assertThat(digests(PLAN.seeds(Seed.of(7), 20).run())).isEqualTo(alone.subList(0, 20));
    }

    private List<String> digests(Study study) {
      return study.runs().stream()
          .map(run -> run.seed() + " " + run.status() + " " + run.trace().digest())
          .toList();
    }

    @Test
    void failedRunsAreRecordedAndTheStudyGoesOn() {
      Study study = PLAN.seeds(Seed.of(7), 50).threads(2).run();
      assertThat(study.runs()).hasSize(50);
      assertThat(study.failed())
          .isNotEmpty()
          .allSatisfy(
              run -> assertThat(run.failure()).get().isInstanceOf(IllegalStateException.class));
      assertThat(study)
          .hasToString("study of noise: 50 runs, " + study.failed().size() + " failed");
    }

    @Test
    void whatGoesWrongOutsideTheBodyEndsTheStudy() {
      StudyPlan<Config> broken = NOISE
          .data("train", Path.of("no-such-file.csv"))
          .study(new Config(0))
          .seeds(Seed.of(1), 4);
      assertThatThrownBy(broken::run).hasMessageContaining("no-such-file.csv");
      assertThatThrownBy(broken.threads(2)::run).hasMessageContaining("no-such-file.csv");
    }

    @Test
    void aBodysOwnInterruptionIsARunThatFailed() {
      Experiment<Config> stopping = Experiment.of("stopping", Config.class, (config, trial) -> {
        if (trial.seed().equals(Seed.of(1).child(1))) {
          throw new InterruptedException("my own");
        }
        trial.record("accuracy", 1);
      });
      for (int threads = 1; threads <= 2; threads++) {
        Study study =
            stopping.study(new Config(0)).seeds(Seed.of(1), 4).threads(threads).run();
        assertThat(study.failed()).hasSize(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      }
    }

    @Test
    void anInterruptionEndsItAndIsKept() throws Exception {
      for (int threads = 1; threads <= 2; threads++) {
        interruptedWith(threads);
      }
    }

    private void interruptedWith(int threads) throws InterruptedException {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      Experiment<Config> waiting = Experiment.of("waiting", Config.class, (config, trial) -> {
        started.countDown();
        never.await();
      });
      Throwable[] thrown = new Throwable[1];
      boolean[] kept = new boolean[1];
      int count = threads;
      Thread caller = new Thread(() -> {
        try {
          waiting.study(new Config(0)).seeds(Seed.of(1), 3).threads(count).run();
        } catch (CancellationException e) {
          thrown[0] = e;
          kept[0] = Thread.currentThread().isInterrupted();
        }
      });
      caller.start();
      started.await();
      caller.interrupt();
      caller.join();
      assertThat(thrown[0]).hasMessage("the study of waiting was interrupted after 0 of 3 runs.");
      assertThat(kept[0]).isTrue();
    }
  }

  @Nested
  class Metrics {
    final Study study = PLAN.seeds(Seed.of(7), 30).run();

    @Test
    void haveOneResultARun() {
      Sample sample = study.metric("accuracy");
      assertThat(sample.experiment()).isEqualTo("noise");
      assertThat(sample.size()).isEqualTo(30);
      assertThat(sample.failures()).isEqualTo(study.failed().size()).isPositive();
      SampleRun first = sample.runs().get(0);
      assertThat(first.seed()).isEqualTo(Seed.of(7).child(0));
      assertThat(first.value()).isEqualTo(study.runs().get(0).value("accuracy"));
      assertThat(first.digest()).isEqualTo(study.runs().get(0).trace().digest());
    }

    @Test
    void areReducedAsDeclared() {
      Metric metric =
          Metric.of("accuracy").reducedBy(Reduction.atBest("valid", Direction.HIGHER_IS_BETTER));
      assertThat(study.metric(metric).runs().get(0).value())
          .isEqualTo(study.metric("accuracy").runs().get(0).value());
    }

    @Test
    void namesWhatWasRecordedInstead() {
      assertThatThrownBy(() -> study.metric("f1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the run with seed 7/0 completed without recording \"f1\"; it recorded: valid, accuracy.");
    }

    @Test
    void theFingerprintHasNoSeed() {
      assertThat(study.fingerprint().facets())
          .doesNotContain(Facet.SEED)
          .contains(Facet.CODE, Facet.CONFIG);
    }
  }

  @Nested
  class ProgressLine {
    final StringWriter screen = new StringWriter();
    final Run run = NOISE.attempt(new Config(0), Seed.of(7).child(0));
    final Metric accuracy = Metric.of("accuracy").higherIsBetter();

    @Test
    void tellsHowFarTheStudyIs() {
      try (Progress progress = new Progress(new PrintWriter(screen), "noise", 4, accuracy)) {
        progress.begun();
        progress.ended(run);
        progress.begun();
      }
      String last = screen.toString().lines().reduce((first, second) -> second).orElseThrow();
      assertThat(last)
          .startsWith("noise  25% [")
          .contains("] 1/4 (0:00:0")
          .contains(") " + (run.status() == RunStatus.COMPLETED ? 0 : 1) + " failed, 1 running")
          .contains(String.format(Locale.ROOT, ", best accuracy %.6g", run.value("accuracy")))
          .hasSize(100);
    }

    @Test
    void keepsToItsWidthWhateverTheNames() {
      String name = "a-name-that-is-far-longer-than-any-terminal-is-wide".repeat(4);
      try (Progress progress = new Progress(new PrintWriter(screen), name, 4, null)) {
        progress.ended(run);
      }
      assertThat(screen.toString().split("[\r\n]"))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void isThereOnATerminalOnly() {
      // Tests have no terminal: whatever a study prints would land here.
      PrintStream out = System.out;
      PrintStream err = System.err;
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      try (PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
        System.setOut(trap);
        System.setErr(trap);
        PLAN.seeds(Seed.of(7), 3).run();
      } finally {
        System.setOut(out);
        System.setErr(err);
      }
      assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }
  }
}
