package dev.stet.trace;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import org.erdtman.jcs.NumberToJSON;

/** Numbers as texts that are the same on every JDK and in every locale. */
final class Numbers {
  private Numbers() {}

  static String grouped(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  static String counted(long n, String noun) {
    return grouped(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /** The shortest decimal that reads back to the same double; {@code Double.toString} was not that before JDK 19. */
  static String decimal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    try {
      String shortest = NumberToJSON.serializeNumber(value);
      boolean whole = shortest.indexOf('.') < 0 && shortest.indexOf('e') < 0;
      return whole ? shortest + ".0" : shortest;
    } catch (IOException e) {
      throw new IllegalStateException(
          "a finite number has a decimal form; " + Double.toHexString(value), e);
    }
  }

  /** A NaN has many bits and one name, so its bits are shown. */
  static String hexadecimal(long bits) {
    double value = Double.longBitsToDouble(bits);
    return Double.isNaN(value)
        ? "bits 0x" + HexFormat.of().toHexDigits(bits)
        : Double.toHexString(value);
  }

  /** How far apart two values are, in words. */
  static String apart(long first, long second) {
    double a = Double.longBitsToDouble(first);
    double b = Double.longBitsToDouble(second);
    if (Double.isNaN(a) && Double.isNaN(b)) {
      return "both are NaN, with other bits";
    }
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return "one is NaN";
    }
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return "one is infinite";
    }
    if (a == 0 && b == 0) {
      return "the sign of zero";
    }
    // Ranks of doubles differ by less than 2^64, so that the difference is right as an unsigned
    // number.
    long ulps = Math.max(rank(first), rank(second)) - Math.min(rank(first), rank(second));
    String count = Long.toUnsignedString(ulps);
    return ulps < 0 ? count + " ulps" : counted(ulps, "ulp");
  }

  /** Doubles in their order as integers: neighbours differ by 1, and both zeros are 0. */
  private static long rank(long bits) {
    return bits >= 0 ? bits : Long.MIN_VALUE - bits;
  }
}
