package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.Fingerprint;
import dev.stet.fork.ForeignException;
import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import dev.stet.trace.Series;
import dev.stet.trace.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a trial: how it ended, what it recorded, what determined it, how long it took.
 *
 * <p>A run is immutable. Its fingerprint holds its config and its seed, so that
 * {@link Experiment#rerun(Run)} can run the same trial again.
 *
 * @since 0.1
 */
public final class Run {
  private final String experiment;
  private final Seed seed;
  private final Fingerprint fingerprint;
  private final Trace trace;
  private final @Nullable Throwable failure;
  private final Duration duration;
  private final Observation observation;
  private final @Nullable String id;

  Run(
      String experiment,
      Seed seed,
      Fingerprint fingerprint,
      Trace trace,
      @Nullable Throwable failure,
      Duration duration,
      Observation observation) {
    this(experiment, seed, fingerprint, trace, failure, duration, observation, null);
  }

  private Run(
      String experiment,
      Seed seed,
      Fingerprint fingerprint,
      Trace trace,
      @Nullable Throwable failure,
      Duration duration,
      Observation observation,
      @Nullable String id) {
    this.experiment = experiment;
    this.seed = seed;
    this.fingerprint = fingerprint;
    this.trace = trace;
    this.failure = failure;
    this.duration = duration;
    this.observation = observation;
    this.id = id;
  }

  /** This run as one that a ledger has under an id. */
  Run onRecord(String known) {
    return new Run(experiment, seed, fingerprint, trace, failure, duration, observation, known);
  }

  /**
   * Returns the id under which a ledger has this run.
   *
   * @return the id; empty if the run is not on record
   */
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }

  /**
   * Returns the name of the experiment.
   *
   * @return the name
   */
  public String experiment() {
    return experiment;
  }

  /**
   * Returns the seed of the trial.
   *
   * @return the seed
   */
  public Seed seed() {
    return seed;
  }

  /**
   * Returns how the run ended.
   *
   * @return the status
   */
  public RunStatus status() {
    if (failure instanceof TrialTimeoutException) {
      return RunStatus.TIMED_OUT;
    }
    if (failure instanceof LeftAtCheckpoint) {
      return RunStatus.INTERRUPTED;
    }
    if (failure instanceof RecordedFailure recorded) {
      return recorded.status();
    }
    return failure == null ? RunStatus.COMPLETED : RunStatus.FAILED;
  }

  /**
   * Returns what the body threw.
   *
   * @return the very throwable, or empty if the run completed
   */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Returns everything the run recorded; for a failed run, until it failed.
   *
   * @return the trace
   */
  public Trace trace() {
    return trace;
  }

  /**
   * Returns the identity of everything that determines the run.
   *
   * @return the fingerprint, taken before the body ran
   */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** What it failed with, in texts. */
  RunFailure cause() {
    Throwable thrown = requireNonNull(failure, "failure");
    if (thrown instanceof RecordedFailure recorded) {
      return recorded.failure();
    }
    RunFailure texts = RunFailure.of(thrown);
    return thrown instanceof ForeignException foreign
        ? new RunFailure(foreign.foreignType(), texts.message(), texts.stackTrace())
        : texts;
  }

  /**
   * Returns how long the body ran. It is never compared.
   *
   * @return the duration by a monotonic clock
   */
  public Duration duration() {
    return duration;
  }

  /**
   * Returns what the guard found that is not the trial's own: unseeded generators, clocks, orders that vary. It is never
   * compared.
   *
   * @return the findings, worst first; empty if nothing was found, or nothing watched this JVM: the runtime facet of the
   *     fingerprint has under {@code guard} whether something did
   */
  public List<Finding> findings() {
    return observation.findings();
  }

  /**
   * Returns all that the guard saw: findings, and what it could not see.
   *
   * @return {@link Observation#EMPTY} if nothing watched this JVM
   */
  public Observation observation() {
    return observation;
  }

  /**
   * Returns the last recorded value of a metric.
   *
   * @param metric its name
   * @return the value recorded last, whatever its step; where another thread wrote the metric too, the value at the largest
   *     step
   * @throws IllegalArgumentException if the run did not record it, and the message lists what it recorded; or if several
   *     threads recorded it without steps, so that none of its values is the last
   */
  public double value(String metric) {
    requireNonNull(metric, "metric");
    if (!trace.metrics().contains(metric)) {
      throw new IllegalArgumentException("this run did not record \"" + metric + "\"; it recorded: "
          + Words.list(trace.metrics()) + ".");
    }
    return orderedSeries(metric).last();
  }

  /** A series whose order is not left to the scheduler: else its last value would be chance, and nobody would know. */
  Series orderedSeries(String metric) {
    if (trace.unordered().contains(metric)) {
      throw new IllegalArgumentException("the run with seed " + seed + " recorded \"" + metric
          + "\" from several threads without steps, so that its values have no order. Record it with a step, such as"
          + " trial.record(\"" + metric + "\", step, value).");
    }
    return trace.series(metric);
  }

  /** Two failed runs end alike when the class and the message of what they threw are equal. */
  String outcome() {
    return failure == null ? "completed" : "failed with " + failure;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, seed %s: %s in %s, %s",
        experiment,
        seed,
        outcome(),
        Words.duration(duration),
        Words.count(trace.size(), "record"));
  }
}
