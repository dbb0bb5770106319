package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkedStudyLedgerTest {
  record Config(boolean fatal) {}

  static final Experiment<Config> TOY = Experiment.of("toy", Config.class, (config, trial) -> {
    trial.record("accuracy", trial.random("noise").nextDouble());
    if (config.fatal() && trial.seed().equals(Seed.of(7).child(1))) {
      Runtime.getRuntime().halt(3);
    }
    if (config.fatal() && trial.seed().equals(Seed.of(7).child(2))) {
      Thread.sleep(60_000);
    }
  });

  @TempDir
  Path folder;

  private static List<String> bits(Study study) {
    return study.runs().stream()
        .map(run -> run.seed() + " " + run.status() + " " + run.trace().digest())
        .toList();
  }

  @Test
  void forkedRunsAreOnRecordAndTakenFromThere() {
    try (Ledger ledger = Ledger.open(folder)) {
      StudyPlan<Config> plan =
          TOY.study(new Config(false)).seeds(Seed.of(7), 4).forks(2).ledger(ledger);
      Study first = plan.run();
      assertThat(first.executed()).isEqualTo(4);
      assertThat(bits(first))
          .isEqualTo(bits(TOY.study(new Config(false)).seeds(Seed.of(7), 4).run()));
      Study second = plan.run();
      assertThat(second.reused()).as(second.summary()).isEqualTo(4);
      assertThat(bits(second)).isEqualTo(bits(first));
    }
  }

  @Test
  void whatEndsATrialCostsItAloneAndEachAttemptIsOnRecord() {
    try (Ledger ledger = Ledger.open(folder)) {
      Study study = TOY.study(new Config(true))
          .seeds(Seed.of(7), 4)
          .forks(2)
          .timeout(Duration.ofSeconds(10))
          .retries(1)
          .ledger(ledger)
          .run();
      assertThat(study.runs())
          .extracting(Run::status)
          .containsExactly(
              RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.TIMED_OUT, RunStatus.COMPLETED);
      assertThat(study.summary())
          .startsWith(
              "toy: 4 runs, 4 executed now, 0 reused; 2 completed, 2 failed; 2 took more than one attempt.")
          .contains("seed 7/1", "seed 7/2");
      List<RunRecord> records =
          ledger.runs().sorted(Comparator.comparing(RunRecord::id)).toList();
      assertThat(records)
          .hasSize(6)
          .extracting(RunRecord::status)
          .doesNotContain(RunStatus.RUNNING);
      assertThat(records.stream().filter(run -> run.links().containsKey(Link.RETRY_OF)))
          .hasSize(2);
    }
  }

  static final class Stubborn extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final Object held = new Object();

    Stubborn() {
      super("does not travel");
    }
  }

  @Test
  void whatCannotTravelIsOnRecordWithItsClassAndItsStackTrace() {
    Experiment<Config> stubborn = Experiment.of("stubborn", Config.class, (config, trial) -> {
      throw new Stubborn();
    });
    try (Ledger ledger = Ledger.open(folder)) {
      Study study = stubborn
          .study(new Config(false))
          .seeds(Seed.of(7), 2)
          .forks(1)
          .ledger(ledger)
          .run();
      RunFailure failure = ledger.runs().findFirst().orElseThrow().failure().orElseThrow();
      assertThat(failure.type()).isEqualTo(Stubborn.class.getName());
      assertThat(failure.stackTrace())
          .startsWith(
              Stubborn.class.getName() + ": does not travel\n\tat " + getClass().getName());
      assertThat(study.summary())
          .contains("2 x " + Stubborn.class.getName() + ": does not travel\n      at "
              + getClass().getName());
      Throwable read = Study.of(ledger.query()).runs().get(0).failure().orElseThrow();
      assertThat(Throwables.getStackTraceAsString(read).strip())
          .isEqualTo(failure.stackTrace().strip());
    }
  }

  @Test
  void aTimeoutOfNothingIsRefused() {
    assertThatThrownBy(() -> TOY.study(new Config(false)).timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the timeout must be positive; got PT0S.");
  }
}
