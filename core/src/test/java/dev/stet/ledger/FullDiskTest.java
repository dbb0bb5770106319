package dev.stet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full or really read-only: a small one in memory, where the system lets us mount it. */
class FullDiskTest {
  @TempDir
  Path folder;

  private boolean mounted;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    mounted = mount("-t", "tmpfs", "-o", "size=384k", "tmpfs", folder.toString());
    assumeThat(mounted).as("this system lets us mount a small disk").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run(List.of("umount", folder.toString()))).isTrue();
    }
  }

  private static boolean mount(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static boolean run(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void losesNothingWhenItIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
      assertThatThrownBy(() -> {
            for (int i = 0; i < 10_000; i++) {
              acknowledged.add(Samples.complete(ledger, 1, i).id());
            }
          })
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("make room");
      assertThat(acknowledged).hasSizeGreaterThan(50);
      assertThat(completed(ledger)).isEqualTo(acknowledged);
      assertThat(ledger.problems()).isEmpty();

      assertThat(mount("-o", "remount,size=16m", folder.toString())).isTrue();
      for (int i = 0; i < 10; i++) {
        acknowledged.add(Samples.complete(ledger, 1, i).id());
      }
      assertThat(completed(ledger)).isEqualTo(acknowledged);
      assertThat(ledger.problems()).isEmpty();
    }
  }

  private static Set<String> completed(Ledger ledger) {
    return ledger.query().status(RunStatus.COMPLETED).stream()
        .map(RunRecord::id)
        .collect(Collectors.toSet());
  }

  @Test
  void isReadWithoutTheRightToWrite() throws Exception {
    RunRecord record;
    try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
      record = Samples.complete(ledger, 1, 2);
      ledger.begin(Samples.start(2));
    }
    assertThat(mount("-o", "remount,ro", folder.toString())).isTrue();
    try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
      assertThat(ledger.runs()).hasSize(2);
      assertThat(ledger.problems()).isEmpty();
      assertThat(ledger.run(record.id()).orElseThrow().trace().digest())
          .isEqualTo(record.trace().digest());
      assertThat(record.fingerprint()).isEqualTo(Samples.start(1).fingerprint());
      assertThatThrownBy(() -> ledger.begin(Samples.start(3)))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("Read-only file system");
      assertThatThrownBy(ledger::compact).isInstanceOf(LedgerException.class);
    }
    assertThatThrownBy(() -> Ledger.open(folder.resolve("other")))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("cannot make a ledger of");
  }
}
