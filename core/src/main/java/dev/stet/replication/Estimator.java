package dev.stet.replication;

import dev.stet.statistics.Alternative;
import dev.stet.statistics.Interval;
import java.util.function.DoubleFunction;

/**
 * One way of estimating the difference, with the data already in it.
 *
 * @param name what the witness is called, after the word "by"
 * @param estimate fresh minus baseline; NaN if there is none
 * @param intervals the confidence interval of any level
 * @param chances what the test of which these are the intervals says; NaN if there is none
 */
record Estimator(
    String name, double estimate, DoubleFunction<Interval> intervals, Chances chances) {

  /** The one-sided p-value of a finite difference. */
  interface Chances {
    double of(double difference, Alternative alternative);
  }

  Estimator(String name, double estimate, DoubleFunction<Interval> intervals) {
    this(name, estimate, intervals, (difference, alternative) -> Double.NaN);
  }

  /** Knows nothing: no estimate, no end. */
  static Estimator silent(String name) {
    return new Estimator(name, Double.NaN, Interval::unbounded);
  }

  /** Knows the difference itself. */
  static Estimator certain(String name, double value) {
    return new Estimator(name, value, level -> new Interval(value, value, level));
  }

  Witness witness(Levels levels) {
    return new Witness(
        name, estimate, intervals.apply(levels.narrow()), intervals.apply(levels.wide()));
  }
}
