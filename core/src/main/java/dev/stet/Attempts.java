package dev.stet;

import dev.stet.fingerprint.Fingerprint;
import dev.stet.ledger.Checkpoint;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunEntry;
import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStart;
import dev.stet.ledger.RunStatus;
import dev.stet.trace.Recorder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one trial until it completes or its attempts are used up, each attempt on record. Safe for several threads. */
final class Attempts<C> {
  private final Runner<C> runner;
  private final StudyOptions options;

  /** Whether the study was told to stop, so that what a trial does now is no result of it. */
  private final BooleanSupplier stopped;

  /** Whether trials under way are asked to end at their next checkpoint. */
  private final BooleanSupplier leaving;

  Attempts(
      Runner<C> runner, StudyOptions options, BooleanSupplier stopped, BooleanSupplier leaving) {
    this.leaving = leaving;
    this.runner = runner;
    this.options = options;
    this.stopped = stopped;
  }

  /**
   * Runs it.
   *
   * @param begun a run of this trial that was interrupted, to go on with; null if there is none
   * @return null if the study was stopped before it ended
   */
  @Nullable
  Outcome of(Job<C> job, @Nullable RunRecord begun) throws InterruptedException {
    StudyOptions.Recording record = options.record();
    OnRecord.Origin first = begun == null || record == null
        ? OnRecord.Origin.of(Map.of())
        : Resumption.origin(begun, record.ledger());
    Run run = new Attempt(job, first).run();
    int attempts = 1;
    for (; run != null && isWorthAnother(run, attempts); attempts++) {
      // Who asked to stop waits for what is under way, and an attempt that would begin now is not.
      run = leaving.getAsBoolean() ? null : new Attempt(job, retryOf(run)).run();
    }
    return run == null ? null : new Outcome(run, null, attempts);
  }

  private static OnRecord.Origin retryOf(Run run) {
    return OnRecord.Origin.of(run.id().map(id -> Map.of(Link.RETRY_OF, id)).orElse(Map.of()));
  }

  private boolean isWorthAnother(Run run, int attempts) {
    return run.status() != RunStatus.COMPLETED && attempts <= options.retries();
  }

  /** One of them, from its first line on record to its last. */
  private final class Attempt implements Beginning {
    private final Job<C> job;
    private final OnRecord.Origin origin;
    private @Nullable RunEntry entry;
    private long start;

    Attempt(Job<C> job, OnRecord.Origin origin) {
      this.job = job;
      this.origin = origin;
    }

    @Override
    public Checkpoints noted(Fingerprint fingerprint) {
      start = System.nanoTime();
      StudyOptions.Recording record = options.record();
      if (record == null) {
        return Checkpoints.NONE;
      }
      RunEntry begun = record.ledger().begin(started(fingerprint));
      entry = begun;
      return OnRecord.checkpoints(origin.from(), begun);
    }

    @Override
    public boolean isLeaving() {
      return leaving.getAsBoolean();
    }

    private RunStart started(Fingerprint fingerprint) {
      return new RunStart(
          job.execution().experiment(),
          Optional.ofNullable(options.name()),
          job.seed(),
          fingerprint,
          origin.links());
    }

    @Nullable
    Run run() throws InterruptedException {
      try {
        Run run = runner.run(job.execution(), job.seed(), this);
        // A run that was told to stop is no result of its seed, even if it returned.
        if (stopped.getAsBoolean() || run.status() == RunStatus.INTERRUPTED) {
          interrupted(run);
          return null;
        }
        return ended(run);
      } catch (InterruptedException e) {
        interrupted(null);
        throw e;
      } catch (RuntimeException | Error e) {
        OnRecord.broken(entry, e, sinceStart());
        throw e;
      }
    }

    private Run ended(Run run) {
      RunEntry begun = entry;
      if (begun == null) {
        return run;
      }
      // The trial is over; a flag that its body left on this thread must not reach the disk.
      Thread.interrupted();
      OnRecord.end(begun, run);
      if (run.status() == RunStatus.COMPLETED) {
        Checkpoint.deleteAll(begun.checkpoints());
        origin.superseded().forEach(Checkpoint::deleteAll);
      }
      return run.onRecord(begun.id());
    }

    private void interrupted(@Nullable Run run) {
      RunEntry known = entry;
      if (known != null) {
        Thread.interrupted();
        RunFailure why = new RunFailure("interrupted", "the study was told to stop", "");
        if (run == null) {
          known.interrupted(why, Recorder.of().end(), sinceStart());
        } else {
          known.observed(run.observation());
          known.interrupted(why, run.trace(), run.duration());
        }
      }
    }

    private Duration sinceStart() {
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }
}
