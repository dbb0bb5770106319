package dev.stet.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A disk on which one chosen operation fails, once or from then on; a write that fails writes half. It counts what is to
 * be forced and forces nothing, since no test pulls the plug.
 */
final class FaultyDisk implements Disk {
  private final boolean forGood;
  private final long failing;
  private long operations;
  private String failed = "nothing";

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
    step("force after rename");
  }

  @Override
  public void delete(Path file) throws IOException {
    step("delete");
    Disk.system().delete(file);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step("forceDirectory");
  }
}
