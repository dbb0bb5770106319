package dev.stet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Facet;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import dev.stet.spi.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the front door makes of a watcher: it is told of every trial, and heard wherever a run is. */
class WatcherTest {
  record Config(int steps) {}

  static final Config CONFIG = new Config(2);
  static final Seed SEED = Seed.of(7);
  static final AtomicInteger RUNS = new AtomicInteger();

  static final Experiment<Config> LAB = Experiment.of("lab", Config.class, WatcherTest::train);

  static void train(Config config, Trial trial) {
    for (int i = 0; i < config.steps(); i++) {
      trial.record("loss", trial.random("noise", i).nextDouble());
    }
  }

  static final Finding CLOCK = new Finding(
      Kind.CLOCK,
      Treatment.OBSERVED,
      "System.nanoTime",
      "org.example.Net$Timer",
      "<init>",
      12,
      4_000,
      "");

  static final Finding SWAPPED = new Finding(
      Kind.SEED_FROM_CLOCK,
      Treatment.REPLACED,
      "new Random(long)",
      "org.example.Noise",
      "<clinit>",
      3,
      1,
      "");

  static final Finding LIBRARY =
      new Finding(Kind.NATIVE_LIBRARY, Treatment.NOT_FIXABLE, "libopenblas.so.0", "", "", 0, 1, "");

  @AfterEach
  void rest() {
    FakeWatcher.rest();
  }

  @Nested
  class WithoutOne {
    @Test
    void nothingIsSeenAndTheFingerprintSaysFalse() {
      Run run = LAB.run(CONFIG, SEED);
      assertThat(run.findings()).isEmpty();
      assertThat(run.observation()).isSameAs(Observation.EMPTY);
      assertThat(guard(run)).isEqualTo(false);
      assertThat(FakeWatcher.TOLD).isEmpty();
    }

    @Test
    void theFingerprintIsThatOfAJvmThatNeverHadOne() {
      Run before = LAB.run(CONFIG, SEED);
      FakeWatcher.sees();
      LAB.run(CONFIG, SEED);
      FakeWatcher.rest();
      assertThat(LAB.run(CONFIG, SEED).fingerprint()).isEqualTo(before.fingerprint());
    }
  }

  private static Object guard(Run run) {
    Map<?, ?> runtime =
        (Map<?, ?>) requireNonNull(run.fingerprint().form(Facet.RUNTIME).value());
    return requireNonNull(runtime.get("guard"));
  }

  @Nested
  class ATrial {
    @Test
    void isWatchedOnItsThreadFromBeforeTheBodyUntilAfterIt() {
      FakeWatcher.sees(CLOCK, FakeWatcher.K2);
      Experiment<Config> spoken =
          Experiment.of("spoken", Config.class, (config, trial) -> FakeWatcher.TOLD.add("body"));
      Run run = spoken.run(CONFIG, SEED);
      String thread = Thread.currentThread().getName();
      assertThat(FakeWatcher.TOLD)
          .containsExactly("begin spoken 7 " + thread, "body", "end " + thread);
      assertThat(run.findings()).containsExactly(FakeWatcher.K2, CLOCK);
      assertThat(run.observation().classes()).isEqualTo("c1a55e5");
    }

    @Test
    void isWatchedToTheEndWhenItsBodyThrows() {
      FakeWatcher.sees(CLOCK);
      Experiment<Config> broken = Experiment.of("broken", Config.class, (config, trial) -> {
        throw new IOException("no space");
      });
      Run run = broken.attempt(CONFIG, SEED);
      assertThat(run.failure()).containsInstanceOf(IOException.class);
      assertThat(run.findings()).containsExactly(CLOCK);
    }

    @Test
    void hasTheWatcherInItsFingerprint() {
      Run without = LAB.run(CONFIG, SEED);
      FakeWatcher.sees();
      Run with = LAB.run(CONFIG, SEED);
      assertThat(guard(with))
          .isEqualTo(CanonicalForm.of(Map.of("mode", "observe", "rules", 34)).value());
      assertThat(with.fingerprint().recipe()).isEqualTo(without.fingerprint().recipe());
      assertThat(without.fingerprint().diff(with.fingerprint()).summary())
          .startsWith("runtime (guard");
    }

