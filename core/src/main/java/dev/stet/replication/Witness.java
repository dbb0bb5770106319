package dev.stet.replication;

import dev.stet.statistics.Interval;

/**
 * What one method says about the difference, fresh minus baseline. A definitive verdict needs two of them.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param estimate its estimate; infinite if one side failed altogether, NaN if it has none
 * @param ninety the 90 % interval, on which <i>replicated</i> rests
 * @param ninetyFive the 95 % interval, on which <i>differs</i> rests
 * @since 0.1
 */
public record Witness(double estimate, Interval ninety, Interval ninetyFive) {
  static final double REPLICATION_LEVEL = 0.90;
  static final double DIFFERENCE_LEVEL = 0.95;

  static Witness silent() {
    return new Witness(
        Double.NaN, Interval.unbounded(REPLICATION_LEVEL), Interval.unbounded(DIFFERENCE_LEVEL));
  }

  static Witness of(double value) {
    return new Witness(
        value,
        new Interval(value, value, REPLICATION_LEVEL),
        new Interval(value, value, DIFFERENCE_LEVEL));
  }
}
