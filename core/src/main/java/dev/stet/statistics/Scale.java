package dev.stet.statistics;

/**
 * A power of four by which values are divided before they are subtracted and squared, so that neither the
 * largest nor the smallest doubles overflow or vanish. Its root is a power of two, so that it is taken out
 * exactly.
 */
record Scale(int exponent) {
  static Scale of(double[]... samples) {
    double largest = 0;
    for (double[] sample : samples) {
      for (double value : sample) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    int exponent = Math.getExponent(largest) + 1;
    return new Scale(exponent + (exponent & 1));
  }

  /** The values in their order, divided; each at most 1 in size. */
  double[] shrink(double[] values) {
    double[] shrunk = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      // Adding 0.0 makes one value of -0.0 and 0.0.
      shrunk[i] = shrink(values[i]) + 0.0;
    }
    return shrunk;
  }

  /** In two steps, for the smallest doubles need a factor beyond the largest power of two. */
  private double shrink(double value) {
    int half = -exponent / 2;
    return Math.scalb(Math.scalb(value, half), -exponent - half);
  }

  /** A value in the unit of the values again. */
  double grow(double shrunk) {
    return Math.scalb(shrunk, exponent);
  }

  /** The square root of a number that was computed from shrunk values, in the unit of the values. */
  double root(double shrunk) {
    return Math.scalb(StrictMath.sqrt(shrunk), exponent / 2);
  }
}
