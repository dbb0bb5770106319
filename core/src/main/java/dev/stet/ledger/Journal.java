package dev.stet.ledger;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments that one open ledger writes: one, unless it breaks and another takes its place. The lock of a broken one
 * is held on, since runs that began there are still under way.
 */
final class Journal {
  private final Layout layout;
  private final Disk disk;
  private final Clock clock;
  private final List<Segment> broken = new ArrayList<>();
  private @Nullable Segment current;
  private boolean closed;

  Journal(Layout layout, Disk disk, Clock clock) {
    this.layout = layout;
    this.disk = disk;
    this.clock = clock;
  }

  void append(byte[] line) throws IOException {
    segment().append(line);
  }

  private synchronized Segment segment() throws IOException {
    requireOpen();
    Segment segment = current;
    if (segment != null && segment.isBroken()) {
      broken.add(segment);
      segment = null;
    }
    if (segment == null) {
      segment = Segment.begin(layout.segments(), clock.millis(), disk);
      current = segment;
    }
    return segment;
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the ledger " + layout.directory()
          + " was closed, and records nothing more. Close it when all runs have ended.");
    }
  }

  synchronized void close() throws IOException {
    closed = true;
    if (current != null) {
      broken.add(current);
      current = null;
    }
    IOException failure = null;
    for (Segment segment : broken) {
      try {
        segment.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    broken.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
