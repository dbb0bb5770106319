package dev.stet;

import static dev.stet.StetAssertions.assertDoesNotDiffer;
import static dev.stet.StetAssertions.assertReplicates;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.replication.Baseline;
import dev.stet.replication.Differs;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Replicated;
import dev.stet.replication.Stopping;
import dev.stet.replication.Verdict;
import dev.stet.seeds.Seed;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class UntilDecidedTest {
  record Config(double level) {}

  static final AtomicInteger RUNS = new AtomicInteger();

  static final Experiment<Config> NOISE = Experiment.of("noise", Config.class, (config, trial) -> {
    RUNS.incrementAndGet();
    trial.record("accuracy", config.level() + 0.01 * trial.random("noise").nextGaussian());
  });

  static final AtomicReference<Thread> STUDY = new AtomicReference<>();

  /** Whoever started the study is interrupted during the seventh run, after the first look. */
  static final Experiment<Config> INTERRUPTING =
      Experiment.of("noise", Config.class, (config, trial) -> {
        trial.record("accuracy", config.level() + 0.01 * trial.random("noise").nextGaussian());
        if (RUNS.incrementAndGet() == 7) {
          requireNonNull(STUDY.get(), "study").interrupt();
          Thread.sleep(10_000);
        }
      });

  static final Config GOOD = new Config(0.9);
  static final Config BAD = new Config(0.8);
  static final Metric ACCURACY = Metric.of("accuracy");
  static final Margin MARGIN = Margin.absolute(0.02);

  @TempDir
  Path folder;

  private Path file;
  private Baseline baseline;

  @BeforeEach
  void write() {
    baseline = Baseline.of(NOISE.study(GOOD).seeds(Seed.of(1), 20).run().metric("accuracy"));
    file = folder.resolve("noise.json");
    baseline.write(file);
    RUNS.set(0);
  }

  @Test
  void runsNoMoreThanTheDecisionTakes() {
    StudyPlan<Config> plan =
        NOISE.study(BAD).seeds(Seed.of(2), 40).untilDecided(40).threads(2);
    Verdict verdict = plan.verdict(baseline, ACCURACY, MARGIN);
    assertThat(verdict).isInstanceOf(Differs.class);
    assertThat(verdict.evidence().fresh().runs()).isEqualTo(6);
    assertThat(verdict.evidence().looks()).hasSize(1);
    // Two threads make one run ahead.
    assertThat(RUNS).hasValueBetween(6, 7);
    RUNS.set(0);
    assertThat(plan.threads(1).verdict(baseline, ACCURACY, MARGIN).explain())
        .isEqualTo(verdict.explain());
    assertThat(RUNS).hasValue(6);
  }

  @Test
  void aStoppedStudyIsThePrefixOfTheFullOne() {
    StudyPlan<Config> plan = NOISE.study(GOOD).seeds(Seed.of(2), 40);
    Verdict stopped = plan.untilDecided(40).verdict(baseline, ACCURACY, MARGIN);
    int n = stopped.evidence().fresh().runs();
    Verdict prefix = NOISE.study(GOOD).seeds(Seed.of(2), n).verdict(baseline, ACCURACY, MARGIN);
    assertThat(stopped).isInstanceOf(Replicated.class);
    assertThat(n).isBetween(10, 39);
    assertThat(prefix.estimate()).isEqualTo(stopped.estimate());
    assertThat(prefix.evidence().looks()).isEmpty();
  }

  @Test
  void assertionsHonourThePlan() {
    Verdict verdict = assertReplicates(
        file, NOISE.study(GOOD).seeds(Seed.of(2), 40).untilDecided(40), "accuracy", MARGIN);
    assertThat(verdict.evidence().looks()).isNotEmpty();
    RUNS.set(0);
    assertThatThrownBy(() -> assertDoesNotDiffer(
            file, NOISE.study(BAD).seeds(Seed.of(2), 40).untilDecided(40), "accuracy", MARGIN))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("Stopped at look 1 of 18, after\n  6 of at most 40 runs");
    assertThat(RUNS).hasValue(6);
  }

  @Test
  void theBaselinesOwnSeedsArePaired() {
    Verdict verdict = assertReplicates(
        file, NOISE.study(GOOD).untilDecided(Stopping.at(10, 20)), "accuracy", MARGIN);
    assertThat(verdict.evidence().isIdentical()).isTrue();
    assertThat(RUNS).hasValue(10);
  }

  @Test
  void aConfirmationIsNoSequentialStudy() {
    StudyPlan<Config> plan =
        NOISE.study(BAD).seeds(Seed.of(2), 20).untilDecided(20).confirmedOn(6);
    assertThatThrownBy(() -> assertReplicates(file, plan, "accuracy", MARGIN))
        .hasMessageContaining("Confirmation on fresh seeds");
  }

  @Test
  void anImpossibleVerdictFailsBeforeItRuns() {
    assertThatThrownBy(() ->
            assertReplicates(file, NOISE.study(GOOD).seeds(Seed.of(2), 1), "accuracy", MARGIN))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageStartingWith(
            "no study of 1 run can come to a verdict here, whatever its values, so it was not run."
                + "\n\nWhat a study can show of accuracy against the baseline noise.json.\n");
    assertThatThrownBy(() -> assertDoesNotDiffer(
            file,
            NOISE
                .study(GOOD)
                .seeds(Seed.of(2), 2)
                .untilDecided(Stopping.at(1, 2))
                .seeds(Seed.of(2), 1),
            "accuracy",
            MARGIN))
        .hasMessageContaining("has 1 seed and may need 2 until it is decided");
    assertThat(RUNS).hasValue(0);
  }

  @Test
  void anUnlikelyOneGoesOn() {
    assertDoesNotDiffer(
        file, NOISE.study(GOOD).seeds(Seed.of(2), 5), "accuracy", Margin.absolute(0.001));
    assertThat(RUNS).hasValue(5);
  }

  @Test
  void refusesWhatCannotEnd() {
    StudyPlan<Config> plan = NOISE.study(GOOD).seeds(Seed.of(2), 10);
    assertThatThrownBy(() -> plan.untilDecided(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plan.untilDecided(20).verdict(baseline, ACCURACY, MARGIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the study of noise has 10 seeds and may need 20 until it is decided. Give it as many, such as"
                + " seeds(Seed.of(7), 20), or declare at most 10.");
    assertThatThrownBy(() -> plan.untilDecided(10).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("run() compares with nothing");
  }

  @Test
  void anInterruptionEndsTheStudyBetweenLooks() {
    STUDY.set(Thread.currentThread());
    assertThatThrownBy(() -> INTERRUPTING
            .study(GOOD)
            .seeds(Seed.of(2), 40)
            .untilDecided(40)
            .verdict(baseline, ACCURACY, Margin.absolute(0.005)))
        .isInstanceOf(CancellationException.class);
    assertThat(RUNS).hasValue(7);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anExtendedStudyMarksItsVerdicts() {
    Study first = NOISE.study(GOOD).seeds(Seed.of(2), 10).run();
    Study longer = first.extendedBy(NOISE.study(GOOD).seeds(Seed.of(3), 10).run());
    assertThat(longer.runs()).hasSize(20);
    assertThat(baseline.compare(longer.metric("accuracy"), MARGIN).reason())
        .contains("This study was looked at once and then extended");
    assertThatThrownBy(() -> first.extendedBy(first)).hasMessageContaining("both studies ran seed");
  }
}
