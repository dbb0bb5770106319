package dev.stet.fork;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Prints what a worker prints where this JVM prints, as if the work had been done here, and keeps its last lines.
 * {@code System.out} is asked for at each piece, since a program may replace it.
 */
final class Forwarder {
  private static final int KEPT_LINES = 20;
  private static final int KEPT_CHARACTERS = 400;

  private final InputStream in;
  private final boolean error;
  private final Thread thread;

  // All below is guarded by this.
  private final Deque<String> lines = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private long arrived;
  private boolean ended;

  private Forwarder(InputStream in, boolean error, String name) {
    this.in = in;
    this.error = error;
    this.thread = new Thread(this::forward, name);
    this.thread.setDaemon(true);
  }

  static Forwarder ofOutput(Process process) {
    return started(new Forwarder(process.getInputStream(), false, "stet-output"));
  }

  static Forwarder ofErrors(Process process) {
    return started(new Forwarder(process.getErrorStream(), true, "stet-errors"));
  }

  private static Forwarder started(Forwarder forwarder) {
    forwarder.thread.start();
    return forwarder;
  }

  private void forward() {
    Counted counted = new Counted(in);
    char[] buffer = new char[8192];
    try (Reader reader = new InputStreamReader(counted, StandardCharsets.UTF_8)) {
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        String text = new String(buffer, 0, n);
        keep(text);
        print(text);
        arrived(counted.bytes, false);
      }
    } catch (IOException e) {
      // A process that was killed leaves a pipe that cannot be read on: nothing more will come.
      keep("");
    } finally {
      arrived(counted.bytes, true);
    }
  }

  private void print(String text) {
    try {
      PrintStream target = error ? System.err : System.out;
      target.print(text);
      target.flush();
    } catch (RuntimeException | Error e) {
      // The stream is the user's and may throw, or be gone. A worker whose output nobody takes
      // would
      // stand still.
      return;
    }
  }

  private synchronized void keep(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        endLine();
      } else if (line.length() < KEPT_CHARACTERS && c != '\r') {
        line.append(c);
      }
    }
  }

  private void endLine() {
    if (lines.size() == KEPT_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line.toString());
    line.setLength(0);
  }

  private synchronized void arrived(long bytes, boolean last) {
    arrived = bytes;
    ended |= last;
    notifyAll();
  }

  /** Waits until so many bytes have been printed here, or no more can come, or it takes too long. */
  synchronized void await(long bytes, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (arrived < bytes && !ended && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  /** Waits for the end of the output, which a process that outlives the worker may hold open. */
  void awaitEnd(long millis) throws InterruptedException {
    await(Long.MAX_VALUE, millis);
  }

  synchronized void forget() {
    lines.clear();
    line.setLength(0);
  }

  /** The last lines, the one that has not ended too. */
  synchronized String lastLines() {
    String ended = String.join("\n", lines);
    return line.isEmpty() ? ended : ended + (ended.isEmpty() ? "" : "\n") + line;
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      bytes += Math.max(n, 0);
      return n;
    }
  }
}
