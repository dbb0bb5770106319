package dev.stet.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  @TempDir(factory = MemoryFolder.class)
  Path folder;

  @Test
  void eightProcessesOfAThousandRunsEachLoseNoneAndDoubleNone() throws Exception {
    List<LedgerProcess> processes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      processes.add(LedgerProcess.start(folder, 4, 250));
    }
    Set<String> ended = new HashSet<>();
    for (LedgerProcess process : processes) {
      for (String line = process.line(); line != null; line = process.line()) {
        if (line.startsWith("ended ")) {
          ended.add(line.substring(6));
        }
      }
      assertThat(process.end()).isZero();
    }
    try (Ledger ledger = Ledger.open(folder)) {
      // While somebody compacts, every look is complete.
      Thread compacting = new Thread(ledger::compact);
      compacting.start();
      do {
        assertThat(completed(ledger)).hasSize(8000).isEqualTo(ended);
      } while (compacting.isAlive());
      compacting.join();
      assertThat(completed(ledger)).isEqualTo(ended);
      assertThat(ledger.problems()).isEmpty();
      assertThat(ledger.query().best("accuracy", false, 8000)).hasSize(8000);
      assertThat(folder.resolve("segments")).isDirectoryContaining("glob:**.jsonl");
    }
  }

  private static Set<String> completed(Ledger ledger) {
    Set<String> ids = new HashSet<>();
    ledger.query().status(RunStatus.COMPLETED).stream()
        .forEach(run -> assertThat(ids.add(run.id())).isTrue());
    return ids;
  }

  @Test
  void whatAKilledProcessAcknowledgedIsThere() throws Exception {
    RandomStream moments = Seed.of(20261125).child("moments").stream();
    Map<String, RunStatus> acknowledged = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      LedgerProcess process = LedgerProcess.start(folder, 4, 1_000_000);
      int lines = moments.nextInt(400) + 1;
      for (int k = 0; k < lines; k++) {
        acknowledge(acknowledged, requireNonNull(process.line()));
      }
      try (Ledger ledger = Ledger.open(folder)) {
        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.runs().map(RunRecord::id)).containsAll(acknowledged.keySet());
      }
      process.kill();
      for (String line = process.line(); line != null; line = process.line()) {
        if (line.matches("(begun|ended) [0-9a-f]{12}-[0-9a-f]{32}")) {
          acknowledge(acknowledged, line);
        }
      }
      process.end();
      check(acknowledged);
    }
    try (Ledger ledger = Ledger.open(folder)) {
      ledger.compact();
    }
    check(acknowledged);
  }

  private static void acknowledge(Map<String, RunStatus> acknowledged, String line) {
    acknowledged.put(
        line.substring(6), line.startsWith("ended") ? RunStatus.COMPLETED : RunStatus.INTERRUPTED);
  }

  private void check(Map<String, RunStatus> acknowledged) throws IOException {
    try (Ledger ledger = Ledger.open(folder)) {
      Map<String, RunStatus> found =
          ledger.runs().collect(Collectors.toMap(RunRecord::id, RunRecord::status));
      assertThat(found.values()).doesNotContain(RunStatus.RUNNING);
      acknowledged.forEach((id, status) -> {
        if (status == RunStatus.COMPLETED) {
          assertThat(found).containsEntry(id, status);
        } else {
          assertThat(found).containsKey(id);
        }
      });
      assertThat(ledger.problems())
          .allMatch(problem -> problem.contains("it was never acknowledged"));
    }
  }

  @Test
  void aRunOfALiveProcessIsRunningForAnother() throws Exception {
    LedgerProcess process = LedgerProcess.start(folder, 8, 1_000_000);
    try (Ledger ledger = Ledger.open(folder)) {
      for (int i = 0; i < 200; i++) {
        process.line();
      }
      long interrupted = 0;
      long running = 0;
      for (int i = 0; i < 20; i++) {
        Map<RunStatus, Long> counts =
            ledger.runs().collect(Collectors.groupingBy(RunRecord::status, Collectors.counting()));
        running += counts.getOrDefault(RunStatus.RUNNING, 0L);
        interrupted += counts.getOrDefault(RunStatus.INTERRUPTED, 0L);
      }
      assertThat(interrupted).isZero();
      assertThat(running).isPositive();
    } finally {
      process.kill();
      process.end();
    }
  }
}
