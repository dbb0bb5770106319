package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import dev.stet.spi.Observation;
import dev.stet.trace.Trace;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run under way that is on record and has no end yet. Exactly one of the four ends it, and returns once the disk has
 * it; an end that threw is none, and may be tried again.
 *
 * <p>A run whose entry never ends shows as interrupted once its ledger is closed or its process gone.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class RunEntry {
  private final Ledger ledger;
  private final RunLines lines;
  private @Nullable RunStatus end;
  private Observation seen = Observation.EMPTY;

  RunEntry(Ledger ledger, RunLines lines) {
    this.ledger = ledger;
    this.lines = lines;
  }

  /**
   * Returns the id of the run: the time in 12 hexadecimal digits, a dash, and 128 bits of the operating system in 32, or
   * those that follow if another run began in that millisecond. No other run has it, and it says nothing of machine or
   * user. Ids of one open ledger sort as their runs began.
   *
   * @return the id
   */
  public String id() {
    return lines.id();
  }

  /**
   * Returns where the checkpoints of this run go.
   *
   * @return a directory of the ledger; not created
   */
  public Path checkpoints() {
    return ledger.layout().checkpoints(id());
  }

  /**
   * Notes what a guard saw of the run; it is put on record with the end.
   *
   * @param observation what was seen, in place of what was noted before
   */
  public synchronized void observed(Observation observation) {
    seen = requireNonNull(observation, "observation");
  }

  /**
   * Ends the run: its body returned.
   *
   * @param trace everything it recorded
   * @param duration how long the body ran, not negative
   * @return the run as it is on record now
   * @throws IllegalStateException if the run has an end or its ledger is closed
   * @throws LedgerException if the disk did not take it
   */
  public RunRecord completed(Trace trace, Duration duration) {
    return end(RunStatus.COMPLETED, null, trace, duration);
  }

  /**
   * Ends the run: its body threw.
   *
   * @param failure what it threw
   * @param trace everything it recorded until then
   * @param duration how long the body ran, not negative
   * @return the run as it is on record now
   * @throws IllegalStateException if the run has an end or its ledger is closed
   * @throws LedgerException if the disk did not take it
   */
  public RunRecord failed(RunFailure failure, Trace trace, Duration duration) {
    return end(RunStatus.FAILED, requireNonNull(failure, "failure"), trace, duration);
  }

  /**
   * Ends the run: it took longer than it was allowed.
   *
   * @param failure what was allowed, and how the run was ended
   * @param trace what is known of its records
   * @param duration how long it ran, not negative
   * @return the run as it is on record now
   * @throws IllegalStateException if the run has an end or its ledger is closed
   * @throws LedgerException if the disk did not take it
   */
  public RunRecord timedOut(RunFailure failure, Trace trace, Duration duration) {
    return end(RunStatus.TIMED_OUT, requireNonNull(failure, "failure"), trace, duration);
  }

  /**
   * Ends the run: it was broken off on request.
   *
   * @param failure who asked, or what broke it off
   * @param trace what is known of its records
   * @param duration how long it ran, not negative
   * @return the run as it is on record now
   * @throws IllegalStateException if the run has an end or its ledger is closed
   * @throws LedgerException if the disk did not take it
   */
  public RunRecord interrupted(RunFailure failure, Trace trace, Duration duration) {
    return end(RunStatus.INTERRUPTED, requireNonNull(failure, "failure"), trace, duration);
  }

  private synchronized RunRecord end(
      RunStatus status, @Nullable RunFailure failure, Trace trace, Duration duration) {
    requireNonNull(trace, "trace");
    if (requireNonNull(duration, "duration").isNegative()) {
      throw new IllegalArgumentException(
          "a duration must not be negative; got " + duration + ". Take it by System.nanoTime().");
    }
    if (end != null) {
      throw new IllegalStateException("run " + id() + " has ended as " + end.label()
          + " and cannot end as " + status.label() + " too. Begin another run.");
    }
    RunRecord record = ledger.end(lines, new RunLines.End(status, failure, trace, duration, seen));
    end = status;
    return record;
  }

  /** Returns the run in a line. */
  @Override
  public synchronized String toString() {
    return lines.experiment() + ": " + (end == null ? "under way" : end.label()) + " (" + id()
        + ")";
  }
}
