package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.Resumable.Config;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real JVMs ({@code kill -9}) at random moments of a trial and resumes what they left. 20 kills; as many as asked
 * with {@code -Dstet.crashes=200}.
 */
class CrashTest {
  private static final int KILLS = Integer.getInteger("stet.crashes", 20);
  private static final Config CONFIG = new Config(60, 2000);

  /** What was seen, for the page on reliability. */
  private int begun;

  private int fromACheckpoint;
  private int completed;

  @TempDir
  Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void whatIsKilledAnywhereAndResumedEndsInTheBitsOfWhatWasNot() throws Exception {
    Run whole = Resumable.EXPERIMENT.run(CONFIG, Seed.of(42));
    RandomStream moments = Seed.parse("7").child("kills").stream();
    int kills = 0;
    for (int trial = 0; kills < KILLS; trial++) {
      Path runs = folder.resolve("trial-" + trial);
      boolean done = false;
      for (int inThis = 0; !done; ) {
        // A trial that was killed often enough is let come to its end.
        boolean mercy = inThis >= 4 || kills >= KILLS;
        Process process = start(runs);
        if (!mercy && killed(process, runs, moments)) {
          kills++;
          inThis++;
        } else {
          assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
          assertThat(process.exitValue()).as(output(runs)).isZero();
        }
        done = requireNothingLost(runs, whole);
      }
      completed++;
    }
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("crashes.txt"),
        kills + " kills, " + begun + " runs on record, " + fromACheckpoint
            + " resumed from a checkpoint, " + completed + " completed with the digest of the uninterrupted one\n");
    assertThat(fromACheckpoint).isPositive();
  }

  /** Each acknowledged run is there once, every line is readable, and a completed one has the bits of the whole one. */
  private boolean requireNothingLost(Path runs, Run whole) {
    try (Ledger ledger = Ledger.open(runs)) {
      List<RunRecord> records = Resumable.runs(ledger);
      assertThat(records).doesNotHaveDuplicates().allSatisfy(record -> {
        assertThat(record.status()).isIn(RunStatus.INTERRUPTED, RunStatus.COMPLETED);
        assertThat(record.fingerprint().recipe()).isEqualTo(whole.fingerprint().recipe());
      });
      for (RunRecord record : records) {
        if (record.status() == RunStatus.COMPLETED) {
          assertThat(record.trace().digest()).isEqualTo(whole.trace().digest());
          assertThat(ResumeTest.bytes(record.trace())).isEqualTo(ResumeTest.bytes(whole.trace()));
          begun += records.size();
          return true;
        }
      }
      return false;
    }
  }

  private Process start(Path runs) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Resumable.class.getName()));
    line.addAll(List.of(
        runs.toString(), String.valueOf(CONFIG.epochs()), String.valueOf(CONFIG.draws())));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(runs.resolveSibling(runs.getFileName() + ".txt").toFile()))
        .start();
  }

  private static String output(Path runs) throws IOException {
    return Files.readString(runs.resolveSibling(runs.getFileName() + ".txt"));
  }

  /** Kills it at a moment between the first sign of its run and about its end; false if it was done before. */
  private boolean killed(Process process, Path runs, RandomStream moments)
      throws IOException, InterruptedException {
    long before = files(runs);
    while (process.isAlive() && files(runs) == before) {
      Thread.sleep(2);
    }
    Thread.sleep(moments.nextLong(600));
    if (!process.isAlive()) {
      return false;
    }
    process.destroyForcibly();
    process.waitFor();
    fromACheckpoint += checkpoints(runs) > 0 ? 1 : 0;
    return process.exitValue() != 0;
  }

  private static long files(Path runs) throws IOException {
    Path segments = runs.resolve("segments");
    String[] names = segments.toFile().list();
    return names == null ? 0 : names.length;
  }

  private static long checkpoints(Path runs) throws IOException {
    if (!Files.isDirectory(runs.resolve("checkpoints"))) {
      return 0;
    }
    try (var files = Files.walk(runs.resolve("checkpoints"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("checkpoint-")).count();
    }
  }
}
