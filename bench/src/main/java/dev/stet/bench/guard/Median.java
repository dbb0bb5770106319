package dev.stet.bench.guard;

import java.util.Arrays;

/** The middle of measured values, and the least. */
record Median(double median, double least) {
  static Median of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Median(sorted[sorted.length / 2], sorted[0]);
  }
}
