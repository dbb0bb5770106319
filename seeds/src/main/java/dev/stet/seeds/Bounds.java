package dev.stet.seeds;

/** What arguments of draws must be. Every condition is written so that NaN falls into the error. */
final class Bounds {
  private Bounds() {}

  static void requirePositive(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException(
          "bound must be positive; got " + bound + ". The draw is from 0 to bound - 1.");
    }
  }

  static void requirePositive(double bound) {
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("bound must be a positive, finite number; got " + bound
          + ". The draw is from 0 up to, not including, it.");
    }
  }

  static void requireRange(long origin, long bound) {
    if (origin >= bound) {
      throw emptyRange(Long.toString(origin), Long.toString(bound));
    }
  }

  static void requireRange(double origin, double bound) {
    if (!(Double.NEGATIVE_INFINITY < origin
        && origin < bound
        && bound < Double.POSITIVE_INFINITY)) {
      throw emptyRange(Double.toString(origin), Double.toString(bound));
    }
  }

  private static IllegalArgumentException emptyRange(String origin, String bound) {
    return new IllegalArgumentException(
        "origin and bound must be finite and origin less than bound; got "
            + origin
            + " and "
            + bound
            + ". The draw is from origin up to, not including, bound.");
  }

  static void requireNormal(double mean, double deviation) {
    if (!(Math.abs(mean) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "mean must be a finite number; got " + mean + ". Give the centre of the distribution.");
    }
    if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "standard deviation must be a finite number, 0 or more; got "
              + deviation
              + ". Give the spread of the distribution, not its variance.");
    }
  }

  static void requireCount(String name, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          name + " must not be negative; got " + count + ". Say how many you want, 0 or more.");
    }
  }

  static void requireSample(int n, int k) {
    requireCount("n", n);
    if (k < 0 || k > n) {
      throw new IllegalArgumentException("k must be from 0 to n = "
          + n
          + "; got "
          + k
          + ". Each number is taken at most once; draw with nextInt(n) if it may come again.");
    }
  }
}
