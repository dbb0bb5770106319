package dev.stet.statistics;

/** Probabilities as tests report them: in (0, 1], with the same bits on every JVM. */
final class PValue {
  /** How much smaller than the observed statistic one may be and still count as equal to it. */
  private static final double TIE = 1e-9;

  private PValue() {}

  /** A computed probability; one too small for a double is the smallest there is, never 0. */
  static double of(double probability) {
    return Math.max(Double.MIN_VALUE, Math.min(1, Quantiles.rounded(probability)));
  }

  /** The share of all arrangements, of which the observed one is one. */
  static double exact(long atLeastAsFar, long arrangements) {
    return (double) atLeastAsFar / arrangements;
  }

  /** The share among drawn arrangements and the observed one (Phipson and Smyth 2010). */
  static double drawn(long atLeastAsFar, long arrangements) {
    return (atLeastAsFar + 1.0) / (arrangements + 1.0);
  }

  /** What a statistic must reach to be as far out as the observed one; sums round in their last bits. */
  static double threshold(double observed, double largest) {
    return observed - TIE * largest;
  }
}