    @Test
    void survivesAWatcherThatBreaksItsWord() {
      FakeWatcher.sees = () -> {
        throw new IllegalStateException("lost count");
      };
      Run run = LAB.run(CONFIG, SEED);
      assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(run.observation().limits())
          .containsExactly("The watcher of this trial failed, so that what it saw is lost:"
              + " java.lang.IllegalStateException: lost count.");
    }
  }

  @Nested
  class WhatIsForbidden {
    @Test
    void failsTheTrial() {
      FakeWatcher.sees = () -> Observation.of(List.of(CLOCK, FakeWatcher.K2))
          .withFailing(true)
          .withLimits(List.of("Native code."));
      Run run = LAB.attempt(CONFIG, SEED);
      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.trace().size()).isEqualTo(2);
      assertThat(run.failure()).containsInstanceOf(AmbientSourceException.class);
      assertThat(run.failure().orElseThrow()).hasMessage("""
          lab used what is not its own, and the guard forbids that: 2 places.

              unseeded generator: new Random(), 1 time
                at org.example.local.K2.search(K2.java:185)
                Seed it: trial.random("k2").asRandom().
              clock: System.nanoTime, 4,000 times
                at org.example.Net$Timer.<init>(Net.java:12)

            What the guard could not see: Native code.""");
      assertThatThrownBy(() -> LAB.run(CONFIG, SEED))
          .isInstanceOfSatisfying(
              AmbientSourceException.class,
              failure -> assertThat(failure.findings()).containsExactly(FakeWatcher.K2, CLOCK));
    }

