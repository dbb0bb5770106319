package dev.stet;

import dev.stet.ledger.RunStatus;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that says how far a study is; nothing where the output is not a terminal. */
final class Progress implements AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int BAR = 24;

  private final @Nullable PrintWriter terminal;
  private final LongSupplier clock;
  private final String experiment;
  private final int total;
  private final long start;
  private long drawn;
  private int width;
  private int done;
  private int failed;

  Progress(@Nullable PrintWriter terminal, LongSupplier clock, String experiment, int total) {
    this.terminal = terminal;
    this.clock = clock;
    this.experiment = experiment;
    this.total = total;
    this.start = clock.getAsLong();
    this.drawn = start - REDRAW_NANOS;
  }

  @SuppressWarnings("SystemConsoleNull") // null before JDK 22 only; isTerminal asks the newer ones
  static Progress onTerminal(String experiment, int total) {
    Console console = System.console();
    PrintWriter terminal = console != null && isTerminal(console) ? console.writer() : null;
    return new Progress(terminal, System::nanoTime, experiment, total);
  }

  /** From JDK 22 on a console is there even without a terminal, and only {@code isTerminal()}, new then, tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  synchronized void ended(Run run) {
    done++;
    failed += run.status() == RunStatus.FAILED ? 1 : 0;
    long now = clock.getAsLong();
    if (terminal != null && (now - drawn >= REDRAW_NANOS || done == total)) {
      drawn = now;
      draw(terminal, line(now));
    }
  }

  private void draw(PrintWriter writer, String line) {
    // Blanks wipe what a longer line before left behind.
    writer.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
    writer.flush();
    width = line.length();
  }

  private String line(long now) {
    int filled = (int) ((long) BAR * done / total);
    Duration left = Duration.ofNanos((long) ((now - start) / (double) done * (total - done)));
    return String.format(
        Locale.ROOT,
        "%s  [%s%s]  %,d of %,d done, %,d failed, %s left",
        experiment,
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        done,
        total,
        failed,
        Words.duration(left));
  }

  @Override
  public synchronized void close() {
    if (terminal != null && width > 0) {
      terminal.println();
      terminal.flush();
    }
  }
}
