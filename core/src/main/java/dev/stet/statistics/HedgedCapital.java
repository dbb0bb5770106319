package dev.stet.statistics;

/**
 * A confidence sequence for the mean of values between 0 and 1: an interval that may be looked at after every value and
 * still covers, at all looks together.
 *
 * <p>For every candidate mean m two capitals are kept, one that bets on values above m and one on values below; half of
 * the hedge is on each. Means whose hedged capital ever reached 1 / (1 - level) are excluded (the hedged capital process of
 * Waudby-Smith and Ramdas 2024, doi:10.1093/jrsssb/qkad009, with theta = 1/2). The bets are
 * {@code sqrt(2 log(2 / (1 - level)) / (v t log(1 + t)))} with v the variance of the values before, begun with 1/4, and at
 * most half of what cannot lose everything.
 *
 * <p>It holds for every distribution on [0, 1] and every rule of stopping, for independent values with one mean. The order
 * of the values counts. Few values give wide intervals: it is the price of both. NaN and values outside [0, 1] are
 * refused; without values nothing is excluded.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class HedgedCapital {
  private static final double BOLDEST = 0.5;
  private static final int HALVINGS = 50;

  private final double[] values;

  private HedgedCapital(double[] values) {
    this.values = values;
  }

  /**
   * Returns the confidence sequence after these values.
   *
   * @param values the values in the order in which they came, each in [0, 1]
   * @return the sequence
   * @throws IllegalArgumentException if a value is NaN or outside [0, 1]
   */
  public static HedgedCapital of(double... values) {
    for (int i = 0; i < values.length; i++) {
      BoundedMean.requireInRange(values[i], i);
    }
    return new HedgedCapital(values.clone());
  }

  /**
   * Returns the interval after the last value: the means that no look up to now has excluded.
   *
   * @param level the confidence level, between 0 and 1
   * @return an interval within [0, 1]
   */
  public Interval interval(double level) {
    Interval.requireLevel(level);
    double[] bets = bets(level);
    double limit = 2 / (1 - level);
    // One capital falls and the other rises with m, so that either end is one search.
    double low = excludedBelow(m -> highest(bets, m, 1) >= limit);
    double high = 1 - excludedBelow(m -> highest(bets, 1 - m, -1) >= limit);
    return low <= high ? new Interval(low, high, level) : empty(level);
  }

  /** Both ends crossed, which is rarer than 1 - level: what is left is the mean itself. */
  private Interval empty(double level) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    return new Interval(mean, mean, level);
  }

  private interface Excluded {
    boolean at(double mean);
  }

  private static double excludedBelow(Excluded excluded) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (excluded.at(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double[] bets(double level) {
    double[] bets = new double[values.length];
    double logs = 2 * StrictMath.log(2 / (1 - level));
    double sum = 0.5;
    double squares = 0.25;
    for (int i = 0; i < values.length; i++) {
      double t = i + 1.0;
      bets[i] = StrictMath.sqrt(logs / (squares * StrictMath.log(1 + t)));
      sum += values[i];
      double mean = sum / (t + 1);
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return bets;
  }

  /** The largest capital so far of bets above m (direction 1) or below it (-1), not yet halved by the hedge. */
  double highest(double[] bets, double m, int direction) {
    double most = direction > 0 ? BOLDEST / m : BOLDEST / (1 - m);
    double capital = 1;
    double highest = 1;
    for (int i = 0; i < values.length; i++) {
      capital *= 1 + direction * Math.min(bets[i], most) * (values[i] - m);
      highest = Math.max(highest, capital);
    }
    return highest;
  }

  /** Returns the number of values. */
  @Override
  public String toString() {
    return "confidence sequence after " + values.length + " values";
  }
}
