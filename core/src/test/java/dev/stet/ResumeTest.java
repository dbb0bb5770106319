package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.Resumable.Config;
import dev.stet.ledger.Checkpoint;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.Seed;
import dev.stet.trace.Trace;
import dev.stet.trace.TraceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final Config CONFIG = new Config(6, 7);
  private static final Seed SEED = Seed.of(42);

  @TempDir
  Path folder;

  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open(folder.resolve("runs"));
  }

  @AfterEach
  void close() {
    Resumable.saved = epoch -> {};
    ledger.close();
  }

  static byte[] bytes(Trace trace) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TraceFile.write(trace, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  static void requireSame(Run resumed, Run whole) {
    assertThat(resumed.status()).isEqualTo(whole.status());
    assertThat(resumed.trace().digest()).isEqualTo(whole.trace().digest());
    assertThat(Arrays.equals(bytes(resumed.trace()), bytes(whole.trace()))).isTrue();
    assertThat(resumed.trace().draws()).isEqualTo(whole.trace().draws());
  }

  private static void stopAfter(long last) {
    Resumable.saved = epoch -> {
      if (epoch == last) {
        throw new IllegalStateException("stopped after epoch " + last);
      }
    };
  }

  private RunRecord record(Run run) {
    return ledger.run(run.id().orElseThrow()).orElseThrow();
  }

  @Test
  void aTrialStoppedAtAnyCheckpointAndResumedEndsInTheSameBits() {
    Run whole = Resumable.EXPERIMENT.run(CONFIG, SEED);
    Experiment<Config> experiment = Resumable.EXPERIMENT.ledger(ledger);
    for (int epoch = 0; epoch < CONFIG.epochs(); epoch++) {
      stopAfter(epoch);
      Run stopped = experiment.attempt(CONFIG, SEED);
      assertThat(stopped.status()).isEqualTo(RunStatus.FAILED);
      Resumable.saved = e -> {};
      RunRecord record = record(stopped);
      assertThat(record.checkpoints()).isNotEmptyDirectory();
      Run resumed = experiment.resume(record);
      requireSame(resumed, whole);
      assertThat(record(resumed).links()).isEqualTo(Map.of(Link.RESUMES, record.id()));
      assertThat(record.checkpoints()).doesNotExist();
      assertThat(record(resumed).checkpoints()).doesNotExist();
    }
  }

  @Test
  void aTrialStoppedAtEveryCheckpointEndsInTheSameBits() {
    Run whole = Resumable.EXPERIMENT.run(CONFIG, SEED);
    Experiment<Config> experiment = Resumable.EXPERIMENT.ledger(ledger);
    stopAfter(0);
    Run run = experiment.attempt(CONFIG, SEED);
    for (int epoch = 1; epoch <= CONFIG.epochs(); epoch++) {
      stopAfter(epoch);
      run = experiment.resume(record(run));
    }
    requireSame(run, whole);
    assertThat(Resumable.runs(ledger)).hasSize(7);
  }

  @Test
  void aRunThatWasGoneBeforeItHadACheckpointLeavesThatOfTheOneBefore() throws Exception {
    Run whole = Resumable.EXPERIMENT.run(CONFIG, SEED);
    Experiment<Config> experiment = Resumable.EXPERIMENT.ledger(ledger);
    stopAfter(2);
    Run first = experiment.attempt(CONFIG, SEED);
    stopAfter(3);
    RunRecord second = record(experiment.resume(record(first)));
    Checkpoint.deleteAll(second.checkpoints());
    AtomicLong begun = new AtomicLong(-1);
    Resumable.saved = epoch -> begun.compareAndSet(-1, epoch);
    requireSame(experiment.resume(second), whole);
    assertThat(begun.get()).isEqualTo(3);
    assertThat(record(first).checkpoints()).doesNotExist();
  }

  @Test
  void withoutACheckpointItRunsFromTheBeginning() {
    Run whole = Resumable.EXPERIMENT.run(CONFIG, SEED);
    Experiment<Config> experiment = Resumable.EXPERIMENT.ledger(ledger);
    stopAfter(2);
    RunRecord record = record(experiment.attempt(CONFIG, SEED));
    Checkpoint.deleteAll(record.checkpoints());
    Resumable.saved = epoch -> {};
    requireSame(experiment.resume(record), whole);
  }

  @Test
  void withoutALedgerItGoesOnTooAndLeavesTheCheckpointWhereItIs() {
    Run whole = Resumable.EXPERIMENT.run(CONFIG, SEED);
    stopAfter(2);
    RunRecord record = record(Resumable.EXPERIMENT.ledger(ledger).attempt(CONFIG, SEED));
    Resumable.saved = epoch -> assertThat(epoch).isGreaterThan(2);
    requireSame(Resumable.EXPERIMENT.resume(record), whole);
    assertThat(record.checkpoints()).isNotEmptyDirectory();
  }

  @Test
  void whatHasCompletedOrIsOfAnotherExperimentIsNotResumed() {
    RunRecord record = record(Resumable.EXPERIMENT.ledger(ledger).run(CONFIG, SEED));
    assertThatThrownBy(() -> Resumable.EXPERIMENT.resume(record))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the run " + record
            + " has completed; there is nothing to resume. Use its result, or rerun it.");
    Experiment<Config> other = Experiment.of("other", Config.class, (config, trial) -> {});
    assertThatThrownBy(() -> other.rerun(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the run is one of resumable; this experiment is other.");
  }

  @Test
  void changedCodeIsRefusedWithWhatChangedUnlessAsked() {
    stopAfter(2);
    RunRecord record = record(Resumable.EXPERIMENT.ledger(ledger).attempt(CONFIG, SEED));
    Experiment<Config> changed = Experiment.of("resumable", Config.class, (config, trial) -> {
      Resumable.State state = trial.restore(Resumable.State.class).orElseThrow();
      trial.record("restored", state.epoch());
      trial.record("step", (double) trial.restoredStep().orElseThrow());
    });
    assertThatThrownBy(() -> changed.resume(record))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "cannot be resumed as the same run; since its beginning there changed: ")
        .hasMessageContaining("code (")
        .hasMessageEndingWith("Run the trial anew, or go on all the same with resumeAnyway, whose"
            + " result is that of no one recipe.");
    Run run = changed.resumeAnyway(record);
    assertThat(run.value("restored")).isEqualTo(3);
    assertThat(run.value("step")).isEqualTo(2);
    assertThat(run.trace().series("loss").length()).isEqualTo(21);
  }

  @Test
  void whatWentOnUnderOtherCodeIsNoResultOfThisCode() {
    stopAfter(2);
    RunRecord record = record(Resumable.EXPERIMENT.ledger(ledger).attempt(CONFIG, SEED));
    Experiment<Config> changed = Experiment.of("resumable", Config.class, (config, trial) -> {
      long begun = trial.restore(Resumable.State.class).isPresent() ? 1 : 0;
      trial.record("begun", (double) begun);
    });
    assertThat(changed.ledger(ledger).resumeAnyway(record).value("begun")).isEqualTo(1);
    assertThatThrownBy(() -> Study.of(ledger.query().status(RunStatus.COMPLETED)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the run of seed 42 went on, by resumeAnyway, from a run of another recipe");
    Study study = changed.study(CONFIG).seeds(List.of(SEED)).ledger(ledger).run();
    assertThat(study.executed()).isEqualTo(1);
    assertThat(study.runs().get(0).value("begun")).isZero();
    assertThat(study.summary())
        .contains("1 trial on record ran again, since this differs: experiment (");
    assertThat(changed.study(CONFIG).seeds(List.of(SEED)).ledger(ledger).run().reused())
        .isEqualTo(1);
    assertThat(
            Study.of(ledger.query().status(RunStatus.COMPLETED)).runs().get(0).value("begun"))
        .isZero();
  }

  record Wider(int epochs, int draws, double rate) {}

  record Narrower(int epochs) {}

  record Retyped(int epochs, String draws) {}

  @Test
  void aConfigOfAnotherShapeIsRefusedByItsField() {
    stopAfter(2);
    RunRecord record = record(Resumable.EXPERIMENT.ledger(ledger).attempt(CONFIG, SEED));
    refusesConfigOf(record, Wider.class, "config.rate");
    refusesConfigOf(record, Narrower.class, "config.draws");
    refusesConfigOf(record, Retyped.class, "config.draws");
    Resumable.saved = epoch -> {};
    requireSame(Resumable.EXPERIMENT.resume(record), Resumable.EXPERIMENT.run(CONFIG, SEED));
  }

  private static <C> void refusesConfigOf(RunRecord record, Class<C> type, String field) {
    Experiment<C> reshaped = Experiment.of("resumable", type, (config, trial) -> {});
    assertThatThrownBy(() -> reshaped.resume(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(field + " ");
    assertThatThrownBy(() -> reshaped.resumeAnyway(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(field + " ");
    assertThat(record.checkpoints()).isNotEmptyDirectory();
  }

  @Test
  void aRunOnRecordIsRerunInALaterProcess() {
    Experiment<Config> experiment = Resumable.EXPERIMENT.ledger(ledger);
    Run run = experiment.run(CONFIG, SEED);
    Rerun rerun = Resumable.EXPERIMENT.rerun(record(run), 2);
    assertThat(rerun).isInstanceOf(Rerun.Identical.class);
    stopAfter(1);
    Run failed = experiment.attempt(CONFIG, SEED);
    assertThat(Resumable.EXPERIMENT.rerun(record(failed))).isInstanceOf(Rerun.Identical.class);
    assertThat(Resumable.EXPERIMENT.rerun(record(run))).isInstanceOf(Rerun.Diverged.class);
    Rerun onRecord = experiment.rerun(record(failed));
    assertThat(record(onRecord.reruns().get(0)).links())
        .isEqualTo(Map.of(Link.RERUN_OF, failed.id().orElseThrow()));
  }

  private Run attempt(Experiment.Body<Map<String, Object>> body) {
    return Experiment.ofMap("body", body).ledger(ledger).attempt(Map.of(), SEED);
  }

  private static String message(Run run) {
    return String.valueOf(
        run.failure().orElseThrow(() -> new AssertionError(run.toString())).getMessage());
  }

  @Test
  void restoreComesFirstAndOnceInEveryTrial() {
    String late =
        "trial.restore must come first in the body, and once: the trial has opened streams or"
            + " recorded before, which a resumed trial would do a second time. Let the body begin with it, and"
            + " make what is missing from its empty answer.";
    assertThat(message(attempt((config, trial) -> {
          trial.random("noise");
          trial.restore(byte[].class);
        })))
        .isEqualTo(late);
    assertThat(message(attempt((config, trial) -> {
          trial.note("begun", 1);
          trial.restore(byte[].class);
        })))
        .isEqualTo(late);
    assertThat(message(attempt((config, trial) -> {
          trial.restore(byte[].class);
          trial.restore(byte[].class);
        })))
        .startsWith("trial.restore must come first in the body, and once: it was called before.");
  }

  @Test
  void onlyTheTrialsOwnThreadSaves() {
    Run run = attempt((config, trial) -> {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread other = new Thread(() -> trial.checkpoint(1, new byte[1]), "worker");
      other.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
      other.start();
      other.join();
      throw new Exception(thrown.get());
    });
    assertThat(run.failure().orElseThrow().getCause())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("only the trial's own thread, \"")
        .hasMessageEndingWith("can call trial.checkpoint; got \"worker\"."
            + " Wait for the other threads in the body and call it there.");
  }

  static final class Optimizer {}

  record Model(List<Object> parts) implements Serializable {}

  record Loose(Map<String, Object> values) {}

  @SuppressWarnings("ArrayRecordComponent") // users write such records
  record Plain(int epoch, double[] weights, float[][] grid, double odd, String name) {}

  @Test
  void whatCannotBeSavedIsNamedByItsFieldAndTheLastOneStays() {
    Run run = attempt((config, trial) -> {
      trial.checkpoint(1, new byte[] {1});
      trial.checkpoint(2, new Model(List.of("one", new Object[] {"two", new Optimizer()})));
    });
    assertThat(message(run))
        .isEqualTo("the state cannot be saved: state.parts[1][1], a dev.stet.ResumeTest$Optimizer,"
            + " is not serialisable. Let its class implement java.io.Serializable, mark the field transient"
            + " and make it again after restore, or save bytes.");
    assertThat(Checkpoint.latest(record(run).checkpoints()).orElseThrow().step())
        .isEqualTo(1);
    assertThat(message(attempt((config, trial) ->
            trial.checkpoint(1, new Loose(Map.of("optimizer", new Optimizer()))))))
        .startsWith("the state cannot be saved: dev.stet.ResumeTest$Loose at ")
        .contains("optimizer")
        .endsWith(
            "Let it implement java.io.Serializable, be a record of plain values, or save bytes.");
    assertThat(message(
            attempt((config, trial) -> trial.checkpoint(1, new Loose(Map.of("epoch", 1L))))))
        .isEqualTo(
            "the state cannot be saved: dev.stet.ResumeTest$Loose written as JSON and read back is"
                + " another. Let it implement java.io.Serializable, or save bytes.");
  }

  private static Object unsaveable(int kind) {
    return switch (kind) {
      case 0 -> new Model(List.of(new Optimizer()));
      case 1 -> new Loose(Map.of("optimizer", new Optimizer()));
      default -> new Loose(Map.of("epoch", 1L));
    };
  }

  @Test
  void whatCannotBeSavedIsRefusedWithoutALedgerToo() {
    for (int kind = 0; kind < 3; kind++) {
      int which = kind;
      Experiment.Body<Map<String, Object>> body =
          (config, trial) -> trial.checkpoint(1, unsaveable(which));
      Run without = Experiment.ofMap("saving", body).attempt(Map.of(), SEED);
      assertThat(message(without))
          .startsWith("the state cannot be saved: ")
          .isEqualTo(message(attempt(body)));
    }
    assertThat(Experiment.ofMap("saving", (config, trial) -> trial.checkpoint(1, new byte[] {1}))
            .attempt(Map.of(), SEED)
            .failure())
        .isEmpty();
  }

  @Test
  void plainValuesComeBackInEveryBit() {
    Plain state = state();
    Experiment<Map<String, Object>> experiment = Experiment.ofMap("plain", (config, trial) -> {
      Plain back = trial.restore(Plain.class).orElse(null);
      if (back == null) {
        trial.checkpoint(7, state());
        throw new IllegalStateException("stopped");
      }
      trial.digest("weights", back.weights());
      trial.digest("grid", back.grid()[0]);
      trial.record("odd", back.odd());
      trial.digest("name", back.name());
      trial.record("step", (double) trial.restoredStep().orElseThrow());
    });
    Run stopped = experiment.ledger(ledger).attempt(Map.of(), SEED);
    assertThat(stopped.failure().orElseThrow()).hasMessage("stopped");
    Run run = experiment.resume(record(stopped));
    assertThat(run.failure()).isEmpty();
    assertThat(run.value("odd")).isEqualTo(state.odd());
    assertThat(run.value("step")).isEqualTo(7);
    assertThat(run.trace().digests())
        .isEqualTo(Experiment.ofMap("same", (config, trial) -> {
              trial.digest("weights", state().weights());
              trial.digest("grid", state().grid()[0]);
              trial.digest("name", state().name());
            })
            .run(Map.of(), SEED)
            .trace()
            .digests());
  }

  /** Plain at first, and later with a number that JSON does not tell from another. */
  static final class Growing {
    int epoch;

    @Nullable
    Object last;
  }

  @Test
  void aStateThatComesBackAtFirstAndNotLaterIsRefusedLater() {
    Experiment<Map<String, Object>> experiment = Experiment.ofMap("growing", (config, trial) -> {
      Growing state = trial.restore(Growing.class).orElseGet(Growing::new);
      trial.checkpoint(1, state);
      state.last = 5L;
      trial.checkpoint(2, state);
    });
    assertThat(experiment.ledger(ledger).attempt(Map.of(), SEED).failure().orElseThrow())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Growing written as JSON and read back is another.");
  }

  private static Plain state() {
    return new Plain(
        3,
        new double[] {-0.0, Double.NaN, 1e308, Double.MIN_VALUE, 0.1},
        new float[][] {{1.1f, Float.NEGATIVE_INFINITY}, {}},
        Double.POSITIVE_INFINITY,
        "\ud83d\ude00");
  }

  @Test
  void anotherClassThanWasSavedIsRefused() {
    Experiment<Map<String, Object>> experiment = Experiment.ofMap("typed", (config, trial) -> {
      trial.restore(String.class);
      trial.checkpoint(1, new byte[] {1});
      throw new IllegalStateException("stopped");
    });
    Run stopped = experiment.ledger(ledger).attempt(Map.of(), SEED);
    assertThat(experiment.resume(record(stopped)).failure().orElseThrow())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "holds a state written as \"bytes\", which does not come back as"
                + " java.lang.String. Ask trial.restore for the class that was given to trial.checkpoint.");
  }

  @Test
  void offTheRecordNothingIsSavedAndNothingComesBack() throws Exception {
    Run run = Experiment.ofMap("plain", (config, trial) -> {
          assertThat(trial.restore(byte[].class)).isEmpty();
          assertThat(trial.restoredStep()).isEmpty();
          trial.checkpoint(1, new byte[] {1});
          trial.record("done", 1);
        })
        .run(Map.of(), SEED);
    assertThat(run.id()).isEmpty();
    assertThat(run.value("done")).isEqualTo(1);
    assertThat(Files.exists(ledger.directory().resolve("checkpoints"))).isFalse();
  }
}
