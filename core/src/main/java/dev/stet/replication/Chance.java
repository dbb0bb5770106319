package dev.stet.replication;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Probabilities as people read them. */
final class Chance {
  private static final int DIGITS = 3;
  private static final double SMALLEST = 1e-7;

  private Chance() {}

  /** As declared, in per cent, such as {@code 0.1 %}. */
  static String declared(double probability) {
    return plain(new BigDecimal(Decimals.shortest(probability)));
  }

  /** As computed, to three digits, in per cent; what is too small to matter has no digits. */
  static String computed(double probability) {
    if (probability > 0 && probability < SMALLEST) {
      return "below " + declared(SMALLEST);
    }
    return plain(
        new BigDecimal(probability).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN)));
  }

  /** A number of runs, to a whole one. */
  static String runs(double count) {
    return String.format(Locale.ROOT, "%,.0f", count);
  }

  private static String plain(BigDecimal share) {
    BigDecimal percent = share.movePointRight(2).stripTrailingZeros();
    String text =
        percent.scale() - percent.precision() > 12 ? percent.toString() : percent.toPlainString();
    return text + " %";
  }
}
