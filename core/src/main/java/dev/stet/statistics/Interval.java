package dev.stet.statistics;

/**
 * A closed confidence interval: both ends belong to it.
 *
 * <p>An end may be infinite. An interval without a finite end says nothing; rank methods give it when the
 * samples are too small for the level.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param lower the lower end; minus infinity if there is none
 * @param upper the upper end, at least {@code lower}; plus infinity if there is none
 * @param level the confidence level, between 0 and 1, such as 0.95
 * @since 0.1
 */
public record Interval(double lower, double upper, double level) {
  /**
   * Refuses ends that are NaN or out of order, and levels outside (0, 1).
   *
   * @param lower the lower end; minus infinity if there is none
   * @param upper the upper end, at least {@code lower}; plus infinity if there is none
   * @param level the confidence level, between 0 and 1, such as 0.95
   */
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "the lower end of an interval must not be above the upper end; got [" + lower + ", "
              + upper + "].");
    }
    requireLevel(level);
  }

  /**
   * Returns the interval that excludes nothing.
   *
   * @param level the confidence level, between 0 and 1
   * @return minus infinity to plus infinity
   */
  public static Interval unbounded(double level) {
    return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level);
  }

  /**
   * Returns whether the interval excludes nothing.
   *
   * @return true if it reaches from minus infinity to plus infinity
   */
  public boolean isUnbounded() {
    return lower == Double.NEGATIVE_INFINITY && upper == Double.POSITIVE_INFINITY;
  }

  /**
   * Returns whether a value belongs to the interval.
   *
   * @param value any number
   * @return true if it lies between the ends or on one of them; false for NaN
   */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }

  /**
   * Returns whether the interval lies strictly between two bounds.
   *
   * @param low the lower bound; minus infinity means that there is none
   * @param high the upper bound; plus infinity means that there is none
   * @return true if no point of the interval touches or passes a bound
   */
  public boolean isInside(double low, double high) {
    return (low < lower || low == Double.NEGATIVE_INFINITY)
        && (upper < high || high == Double.POSITIVE_INFINITY);
  }

  static void requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "level must lie strictly between 0 and 1; got " + level + ". The usual level is 0.95.");
    }
  }
}
