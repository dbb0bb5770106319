package dev.stet.statistics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * The mean of sorted values without the g smallest and the g largest, and the square of its standard error: the
 * winsorised sum of squares over h (h - 1), h = n - 2 g being the number of values kept. Mutable, so that ten
 * thousand rearrangements need no objects.
 */
final class TrimmedMean {
  private static final int PLACES = 12;

  private final int n;
  private final int cut;
  private final int kept;
  private double mean = Double.NaN;
  private double squaredError = Double.NaN;

  TrimmedMean(int n, double trim) {
    this.n = n;
    cut = cut(n, trim);
    kept = n - 2 * cut;
  }

  static void requireTrim(double trim) {
    if (!(trim >= 0 && trim < 0.5)) {
      throw new IllegalArgumentException("trim must be at least 0 and below 0.5; got " + trim
          + ". It is the share of values left out at either end, such as 0.2; 0 is the mean.");
    }
  }

  /** The whole part of trim times n, trim being read as the decimal number that was meant: 0.29 of 100 is 29. */
  static int cut(int n, double trim) {
    requireTrim(trim);
    BigDecimal meant = new BigDecimal(trim).setScale(PLACES, RoundingMode.HALF_EVEN);
    return Math.min((n - 1) / 2, meant.multiply(BigDecimal.valueOf(n)).intValue());
  }

  /** Reads the first n values, sorted. */
  TrimmedMean read(double[] sorted) {
    double low = sorted[cut];
    double high = sorted[n - 1 - cut];
    if (low == high) {
      mean = low;
      squaredError = 0;
      return this;
    }
    double sum = 0;
    for (int i = cut; i < n - cut; i++) {
      sum += sorted[i] - low;
    }
    mean = low + sum / kept;
    double winsorised = low + (sum + cut * (high - low)) / n;
    double squares =
        cut * ((low - winsorised) * (low - winsorised) + (high - winsorised) * (high - winsorised));
    for (int i = cut; i < n - cut; i++) {
      squares += (sorted[i] - winsorised) * (sorted[i] - winsorised);
    }
    squaredError = squares / ((double) kept * (kept - 1));
    return this;
  }

  /** How many values are kept. */
  int kept() {
    return kept;
  }

  double mean() {
    return mean;
  }

  double squaredError() {
    return squaredError;
  }

  /** A whole sample, exact for equal values and without overflow; the error is NaN if one value is kept. */
  static Moments of(double[] sorted, double trim) {
    int n = sorted.length;
    int cut = cut(n, trim);
    int kept = n - 2 * cut;
    double[] middle = Arrays.copyOfRange(sorted, cut, n - cut);
    double[] winsorised = sorted.clone();
    Arrays.fill(winsorised, 0, cut, sorted[cut]);
    Arrays.fill(winsorised, n - cut, n, sorted[n - 1 - cut]);
    double deviation = Moments.of(winsorised).deviation();
    // So that the standard error of h values with this deviation is the one wanted.
    double factor = StrictMath.sqrt((n - 1.0) / (kept - 1.0));
    return new Moments(kept, Moments.of(middle).mean(), kept < 2 ? Double.NaN : deviation * factor);
  }
}
