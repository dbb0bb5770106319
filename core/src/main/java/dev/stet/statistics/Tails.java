package dev.stet.statistics;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Two one-sided p-values. Two-sided is twice the smaller, at most 1: an interval of level 1 - alpha leaves
 * alpha / 2 on either side, and so does this.
 */
record Tails(double less, double greater) {
  /** Nothing speaks against the null hypothesis. */
  static final Tails NOTHING = new Tails(1, 1);

  /** Integer counts of equally likely arrangements, out of a total. */
  static Tails of(double atMost, double atLeast, double total) {
    return new Tails(Math.min(1, atMost / total), Math.min(1, atLeast / total));
  }

  static Tails of(BigInteger atMost, BigInteger atLeast, BigInteger total) {
    return new Tails(share(atMost, total), share(atLeast, total));
  }

  private static double share(BigInteger count, BigInteger total) {
    return new BigDecimal(count)
        .divide(new BigDecimal(total), MathContext.DECIMAL128)
        .doubleValue();
  }

  Tails swapped() {
    return new Tails(greater, less);
  }

  double of(Alternative alternative) {
    return switch (requireNonNull(alternative, "alternative")) {
      case TWO_SIDED -> Math.min(1, 2 * Math.min(less, greater));
      case LESS -> less;
      case GREATER -> greater;
    };
  }
}
