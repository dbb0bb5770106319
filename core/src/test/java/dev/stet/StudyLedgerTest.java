package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.NotCaptured;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunEntry;
import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStart;
import dev.stet.ledger.RunStatus;
import dev.stet.replication.Baseline;
import dev.stet.replication.Bound;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Success;
import dev.stet.replication.Verdict;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyLedgerTest {
  record Config(double level) {}

  static final AtomicInteger EXECUTED = new AtomicInteger();
  static final Config CONFIG = new Config(0);
  static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();

  static final Experiment<Config> NOISE = Experiment.of("noise", Config.class, (config, trial) -> {
    EXECUTED.incrementAndGet();
    trial.record("accuracy", config.level() + trial.random("noise").nextGaussian());
  });

  @TempDir
  Path folder;

  Ledger ledger;
  StudyPlan<Config> plan;

  @BeforeEach
  void open() {
    ledger = Ledger.open(folder);
    plan = NOISE.study(CONFIG).seeds(Seed.of(7), 6).ledger(ledger);
    EXECUTED.set(0);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static List<String> bits(Study study) {
    return study.runs().stream()
        .map(run -> run.seed() + " " + run.status() + " " + run.trace().digest())
        .toList();
  }

  private List<RunRecord> records() {
    return ledger.query().experiment("noise").stream().toList();
  }

  @Nested
  class AFinishedStudy {
    @Test
    void isReadAndNotRunAgain() {
      Study first = plan.named("night").run();
      assertThat(first.executed()).isEqualTo(6);
      assertThat(first.reused()).isZero();
      Study second = plan.named("night").threads(4).run();
      assertThat(EXECUTED).hasValue(6);
      assertThat(second.executed()).isZero();
      assertThat(second.reused()).isEqualTo(6);
      assertThat(bits(second)).isEqualTo(bits(first));
      assertThat(second.summary())
          .isEqualTo("noise: 6 runs, 0 executed now, 6 reused; 6 completed, 0 failed.");
      assertThat(records()).hasSize(6).allSatisfy(run -> {
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.study()).contains("night");
      });
    }

    @Test
    void isPartOfEachStudyThatTookItsResults() {
      Study first = plan.named("first").run();
      Study second = plan.named("second").seeds(Seed.of(7), 8).run();
      assertThat(second.reused()).isEqualTo(6);
      assertThat(bits(Study.of(ledger.query().study("second")))).isEqualTo(bits(second));
      assertThat(bits(Study.of(ledger.query().study("first")))).isEqualTo(bits(first));
      assertThat(ledger.query().study("first").study("second").count()).isEqualTo(6);
      assertThat(records()).hasSize(8);
      plan.named("second").seeds(Seed.of(7), 8).run();
      assertThat(ledger.problems()).isEmpty();
      ledger.close();
      ledger = Ledger.open(folder);
      assertThat(linesOfReuse()).isEqualTo(6);
      ledger.compact();
      assertThat(bits(Study.of(ledger.query().study("second")))).isEqualTo(bits(second));
    }

    @Test
    void isPartOfAStudyThatTookItUntilItWasDecided() {
      plan.seeds(Seed.of(7), 20).named("first").run();
      Baseline baseline =
          Baseline.of(NOISE.study(new Config(100)).seeds(Seed.of(1), 20).run().metric(ACCURACY));
      Verdict verdict = plan.seeds(Seed.of(7), 20)
          .named("second")
          .untilDecided(20)
          .verdict(baseline, ACCURACY, Margin.absolute(5));
      assertThat(ledger.query().study("second").count())
          .isEqualTo(verdict.evidence().fresh().runs())
          .isLessThan(20);
    }

    private long linesOfReuse() throws UncheckedIOException {
      try (Stream<Path> files = Files.walk(folder.resolve("segments"))) {
        return files
            .filter(file -> file.toString().endsWith(".jsonl"))
            .flatMap(file -> lines(file))
            .filter(line -> line.contains("\"line\":\"reused\""))
            .count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Stream<String> lines(Path file) {
      try {
        return Files.readAllLines(file).stream();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void isReadByALaterProcessToo() {
      Study first = plan.run();
      ledger.close();
      ledger = Ledger.open(folder);
      Study later = NOISE.study(CONFIG).seeds(Seed.of(7), 6).ledger(ledger).run();
      assertThat(later.reused()).isEqualTo(6);
      assertThat(bits(later)).isEqualTo(bits(first));
    }

    @Test
    void growsByWhatIsNew() {
      List<String> first = bits(plan.run());
      Study longer = plan.seeds(Seed.of(7), 10).threads(3).run();
      assertThat(longer.executed()).isEqualTo(4);
      assertThat(longer.reused()).isEqualTo(6);
      assertThat(bits(longer).subList(0, 6)).isEqualTo(first);
      assertThat(bits(longer))
          .isEqualTo(bits(NOISE.study(CONFIG).seeds(Seed.of(7), 10).run()));
    }

    @Test
    void isExecutedAllTheSameWhenAsked() {
      plan.run();
      Study again = plan.ledger(ledger, Reuse.NEVER).run();
      assertThat(again.executed()).isEqualTo(6);
      assertThat(records()).hasSize(12);
    }

    @Test
    void saysInItsVerdictHowManyRunsWereReused() {
      plan.run();
      Baseline baseline =
          Baseline.of(NOISE.study(CONFIG).seeds(Seed.of(1), 20).run().metric(ACCURACY));
      Verdict verdict = plan.seeds(Seed.of(7), 10).verdict(baseline, ACCURACY, Margin.absolute(5));
      assertThat(verdict.evidence().executed()).isEqualTo(4);
      assertThat(verdict.evidence().reused()).isEqualTo(6);
      assertThat(verdict.explain().replaceAll("\\s+", " "))
          .contains("4 of 10 runs were executed now, 6 reused; none failed.");
    }

    @Test
    void neverAnswersAnAssertion() {
      plan.run();
      Baseline.of(NOISE.study(CONFIG).seeds(Seed.of(7), 6).run().metric(ACCURACY))
          .write(folder.resolve("noise.json"));
      EXECUTED.set(0);
      StetAssertions.assertReplicates(
          folder.resolve("noise.json"), plan, "accuracy", Margin.absolute(5));
      assertThat(EXECUTED).hasValue(6);
    }

    @Test
    void makesABaseline() {
      Study first = plan.named("night").run();
      Study read = Study.of(ledger.query().study("night").config("level", 0));
      assertThat(bits(read)).isEqualTo(bits(first));
      assertThat(read.reused()).isEqualTo(6);
      assertThat(read.metric(ACCURACY).runs()).isEqualTo(first.metric(ACCURACY).runs());
      Baseline baseline = Baseline.of(read.metric(ACCURACY));
      assertThat(baseline
              .compare(first.metric(ACCURACY), Margin.absolute(5))
              .evidence()
              .isIdentical())
          .isTrue();
    }
  }

  /** Puts a run on record as it would have been elsewhere. */
  private void elsewhere(Function<Fingerprint, Fingerprint> other) {
    Run run = NOISE.run(CONFIG, Seed.of(7).child(0));
    ledger
        .begin(RunStart.of("noise", run.seed(), other.apply(run.fingerprint())))
        .completed(run.trace(), run.duration());
    EXECUTED.set(0);
  }

  @SuppressWarnings("unchecked")
  private static Function<Fingerprint, Fingerprint> with(Facet facet, String name, Object value) {
    return fingerprint -> {
      Map<String, Object> tree =
          new HashMap<>((Map<String, Object>) fingerprint.form(facet).value());
      tree.put(name, value);
      return fingerprint.with(facet, CanonicalForm.of(tree));
    };
  }

  @Nested
  class ARunOnRecord {
    private void runsAgainNaming(String reason) {
      Study study = plan.seeds(Seed.of(7), 1).run();
      assertThat(study.executed()).isEqualTo(1);
      assertThat(EXECUTED).hasValue(1);
      assertThat(study.summary().replaceAll("\\s+", " "))
          .contains("1 trial on record ran again, since this differs: " + reason);
    }

    @Test
    void ofTheSameEverythingIsTaken() {
      elsewhere(fingerprint -> fingerprint);
      assertThat(plan.seeds(Seed.of(7), 1).run().reused()).isEqualTo(1);
    }

    @Test
    void ofAnotherJdkIsNot() {
      elsewhere(with(Facet.RUNTIME, "java.runtime.version", "8.0.1"));
      runsAgainNaming("runtime (");
    }

    @Test
    void ofAnotherLibraryIsNot() {
      elsewhere(with(Facet.DEPENDENCIES, "artifacts", Map.of("other", "1")));
      runsAgainNaming("dependencies (");
    }

    @Test
    void ofAnotherMachineOrLocaleIsNot() {
      elsewhere(with(Facet.HARDWARE, "architecture", "pdp11"));
      elsewhere(with(Facet.SETTINGS, "locale", "tlh"));
      runsAgainNaming("settings (");
    }

    @Test
    void ofOtherCodeIsNot() {
      elsewhere(with(Facet.CODE, "classes", Map.of()));
      runsAgainNaming("code (");
    }

    @Test
    void ofAnotherCommitWithTheSameCodeIsTaken() {
      elsewhere(with(Facet.SOURCE, "commit", "0000000"));
      assertThat(plan.seeds(Seed.of(7), 1).run().reused()).isEqualTo(1);
    }

    @Test
    void ofWhichSomethingWasNotCapturedIsNot() {
      elsewhere(with(Facet.HARDWARE, "gpu", new NotCaptured("nvidia-smi did not answer")));
      runsAgainNaming("");
      assertThat(plan.seeds(Seed.of(7), 2).run().executed()).isEqualTo(1);
    }

    @Test
    void ofAnotherEnvironmentIsTakenWhenAsked() {
      elsewhere(with(Facet.RUNTIME, "java.runtime.version", "8.0.1"));
      Study study = plan.seeds(Seed.of(7), 1).ledger(ledger, Reuse.EQUAL_RECIPE).run();
      assertThat(study.reused()).isEqualTo(1);
      elsewhere(with(Facet.CODE, "classes", Map.of()));
      assertThat(study.reused()).isEqualTo(1);
    }

    @Test
    void ofOtherCodeIsNotTakenEvenWhenAsked() {
      elsewhere(with(Facet.CODE, "classes", Map.of()));
      assertThat(
              plan.seeds(Seed.of(7), 1).ledger(ledger, Reuse.EQUAL_RECIPE).run().executed())
          .isEqualTo(1);
    }

    @Test
    void ofAConfigOfAnotherShapeIsNot() {
      elsewhere(with(Facet.CONFIG, "momentum", 0.9));
      runsAgainNaming("config (momentum is gone).");
    }

    @Test
    void thatIsARerunStandsForTheRunThatItRepeats() {
      Run run = NOISE.run(CONFIG, Seed.of(7).child(0));
      ledger
          .begin(RunStart.of("noise", run.seed(), run.fingerprint()).withLink(Link.RERUN_OF, "x"))
          .completed(run.trace(), run.duration());
      assertThat(plan.seeds(Seed.of(7), 1).run().executed()).isEqualTo(1);
    }

    @Test
    void thatFailedRunsAgain() {
      Run run = NOISE.run(CONFIG, Seed.of(7).child(0));
      ledger
          .begin(RunStart.of("noise", run.seed(), run.fingerprint()))
          .failed(new RunFailure("Boom", "", ""), run.trace(), run.duration());
      assertThat(plan.seeds(Seed.of(7), 1).run().executed()).isEqualTo(1);
    }

    @Test
    void thatIsRunningElsewhereIsLeftToTheEndAndTakenIfItHasEnded() {
      Run run = NOISE.run(CONFIG, Seed.of(7).child(0));
      RunEntry other = ledger.begin(RunStart.of("noise", run.seed(), run.fingerprint()));
      Experiment<Config> ending = NOISE;
      EXECUTED.set(0);
      Thread process = new Thread(() -> {
        while (EXECUTED.get() == 0) {
          Thread.onSpinWait();
        }
        other.completed(run.trace(), run.duration());
      });
      process.start();
      Study study = ending.study(CONFIG).seeds(Seed.of(7), 400).ledger(ledger).run();
      assertThat(study.runs()).hasSize(400);
      assertThat(study.runs().get(0).seed()).isEqualTo(run.seed());
      assertThat(study.reused()).isEqualTo(1);
    }

    @Test
    void thatHangsElsewhereIsRunHere() {
      Run run = NOISE.run(CONFIG, Seed.of(7).child(0));
      ledger.begin(RunStart.of("noise", run.seed(), run.fingerprint()));
      Study study = plan.run();
      assertThat(study.executed()).isEqualTo(6);
      assertThat(bits(study))
          .isEqualTo(bits(NOISE.study(CONFIG).seeds(Seed.of(7), 6).run()));
    }
  }

  @Nested
  class AStudyMadeOfRecords {
    private Baseline baseline() {
      return Baseline.of(Study.of(ledger.query().experiment("noise")).metric(ACCURACY));
    }

    private void twoJdks() {
      elsewhere(with(Facet.RUNTIME, "java.runtime.version", "8.0.1"));
      plan.seeds(List.of(Seed.of(7).child(1), Seed.of(7).child(2))).run();
    }

    @Test
    void saysThatItsRunsWereMadeInSeveralEnvironments() {
      twoJdks();
      Study read = Study.of(ledger.query().experiment("noise"));
      String versions =
          "[\"java.runtime.version\"]: 8.0.1, " + System.getProperty("java.runtime.version");
      assertThat(read.fingerprint().varied()).isEqualTo("runtime (" + versions + ")");
      assertThat(read.summary().replaceAll("\\s+", " "))
          .endsWith("The runs differ among themselves in: runtime (" + versions + ").");
    }

    @Test
    void makesABaselineThatStillSaysSoWhenItIsReadFromItsFile() {
      twoJdks();
      baseline().write(folder.resolve("mixed.json"));
      Baseline read = Baseline.read(folder.resolve("mixed.json"));
      Study fresh = NOISE.study(CONFIG).seeds(Seed.of(9), 5).run();
      Verdict verdict = read.compare(fresh.metric(ACCURACY), Margin.absolute(5));
      assertThat(verdict.evidence().fingerprintChanges()).isEmpty();
      assertThat(verdict.evidence().fingerprintVariation())
          .startsWith(
              "The runs of the baseline differ among themselves in: runtime ([\"java.runtime.version\"]: 8.0.1, ");
      assertThat(verdict.explain()).contains("differ among themselves in: runtime");
    }

    @Test
    void saysSoInTheVerdictOfAMixedStudyToo() {
      Baseline uniform =
          Baseline.of(NOISE.study(CONFIG).seeds(Seed.of(9), 5).run().metric(ACCURACY));
      twoJdks();
      Verdict verdict = uniform.compare(
          Study.of(ledger.query().experiment("noise")).metric(ACCURACY), Margin.absolute(5));
      assertThat(verdict.evidence().fingerprintVariation())
          .startsWith("The runs of this study differ among themselves in: runtime (");
    }

    @Test
    void saysNothingOfOneEnvironment() {
      plan.run();
      assertThat(Study.of(ledger.query().experiment("noise")).fingerprint().varied())
          .isEmpty();
    }

    @Test
    void takesTheRunsOfTheLatestCodeOfEachSeed() {
      elsewhere(with(Facet.CODE, "classes", Map.of()));
      Study now = plan.run();
      assertThat(bits(Study.of(ledger.query().experiment("noise")))).isEqualTo(bits(now));
    }

    @Test
    void isRefusedIfItsCodeDiffersFromRunToRun() {
      elsewhere(with(Facet.CODE, "classes", Map.of()));
      plan.seeds(List.of(Seed.of(7).child(1))).run();
      assertThatThrownBy(this::baseline)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "the query selects runs of more than one recipe: seeds 7/0 and 7/1 differ in code (");
    }

    @Test
    void isRefusedIfItsConfigDiffersOnEqualSeeds() {
      plan.named("sweep").sweep(List.of(new Config(0), new Config(1)));
      assertThatThrownBy(() -> Study.of(ledger.query().study("sweep")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("differ in config (level 0 -> 1)")
          .hasMessageEndingWith("Study.perConfig(query).");
      List<Study> each = Study.perConfig(ledger.query().study("sweep"));
      assertThat(each).hasSize(2).allSatisfy(study -> assertThat(study.runs()).hasSize(6));
      assertThat(bits(each.get(0)))
          .isEqualTo(bits(NOISE.study(CONFIG).seeds(Seed.of(7), 6).run()));
    }

    @Test
    void isNotExtendedByRunsOfAnotherConfig() {
      Study one = plan.run();
      Study other = NOISE.study(new Config(1)).seeds(Seed.of(8), 2).run();
      assertThatThrownBy(() -> one.extendedBy(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be extended by one that differs in config (level 0 -> 1)");
    }
  }

  @Nested
  class Interrupted {
    @Test
    void leavesItsTrialOnRecordAndGoesOnLater() throws Exception {
      CountDownLatch started = new CountDownLatch(1);
      AtomicInteger runs = new AtomicInteger();
      Experiment<Config> waiting = Experiment.of("noise", Config.class, (config, trial) -> {
        trial.record("accuracy", trial.random("noise").nextGaussian());
        if (runs.incrementAndGet() == 4) {
          started.countDown();
          new CountDownLatch(1).await();
        }
      });
      Throwable[] thrown = new Throwable[1];
      Thread caller = new Thread(() -> {
        try {
          waiting.study(CONFIG).seeds(Seed.of(7), 6).ledger(ledger).run();
        } catch (CancellationException e) {
          thrown[0] = e;
        }
      });
      caller.start();
      started.await();
      caller.interrupt();
      caller.join();
      assertThat(thrown[0])
          .hasMessage("the study of noise was interrupted after 3 of 6 runs. They are on record in "
              + ledger.directory() + ": run the study again, and it goes on from there.");
      assertThat(records())
          .extracting(RunRecord::status)
          .containsExactlyInAnyOrder(
              RunStatus.COMPLETED, RunStatus.COMPLETED, RunStatus.COMPLETED, RunStatus.INTERRUPTED);
      assertThatThrownBy(() -> Study.of(ledger.query().experiment("noise")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "1 run of 4 in the ledger did not end: seed 7/3 (interrupted). Run the study again");
    }
  }

  @Nested
  class BadInput {
    @Test
    void aNameOfAnotherExperiment() {
      plan.named("night").run();
      Experiment<Config> other =
          Experiment.of("other", Config.class, (config, trial) -> trial.record("accuracy", 1));
      assertThatThrownBy(() -> other
              .study(CONFIG)
              .seeds(Seed.of(1), 2)
              .ledger(ledger)
              .named("night")
              .run())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the ledger " + ledger.directory()
              + " holds a study \"night\" of noise; this one is of other. Give it another name.");
      assertThatThrownBy(() -> other
              .study(CONFIG)
              .ledger(ledger)
              .named("night")
              .check(
                  Bound.rate(Success.completed())
                      .atLeast(0.85)
                      .flakeBudget(0.001)
                      .catching(0.5, 0.9),
                  Seed.of(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("of noise; this one is of other. Give it another name.");
      assertThat(ledger.query().count()).isEqualTo(6);
      assertThatThrownBy(() -> plan.named(" "))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a study's name must not be blank; got \" \".");
    }

    @Test
    void aQueryOfNothingOrOfSeveralConfigs() {
      assertThatThrownBy(() -> Study.of(
              ledger.query().study("nothing").config("size", 1).status(RunStatus.COMPLETED)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the query selects no run of the ledger: study is \"nothing\", config size is 1, status is one of"
                  + " [COMPLETED]. Ask for names and values as they were recorded; ledger.runs() lists what is"
                  + " there.");
      assertThat(ledger.query()).hasToString("all runs");
      plan.named("sweep").sweep(List.of(new Config(0)));
      plan.named("sweep").seeds(Seed.of(8), 2).sweep(List.of(new Config(1)));
      assertThatThrownBy(() -> Study.of(ledger.query().study("sweep")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "the query selects runs of more than one recipe: seeds 7/0 and 8/0 differ in config (");
    }

    @Test
    void aLostTraceIsRunAgain() throws Exception {
      Experiment<Config> talkative = Experiment.of("noise", Config.class, (config, trial) -> {
        for (int i = 0; i < 5000; i++) {
          trial.record("accuracy", trial.seed().child(i).stream().nextGaussian());
        }
      });
      StudyPlan<Config> long1 = talkative.study(CONFIG).seeds(Seed.of(7), 1).ledger(ledger);
      List<String> first = bits(long1.run());
      try (var files = Files.walk(folder)) {
        for (Path trace :
            files.filter(file -> file.toString().endsWith(".trace")).toList()) {
          Files.delete(trace);
        }
      }
      Study again = long1.run();
      assertThat(again.executed()).isEqualTo(1);
      assertThat(again.summary()).contains("its trace cannot be read any more");
      assertThat(bits(again)).isEqualTo(first);
    }
  }

  @Nested
  class Retries {
    @Test
    void areEachOnRecord() {
      AtomicInteger attempts = new AtomicInteger();
      Experiment<Config> flaky = Experiment.of("noise", Config.class, (config, trial) -> {
        trial.record("accuracy", 1);
        if (attempts.incrementAndGet() < 3) {
          throw new IllegalStateException("no memory");
        }
      });
      Study study =
          flaky.study(CONFIG).seeds(Seed.of(1), 1).ledger(ledger).retries(2).run();
      assertThat(study.failed()).isEmpty();
      assertThat(study.summary())
          .isEqualTo(
              "noise: 1 run, 1 executed now, 0 reused; 1 completed, 0 failed; 1 took more than one attempt.");
      List<RunRecord> records = records().stream()
          .sorted(java.util.Comparator.comparing(RunRecord::id))
          .toList();
      assertThat(records)
          .extracting(RunRecord::status)
          .containsExactly(RunStatus.FAILED, RunStatus.FAILED, RunStatus.COMPLETED);
      assertThat(records.get(0).links()).isEmpty();
      assertThat(records.get(1).links())
          .isEqualTo(Map.of(Link.RETRY_OF, records.get(0).id()));
      assertThat(records.get(2).links())
          .isEqualTo(Map.of(Link.RETRY_OF, records.get(1).id()));
    }

    @Test
    void areUsedUp() {
      AtomicInteger attempts = new AtomicInteger();
      Experiment<Config> broken = Experiment.of("noise", Config.class, (config, trial) -> {
        attempts.incrementAndGet();
        throw new IllegalStateException("for ever");
      });
      Study study = broken.study(CONFIG).seeds(Seed.of(1), 2).retries(2).run();
      assertThat(attempts).hasValue(6);
      assertThat(study.failed()).hasSize(2);
      assertThatThrownBy(() -> plan.retries(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the number of retries must be at least 0; got -1. Give 0 for none.");
    }
  }

  @Test
  void aFailedRunIsReadAsItWas() {
    Experiment<Config> failing = Experiment.of("noise", Config.class, (config, trial) -> {
      trial.record("accuracy", 1);
      throw new IllegalStateException("exploded");
    });
    Study study =
        failing.study(CONFIG).seeds(Seed.of(1), 2).ledger(ledger).named("bad").run();
    Study read = Study.of(ledger.query().study("bad"));
    assertThat(read.failed()).hasSize(2);
    assertThat(read.runs().get(0).failure().orElseThrow())
        .hasToString(study.runs().get(0).failure().orElseThrow().toString());
    assertThat(read.summary().replace("0 executed now, 2 reused", "2 executed now, 0 reused"))
        .isEqualTo(study.summary());
    assertThat(read.metric(ACCURACY).failures()).isEqualTo(2);
    assertThat(read.runs().get(0).duration()).isGreaterThan(Duration.ZERO);
  }
}
