package dev.stet;

import dev.stet.fingerprint.Fingerprint;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunEntry;
import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStart;
import dev.stet.ledger.RunStatus;
import dev.stet.trace.Recorder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one trial until it completes or its attempts are used up, each attempt on record. Safe for several threads. */
final class Attempts<C> {
  private final Runner<C> runner;
  private final StudyOptions options;

  /** Whether the study was told to stop, so that what a trial does now is no result of it. */
  private final BooleanSupplier stopped;

  Attempts(Runner<C> runner, StudyOptions options, BooleanSupplier stopped) {
    this.runner = runner;
    this.options = options;
    this.stopped = stopped;
  }

  /**
   * Runs it.
   *
   * @param before a run of this trial that did not complete; null if there is none
   * @param resume whether to go on from its checkpoint
   * @return null if the study was stopped before it ended
   */
  @Nullable
  Outcome of(Job<C> job, @Nullable RunRecord before, boolean resume) throws InterruptedException {
    Attempt attempt = new Attempt(job, before == null ? null : before.id(), before, resume);
    Run run = attempt.run();
    int attempts = 1;
    for (; run != null && isWorthAnother(run, attempts); attempts++) {
      attempt = new Attempt(job, attempt.id(), null, false);
      run = attempt.run();
    }
    return run == null ? null : new Outcome(run, false, attempts);
  }

  private boolean isWorthAnother(Run run, int attempts) {
    return run.status() != RunStatus.COMPLETED && attempts <= options.retries();
  }

  /** One of them, from its first line on record to its last. */
  private final class Attempt implements Beginning {
    private final Job<C> job;
    private final @Nullable String linked;
    private final @Nullable RunRecord before;
    private final boolean resume;
    private @Nullable RunEntry entry;
    private long start;

    Attempt(
        Job<C> job, @Nullable String linked, @Nullable RunRecord before, boolean resume) {
      this.job = job;
      this.linked = linked;
      this.before = before;
      this.resume = resume;
    }

    /** Its id on record, if there is a record. */
    @Nullable
    String id() {
      RunEntry known = entry;
      return known == null ? null : known.id();
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
      return before != null && resume
          ? Checkpoints.in(before.checkpoints(), true)
          : Checkpoints.in(begun.checkpoints(), false);
    }

    private RunStart started(Fingerprint fingerprint) {
      RunStart begin = new RunStart(
          job.execution().experiment(),
          Optional.ofNullable(options.name()),
          job.seed(),
          fingerprint,
          java.util.Map.of());
      String id = linked;
      return id == null ? begin : begin.withLink(resume ? Link.RESUMES : Link.RETRY_OF, id);
    }

    @Nullable
    Run run() throws InterruptedException {
      try {
        Run run = runner.run(job.execution(), job.seed(), this);
        // A run that was told to stop is no result of its seed, even if it returned.
        boolean interrupted = Thread.interrupted() && stopped.getAsBoolean();
        if (interrupted || stopped.getAsBoolean()) {
          interrupted(run);
          return null;
        }
        ended(run);
        return run;
      } catch (InterruptedException e) {
        interrupted(null);
        throw e;
      } catch (RuntimeException | Error e) {
        broken(e);
        throw e;
      }
    }

    private void ended(Run run) {
      RunEntry known = entry;
      if (known == null) {
        return;
      }
      switch (run.status()) {
        case COMPLETED -> known.completed(run.trace(), run.duration());
        case TIMED_OUT -> known.timedOut(run.cause(), run.trace(), run.duration());
        case INTERRUPTED -> known.interrupted(run.cause(), run.trace(), run.duration());
        default -> known.failed(run.cause(), run.trace(), run.duration());
      }
    }

    private void interrupted(@Nullable Run run) {
      RunEntry known = entry;
      if (known != null) {
        RunFailure why = new RunFailure("interrupted", "the study was told to stop", "");
        if (run == null) {
          known.interrupted(why, Recorder.of().end(), sinceStart());
        } else {
          known.interrupted(why, run.trace(), run.duration());
        }
      }
    }

    /** What goes wrong outside the body is no result of the trial either. A record that cannot be written adds to it. */
    private void broken(Throwable cause) {
      RunEntry known = entry;
      if (known == null) {
        return;
      }
      try {
        known.interrupted(RunFailure.of(cause), Recorder.of().end(), sinceStart());
      } catch (RuntimeException again) {
        if (again != cause) {
          cause.addSuppressed(again);
        }
      }
    }

    private Duration sinceStart() {
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }
}
