package dev.stet;

import dev.stet.fingerprint.Fingerprint;
import dev.stet.ledger.Checkpoint;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunEntry;
import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunStart;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run on record: it is there before its body runs, and ends there as it ends here. */
final class OnRecord implements Beginning {
  /**
   * What a run on record is to others.
   *
   * @param links the runs it refers to
   * @param study the study it is part of
   * @param from the checkpoint that it goes on from
   * @param superseded where the checkpoints stand that nobody needs once it has completed
   */
  record Origin(
      Map<Link, String> links,
      Optional<String> study,
      Optional<Checkpoint> from,
      List<Path> superseded) {
    static Origin of(Map<Link, String> links) {
      return new Origin(links, Optional.empty(), Optional.empty(), List.of());
    }
  }

  private final Ledger ledger;
  private final String experiment;
  private final Seed seed;
  private final Origin origin;
  private @Nullable RunEntry entry;

  private OnRecord(Ledger ledger, String experiment, Seed seed, Origin origin) {
    this.ledger = ledger;
    this.experiment = experiment;
    this.seed = seed;
    this.origin = origin;
  }

  static <C> Run run(Ledger ledger, Execution<C> execution, Seed seed, Origin origin) {
    try {
      return run(ledger, Runner.onThreads(), execution, seed, origin);
    } catch (InterruptedException e) {
      throw new AssertionError("a body's interruption is a failure of its run", e);
    }
  }

  static <C> Run run(
      Ledger ledger, Runner<C> runner, Execution<C> execution, Seed seed, Origin origin)
      throws InterruptedException {
    OnRecord record = new OnRecord(ledger, execution.experiment(), seed, origin);
    Run run;
    try {
      run = runner.run(execution, seed, record);
    } catch (InterruptedException | RuntimeException | Error broken) {
      broken(record.entry, broken, Duration.ZERO);
      throw broken;
    }
    return record.ended(run);
  }

  @Override
  public Checkpoints noted(Fingerprint fingerprint) {
    RunEntry begun =
        ledger.begin(new RunStart(experiment, origin.study(), seed, fingerprint, origin.links()));
    entry = begun;
    return checkpoints(origin.from(), begun);
  }

  /** The directory of a run that begins, and in it what it goes on from, so that this can be lost a second time. */
  static Checkpoints checkpoints(Optional<Checkpoint> from, RunEntry begun) {
    from.ifPresent(checkpoint -> checkpoint.copyTo(begun.checkpoints()));
    return Checkpoints.in(begun.checkpoints(), from.isPresent());
  }

  private Run ended(Run run) {
    RunEntry begun = entry;
    if (begun == null) {
      throw new IllegalStateException("the body ran before its run was on record");
    }
    end(begun, run);
    if (run.status() == RunStatus.COMPLETED) {
      Checkpoint.deleteAll(begun.checkpoints());
      origin.superseded().forEach(Checkpoint::deleteAll);
    }
    return run.onRecord(begun.id());
  }

  /** Puts on record how a run ended. */
  static void end(RunEntry begun, Run run) {
    begun.observed(run.observation());
    switch (run.status()) {
      case COMPLETED -> begun.completed(run.trace(), run.duration());
      case TIMED_OUT -> begun.timedOut(run.cause(), run.trace(), run.duration());
      case INTERRUPTED -> begun.interrupted(run.cause(), run.trace(), run.duration());
      default -> begun.failed(run.cause(), run.trace(), run.duration());
    }
  }

  /** What goes wrong outside the body is no result of the trial. A record that cannot be written adds to it. */
  @SuppressWarnings("ReferenceEquality") // nothing can be suppressed by itself
  static void broken(@Nullable RunEntry begun, Throwable cause, Duration duration) {
    if (begun == null) {
      return;
    }
    try {
      begun.interrupted(RunFailure.of(cause), Recorder.of().end(), duration);
    } catch (RuntimeException again) {
      if (again != cause) {
        cause.addSuppressed(again);
      }
    }
  }
}
