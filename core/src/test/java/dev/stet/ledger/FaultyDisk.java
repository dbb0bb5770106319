package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A disk on which one chosen operation fails, once or from then on; a write that fails writes half. It forces nothing and
 * remembers what was forced, so that a test can pull the plug: then all is gone that was not.
 */
final class FaultyDisk implements Disk {
  private final boolean forGood;
  private final long failing;
  private long operations;
  private String failed = "nothing";

  /** How much of each file was forced, and which files have a name that was not. */
  private final Map<Path, Long> forced = new HashMap<>();

  private final Set<Path> unnamed = new HashSet<>();

  private FaultyDisk(long failing, boolean forGood) {
    this.failing = failing;
    this.forGood = forGood;
  }

  /** Fails its n-th operation, from 1; 0 for none. */
  static FaultyDisk once(long n) {
    return new FaultyDisk(n, false);
  }

  static FaultyDisk from(long n) {
    return new FaultyDisk(n, true);
  }

  synchronized long operations() {
    return operations;
  }

  /** What failed first. */
  synchronized String failed() {
    return failed;
  }

  /** Takes away what no force has promised to keep. */
  synchronized void pullThePlug() throws IOException {
    for (Map.Entry<Path, Long> file : forced.entrySet()) {
      if (unnamed.contains(file.getKey())) {
        Files.deleteIfExists(file.getKey());
      } else if (Files.exists(file.getKey())) {
        try (FileChannel channel = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
          channel.truncate(file.getValue());
        }
      }
    }
  }

  private synchronized void forced(Path file, long length) {
    forced.put(file, length);
  }

  private synchronized void named(Path directory) {
    unnamed.removeIf(file -> directory.equals(file.getParent()));
  }

  private synchronized boolean fails(String operation) {
    operations++;
    boolean fails = operations == failing || (forGood && failing > 0 && operations > failing);
    if (operations == failing) {
      failed = operation;
    }
    return fails;
  }

  private void step(String operation) throws IOException {
    if (fails(operation)) {
      throw new IOException("no " + operation + " today");
    }
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    step("createDirectories");
    Files.createDirectories(directory);
  }

  @Override
  public Output create(Path file) throws IOException {
    step("create");
    Output output = Disk.system().create(file);
    synchronized (this) {
      forced.put(file, 0L);
      unnamed.add(file);
    }
    return new Output() {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        if (fails("write")) {
          output.write(bytes, from, length / 2);
          throw new IOException("No space left on device");
        }
        output.write(bytes, from, length);
      }

      @Override
      public void force() throws IOException {
        step("force");
        // A file that was renamed is written no more.
        forced(file, Files.size(file));
      }

      @Override
      public void truncate(long length) throws IOException {
        step("truncate");
        output.truncate(length);
      }

      @Override
      public void close() throws IOException {
        output.close();
        step("close");
      }
    };
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step("rename");
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    synchronized (this) {
      forced.put(to, forced.getOrDefault(from, 0L));
      forced.remove(from);
      unnamed.remove(from);
    }
    step("force after rename");
    named(requireNonNull(to.getParent()));
  }

  @Override
  public void delete(Path file) throws IOException {
    step("delete");
    Disk.system().delete(file);
    synchronized (this) {
      forced.remove(file);
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step("forceDirectory");
    named(directory);
  }
}
