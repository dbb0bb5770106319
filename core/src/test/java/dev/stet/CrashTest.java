package dev.stet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.ledger.Ledger;
import dev.stet.ledger.MemoryFolder;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real JVMs ({@code kill -9}) at random moments, lets others go on with what they left, and holds the ledger
 * against a list of what was acknowledged that is kept apart from it. 20 kills; as many as asked with
 * {@code -Dstet.crashes=200}, which is what the profile {@code slow} does.
 */
class CrashTest {
  private static final int KILLS = Integer.getInteger("stet.crashes", 20);

  /** Two processes are alive at each moment but the last, and write into one ledger. */
  private static final int SLOTS = 2;

  private static final String NEVER_ACKNOWLEDGED =
      ": the last line is cut short, so it was never acknowledged; its [0-9]+ bytes are passed over";

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private final Slot[] slots = new Slot[SLOTS];
  private final Map<Seed, byte[]> whole = new HashMap<>();
  private final Set<String> compared = new HashSet<>();
  private final RandomStream moments = Seed.parse("7").child("kills").stream();
  private int tornTails;
  private int looks;

  /** What the processes of one slot said, one after the other; no ledger was asked for it. */
  private static final class Slot {
    private final int number;
    private final Map<String, RunStatus> acknowledged = new HashMap<>();
    private final Map<Seed, Long> saved = new HashMap<>();
    private final Set<Seed> trials = new HashSet<>();
    private int kills;
    private int words;
    private int resumed;
    private CrashProcess process;

    /** Loads its classes while the other works, and takes its place. */
    private CrashProcess next;

    @SuppressWarnings("NullAway.Init") // processes begin with the test
    Slot(int number) {
      this.number = number;
    }

    void hear(String line) {
      String[] words = line.split(" ");
      this.words++;
      switch (words[0]) {
        case "begun" -> begun(words);
        case "saved" -> saved.put(Seed.parse(words[1]), Long.parseLong(words[2]));
        case "ended" ->
          assertThat(acknowledged.put(words[1], RunStatus.COMPLETED))
              .as("ended once, after it began: " + line)
              .isEqualTo(RunStatus.INTERRUPTED);
        default -> throw new AssertionError("unknown: " + line);
      }
    }

    private void begun(String[] words) {
      assertThat(acknowledged.put(words[1], RunStatus.INTERRUPTED))
          .as("a new run")
          .isNull();
      if (words.length > 2) {
        Seed seed = Seed.parse(words[2]);
        long from = Long.parseLong(words[3]);
        trials.add(seed);
        resumed += from > 0 ? 1 : 0;
        // It may have saved once more than it could say.
        assertThat(from)
            .as("goes on from what was saved last: " + seed)
            .isBetween(saved.getOrDefault(seed, -1L) + 1, saved.getOrDefault(seed, -1L) + 2);
      }
    }

    void hearTheRest() throws IOException {
      for (String line = process.line(); line != null; line = process.line()) {
        hear(line);
      }
    }
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  private CrashProcess start(int slot) throws IOException {
    return CrashProcess.start(folder, runs(), slot);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void whatIsKilledAnywhereLosesNothingAndEndsInTheBitsOfWhatWasNot() throws Exception {
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot(i);
      slots[i].process = start(i);
      slots[i].next = start(i);
    }
    try {
      for (Slot slot : slots) {
        slot.process.go(true);
      }
      for (int kill = 0; kill < KILLS; kill++) {
        Slot slot = slots[kill % SLOTS];
        boolean last = kill + SLOTS >= KILLS;
        try (CrashProcess killed = slot.process) {
          slot.process = slot.next;
          slot.next = last ? slot.process : start(slot.number);
          killAtSomeMoment(slot, killed);
        }
        requireNothingLost();
        slot.process.go(!last);
      }
      for (Slot slot : slots) {
        slot.hearTheRest();
        assertThat(slot.process.end()).as(words(slot)).isZero();
      }
    } finally {
      for (Slot slot : slots) {
        slot.process.close();
        slot.next.close();
      }
    }
    requireNothingLost();
    requireAllDone();
    try (Ledger ledger = Ledger.open(runs())) {
      ledger.compact();
    }
    requireNothingLost();
    requireAllDone();
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("crashes.txt"), figures() + "\n");
  }

  private String words(Slot slot) throws IOException {
    return Files.readString(folder.resolve("slot-" + slot.number + ".txt"));
  }

