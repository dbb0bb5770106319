package dev.stet.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Everything that a ledger changes on a disk, so that a test can let each of these fail. */
interface Disk {
  /** The disk of the operating system. */
  static Disk system() {
    return SystemDisk.INSTANCE;
  }

  /** Creates a directory with its parents, each on the disk when this returns. */
  void createDirectories(Path directory) throws IOException;

  /** Creates a file that must not be there yet. */
  Output create(Path file) throws IOException;

  /** Puts a file in the place of another, or of none, at once; on the disk when this returns. */
  void rename(Path from, Path to) throws IOException;

  void delete(Path file) throws IOException;

  /** Forces the names in a directory to the disk. */
  void forceDirectory(Path directory) throws IOException;

  /** A file under way. No interrupt of a thread closes it. */
  interface Output extends Closeable {
    void write(byte[] bytes, int from, int length) throws IOException;

    void force() throws IOException;

    void truncate(long length) throws IOException;
  }

  /** Writes a whole file under another name, forces it and puts it in its place. */
  default void writeWhole(Path file, Path temporary, byte[] content) throws IOException {
    try {
      try (Output output = create(temporary)) {
        output.write(content, 0, content.length);
        output.force();
      }
      rename(temporary, file);
    } catch (IOException e) {
      deleteAfter(temporary, e);
      throw e;
    }
  }

  /** Deletes what is left of a file that could not be written whole. */
  default void deleteAfter(Path temporary, IOException cause) {
    try {
      delete(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
