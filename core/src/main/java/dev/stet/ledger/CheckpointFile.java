package dev.stet.ledger;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The file of a checkpoint: a head of the format, recipe, step and form; the state; the recorder; and a tail of where
 * the state begins, how long it is, how long all of it is, and the checksum of all of it.
 */
final class CheckpointFile {
  static final byte[] MAGIC = "stet-checkpoint".getBytes(StandardCharsets.US_ASCII);
  static final int FORMAT = 1;
  static final int TAIL = 3 * Long.BYTES + Integer.BYTES;

  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{10})");
  private static final int BUFFER = 1 << 16;

  private CheckpointFile() {}

  static Path named(Path directory, long number) {
    return directory.resolve(
        "checkpoint-" + String.valueOf(10_000_000_000L + number).substring(1));
  }

  /** The number in a checkpoint's name, or 0 for another file. */
  static long number(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  static List<Path> newestFirst(Path directory) {
    return files(directory).stream()
        .filter(file -> number(file) > 0)
        .sorted(Comparator.comparingLong(CheckpointFile::number).reversed())
        .toList();
  }

  static List<Path> files(Path directory) {
    String[] names = directory.toFile().list();
    return names == null
        ? List.of()
        : Arrays.stream(names).map(directory::resolve).toList();
  }

  static void deleteAll(Path directory) {
    if (!Files.isDirectory(directory)) {
      // Most runs have none: one look is enough.
      return;
    }
    for (Path file : files(directory)) {
      if (number(file) > 0 || Layout.isTemporary(file)) {
        deleted(file.toFile());
      }
    }
    deleted(directory.toFile());
  }

  /** Whoever cleans up has done what it came for; what stays is found by the next to look. */
  @SuppressWarnings("ResultOfMethodCallIgnored")
  private static void deleted(File file) {
    file.delete();
  }

  /** A file that was whole when it was opened. */
  record Opened(
      Path file,
      String recipe,
      long step,
      String form,
      long stateFrom,
      long stateLength,
      long end) {
    InputStream state() throws IOException {
      return part(stateFrom, stateLength);
    }

    InputStream recorder() throws IOException {
      long from = stateFrom + stateLength;
      return part(from, end - from);
    }

    private InputStream part(long from, long length) throws IOException {
      InputStream in = new FileInputStream(file.toFile());
      try {
        in.skipNBytes(from);
      } catch (IOException e) {
        in.close();
        throw e;
      }
      return new BufferedInputStream(new Part(in, length), BUFFER);
    }
  }

  static Opened open(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      if (length < MAGIC.length + 1 + TAIL) {
        throw new IOException("it is cut off after " + length + " bytes");
      }
      requireFormat(in, file);
      in.seek(length - TAIL);
      long stateFrom = in.readLong();
      long stateLength = in.readLong();
      long end = in.readLong();
      int crc = in.readInt();
      boolean fits = end == length - TAIL
          && stateFrom > MAGIC.length
          && stateFrom <= end
          && stateLength >= 0
          && stateLength <= end - stateFrom;
      if (!fits || checksum(file, length - Integer.BYTES) != crc) {
        throw new IOException("its " + length + " bytes are not as they were written");
      }
      return head(file, stateFrom, stateLength, end);
    } catch (EOFException | UTFDataFormatException e) {
      throw new IOException("it is not as it was written", e);
    }
  }

  private static void requireFormat(RandomAccessFile in, Path file) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("it is no checkpoint");
    }
    int format = in.read();
    if (format > FORMAT && checksum(file, in.length() - Integer.BYTES) == last(in)) {
      throw new LedgerException("the checkpoint " + file + " has format " + format
          + ", and this version of Stet reads formats up to " + FORMAT
          + ". Resume the run with the version that wrote it, or a newer one.");
    }
    if (format != FORMAT) {
      throw new IOException("it has format " + format);
    }
  }

  private static int last(RandomAccessFile in) throws IOException {
    in.seek(in.length() - Integer.BYTES);
    return in.readInt();
  }

  private static int checksum(Path file, long length) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in =
        new CheckedInputStream(new Part(new FileInputStream(file.toFile()), length), crc)) {
      while (in.read(buffer, 0, buffer.length) > 0) {
        // The checksum is all that is wanted.
      }
    }
    return (int) crc.getValue();
  }

  private static Opened head(Path file, long stateFrom, long stateLength, long end)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(file.toFile())))) {
      in.skipNBytes(MAGIC.length + 1);
      String recipe = in.readUTF();
      long step = in.readLong();
      String form = in.readUTF();
      return new Opened(file, recipe, step, form, stateFrom, stateLength, end);
    }
  }

  /** The next so many bytes of a stream. */
  private static final class Part extends InputStream {
    private final InputStream in;
    private long left;

    Part(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      int b = left > 0 ? in.read() : -1;
      left--;
      return b;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int n = left <= 0 ? -1 : in.read(to, from, (int) Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
