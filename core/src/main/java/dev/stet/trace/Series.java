package dev.stet.trace;

import static java.util.Objects.requireNonNull;

/**
 * The values of one metric with their steps.
 *
 * <p>Values stand in the order in which the run's own thread recorded them; if another thread wrote the same metric,
 * all of them stand sorted by step. Immutable.
 *
 * @since 0.1
 */
public final class Series {
  private final String metric;
  private final long[] steps;
  private final double[] values;

  Series(String metric, long[] steps, double[] values) {
    this.metric = requireNonNull(metric, "metric");
    this.steps = steps;
    this.values = values;
  }

  /**
   * Returns the name of the metric.
   *
   * @return the name
   */
  public String metric() {
    return metric;
  }

  /**
   * Returns how many values there are.
   *
   * @return at least 1
   */
  public int length() {
    return values.length;
  }

  /**
   * Returns the steps.
   *
   * @return a copy, one step a value
   */
  public long[] steps() {
    return steps.clone();
  }

  /**
   * Returns the values.
   *
   * @return a copy, bit for bit as recorded
   */
  public double[] values() {
    return values.clone();
  }

  /**
   * Returns the last value.
   *
   * @return the value that stands last in {@link #values()}
   */
  public double last() {
    return values[values.length - 1];
  }
}
