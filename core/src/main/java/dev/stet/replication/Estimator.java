package dev.stet.replication;

import dev.stet.statistics.Interval;
import java.util.function.DoubleFunction;

/**
 * One way of estimating the difference, with the data already in it.
 *
 * @param name what the witness is called, after the word "by"
 * @param estimate fresh minus baseline; NaN if there is none
 * @param intervals the confidence interval of any level
 */
record Estimator(String name, double estimate, DoubleFunction<Interval> intervals) {

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
