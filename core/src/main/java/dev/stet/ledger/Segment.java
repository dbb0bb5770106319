package dev.stet.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that one writer appends to.
 *
 * <p>A line is acknowledged once it is forced to the disk. Of the threads that wait, one writes and forces the lines of
 * all; so the disk is asked once where many runs end together. What could not be written is cut off again. When even
 * that fails, or the disk refuses to force, nobody knows what it holds behind the last acknowledged line: the segment is
 * broken and takes no more lines.
 */
final class Segment {
  static final String SUFFIX = ".jsonl";
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final Writer writer;
  private final Path folder;
  private final Path file;
  private final Disk disk;
  private final Disk.Output output;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private List<Ticket> waiting = new ArrayList<>();
  private boolean busy;
  private boolean broken;
  private boolean named;
  private int expected = 1;
  private long acknowledged;
  private long forceNanos;

  private Segment(Writer writer, Path folder, Path file, Disk disk, Disk.Output output) {
    this.writer = writer;
    this.folder = folder;
    this.file = file;
    this.disk = disk;
    this.output = output;
  }

  /** Begins a segment under a new name, whose lock is held before anybody can see the segment. */
  static Segment begin(Path segments, long millis, Disk disk) throws IOException {
    disk.createDirectories(segments);
    Writer writer = Writer.begin(Writer.freshName(millis), segments);
    try {
      Path file = segments.resolve(writer.name() + SUFFIX);
      return new Segment(writer, segments, file, disk, disk.create(file));
    } catch (IOException | RuntimeException e) {
      writer.end();
      throw e;
    }
  }

  private static final class Ticket {
    private final byte[] line;
    // Each has its own, so that nobody is woken for the line of another.
    private final Condition turn;
    private boolean done;
    private @Nullable Throwable failure;

    Ticket(byte[] line, Condition turn) {
      this.line = line;
      this.turn = turn;
    }
  }

  /**
   * Appends a line and returns once the disk has it.
   *
   * @throws IOException if it has not; the line is then not in the ledger, or the segment is broken
   */
  void append(byte[] line) throws IOException {
    Ticket ticket = new Ticket(line, lock.newCondition());
    lock.lock();
    try {
      waiting.add(ticket);
      while (!ticket.done) {
        if (busy) {
          ticket.turn.awaitUninterruptibly();
        } else {
          commitWaiting();
        }
      }
    } finally {
      lock.unlock();
    }
    if (ticket.failure != null) {
      throw new IOException(ticket.failure.toString(), ticket.failure);
    }
  }

  /** Called with the lock, which is let go while the disk works. */
  private void commitWaiting() {
    busy = true;
    awaitCompany();
    List<Ticket> batch = waiting;
    waiting = new ArrayList<>();
    Throwable failure = null;
    lock.unlock();
    try {
      failure = commit(batch);
    } finally {
      lock.lock();
      for (Ticket ticket : batch) {
        ticket.failure = failure;
        ticket.done = true;
        ticket.turn.signal();
      }
      expected = batch.size() + waiting.size();
      busy = false;
      if (waiting.isEmpty()) {
        idle.signalAll();
      } else {
        waiting.get(0).turn.signal();
      }
    }
  }

  /**
   * Gives the threads that ended with the last force a moment to come back, as long as this costs little beside a force:
   * then one force serves all of them, and not half of them by turns.
   */
  private void awaitCompany() {
    long left = Math.min(LONGEST_WAIT_NANOS, forceNanos / 4);
    long end = System.nanoTime() + left;
    while (waiting.size() < expected && left > 0) {
      lock.unlock();
      try {
        LockSupport.parkNanos(PAUSE_NANOS);
      } finally {
        lock.lock();
      }
      left = end - System.nanoTime();
    }
  }

  private @Nullable Throwable commit(List<Ticket> batch) {
    if (broken) {
      return new IOException("the segment " + file.getFileName() + " broke before");
    }
    try {
      byte[] bytes = joined(batch);
      write(bytes);
      long begin = System.nanoTime();
      force();
      forceNanos = System.nanoTime() - begin;
      acknowledged += bytes.length;
      return null;
    } catch (Throwable failure) {
      broken = broken || !(failure instanceof IOException);
      return failure;
    }
  }

  private static byte[] joined(List<Ticket> batch) {
    if (batch.size() == 1) {
      return batch.get(0).line;
    }
    int length = 0;
    for (Ticket ticket : batch) {
      length = Math.addExact(length, ticket.line.length);
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (Ticket ticket : batch) {
      System.arraycopy(ticket.line, 0, bytes, at, ticket.line.length);
      at += ticket.line.length;
    }
    return bytes;
  }

  private void write(byte[] bytes) throws IOException {
    try {
      output.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      cutOff(e);
      throw e;
    }
  }

  private void force() throws IOException {
    try {
      output.force();
      if (!named) {
        disk.forceDirectory(folder);
        named = true;
      }
    } catch (IOException e) {
      // After a failed force the system may call pages clean that never reached the disk.
      broken = true;
      cutOff(e);
      throw e;
    }
  }

  private void cutOff(IOException cause) {
    try {
      output.truncate(acknowledged);
    } catch (IOException e) {
      broken = true;
      cause.addSuppressed(e);
    }
  }

  boolean isBroken() {
    lock.lock();
    try {
      return broken;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the writer after the last line that waits. */
  void close() throws IOException {
    lock.lock();
    try {
      while (busy || !waiting.isEmpty()) {
        idle.awaitUninterruptibly();
      }
      broken = true;
    } finally {
      lock.unlock();
    }
    try {
      output.close();
    } finally {
      writer.end();
    }
  }
}
