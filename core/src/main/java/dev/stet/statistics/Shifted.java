package dev.stet.statistics;

import java.util.Arrays;

/** Values of which a number is taken away before they are ranked. */
final class Shifted {
  private static final double HUGE = Double.MAX_VALUE / 4;

  private Shifted() {}

  /** The values minus the shift, in order; halves of them if the whole could overflow. */
  static double[] by(double shift, double[] sorted) {
    double factor = factor(shift, sorted);
    double[] moved = new double[sorted.length];
    Arrays.setAll(moved, i -> sorted[i] * factor - shift * factor);
    return moved;
  }

  /** One, or one half where the difference of two of these numbers could overflow. */
  static double factor(double shift, double[]... samples) {
    boolean huge = Math.abs(shift) > HUGE;
    for (double[] sample : samples) {
      for (double value : sample) {
        huge |= Math.abs(value) > HUGE && !Double.isInfinite(value);
      }
    }
    return huge ? 0.5 : 1;
  }
}
