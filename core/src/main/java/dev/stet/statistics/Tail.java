package dev.stet.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The probability left on either side of an interval, as a fraction.
 *
 * <p>Exact rank intervals stand or fall at equality: for three values against three, one arrangement in 20 is
 * exactly the 5 % of a 90 % interval, and {@code (1 - 0.9) / 2} is less. So the level is read as the decimal
 * number that was meant, to twelve places.
 */
record Tail(BigDecimal exact) {
  private static final int PLACES = 12;

  static Tail ofLevel(double level) {
    Interval.requireLevel(level);
    BigDecimal meant = new BigDecimal(level).setScale(PLACES, RoundingMode.HALF_EVEN);
    return new Tail(BigDecimal.ONE.subtract(meant).divide(BigDecimal.valueOf(2)));
  }

  /** The largest count of equally likely arrangements, out of {@code total}, that the tail allows. */
  BigInteger allowed(BigInteger total) {
    return exact.multiply(new BigDecimal(total)).toBigInteger();
  }

  double probability() {
    return exact.doubleValue();
  }
}
