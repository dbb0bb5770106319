package dev.stet.seeds;

/**
 * The equidistant doubles of an interval: all {@code k * step} in it, the step being the least for which each of
 * them is a double.
 */
record Grid(long first, long size, double step) {
  static Grid of(double left, double right, boolean leftIncluded, boolean rightIncluded) {
    double least = leftIncluded ? left : Math.nextUp(left);
    double most = rightIncluded ? right : Math.nextDown(right);
    if (!(Double.NEGATIVE_INFINITY < left && right < Double.POSITIVE_INFINITY && least <= most)) {
      throw new IllegalArgumentException(
          "the ends of an interval must be finite and some number must lie between them; got "
              + (leftIncluded ? '[' : '(')
              + left
              + ", "
              + right
              + (rightIncluded ? ']' : ')')
              + ". Give a left end below the right one.");
    }
    double step = step(Math.max(Math.abs(least), Math.abs(most)));
    long first = multipleFrom(least, step);
    long last = -multipleFrom(-most, step);
    return new Grid(first, last - first + 1, step);
  }

  double at(long index) {
    return (first + index) * step;
  }

  /** All doubles up to a power of two are multiples of the distance just below it. */
  private static double step(double farthest) {
    return farthest == 0 ? Double.MIN_VALUE : Math.ulp(Math.nextDown(farthest));
  }

  /** The least k with k * step at or above the value, whose quotient may underflow. */
  private static long multipleFrom(double value, double step) {
    long k = (long) Math.ceil(value / step);
    return k * step < value ? k + 1 : k;
  }
}
