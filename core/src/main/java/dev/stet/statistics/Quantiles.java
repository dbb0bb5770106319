package dev.stet.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Upper quantiles and tails of the normal and of Student's distribution. */
final class Quantiles {
  /** Kept bits of a quantile: the last ones depend on how a JVM computes a logarithm. */
  private static final long ROUNDING = 1L << 11;

  private Quantiles() {}

  static double normal(double tail) {
    return rounded(NormalDistribution.of(0, 1).inverseSurvivalProbability(tail));
  }

  static double student(double degrees, double tail) {
    return rounded(TDistribution.of(degrees).inverseSurvivalProbability(tail));
  }

  /** The probability of more than z; never 0. */
  static double normalTail(double z) {
    return positive(NormalDistribution.of(0, 1).survivalProbability(z));
  }

  /** The probability of more than t; never 0. */
  static double studentTail(double degrees, double t) {
    return positive(TDistribution.of(degrees).survivalProbability(t));
  }

  private static double positive(double probability) {
    return Math.max(Double.MIN_VALUE, rounded(probability));
  }

  /** The lower tail of the normal distribution. */
  static double below(double z) {
    return rounded(NormalDistribution.of(0, 1).cumulativeProbability(z));
  }

  /** To a relative 2^-41, so that the same number comes out on every JVM. */
  static double rounded(double quantile) {
    long bits = Double.doubleToRawLongBits(quantile);
    return Double.longBitsToDouble((bits + ROUNDING / 2) & -ROUNDING);
  }
}
