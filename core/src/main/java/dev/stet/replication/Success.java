package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes a run a success, so that a success rate can be counted. A failed run, or one whose result is not finite, is
 * never one.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Success {
  private static final Success COMPLETED = new Success(null, true, Double.NaN);

  private final @Nullable Metric metric;
  private final boolean atLeast;
  private final double limit;

  private Success(@Nullable Metric metric, boolean atLeast, double limit) {
    this.metric = metric;
    this.atLeast = atLeast;
    this.limit = limit;
  }

  /**
   * Returns the success of a run that completes, whatever it recorded.
   *
   * @return success is to complete
   */
  public static Success completed() {
    return COMPLETED;
  }

  /**
   * Returns the success of a run whose result reaches a limit from above.
   *
   * @param metric what is measured
   * @param limit the smallest result of a success, finite
   * @return success is a result of at least the limit
   * @throws IllegalArgumentException if the limit is not finite
   */
  public static Success atLeast(Metric metric, double limit) {
    return new Success(requireNonNull(metric, "metric"), true, requireFinite(limit));
  }

  /**
   * Returns the success of a run whose result reaches a limit from below.
   *
   * @param metric what is measured
   * @param limit the largest result of a success, finite
   * @return success is a result of at most the limit
   * @throws IllegalArgumentException if the limit is not finite
   */
  public static Success atMost(Metric metric, double limit) {
    return new Success(requireNonNull(metric, "metric"), false, requireFinite(limit));
  }

  private static double requireFinite(double limit) {
    if (!Double.isFinite(limit)) {
      throw new IllegalArgumentException(
          "the limit of a success must be a finite number; got " + limit
              + ". Give the result that a run must reach, such as Success.atLeast(metric, 0.9).");
    }
    return limit;
  }

  /**
   * Returns what is measured.
   *
   * @return the metric; empty if a run only has to complete
   */
  public Optional<Metric> metric() {
    return Optional.ofNullable(metric);
  }

  /**
   * Returns whether a run is a success.
   *
   * @param run a run; its value is one of {@link #metric()}
   * @return false for a failed run
   */
  public boolean isMetBy(SampleRun run) {
    if (run.failed()) {
      return false;
    }
    return metric == null || (atLeast ? run.value() >= limit : run.value() <= limit);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Success that
        && Objects.equals(metric, that.metric)
        && atLeast == that.atLeast
        && Double.compare(limit, that.limit) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(metric, atLeast, limit);
  }

  /** Returns the success in words that follow "runs": {@code complete} or {@code have accuracy at least 0.9}. */
  @Override
  public String toString() {
    return metric == null ? "complete" : "have " + metric.name() + " " + limit();
  }

  /** The limit alone, such as {@code at least 0.9}. */
  String limit() {
    return (atLeast ? "at least " : "at most ") + Decimals.shortest(limit);
  }
}