    @Test
    void doesNotHideWhatTheBodyThrew() {
      FakeWatcher.sees = () -> Observation.of(List.of(CLOCK)).withFailing(true);
      Experiment<Config> broken = Experiment.of("broken", Config.class, (config, trial) -> {
        throw new IOException("no space");
      });
      assertThat(broken.attempt(CONFIG, SEED).failure()).containsInstanceOf(IOException.class);
    }
  }

  @Nested
  class ADivergence {
    private final Experiment<Config> careless = Experiment.of(
        "careless", Config.class, (config, trial) -> trial.record("loss", RUNS.getAndIncrement()));

    private String explained() {
      RUNS.set(0);
      return careless.rerun(careless.run(CONFIG, SEED), 1).explain();
    }

    @Test
    void saysNothingOfAWatcherThatIsNotThere() {
      assertThat(explained()).endsWith("environment. Something else varied.");
    }

    @Test
    void namesTheThreeWorstOfWhatBothRunsSaw() {
      AtomicInteger runs = new AtomicInteger();
      FakeWatcher.sees = () -> Observation.of(List.of(
              CLOCK,
              LIBRARY,
              SWAPPED,
              FakeWatcher.K2.withCount(1 + runs.getAndIncrement()),
              salt()))
          .withLimits(List.of("Reflection."));
      assertThat(explained()).endsWith("""
          Something else varied.

            The guard saw 4 places where something came from outside the trial, the likeliest reason first. 1
            other place had a stream of the trial put in.

              unseeded generator: new Random(), 2 times
                at org.example.local.K2.search(K2.java:185)
                Seed it: trial.random("k2").asRandom().
              order of hashes: Set.of, 9 times, on a thread of no known trial
                at org.example.Main.lambda$0(Main.kt)
              clock: System.nanoTime, 4,000 times
                at org.example.Net$Timer.<init>(Net.java:12)
              and 1 other place: see Run.findings()

            What the guard could not see: Reflection.""");
    }

    private static Finding salt() {
      return new Finding(
          Kind.HASH_ORDER,
          Treatment.ORPHAN,
          "Set.of",
          "org.example.Main",
          "lambda$0",
          "Main.kt",
          0,
          9,
          "");
    }

    @Test
    void saysThatAllWasReplacedWhenItWas() {
      FakeWatcher.sees(SWAPPED);
      assertThat(explained()).endsWith("""
          Something else varied.

            The guard saw 1 place that took what is not the trial's own, and put a stream of the trial in.""");
    }
  }

  @Nested
  class InTheLedger {
    @TempDir
    Path folder;

    private RunRecord recorded() {
      try (Ledger ledger = Ledger.open(folder)) {
        LAB.ledger(ledger).attempt(CONFIG, SEED);
        try (Stream<RunRecord> runs = ledger.runs()) {
          return runs.findFirst().orElseThrow();
        }
      }
    }

    @Test
    void standsWhatWasSeen() throws IOException {
      Observation seen = Observation.of(
              List.of(FakeWatcher.K2.withCount(Long.MAX_VALUE), CLOCK, SWAPPED, LIBRARY))
          .withClasses("c1a55e5")
          .withLimits(List.of("Reflection \"and\" na\u00efve code."));
      FakeWatcher.sees = () -> seen;
      RunRecord record = recorded();
      assertThat(record.observation()).isEqualTo(seen);
      assertThat(line())
          .contains(
              "\"limits\":[\"Reflection \\\"and\\\" na\u00efve code.\"],\"rewritten\":\"c1a55e5\"");
      assertThat(line())
          .contains("\"findings\":[{\"api\":\"new Random()\",\"class\":\"org.example.local.K2\"");
    }

    private String line() throws IOException {
      try (Stream<Path> segments = Files.list(folder.resolve("segments"))) {
        Path segment = segments
            .filter(path -> path.toString().endsWith(".jsonl"))
            .findFirst()
            .orElseThrow();
        return Files.readAllLines(segment).get(1);
      }
    }

    @Test
    void nothingStandsOfARunThatNobodyWatched() throws IOException {
      assertThat(recorded().observation()).isEqualTo(Observation.EMPTY);
      assertThat(line()).doesNotContain("findings").doesNotContain("limits");
    }

    @Test
    void stillStandsTheRestAfterTooMuchWasSeen() {
      List<Finding> many = IntStream.range(1, 1_500)
          .mapToObj(i ->
              new Finding(Kind.CLOCK, Treatment.OBSERVED, "System.nanoTime", "A", "a", i, 1, ""))
          .toList();
      FakeWatcher.sees = () -> Observation.of(many);
      RunRecord record = recorded();
      assertThat(record.observation().findings()).hasSize(1_000).startsWith(many.get(0));
      assertThat(record.observation().limits())
          .containsExactly("499 more findings of lesser weight are not on record.");
    }

    @Test
    void aResumedTrialIsWatchedToo() {
      RUNS.set(0);
      FakeWatcher.sees(FakeWatcher.K2);
      Experiment<Config> weak = Experiment.of("weak", Config.class, (config, trial) -> {
        if (RUNS.getAndIncrement() == 0) {
          throw new IOException("no space");
        }
      });
      try (Ledger ledger = Ledger.open(folder)) {
        Run failed = weak.ledger(ledger).attempt(CONFIG, SEED);
        FakeWatcher.sees(CLOCK);
        RunRecord record = ledger.run(failed.id().orElseThrow()).orElseThrow();
        assertThat(record.observation().findings()).containsExactly(FakeWatcher.K2);
        assertThat(weak.ledger(ledger).resume(record).findings()).containsExactly(CLOCK);
        assertThat(weak.resume(record).findings()).containsExactly(CLOCK);
      }
    }

    @Test
    void aRerunReadsItBack() {
      FakeWatcher.sees(FakeWatcher.K2);
      RunRecord record = recorded();
      assertThat(LAB.rerun(record).first().findings()).containsExactly(FakeWatcher.K2);
    }
  }

  @Nested
  class InForkedJvms {
    @Test
    void trialsAreWatchedThereAndHeardHere() {
      FakeWatcher.sees(CLOCK);
      Run run = LAB.study(CONFIG).seeds(List.of(SEED)).forks(1).run().runs().get(0);
      assertThat(run.findings()).containsExactly(FakeWatcher.K2);
      assertThat(run.observation().limits()).containsExactly("It is in a child JVM.");
      assertThat(guard(run)).isEqualTo(guard(LAB.run(CONFIG, SEED)));
    }
  }
}
