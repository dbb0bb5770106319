package dev.stet.statistics;

import java.util.Arrays;

/** Reads the numbers of callers: refuses NaN by position, and leaves the caller's array as it is. */
final class Samples {
  private Samples() {}

  /** A sorted copy; infinities are allowed. */
  static double[] ranked(double[] values, String name) {
    double[] sorted = values.clone();
    for (int i = 0; i < sorted.length; i++) {
      if (Double.isNaN(sorted[i])) {
        throw new IllegalArgumentException(
            name + " must not hold NaN, which has no rank; got NaN at index " + i
                + ". Leave it out, or give a failed run the worst rank: an infinity.");
      }
      // -0.0 and 0.0 are one value, and Arrays.sort tells them apart.
      sorted[i] += 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** The same array, sorted into a copy, so that sums do not depend on the order of the caller. */
  static double[] finite(double[] values, String name) {
    requireFinite(values, name);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  static void requireFinite(double[] values, String name) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + " must be finite, as a mean needs every value; got " + values[i] + " at index "
                + i + ". Leave it out, or use a rank method.");
      }
    }
  }

  static void requirePairs(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "pairs need as many values of x as of y; got " + x.length + " and " + y.length
              + ". Leave out the values that have no partner, or compare two samples.");
    }
  }

  static void requireSome(double[] values, String name) {
    if (values.length == 0) {
      throw new IllegalArgumentException(name + " must hold at least one value; got none.");
    }
  }

  /** The value of a null hypothesis. */
  static void requireFinite(double value, String name) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          name + " must be a finite number; got " + value + ". Give the value to test, such as 0.");
    }
  }
}
