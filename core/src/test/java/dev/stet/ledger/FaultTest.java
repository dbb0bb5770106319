package dev.stet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation on the disk fails once, and the disk goes away at every operation. */
class FaultTest {
  private static final int MOST = 400;

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  /** What a user of the ledger was told. */
  private static final class Told {
    private final Map<String, RunStatus> acknowledged = new HashMap<>();
    private int refused;

    <T> @Nullable T ask(int tries, Supplier<T> asking) {
      for (int i = 0; i < tries; i++) {
        try {
          return asking.get();
        } catch (LedgerException e) {
          refused++;
        }
      }
      return null;
    }
  }

  /** Begins and ends runs with short and long traces in two ledgers after each other, and compacts in between. */
  private static Told write(Path directory, Disk disk, int tries) {
    Told told = new Told();
    for (int session = 0; session < 2; session++) {
      Ledger ledger = told.ask(tries, () -> Ledger.open(directory, disk, Clock.systemUTC()));
      if (ledger == null) {
        return told;
      }
      write(told, ledger, tries);
      told.ask(1, () -> {
        ledger.compact();
        return true;
      });
      told.ask(1, () -> {
        ledger.close();
        return true;
      });
    }
    told.ask(tries, () -> {
      Ledger ledger = Ledger.open(directory, disk, Clock.systemUTC());
      ledger.compact();
      ledger.compact();
      return true;
    });
    return told;
  }

  private static void write(Told told, Ledger ledger, int tries) {
    for (int i = 0; i < 3; i++) {
      int seed = i;
      RunEntry entry =
          told.ask(tries, () -> ledger.begin(Samples.start(seed, Map.of("seed", seed))));
      if (entry == null) {
        continue;
      }
      told.acknowledged.put(entry.id(), RunStatus.INTERRUPTED);
      double[] values =
          DoubleStream.iterate(1, x -> x * 1.1 % 3).limit(i == 1 ? 1500 : 3).toArray();
      RunRecord record = i == 2
          ? null
          : told.ask(tries, () -> entry.completed(Samples.trace(values), Samples.DURATION));
      if (record != null) {
        told.acknowledged.put(entry.id(), RunStatus.COMPLETED);
      }
    }
  }

  private static Map<String, RunStatus> read(Path directory) {
    try (Ledger ledger = Ledger.open(directory)) {
      Set<String> ids = new HashSet<>();
      Map<String, RunStatus> found = ledger
          .runs()
          .peek(run -> assertThat(ids.add(run.id())).as("once: " + run).isTrue())
          .peek(run -> assertThat(run.trace()).isNotNull())
          .peek(run -> assertThat(run.fingerprint()).isNotNull())
          .collect(Collectors.toMap(RunRecord::id, RunRecord::status));
      assertThat(ledger.problems()).isEmpty();
      return found;
    }
  }

  @Test
  void anOperationThatFailsOnceLosesNothingAndInventsNothing() throws IOException {
    FaultyDisk whole = FaultyDisk.once(0);
    Told all = write(folder.resolve("0"), whole, 2);
    assertThat(read(folder.resolve("0"))).isEqualTo(all.acknowledged).hasSize(6);
    assertThat(all.refused).isZero();

    Set<String> failed = new TreeSet<>();
    for (long n = 1; n <= whole.operations(); n++) {
      FaultyDisk disk = FaultyDisk.once(n);
      Path directory = folder.resolve(Long.toString(n));
      Told told = write(directory, disk, 2);
      failed.add(disk.failed());
      disk.pullThePlug();
      // Asked again, the ledger took every run and every end.
      assertThat(told.acknowledged).as(n + ": " + disk.failed()).hasSize(6);
      assertThat(told.acknowledged.values().stream().filter(RunStatus.COMPLETED::equals))
          .hasSize(4);
      Map<String, RunStatus> found = read(directory);
      if (disk.failed().equals("delete") || disk.failed().equals("truncate")) {
        assertThat(found).containsAllEntriesOf(told.acknowledged);
      } else {
        assertThat(found).as(n + ": " + disk.failed()).isEqualTo(told.acknowledged);
      }
    }
    assertThat(whole.operations()).isLessThan(MOST);
    assertThat(failed)
        .contains(
            "write",
            "force",
            "rename",
            "force after rename",
            "create",
            "close",
            "delete",
            "createDirectories",
            "forceDirectory");
  }

  @Test
  void aDiskThatGoesAwayTakesNothingAcknowledgedWithIt() throws IOException {
    FaultyDisk whole = FaultyDisk.once(0);
    write(folder.resolve("0"), whole, 1);
    for (long n = 1; n <= whole.operations(); n++) {
      FaultyDisk disk = FaultyDisk.from(n);
      Path directory = folder.resolve(Long.toString(n));
      Told told = write(directory, disk, 1);
      disk.pullThePlug();
      Map<String, RunStatus> found = new HashMap<>();
      try (Ledger ledger = Ledger.open(directory)) {
        ledger.runs().forEach(run -> {
          assertThat(found.put(run.id(), run.status())).isNull();
          if (told.acknowledged.get(run.id()) == run.status()) {
            assertThat(run.trace()).isNotNull();
            assertThat(run.fingerprint()).isNotNull();
          }
        });
      }
      String when = n + ": " + disk.failed();
      told.acknowledged.forEach((id, status) -> {
        // An end that was refused may be on the disk all the same; one that was acknowledged must.
        if (status == RunStatus.COMPLETED) {
          assertThat(found).as(when).containsEntry(id, status);
        } else {
          assertThat(found).as(when).containsKey(id);
        }
      });
    }
  }
}
