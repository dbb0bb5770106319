package dev.stet.ledger;

import dev.stet.trace.Recorder;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes checkpoints so that at every moment a whole one stands on the disk. */
final class CheckpointWriter {
  /** As much as a Java array holds, which is what a state is made of. */
  static final long LARGEST_STATE = Integer.MAX_VALUE;

  private static final int KEPT = 2;

  private final Disk disk;
  private final long largest;

  CheckpointWriter(Disk disk, long largest) {
    this.disk = disk;
    this.largest = largest;
  }

  void write(
      Path directory,
      String recipe,
      long step,
      String form,
      Checkpoint.Content state,
      Recorder recorder) {
    place(directory, "the checkpoint at step " + step, out -> {
      Sink sink = new Sink(out);
      DataOutputStream head = new DataOutputStream(sink);
      head.write(CheckpointFile.MAGIC);
      head.write(CheckpointFile.FORMAT);
      head.writeUTF(recipe);
      head.writeLong(step);
      head.writeUTF(form);
      long from = sink.written;
      long length = writeState(state, step, sink);
      recorder.save(sink);
      long end = sink.written;
      head.writeLong(from);
      head.writeLong(length);
      head.writeLong(end);
      head.writeInt(sink.checksum());
      sink.flush();
    });
  }

  /** Writes the state nowhere, and refuses what would be refused. */
  void check(long step, Checkpoint.Content state) {
    try {
      writeState(state, step, new Sink(new Nowhere()));
    } catch (IOException e) {
      throw new LedgerException(
          "cannot write the state at step " + step + ": " + e.getMessage(), e);
    }
  }

  private long writeState(Checkpoint.Content state, long step, Sink sink) throws IOException {
    long from = sink.written;
    sink.limit = largest > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + largest;
    try {
      state.writeTo(sink);
    } catch (IOException | RuntimeException e) {
      // Serialisers wrap what is thrown under them, so the sink is asked and not the exception.
      if (sink.full) {
        throw tooLarge(step, e);
      }
      throw e;
    } finally {
      sink.limit = Long.MAX_VALUE;
    }
    if (sink.full) {
      throw tooLarge(step, null);
    }
    return sink.written - from;
  }

  private IllegalArgumentException tooLarge(long step, @Nullable Exception e) {
    return new IllegalArgumentException(
        "the state at step " + step + " takes more than the " + largest
            + " bytes that a checkpoint holds; the checkpoint before it stays. Leave out of the state what can be"
            + " computed or read again, or write it to a file of your own and keep the file's name.",
        e);
  }

  void copy(Path file, Path directory) {
    place(directory, "a copy of the checkpoint " + file, out -> {
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = new FileInputStream(file.toFile())) {
        for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
          out.write(buffer, 0, n);
        }
      }
    });
  }

  private interface Writing {
    void to(Disk.Output out) throws IOException;
  }

  private void place(Path directory, String what, Writing writing) {
    try {
      disk.createDirectories(directory);
      List<Path> before = CheckpointFile.newestFirst(directory);
      long number = before.isEmpty() ? 1 : CheckpointFile.number(before.get(0)) + 1;
      Path file = CheckpointFile.named(directory, number);
      Path temporary = Layout.temporary(file);
      try {
        try (Disk.Output out = disk.create(temporary)) {
          writing.to(out);
          out.force();
        }
        disk.rename(temporary, file);
      } catch (IOException | RuntimeException | Error e) {
        discard(temporary, e);
        throw e;
      }
      for (int i = KEPT - 1; i < before.size(); i++) {
        discard(before.get(i), null);
      }
    } catch (IOException e) {
      throw new LedgerException(
          "cannot write " + what + " into " + directory + ": " + e.getMessage()
              + ". The checkpoint before it stays; make room or give the right to write there.",
          e);
    }
  }

  /** What cannot be deleted now is in nobody's way. */
  private void discard(Path file, @Nullable Throwable cause) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      if (cause != null) {
        cause.addSuppressed(e);
      }
    }
  }

  private static final class Nowhere implements Disk.Output {
    @Override
    public void write(byte[] bytes, int from, int length) {}

    @Override
    public void force() {}

    @Override
    public void truncate(long length) {}

    @Override
    public void close() {}
  }

  /** Buffers, counts and sums up what goes to the disk. */
  private static final class Sink extends OutputStream {
    private final Disk.Output out;
    private final CRC32C crc = new CRC32C();
    private final byte[] buffer = new byte[1 << 16];
    private int used;
    private long written;
    private long limit = Long.MAX_VALUE;
    private boolean full;

    Sink(Disk.Output out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (full || length > limit - written) {
        full = true;
        throw new IOException("the state is too large");
      }
      written += length;
      if (length <= buffer.length - used) {
        System.arraycopy(bytes, from, buffer, used, length);
        used += length;
      } else {
        push();
        crc.update(bytes, from, length);
        out.write(bytes, from, length);
      }
    }

    private void push() throws IOException {
      crc.update(buffer, 0, used);
      out.write(buffer, 0, used);
      used = 0;
    }

    int checksum() throws IOException {
      push();
      return (int) crc.getValue();
    }

    @Override
    public void flush() throws IOException {
      push();
    }
  }
}
