package dev.stet.seeds;

/** The high half of a product of two unsigned 64-bit words. */
final class Wide {
  private Wide() {}

  static long multiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
