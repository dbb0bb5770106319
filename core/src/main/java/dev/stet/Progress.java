package dev.stet;

import dev.stet.ledger.RunStatus;
import dev.stet.replication.Direction;
import dev.stet.replication.Metric;
import dev.stet.replication.SampleRun;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that says how far a study is; nothing where the output is not a terminal. */
final class Progress implements AutoCloseable {
  private static final int REDRAW_MILLIS = 500;
  private static final int WIDTH = 100;

  private final @Nullable PrintWriter terminal;
  private final @Nullable ProgressBar bar;
  private final @Nullable Metric shown;

  // All below is guarded by this.
  private int failed;
  private int running;
  private double best = Double.NaN;

  Progress(@Nullable PrintWriter terminal, String experiment, int total, @Nullable Metric shown) {
    this.terminal = terminal;
    this.shown = shown;
    this.bar = terminal == null
        ? null
        : new ProgressBarBuilder()
            .setTaskName(experiment)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .continuousUpdate()
            .setEtaFunction(Progress::left)
            .setConsumer(new Line(terminal))
            .build();
  }

  static Progress onTerminal(String experiment, int total, @Nullable Metric shown) {
    return new Progress(terminal(), experiment, total, shown);
  }

  @SuppressWarnings("SystemConsoleNull") // null before JDK 22 only; isTerminal asks the newer ones
  private static @Nullable PrintWriter terminal() {
    Console console = System.console();
    return console != null && isTerminal(console) ? console.writer() : null;
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

  /** The time left if the rest takes as long as what was run now; what was reused took none. */
  private static Optional<Duration> left(ProgressState state) {
    long done = state.getCurrent() - state.getStart();
    return done <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) (state.getElapsedAfterStart().toMillis()
            / (double) done
            * (state.getMax() - state.getCurrent()))));
  }

  synchronized void begun() {
    running++;
    tell(false);
  }

  synchronized void ended(Run run) {
    running = Math.max(0, running - 1);
    failed += run.status() != RunStatus.COMPLETED ? 1 : 0;
    look(run);
    tell(true);
  }

  /** One that need not run. */
  synchronized void known(@Nullable Run run) {
    if (run != null) {
      look(run);
    }
    tell(true);
  }

  private void look(Run run) {
    if (shown == null || bar == null || run.status() != RunStatus.COMPLETED) {
      return;
    }
    try {
      SampleRun result = Study.result(run, shown);
      boolean lower =
          shown.direction().filter(way -> way == Direction.LOWER_IS_BETTER).isPresent();
      double value = result.value();
      if (Double.isNaN(best) || (lower ? value < best : value > best)) {
        best = value;
      }
    } catch (IllegalArgumentException absent) {
      // The run did not record it. Whoever asks the study for this metric is told so.
    }
  }

  private void tell(boolean step) {
    ProgressBar line = bar;
    if (line == null) {
      return;
    }
    line.setExtraMessage(message());
    if (step) {
      line.step();
    }
  }

  private String message() {
    String message = String.format(Locale.ROOT, "%,d failed, %,d running", failed, running);
    return shown == null || Double.isNaN(best)
        ? message
        : message + String.format(Locale.ROOT, ", best %s %.6g", shown.name(), best);
  }

  /** Tells whoever sits there and has pressed Ctrl-C. */
  synchronized void sayStopping() {
    if (terminal != null) {
      terminal.println();
      terminal.println(
          "Stopping: trials under way are finished first. Press Ctrl-C again to leave at once.");
      terminal.flush();
    }
  }

  boolean isShown() {
    return terminal != null;
  }

  @Override
  public void close() {
    ProgressBar line = bar;
    if (line != null) {
      line.close();
    }
  }

  /** Draws over the line before. */
  private record Line(PrintWriter terminal) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String line) {
      terminal.print('\r' + line);
      terminal.flush();
    }

    @Override
    public void close() {
      terminal.println();
      terminal.flush();
    }
  }
}
