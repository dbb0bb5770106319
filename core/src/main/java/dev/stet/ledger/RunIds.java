package dev.stet.ledger;

import java.math.BigInteger;
import java.util.HexFormat;

/**
 * Names the runs that one open ledger begins, each later than the one before: by the time, which never goes back, and
 * within one millisecond by the number that follows it. Safe for use by several threads.
 */
final class RunIds {
  private static final int BYTES = 16;

  private long time = Long.MIN_VALUE;
  private BigInteger bits = BigInteger.ZERO;

  /**
   * Returns the next name.
   *
   * @param millis the time by the clock
   */
  synchronized String next(long millis) {
    if (millis > time) {
      time = millis;
      bits = new BigInteger(Writer.random(BYTES), 16);
    } else {
      // That this runs over is as likely as two random numbers that are alike.
      bits = bits.add(BigInteger.ONE);
    }
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(time, 12)
        + "-"
        + hex.toHexDigits(bits.shiftRight(64).longValue())
        + hex.toHexDigits(bits.longValue());
  }
}
