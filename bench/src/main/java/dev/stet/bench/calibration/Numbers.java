package dev.stet.bench.calibration;

import java.util.Locale;

/** Numbers as the tables show them. */
final class Numbers {
  private Numbers() {}

  /** At most two decimals, no more than needed. */
  static String shortest(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  /** A share as per cent, with one decimal. */
  static String perCent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** A share as per cent, rounded. */
  static String rounded(double share) {
    return String.format(Locale.ROOT, "%.0f", 100 * share);
  }
}
