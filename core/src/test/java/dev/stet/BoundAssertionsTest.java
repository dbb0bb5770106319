package dev.stet;

import static dev.stet.StetAssertions.assertHolds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.replication.Bound;
import dev.stet.replication.BoundResult;
import dev.stet.replication.BoundResult.Outcome;
import dev.stet.replication.Metric;
import dev.stet.replication.Success;
import dev.stet.seeds.Seed;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.opentest4j.AssertionFailedError;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BoundAssertionsTest {
  record Config(double level) {}

  static final AtomicInteger RUNS = new AtomicInteger();

  static final Experiment<Config> NOISE = Experiment.of("noise", Config.class, (config, trial) -> {
    RUNS.incrementAndGet();
    trial.record("accuracy", config.level() + 0.01 * trial.random("noise").nextGaussian());
  });

  static final Experiment<Config> UNLUCKY =
      Experiment.of("unlucky", Config.class, (config, trial) -> {
        if (trial.random("luck").nextDouble() >= config.level()) {
          throw new IllegalStateException("exploded");
        }
      });

  static final Bound MEAN = Bound.mean(Metric.of("accuracy").higherIsBetter())
      .atLeast(0.9)
      .within(0, 1)
      .flakeBudget(0.001)
      .catching(0.8, 0.9);
  static final Bound COMPLETES =
      Bound.rate(Success.completed()).atLeast(0.85).flakeBudget(0.001).catching(0.5, 0.9);

  @BeforeEach
  void startOver() {
    RUNS.set(0);
    System.clearProperty("stet.seed");
  }

  @Test
  void stopsAsSoonAsTheAnswerIsIn() {
    BoundResult result = assertHolds(NOISE.study(new Config(0.95)), MEAN);
    assertThat(result.outcome()).isEqualTo(Outcome.HOLDS);
    assertThat(result.runs()).hasSizeLessThan(40);
    assertThat(RUNS).hasValue(result.runs().size());
  }

  @Test
  void decidesTheSameOnAnyNumberOfThreads() {
    BoundResult one = NOISE.study(new Config(0.88)).check(MEAN, Seed.of(7));
    for (int threads : new int[] {2, 3, 8}) {
      BoundResult many = NOISE.study(new Config(0.88)).threads(threads).check(MEAN, Seed.of(7));
      assertThat(many.runs()).isEqualTo(one.runs());
      assertThat(many.explain()).isEqualTo(one.explain());
    }
  }

  @Test
  void takesThePlansSeedsInTheirOrder() {
    BoundResult result = NOISE.study(new Config(0.95)).seeds(Seed.of(7), 653).check(MEAN);
    assertThat(result.runs().get(3).seed()).isEqualTo(Seed.of(7).child(3));
    assertThat(result.runs())
        .isEqualTo(NOISE.study(new Config(0.95)).check(MEAN, Seed.of(7)).runs());
  }

  @Test
  void failsWithThePage() {
    assertThatThrownBy(() -> assertHolds(UNLUCKY.study(new Config(0)), COMPLETES, Seed.of(3)))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageStartingWith(
            "unlucky breaks its bound: at least 85 % of runs complete.\n\n  seen       0.000   n = ")
        // Wherever the page breaks its lines.
        .hasMessageFindingMatch(
            "runs\\s+did\\s+not\\s+succeed:\\s+seed\\s+3/0\\s+\\(failed\\),\\s+seed\\s+3/1")
        .hasMessageNotContaining("stet.seed");
    assertThat(assertHolds(UNLUCKY.study(new Config(1)), COMPLETES).estimate()).isEqualTo(1);
  }

  @Test
  void printsTheReplayLineOfSeedsThatAsked() {
    assertThatThrownBy(
            () -> assertHolds(NOISE.study(new Config(0.5)), MEAN, Seed.replayable(Seed.of(42))))
        .hasMessageEndingWith(
            "-Dtest=dev.stet.BoundAssertionsTest#printsTheReplayLineOfSeedsThatAsked -Dstet.seed=42");
    assertThatThrownBy(() -> assertHolds(NOISE.study(new Config(0.5)), MEAN))
        .hasMessageContaining("-Dstet.seed=0x");
  }

  @Test
  void replaysTheSeedThatWasPrinted() {
    System.setProperty("stet.seed", "42");
    try {
      BoundResult result = NOISE.study(new Config(0.95)).check(MEAN);
      assertThat(result.runs().get(0).seed()).isEqualTo(Seed.of(42).child(0));
    } finally {
      System.clearProperty("stet.seed");
    }
  }

  @Test
  void refusesTooFewSeedsAndTwoSources() {
    assertThatThrownBy(() -> NOISE.study(new Config(0.5)).seeds(Seed.of(1), 3).check(MEAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the bound that the mean of accuracy is at least 0.9 may take 653 runs, and the study of noise has 3"
                + " seeds. Give it more, or none, and it derives as many as it takes.");
    assertThatThrownBy(
            () -> NOISE.study(new Config(0.5)).seeds(Seed.of(1), 3).check(MEAN, Seed.of(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RUNS).hasValue(0);
  }

  @Test
  void aRunWithoutTheMetricEndsTheTest() {
    assertThatThrownBy(() -> UNLUCKY.study(new Config(1)).threads(2).check(MEAN, Seed.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("completed without recording \"accuracy\"");
  }
}
