package dev.stet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import dev.stet.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir
  Path folder;

  @Nested
  class ARun {
    @Test
    void isOnRecordFromTheMomentItBegins() {
      try (Ledger ledger = Ledger.open(folder.resolve("new/runs"));
          Ledger other = Ledger.open(folder.resolve("new/runs"))) {
        RunEntry entry =
            ledger.begin(Samples.start(42).withStudy("night").withLink(Link.RETRY_OF, "abc-1"));
        RunRecord record = other.run(entry.id()).orElseThrow();

        assertThat(record.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(record.experiment()).isEqualTo("digits");
        assertThat(record.study()).contains("night");
        assertThat(record.seed()).isEqualTo(Seed.of(42));
        assertThat(record.config()).isEqualTo(Map.of("rate", 0.1));
        assertThat(record.links()).isEqualTo(Map.of(Link.RETRY_OF, "abc-1"));
        assertThat(record.fingerprint()).isEqualTo(Samples.start(42).fingerprint());
        assertThat(record.fingerprint().informational()).isEqualTo(Map.of("host", "box"));
        assertThat(record.recipe()).isEqualTo(Samples.start(42).fingerprint().recipe());
        assertThat(record.trace().size()).isZero();
        assertThat(record.metrics()).isEmpty();
        assertThat(record.duration()).isEmpty();
        assertThat(record.failure()).isEmpty();
        assertThat(record.started())
            .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(record.checkpoints())
            .isEqualTo(ledger.directory().resolve("checkpoints").resolve(entry.id()))
            .doesNotExist();
        assertThat(entry.checkpoints()).isEqualTo(record.checkpoints());
        assertThat(other.problems()).isEmpty();
      }
    }

    @Test
    void keepsWhatItRecordedBitForBit() {
      double[] values = {0.1, -0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, 1e308};
      Trace trace = Samples.trace(values);
      try (Ledger ledger = Ledger.open(folder)) {
        RunRecord ended = ledger.begin(Samples.start(1)).completed(trace, Samples.DURATION);
        RunRecord read = ledger.run(ended.id()).orElseThrow();

        assertThat(read).isEqualTo(ended);
        assertThat(read.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(read.trace().digest()).isEqualTo(trace.digest());
        assertThat(read.duration()).contains(Samples.DURATION);
        assertThat(read.metrics()).isEqualTo(Map.of("accuracy", 1e308));
      }
    }

    @Test
    void keepsALongTraceInAFileOfItsOwn() throws IOException {
      Trace trace = Samples.trace(java.util.stream.DoubleStream.iterate(1, x -> x * 1.01 % 7)
          .limit(5000)
          .toArray());
      try (Ledger ledger = Ledger.open(folder)) {
        RunRecord record = ledger.begin(Samples.start(1)).completed(trace, Samples.DURATION);
        assertThat(record.trace().digest()).isEqualTo(trace.digest());
        Path file;
        try (Stream<Path> files = Files.walk(folder.resolve("traces"))) {
          file = files.filter(Files::isRegularFile).toList().get(0);
        }
        assertThat(file.getFileName()).hasToString(record.id() + ".trace");

        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(record::trace)
            .isInstanceOf(LedgerException.class)
            .hasMessageContaining("cannot read the trace in traces/")
            .hasMessageContaining(file.getFileName().toString());
      }
    }

    @Test
    void keepsLastValuesThatJsonHasNoWordsFor() {
      for (double value : new double[] {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 4.9e-324, 1e308, 7
      }) {
        try (Ledger ledger = Ledger.open(folder)) {
          RunRecord record = Samples.complete(ledger, 1, value);
          assertThat(ledger.run(record.id()).orElseThrow().metrics())
              .isEqualTo(Map.of("accuracy", value));
        }
      }
    }

    @Test
    void keepsAnyName() {
      for (String name : List.of("$number", "a\"b\\c\n\t\u0001", "\u00e9\ud83d\ude00", "\ud800")) {
        Recorder recorder = Recorder.of();
        recorder.record(name, 3);
        try (Ledger ledger = Ledger.open(folder)) {
          RunStart start = new RunStart(
              name, Optional.of(name), Seed.of(1), Samples.start(1).fingerprint(), Map.of());
          RunRecord record = ledger.begin(start).completed(recorder.end(), Samples.DURATION);
          RunRecord read =
              ledger.query().experiment(name).study(name).best(name, true, 1).get(0);
          assertThat(read).isEqualTo(record);
          assertThat(read.metrics()).isEqualTo(Map.of(name, 3.0));
          assertThat(read.experiment()).isEqualTo(name);
          assertThat(read.study()).contains(name);
        }
      }
    }

    @Test
    void keepsNoLastValueWhereThreadsLeftNoOrder() throws InterruptedException {
      Recorder recorder = Recorder.of();
      recorder.record("loss", 1);
      for (int i = 0; i < 2; i++) {
        Thread thread = new Thread(() -> recorder.record("hits", 1));
        thread.start();
        thread.join();
      }
      try (Ledger ledger = Ledger.open(folder)) {
        RunRecord record =
            ledger.begin(Samples.start(1)).completed(recorder.end(), Samples.DURATION);
        assertThat(record.metrics()).isEqualTo(Map.of("loss", 1.0));
      }
    }

    @Test
    void thatFailedKeepsItsExceptionAndItsRecords() {
      IllegalStateException thrown = new IllegalStateException("no\nroom", new IOException("disk"));
      try (Ledger ledger = Ledger.open(folder)) {
        RunEntry entry = ledger.begin(Samples.start(1));
        entry.failed(RunFailure.of(thrown), Samples.trace(1, 2), Samples.DURATION);
        RunRecord record = ledger.run(entry.id()).orElseThrow();

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record.failure()).contains(RunFailure.of(thrown));
        assertThat(record.failure().orElseThrow()).hasToString(thrown.toString());
        assertThat(record.failure().orElseThrow().stackTrace())
            .contains("Caused by: java.io.IOException: disk");
        assertThat(record.trace().size()).isEqualTo(2);
      }
    }

    @Test
    void canTimeOutOrBeInterrupted() {
      RunFailure failure = new RunFailure("timeout", "", "");
      try (Ledger ledger = Ledger.open(folder)) {
        assertThat(ledger
                .begin(Samples.start(1))
                .timedOut(failure, Samples.trace(), Samples.DURATION)
                .status())
            .isEqualTo(RunStatus.TIMED_OUT);
        assertThat(ledger
                .begin(Samples.start(1))
                .interrupted(failure, Samples.trace(), Duration.ZERO)
                .status())
            .isEqualTo(RunStatus.INTERRUPTED);
        assertThat(ledger.query().status(RunStatus.TIMED_OUT).count()).isEqualTo(1);
        assertThat(ledger.query().status(RunStatus.INTERRUPTED).count()).isEqualTo(1);
      }
    }

    @Test
    void endsOnce() {
      try (Ledger ledger = Ledger.open(folder)) {
        RunEntry entry = ledger.begin(Samples.start(1));
        entry.completed(Samples.trace(), Samples.DURATION);
        assertThatIllegalStateException()
            .isThrownBy(
                () -> entry.failed(new RunFailure("X", "", ""), Samples.trace(), Samples.DURATION))
            .withMessage("run " + entry.id()
                + " has ended as completed and cannot end as failed too. Begin another run.");
        assertThat(ledger.runs()).hasSize(1);
      }
    }

    @Test
    void runsOnThoughTheProgramReplacesItsSystemProperties() {
      Properties before = System.getProperties();
      Properties others = new Properties();
      before.stringPropertyNames().stream()
          .filter(name -> !name.startsWith("dev.stet."))
          .forEach(name -> others.setProperty(name, before.getProperty(name)));
      try (Ledger ledger = Ledger.open(folder)) {
        RunEntry entry = ledger.begin(Samples.start(7));
        System.setProperties(others);
        try (Stream<RunRecord> runs = ledger.runs()) {
          assertThat(runs).extracting(RunRecord::status).containsExactly(RunStatus.RUNNING);
        }
        ledger.compact();
        entry.completed(Samples.trace(3), Samples.DURATION);
        try (Stream<RunRecord> runs = ledger.runs()) {
          assertThat(runs).extracting(RunRecord::status).containsExactly(RunStatus.COMPLETED);
        }
      } finally {
        System.setProperties(before);
      }
    }

    @Test
    void withoutAnEndIsInterruptedOnceItsLedgerIsClosed() {
      Ledger ledger = Ledger.open(folder);
      RunEntry entry = ledger.begin(Samples.start(1));
      ledger.close();
      ledger.close();

      assertThat(ledger.run(entry.id()).orElseThrow().status()).isEqualTo(RunStatus.INTERRUPTED);
      assertThatIllegalStateException()
          .isThrownBy(() -> entry.completed(Samples.trace(), Samples.DURATION))
          .withMessageContaining("was closed, and records nothing more");
      assertThatIllegalStateException().isThrownBy(() -> ledger.begin(Samples.start(2)));
      assertThat(folder.resolve("segments")).isDirectoryNotContaining("glob:**.lock");
    }

    @Test
    void isRecordedByAThreadThatIsInterrupted() {
      try (Ledger ledger = Ledger.open(folder)) {
        Thread.currentThread().interrupt();
        RunEntry entry = ledger.begin(Samples.start(1));
        entry.interrupted(new RunFailure("stop", "", ""), Samples.trace(1, 2), Samples.DURATION);
        assertThat(Thread.interrupted()).isTrue();
        Samples.complete(ledger, 2, 1);
        assertThat(ledger.runs()).hasSize(2);
        assertThat(ledger.problems()).isEmpty();
      }
    }

    @Test
    void hasAFingerprintWithWhateverFacets() {
      Seed seed = Seed.of(5);
      Fingerprint whole = Samples.fingerprint(seed, Map.of("a", Double.NaN, "$b", 1L << 60));
      CanonicalForm other = CanonicalForm.of(Map.of("seed", "6", "scheme", "mine", "more", 1));
      try (Ledger ledger = Ledger.open(folder)) {
        for (Fingerprint fingerprint : List.of(
            whole,
            whole.without(Facet.CONFIG, Facet.SEED),
            whole.without(Facet.values()),
            whole.with(Facet.SEED, other))) {
          RunEntry entry = ledger.begin(RunStart.of("x", seed, fingerprint));
          RunRecord record = ledger.run(entry.id()).orElseThrow();
          assertThat(record.fingerprint().diff(fingerprint).isEmpty()).isTrue();
          assertThat(record.fingerprint()).isEqualTo(fingerprint);
        }
        assertThat(ledger.query().config("a", Double.NaN).config("$b", 1L << 60).count())
            .isEqualTo(2);
      }
    }
  }

  @Nested
  class ALook {
    @Test
    void seesNothingInANewLedger() {
      try (Ledger ledger = Ledger.open(folder)) {
        assertThat(ledger.runs()).isEmpty();
        assertThat(ledger.run("nobody")).isEmpty();
        assertThat(ledger.problems()).isEmpty();
        assertThat(folder.resolve("segments")).doesNotExist();
      }
    }

    @Test
    void findsTheBest() {
      try (Ledger ledger = Ledger.open(folder)) {
        List<RunRecord> all = Stream.of(0.5, 0.9, Double.NaN, 0.9, -1.0)
            .map(value -> Samples.complete(ledger, 1, 0, value))
            .toList();
        ledger
            .begin(Samples.start(1))
            .failed(new RunFailure("X", "", ""), Samples.trace(7), Samples.DURATION);
        List<RunRecord> equal = Stream.of(all.get(1), all.get(3))
            .sorted(java.util.Comparator.comparing(RunRecord::id))
            .toList();

        assertThat(ledger.query().best("accuracy", true, 3))
            .containsExactly(equal.get(0), equal.get(1), all.get(0));
        assertThat(ledger.query().best("accuracy", false, 1)).containsExactly(all.get(4));
        assertThat(ledger.query().best("accuracy", true, 99)).hasSize(4);
        assertThat(ledger.query().status(RunStatus.FAILED).best("accuracy", true, 99))
            .hasSize(1);
        assertThat(ledger.query().best("loss", true, 99)).isEmpty();
        assertThatIllegalArgumentException()
            .isThrownBy(() -> ledger.query().best("accuracy", true, 0))
            .withMessage("count must be at least 1; got 0. Say how many of the best you want.");
      }
    }

    @Test
    void choosesByConfigAndRecipe() {
      try (Ledger ledger = Ledger.open(folder)) {
        Map<String, Object> nested = Map.of("layer", Map.of("units", 8), "layer.units", "text");
        RunEntry first = ledger.begin(Samples.start(1, nested));
        ledger.begin(Samples.start(1, Map.of("layer", Map.of("units", 9), "rate", 2)));

        assertThat(ledger.query().config("layer.units", "text").stream().map(RunRecord::id))
            .containsExactly(first.id());
        assertThat(ledger.query().config("layer.units", 9).count()).isEqualTo(1);
        assertThat(ledger.query().config("layer.units", 8).count()).isZero();
        assertThat(ledger.query().config("rate", 2.0).count()).isEqualTo(1);
        assertThat(ledger.query().config("layer", Map.of("units", 8)).count()).isEqualTo(1);
        assertThat(ledger.query().config("absent", null).count()).isZero();
        assertThat(ledger
                .query()
                .recipe(Samples.start(1, nested).fingerprint().recipe())
                .count())
            .isEqualTo(1);
        assertThat(ledger.query().experiment("digit").count()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.query().status());
      }
    }

    @Test
    void readsOnAfterItsStreamWasLeft() {
      try (Ledger ledger = Ledger.open(folder)) {
        Samples.complete(ledger, 1, 1);
        Samples.complete(ledger, 2, 1);
        try (Stream<RunRecord> runs = ledger.runs()) {
          assertThat(runs.findFirst()).isPresent();
        }
        assertThat(ledger.runs()).hasSize(2);
      }
    }
  }

  @Nested
  class Opening {
    @Test
    void refusesAFile() throws IOException {
      Path file = Files.createFile(folder.resolve("file"));
      assertThatThrownBy(() -> Ledger.open(file))
          .isInstanceOf(LedgerException.class)
          .hasMessage("a ledger is a directory, and " + file
              + " is a file. Give a directory, which need not exist yet.");
      assertThatThrownBy(() -> Ledger.open(file.resolve("a/b")))
          .isInstanceOf(LedgerException.class)
          .hasMessage("a ledger is a directory, and " + file + " is a file, so "
              + file.resolve("a/b")
              + " cannot be one. Give a directory, which need not exist yet.");
    }

    @Test
    void leavesOtherFilesOfItsDirectoryAlone() throws IOException {
      Path other = Files.writeString(folder.resolve(".gitignore"), "*.lock");
      Ledger.open(folder).close();
      assertThat(other).hasContent("*.lock");
      assertThat(folder.resolve("ledger.json")).exists();
    }

    @Test
    void refusesANewerFormatAndChangesNothing() throws IOException {
      Path file = folder.resolve("ledger.json");
      Files.writeString(file, "{\"format\":\"stet-ledger\",\"version\":2}");
      assertThatThrownBy(() -> Ledger.open(folder))
          .isInstanceOf(LedgerException.class)
          .hasMessage("the ledger " + folder
              + " has format 2, and this version of Stet reads formats up to 1."
              + " Open it with the version that wrote it, or a newer one; nothing was changed.");
      assertThat(folder).isDirectoryContaining(file::equals);
    }

    @Test
    void refusesWhatDescribesNoLedger() throws IOException {
      for (String text : List.of(
          "",
          "{",
          "[]",
          "{\"format\":\"other\",\"version\":1}",
          "{\"format\":\"stet-ledger\"}",
          "{\"format\":\"stet-ledger\",\"version\":0}",
          "{\"format\":\"stet-ledger\",\"version\":\"1x\"}")) {
        Files.writeString(folder.resolve("ledger.json"), text);
        assertThatThrownBy(() -> Ledger.open(folder))
            .isInstanceOf(LedgerException.class)
            .hasMessageContaining("ledger.json does not describe a ledger: ");
      }
    }

    @Test
    void findsTheSameRunsAgain() {
      RunRecord record;
      try (Ledger ledger = Ledger.open(folder)) {
        record = Samples.complete(ledger, 1, 1);
      }
      try (Ledger ledger = Ledger.open(folder)) {
        assertThat(ledger.runs()).containsExactly(record);
        assertThat(ledger).hasToString("ledger " + folder);
      }
    }
  }

  /** Ticks in the order given, and stands still at the last. */
  private static final class JumpingClock extends Clock {
    private final List<Long> millis;
    private int next;

    JumpingClock(Long... millis) {
      this.millis = List.of(millis);
    }

    @Override
    public Instant instant() {
      next++;
      return Instant.ofEpochMilli(millis.get(Math.min(next, millis.size()) - 1));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void aClockThatJumpsBackLosesNothingAndKeepsTheOrder() {
    List<String> ids = new ArrayList<>();
    for (long base : new long[] {1_000_000, 10}) {
      // The second ledger is opened by a clock that is far behind the first.
      Clock clock = new JumpingClock(
          base, base + 5, base + 9, base - 8, base - 10, base, base + 20, base + 1, base - 9);
      try (Ledger ledger = Ledger.open(folder, Disk.system(), clock)) {
        List<String> own = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          RunRecord run = Samples.complete(ledger, i, i);
          assertThat(run.duration()).contains(Samples.DURATION);
          own.add(run.id());
        }
        assertThat(own.stream().map(id -> id.substring(0, 12))).isSorted();
        assertThat(own).isSorted();
        ids.addAll(own);
      }
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(24);
    try (Ledger ledger = Ledger.open(folder, Disk.system(), new JumpingClock(3L, 2L, 1L))) {
      assertThat(ledger.runs().map(RunRecord::id)).containsExactlyInAnyOrderElementsOf(ids);
      ledger.compact();
      assertThat(ledger.runs().map(RunRecord::id)).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(ledger.runs()).allMatch(run -> run.status() == RunStatus.COMPLETED);
      assertThat(ledger.problems()).isEmpty();
    }
  }

  @Test
  void aFailureIsPrintedLikeItsThrowable() {
    class Odd extends RuntimeException {
      private static final long serialVersionUID = 1L;

      @Override
      @SuppressWarnings("OverrideThrowableToString") // as users do
      public String toString() {
        return "odd in two\nlines";
      }
    }
    for (Throwable thrown : List.of(
        new RuntimeException(),
        new RuntimeException(""),
        new Error("a: b"),
        new Odd(),
        new RuntimeException("x", new Odd()),
        new StackOverflowError())) {
      assertThat(RunFailure.of(thrown)).hasToString(thrown.toString());
    }
    String cut = RunFailure.of(new RuntimeException("m".repeat(100_000))).message();
    assertThat(cut.replace("m", "")).isEqualTo(" ... and 34464 ore characters");
    assertThat(cut.lastIndexOf("mm")).isEqualTo(65_534);
    assertThat(new RunFailure("killed", "signal 9", "")).hasToString("killed: signal 9");
    assertThatIllegalArgumentException().isThrownBy(() -> new RunFailure(" ", "", ""));
  }

  @Test
  void compactionDeletesWhatWasNeverWholeOnceItIsOld() throws IOException {
    RunRecord run;
    try (Ledger ledger = Ledger.open(folder)) {
      run = Samples.complete(ledger, 1, 1);
    }
    List<Path> old = new ArrayList<>();
    List<Path> fresh = new ArrayList<>();
    for (String place : List.of("", "facets/ab", "traces/cd", "checkpoints/" + run.id())) {
      Path parent = Files.createDirectories(folder.resolve(place));
      old.add(Files.writeString(parent.resolve(".writing-00.tmp"), "half"));
      Files.setLastModifiedTime(
          old.get(old.size() - 1), FileTime.from(Instant.now().minus(Duration.ofHours(25))));
      fresh.add(Files.writeString(parent.resolve(".writing-01.tmp"), "half"));
      Path whole = Files.writeString(parent.resolve("checkpoint-0000000001"), "whole");
      Files.setLastModifiedTime(whole, FileTime.from(Instant.EPOCH));
      fresh.add(whole);
    }
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.compact();
      assertThat(old).allSatisfy(file -> assertThat(file).doesNotExist());
      assertThat(fresh).allSatisfy(file -> assertThat(file).exists());
      assertThat(ledger.run(run.id()).orElseThrow().fingerprint().digest())
          .isEqualTo(Samples.start(1).fingerprint().digest());
    }
  }

  @Test
  void compactionGoesOnWhileOthersSaveAndDeleteCheckpoints() throws Exception {
    try (Ledger ledger = Ledger.open(folder)) {
      Samples.complete(ledger, 1, 1);
      Path checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
      AtomicBoolean compacted = new AtomicBoolean();
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<?> others = thread.submit(() -> {
          while (!compacted.get()) {
            List<Path> made = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
              Path run = Files.createDirectories(checkpoints.resolve("run-" + i));
              made.add(Files.writeString(run.resolve(".writing-02.tmp"), "half"));
              made.add(run);
            }
            for (Path file : made) {
              Files.delete(file);
            }
          }
          return null;
        });
        for (int i = 0; i < 2_000; i++) {
          ledger.compact();
        }
        compacted.set(true);
        others.get();
      } finally {
        compacted.set(true);
        thread.shutdown();
      }
    }
  }

  @Test
  void looksWhileSomebodyCompactsMissNoRun() throws Exception {
    Queue<Long> counts = new ConcurrentLinkedQueue<>();
    long runs = 0;
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 40; i++) {
        try (Ledger ledger = Ledger.open(folder)) {
          Samples.complete(ledger, runs++, 1);
        }
      }
      long expected = runs;
      CountDownLatch done = new CountDownLatch(1);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(threads.submit(() -> {
          try (Ledger ledger = Ledger.open(folder)) {
            do {
              counts.add(ledger.query().count() - expected);
            } while (done.getCount() > 0);
          }
        }));
      }
      all.add(threads.submit(() -> {
        try (Ledger ledger = Ledger.open(folder)) {
          ledger.compact();
        } finally {
          done.countDown();
        }
      }));
      for (Future<?> one : all) {
        one.get();
      }
      threads.shutdown();
    }
    assertThat(counts).isNotEmpty().containsOnly(0L);
  }

  @Nested
  class AReuse {
    private long lines() throws IOException {
      long count = 0;
      try (Stream<Path> files = Files.list(folder.resolve("segments"))) {
        for (Path file :
            files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
          count += Files.readAllLines(file).stream()
              .filter(line -> line.contains("\"line\":\"reused\""))
              .count();
        }
      }
      return count;
    }

    @Test
    void makesARunPartOfAnotherStudyOnceHoweverOftenItIsSaid() throws IOException {
      RunRecord one;
      RunRecord two;
      try (Ledger ledger = Ledger.open(folder)) {
        one = ledger
            .begin(Samples.start(1).withStudy("a"))
            .completed(Samples.trace(1), Samples.DURATION);
        two = ledger
            .begin(Samples.start(2).withStudy("a"))
            .completed(Samples.trace(2), Samples.DURATION);
        ledger.reused("b", List.of(one, two));
      }
      try (Ledger ledger = Ledger.open(folder)) {
        ledger.reused("b", List.of(one));
        ledger.reused("c", List.of(two));
        ledger.reused("d", List.of());
      }
      try (Ledger ledger = Ledger.open(folder)) {
        assertThat(lines()).isEqualTo(4);
        ledger.compact();
        assertThat(lines()).isEqualTo(3);
        assertThat(ledger.query().count()).isEqualTo(2);
        assertThat(ledger.query().study("a").count()).isEqualTo(2);
        assertThat(ledger.query().study("b").best("accuracy", true, 5)).containsExactly(two, one);
        assertThat(ledger.query().study("c").stream()).containsExactly(two);
        assertThat(ledger.query().study("b").study("c").stream()).containsExactly(two);
        assertThat(ledger.query().study("d").count()).isZero();
        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.run(two.id()).orElseThrow().study()).contains("a");
      }
    }

    @Test
    void needsAName() {
      try (Ledger ledger = Ledger.open(folder)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> ledger.reused(" ", List.of()))
            .withMessageStartingWith("the name of a study must not be blank");
      }
    }
  }
}
