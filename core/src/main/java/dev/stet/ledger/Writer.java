package dev.stet.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a segment, alive as long as it holds the lock of its file.
 *
 * <p>The operating system drops the lock when the process ends, however it ends. It also drops it when the process
 * closes any other descriptor of the same file. So no process ever opens a lock file of its own: the name says which
 * Java virtual machine wrote it, and who is alive in this one stands in a system property, which all copies of this
 * class share. It stands in the class too, for a program that replaces its system properties under way.
 */
final class Writer {
  static final String SUFFIX = ".lock";

  private static final String PROPERTY = "dev.stet.ledger.";
  private static final HexFormat HEX = HexFormat.of();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String MACHINE = machine();
  private static final Set<String> ALIVE = ConcurrentHashMap.newKeySet();

  private final String name;
  private final Path file;
  private final RandomAccessFile open;

  private Writer(String name, Path file, RandomAccessFile open) {
    this.name = name;
    this.file = file;
    this.open = open;
  }

  /** A name that no other writer has: a time, to be sorted by, the machine, and 64 bits. */
  static String freshName(long millis) {
    return HEX.toHexDigits(millis, 12) + "-" + MACHINE + "-" + random(8);
  }

  static String random(int bytes) {
    byte[] bits = new byte[bytes];
    RANDOM.nextBytes(bits);
    return HEX.formatHex(bits);
  }

  /** What names this Java virtual machine: the same for every copy of this class in it. */
  private static String machine() {
    String key = PROPERTY + "machine";
    System.getProperties().putIfAbsent(key, random(8));
    return System.getProperty(key, "");
  }

  /** Begins a writer whose lock file nobody else knows yet. */
  static Writer begin(String name, Path segments) throws IOException {
    Path file = segments.resolve(name + SUFFIX);
    enlist(name);
    RandomAccessFile open = null;
    try {
      Files.createFile(file);
      open = new RandomAccessFile(file.toFile(), "rw");
      lock(open.getChannel(), file);
      return new Writer(name, file, open);
    } catch (IOException | RuntimeException e) {
      strike(name);
      close(open, e);
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void enlist(String name) {
    ALIVE.add(name);
    System.setProperty(PROPERTY + name, "open");
  }

  private static void strike(String name) {
    System.clearProperty(PROPERTY + name);
    ALIVE.remove(name);
  }

  private static void close(@Nullable RandomAccessFile open, Exception e) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException closing) {
      e.addSuppressed(closing);
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      throw new IOException("another process locked " + file.getFileName());
    }
  }

  String name() {
    return name;
  }

  /** Ends the writer: from now on everybody sees that it is gone. */
  void end() throws IOException {
    open.close();
    strike(name);
    Files.deleteIfExists(file);
  }

  /**
   * Says whether the writer of a segment is still there.
   *
   * @throws IOException if the lock cannot be asked; then nobody knows
   */
  static boolean isAlive(String name, Path segments) throws IOException {
    if (ALIVE.contains(name) || System.getProperty(PROPERTY + name) != null) {
      return true;
    }
    Path file = segments.resolve(name + SUFFIX);
    if (name.contains("-" + MACHINE + "-") || !Files.exists(file)) {
      return false;
    }
    return isLocked(file);
  }

  // Two threads that ask for one lock would take each other for its holder.
  private static synchronized boolean isLocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
      return lock == null;
    } catch (OverlappingFileLockException e) {
      // Another copy of this class asks just now, which it can only when nobody holds the lock for
      // long.
      return false;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
