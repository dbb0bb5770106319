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
import java.util.Set;
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
  private static final Config CONFIG = new Config(40, 200);

  /** What was seen, for the page on reliability. */
  private int begun;

  private int fromACheckpoint;
  private int beforeACheckpoint;
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
            + " killed again after a resume from a checkpoint, " + beforeACheckpoint
            + " killed before any checkpoint, " + completed
            + " trials, all completed with the digest of the uninterrupted one\n");
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
    line.addAll(
        List.of(runs.toString(), String.valueOf(CONFIG.epochs()), String.valueOf(CONFIG.draws())));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(
            runs.resolveSibling(runs.getFileName() + ".txt").toFile()))
        .start();
  }

  private static String output(Path runs) throws IOException {
    return Files.readString(runs.resolveSibling(runs.getFileName() + ".txt"));
  }

  /**
   * Kills it some moments after it has saved so many times, whichever came up; false if it was done before. Counted in
   * what it has done and not in time, so that a slow machine kills where a fast one does.
   */
  private boolean killed(Process process, Path runs, RandomStream moments)
      throws IOException, InterruptedException {
    Set<String> before = names(runs.resolve("checkpoints"));
    boolean resumable = !before.isEmpty();
    int begun = names(runs.resolve("segments")).size();
    long saves = moments.nextLong(12);
    while (process.isAlive() && saves(runs.resolve("checkpoints"), before) < saves) {
      Thread.sleep(1);
    }
    while (process.isAlive() && names(runs.resolve("segments")).size() == begun) {
      Thread.sleep(1);
    }
    Thread.sleep(moments.nextLong(20));
    if (!process.isAlive()) {
      return false;
    }
    process.destroyForcibly();
    process.waitFor();
    if (process.exitValue() == 0) {
      return false;
    }
    fromACheckpoint += resumable ? 1 : 0;
    beforeACheckpoint += names(runs.resolve("checkpoints")).isEmpty() ? 1 : 0;
    return true;
  }

  private static Set<String> names(Path directory) {
    String[] names = directory.toFile().list();
    return names == null ? Set.of() : Set.of(names);
  }

  /** The number of the last checkpoint of a run that was not there before. */
  private static long saves(Path checkpoints, Set<String> before) {
    return names(checkpoints).stream()
        .filter(run -> !before.contains(run))
        .flatMap(run -> names(checkpoints.resolve(run)).stream())
        .filter(name -> name.startsWith("checkpoint-"))
        .mapToLong(name -> Long.parseLong(name.substring("checkpoint-".length())))
        .max()
        .orElse(0);
  }
}
