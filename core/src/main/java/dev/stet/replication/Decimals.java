package dev.stet.replication;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Doubles as decimal text, the same on every JVM ({@code Double.toString} changed in Java 19). */
final class Decimals {
  private static final int MOST_DIGITS = 17;
  private static final int MOST_PLACES = 12;

  private Decimals() {}

  /** The fewest digits that read back to the same finite number. */
  static String shortest(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return text(rounded);
      }
    }
    return text(exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)));
  }

  private static String text(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int magnitude = stripped.precision() - stripped.scale();
    if (magnitude > MOST_DIGITS || magnitude < -5) {
      return stripped.toString();
    }
    return stripped.setScale(Math.max(1, stripped.scale())).toPlainString();
  }

  /** How many places show three digits of this number. */
  static int places(double size) {
    return size == 0
        ? 2
        : (int) Math.max(
            0, Math.min(MOST_PLACES, 2 - Math.floor(StrictMath.log10(Math.abs(size)))));
  }

  /** With a fixed number of places; in powers of ten where that would be long or show only zeros. */
  static String fixed(double value, int places) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+infinity" : "-infinity";
    }
    if (Double.isNaN(value)) {
      return "none";
    }
    double size = Math.abs(value);
    boolean extreme = size >= 1e12 || (places == MOST_PLACES && size > 0 && size < 1e-9);
    return String.format(Locale.ROOT, extreme ? "%.3e" : "%." + places + "f", value + 0.0);
  }
}
