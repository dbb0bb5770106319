package dev.stet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir
  Path folder;

  private Path directory() {
    return folder.resolve("checkpoints").resolve("run");
  }

  private static Recorder recorder(long step) {
    Recorder recorder = Recorder.of();
    RandomStream stream = Seed.of(1).stream();
    recorder.stream("noise", stream);
    for (long i = 0; i <= step; i++) {
      recorder.record("loss", stream.nextDouble());
    }
    return recorder;
  }

  private static byte[] state(long step) {
    return ("state " + step).getBytes(StandardCharsets.UTF_8);
  }

  private void write(Disk disk, long step) {
    new CheckpointWriter(disk, CheckpointWriter.LARGEST_STATE)
        .write(directory(), "recipe", step, "bytes", out -> out.write(state(step)), recorder(step));
  }

  private void requireLatest(long step) {
    Checkpoint latest = Checkpoint.latest(directory()).orElseThrow();
    assertThat(latest.step()).isEqualTo(step);
    assertThat(latest.recipe()).isEqualTo("recipe");
    assertThat(latest.form()).isEqualTo("bytes");
    try {
      assertThat(latest.state().readAllBytes()).isEqualTo(state(step));
      Recorder recorder = Recorder.of();
      latest.restore(recorder);
      assertThat(recorder.end().digest()).isEqualTo(recorder(step).end().digest());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theLastOneComesBackAndTwoAreKept() throws Exception {
    assertThat(Checkpoint.latest(directory())).isEmpty();
    for (long step = 1; step <= 4; step++) {
      write(Disk.system(), step);
      requireLatest(step);
    }
    assertThat(names()).containsExactly("checkpoint-0000000003", "checkpoint-0000000004");
    Checkpoint.deleteAll(directory());
    assertThat(directory()).doesNotExist();
    Checkpoint.deleteAll(directory());
  }

  @Test
  void whereverTheNewestIsCutTheOneBeforeIsTaken() throws Exception {
    write(Disk.system(), 1);
    write(Disk.system(), 2);
    Path newest = directory().resolve("checkpoint-0000000002");
    byte[] whole = Files.readAllBytes(newest);
    for (int n = 0; n < whole.length; n++) {
      Files.write(newest, Arrays.copyOf(whole, n));
      requireLatest(1);
    }
    assertThat(Checkpoint.latest(directory()).orElseThrow().passedOver())
        .containsExactly(
            newest + ": its " + (whole.length - 1) + " bytes are not as they were written");
    Files.write(newest, whole);
    requireLatest(2);
  }

  @Test
  void whicheverBitOfTheNewestIsFlippedTheOneBeforeIsTaken() throws Exception {
    write(Disk.system(), 1);
    write(Disk.system(), 2);
    Path newest = directory().resolve("checkpoint-0000000002");
    byte[] whole = Files.readAllBytes(newest);
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      Files.write(newest, flipped);
      requireLatest(1);
    }
  }

  @Test
  void aWriteAfterABrokenOneGoesOn() throws Exception {
    write(Disk.system(), 1);
    Files.write(directory().resolve("checkpoint-0000000002"), new byte[] {1, 2, 3});
    Files.write(directory().resolve("notes.txt"), new byte[] {1});
    write(Disk.system(), 3);
    requireLatest(3);
    assertThat(names()).contains("notes.txt", "checkpoint-0000000003");
  }

  @Test
  void aNewerFormatIsNamedAndNotPassedOver() throws Exception {
    write(Disk.system(), 1);
    Path file = directory().resolve("checkpoint-0000000001");
    byte[] newer = Files.readAllBytes(file);
    newer[CheckpointFile.MAGIC.length] = 2;
    CRC32C crc = new CRC32C();
    crc.update(newer, 0, newer.length - 4);
    for (int i = 0; i < 4; i++) {
      newer[newer.length - 4 + i] = (byte) (crc.getValue() >>> (24 - 8 * i));
    }
    Files.write(file, newer);
    assertThatThrownBy(() -> Checkpoint.latest(directory()))
        .isInstanceOf(LedgerException.class)
        .hasMessage("the checkpoint " + file
            + " has format 2, and this version of Stet reads formats up to 1. Resume the run with the"
            + " version that wrote it, or a newer one.");
  }

  @Test
  void everyOperationOfTheDiskMayFailOnce() throws Exception {
    int operations = 0;
    for (boolean failed = true; failed; operations++) {
      Checkpoint.deleteAll(directory());
      write(Disk.system(), 1);
      write(Disk.system(), 2);
      FailingOnce disk = new FailingOnce(operations);
      failed = false;
      try {
        write(disk, 3);
        requireLatest(3);
        failed = disk.failed;
      } catch (LedgerException e) {
        failed = true;
        assertThat(e)
            .hasMessageContaining("cannot write the checkpoint at step 3 into " + directory());
        // The rename may have happened before its force failed; then the third is there, whole.
        long step = Checkpoint.latest(directory()).orElseThrow().step();
        assertThat(step).isBetween(2L, 3L);
        requireLatest(step);
      }
      write(Disk.system(), 4);
      requireLatest(4);
      assertThat(names())
          .hasSizeLessThanOrEqualTo(3)
          .allMatch(name -> name.startsWith("checkpoint-"));
    }
    assertThat(operations).isGreaterThan(5);
  }

  @Test
  void whatWasAcknowledgedOutlastsAPulledPlug() throws Exception {
    FaultyDisk whole = FaultyDisk.once(0);
    write(whole, 1);
    write(whole, 2);
    whole.pullThePlug();
    requireLatest(2);
    for (long n = 1; n <= whole.operations(); n++) {
      Checkpoint.deleteAll(directory());
      write(Disk.system(), 1);
      FaultyDisk disk = FaultyDisk.from(n);
      long acknowledged = 1;
      try {
        for (long step = 2; step < 5; step++) {
          write(disk, step);
          acknowledged = step;
        }
      } catch (LedgerException e) {
        assertThat(e).hasMessageContaining("The checkpoint before it stays");
      }
      disk.pullThePlug();
      long step = Checkpoint.latest(directory()).orElseThrow().step();
      assertThat(step).isBetween(acknowledged, acknowledged + 1);
      requireLatest(step);
    }
  }

  @Test
  void aStateOverTheLimitIsRefusedAndTheLastOneStays() {
    write(Disk.system(), 1);
    CheckpointWriter small = new CheckpointWriter(Disk.system(), 100_000);
    assertThatThrownBy(() -> small.write(
            directory(), "recipe", 2, "bytes", out -> out.write(new byte[100_001]), recorder(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the state at step 2 takes more than the 100000 bytes that a checkpoint holds;"
            + " the checkpoint before it stays. Leave out of the state what can be computed or read again,"
            + " or write it to a file of your own and keep the file's name.");
    assertThatThrownBy(() -> small.check(2, out -> out.write(new byte[100_001])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the state at step 2 takes more than the 100000 bytes");
    small.check(2, out -> out.write(new byte[100_000]));
    requireLatest(1);
    small.write(
        directory(), "recipe", 3, "bytes", out -> out.write(new byte[100_000]), recorder(3));
    assertThat(Checkpoint.latest(directory()).orElseThrow().step()).isEqualTo(3);
  }

  @Test
  void aStateThatThrowsLeavesNothingBehind() throws Exception {
    write(Disk.system(), 1);
    assertThatThrownBy(() -> Checkpoint.write(
            directory(),
            "recipe",
            2,
            "bytes",
            out -> {
              out.write(1);
              throw new StackOverflowError();
            },
            recorder(2)))
        .isInstanceOf(StackOverflowError.class);
    assertThat(names()).containsExactly("checkpoint-0000000001");
    requireLatest(1);
  }

  @Test
  void aCopyIsThatOfAnotherRun() throws Exception {
    write(Disk.system(), 7);
    Path other = folder.resolve("other");
    Checkpoint.latest(directory()).orElseThrow().copyTo(other);
    assertThat(Files.readAllBytes(other.resolve("checkpoint-0000000001")))
        .isEqualTo(Files.readAllBytes(directory().resolve("checkpoint-0000000001")));
  }

  /** A disk of which one operation fails, as a full or a broken one would. */
  private static final class FailingOnce implements Disk {
    private int left;
    private boolean failed;

    FailingOnce(int operations) {
      this.left = operations;
    }

    private void step() throws IOException {
      if (left-- == 0) {
        failed = true;
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
      step();
      Disk.system().createDirectories(directory);
    }

    @Override
    public Output create(Path file) throws IOException {
      step();
      Output out = Disk.system().create(file);
      return new Output() {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          out.write(bytes, from, length / 2);
          step();
          out.write(bytes, from + length / 2, length - length / 2);
        }

        @Override
        public void force() throws IOException {
          step();
          out.force();
        }

        @Override
        public void truncate(long length) throws IOException {
          step();
          out.truncate(length);
        }

        @Override
        public void close() throws IOException {
          out.close();
          step();
        }
      };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      step();
      Disk.system().rename(from, to);
      step();
    }

    @Override
    public void delete(Path file) throws IOException {
      step();
      Disk.system().delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      step();
      Disk.system().forceDirectory(directory);
    }
  }
}
