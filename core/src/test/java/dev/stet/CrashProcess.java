package dev.stet;

import dev.stet.Resumable.Config;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunEntry;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStart;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that works through trials until somebody kills it, and says of each run and each checkpoint that it is
 * acknowledged once it is.
 *
 * <p>It loads its classes, says so and waits to be let go: the next one starts while the last one works. What it was
 * told stands in the ledger; what it says stands outside, in the pipe, for the test to compare.
 */
final class CrashProcess implements AutoCloseable {
  static final Config CONFIG = new Config(20, 12);
  static final String SHORT = "short";
  private static final long PAUSE_NANOS = 4_000_000;

  private final Process process;
  private final BufferedReader output;

  private CrashProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The seed of the n-th trial of a slot; no two live processes have one slot. */
  static Seed seed(int slot, int trial) {
    return Seed.of(42).child("slot").child(slot).child(trial);
  }

  /**
   * Starts one in a folder outside any repository, and without programs to ask: as on a machine without git and
   * nvidia-smi, the fingerprint says so, and takes no time.
   */
  static CrashProcess start(Path folder, Path ledger, int slot) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            absolute(System.getProperty("java.class.path")),
            CrashProcess.class.getName(),
            ledger.toString(),
            Integer.toString(slot))
        .directory(folder.toFile())
        // Two of a slot are alive at a time, and neither may cut off what the other said.
        .redirectError(ProcessBuilder.Redirect.appendTo(
            folder.resolve("slot-" + slot + ".txt").toFile()));
    builder.environment().put("PATH", folder.toString());
    return new CrashProcess(builder.start());
  }

  private static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Waits until it is ready and lets it go: until it is killed, or until what was begun has ended. */
  void go(boolean endless) throws IOException {
    String ready = line();
    if (!"ready".equals(ready)) {
      throw new IOException("the process did not start: " + ready);
    }
    OutputStream input = process.getOutputStream();
    input.write(endless ? 'e' : 'f');
    input.flush();
  }

  /** The next word, or null at its end. */
  @Nullable
  String line() throws IOException {
    return output.readLine();
  }

  /** Kills it; what it said until then can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  int end() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }

  public static void main(String[] arguments) throws IOException {
    int slot = Integer.parseInt(arguments[1]);
    // Off the record; it loads classes and takes the fingerprint.
    Run warm = Resumable.EXPERIMENT.run(new Config(1, 1), Seed.of(0));
    say("ready");
    int word = System.in.read();
    if (word < 0) {
      return;
    }
    try (Ledger ledger = Ledger.open(Path.of(arguments[0]))) {
      // Now and then, so that kills meet it too.
      ledger.compact();
      RunStart shortRun = RunStart.of(SHORT + slot, warm.seed(), warm.fingerprint());
      work(ledger, slot, word == 'e', shortRun);
    }
  }

  private static void work(Ledger ledger, int slot, boolean endless, RunStart shortRun) {
    Experiment<Config> experiment = Resumable.EXPERIMENT.ledger(ledger);
    for (int trial = 0; ; trial++) {
      Seed seed = seed(slot, trial);
      List<RunRecord> before = runs(ledger, seed);
      if (before.stream().anyMatch(run -> run.status() == RunStatus.COMPLETED)) {
        continue;
      }
      if (before.isEmpty() && !endless) {
        return;
      }
      Resumable.begun = epoch -> {
        // A run of a trial is under way once in this process, and no other has its seed.
        RunRecord own = runs(ledger, seed).stream()
            .filter(run -> run.status() == RunStatus.RUNNING)
            .reduce((one, two) -> {
              throw new IllegalStateException(
                  "two of " + seed + " are running: " + one + ", " + two);
            })
            .orElseThrow();
        say("begun " + own.id() + " " + seed + " " + epoch);
      };
      Resumable.saved = epoch -> {
        say("saved " + seed + " " + epoch);
        shortRun(ledger, shortRun, epoch);
        // A trial takes its time; without any, one that waits to be killed would take all of the
        // machine.
        LockSupport.parkNanos(PAUSE_NANOS);
      };
      Run run = before.isEmpty()
          ? experiment.run(CONFIG, seed)
          : experiment.resume(before.get(before.size() - 1));
      say("ended " + run.id().orElseThrow());
    }
  }

  /** All runs of a trial, the earliest first: each but the last was resumed by the next. */
  static List<RunRecord> runs(Ledger ledger, Seed seed) {
    List<RunRecord> found =
        new ArrayList<>(ledger.query().experiment(Resumable.EXPERIMENT.name()).stream()
            .filter(run -> run.seed().equals(seed))
            .toList());
    return inOrder(found);
  }

  // Two runs may begin within a millisecond, and ids tell no order within one.
  private static List<RunRecord> inOrder(List<RunRecord> found) {
    List<RunRecord> order = new ArrayList<>();
    Set<Optional<String>> known = new HashSet<>(Set.of(Optional.empty()));
    while (!found.isEmpty()) {
      RunRecord next = found.stream()
          .filter(run -> known.contains(Optional.ofNullable(run.links().get(Link.RESUMES))))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("resumed what is not on record: " + found));
      order.add(next);
      known.add(Optional.of(next.id()));
      found.remove(next);
    }
    return order;
  }

  private static void shortRun(Ledger ledger, RunStart start, long value) {
    RunEntry entry = ledger.begin(start);
    say("begun " + entry.id());
    Recorder recorder = Recorder.of();
    recorder.record("value", (double) value);
    entry.completed(recorder.end(), Duration.ofMillis(1));
    say("ended " + entry.id());
  }

  /** In one piece, so that a kill tears no word. */
  private static void say(String word) {
    byte[] bytes = (word + '\n').getBytes(StandardCharsets.UTF_8);
    try {
      System.out.write(bytes);
      System.out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