  /**
   * Counted in what it has acknowledged and not in time, so that a slow machine kills where a fast one does; one in eight
   * dies before its first word.
   */
  private void killAtSomeMoment(Slot slot, CrashProcess killed) throws Exception {
    long words = moments.nextInt(8) == 0 ? 0 : moments.nextLong(120);
    long nanos = TimeUnit.MICROSECONDS.toNanos(moments.nextLong(words == 0 ? 60_000 : 6_000));
    for (; words > 0; words--) {
      String line = killed.line();
      if (line == null) {
        throw new AssertionError(
            "it ended with " + killed.end() + " before it was killed: " + words(slot));
      }
      slot.hear(line);
    }
    TimeUnit.NANOSECONDS.sleep(nanos);
    killed.kill();
    for (String line = killed.line(); line != null; line = killed.line()) {
      slot.hear(line);
    }
    assertThat(killed.end()).as(words(slot)).isEqualTo(128 + 9);
    slot.kills++;
  }

  /**
   * Each acknowledged run is there once, in the state that was acknowledged or a later one; each line but one that nobody
   * was told of can be read; each run that completed has the bits of one that nobody interrupted.
   */
  private void requireNothingLost() throws IOException {
    looks++;
    Map<String, RunRecord> found = new HashMap<>();
    try (Ledger ledger = Ledger.open(runs())) {
      try (Stream<RunRecord> look = ledger.runs()) {
        look.forEach(
            run -> assertThat(found.put(run.id(), run)).as("once: " + run).isNull());
      }
      List<String> problems = ledger.problems();
      assertThat(problems).allMatch(problem -> problem.matches(".*" + NEVER_ACKNOWLEDGED));
      tornTails = Math.max(tornTails, problems.size());
    }
    for (Slot slot : slots) {
      slot.acknowledged.forEach((id, status) -> {
        assertThat(found).as("acknowledged").containsKey(id);
        if (status == RunStatus.COMPLETED) {
          assertThat(requireNonNull(found.get(id)).status()).as(id).isEqualTo(status);
        }
      });
    }
    for (RunRecord run : found.values()) {
      if (run.experiment().equals(Resumable.EXPERIMENT.name())) {
        requireSound(run);
      }
    }
  }

  private void requireSound(RunRecord run) {
    assertThat(run.status()).isIn(RunStatus.RUNNING, RunStatus.INTERRUPTED, RunStatus.COMPLETED);
    if (run.status() == RunStatus.COMPLETED && compared.add(run.id())) {
      byte[] expected = whole.computeIfAbsent(
          run.seed(),
          seed -> ResumeTest.bytes(
              Resumable.EXPERIMENT.run(CrashProcess.CONFIG, seed).trace()));
      // The bytes hold every record, every draw count and every note; the digest follows from them.
      assertThat(ResumeTest.bytes(run.trace())).as(run.toString()).isEqualTo(expected);
    }
  }

  /** Every trial that was begun has completed, once, in a run that goes back to its first by links. */
  private void requireAllDone() {
    try (Ledger ledger = Ledger.open(runs())) {
      for (Slot slot : slots) {
        assertThat(slot.trials).isNotEmpty();
        for (Seed seed : slot.trials) {
          List<RunRecord> trial = CrashProcess.runs(ledger, seed);
          assertThat(trial.stream().map(RunRecord::status).filter(RunStatus.COMPLETED::equals))
              .as(trial.toString())
              .hasSize(1);
          assertThat(trial.get(trial.size() - 1).status()).isEqualTo(RunStatus.COMPLETED);
          assertThat(trial.stream().map(RunRecord::status)).doesNotContain(RunStatus.RUNNING);
        }
      }
    }
  }

  private String figures() {
    Map<String, Long> figures = new TreeMap<>();
    for (Slot slot : slots) {
      figures.merge("kills", (long) slot.kills, Long::sum);
      figures.merge("words heard", (long) slot.words, Long::sum);
      figures.merge("runs acknowledged", (long) slot.acknowledged.size(), Long::sum);
      figures.merge(
          "ends acknowledged",
          slot.acknowledged.values().stream()
              .filter(RunStatus.COMPLETED::equals)
              .count(),
          Long::sum);
      figures.merge("trials", (long) slot.trials.size(), Long::sum);
      figures.merge("gone on from a checkpoint", (long) slot.resumed, Long::sum);
    }
    figures.put("looks at the whole ledger", (long) looks);
    figures.put("torn tails", (long) tornTails);
    figures.put("trials compared bit for bit", (long) compared.size());
    List<String> words = new ArrayList<>();
    figures.forEach((name, count) -> words.add(name + ": " + count));
    return String.join("\n", words);
  }
}
