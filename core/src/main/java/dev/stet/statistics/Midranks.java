package dev.stet.statistics;

import java.util.Arrays;

/** Ranks from 1, equal values sharing the mean of theirs; doubled, so that they are integers. */
final class Midranks {
  private Midranks() {}

  static int[] doubled(double[] sorted) {
    int[] ranks = new int[sorted.length];
    int from = 0;
    while (from < sorted.length) {
      int to = from + 1;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      // The ranks are from + 1 to "to", and their mean is half of this.
      Arrays.fill(ranks, from, to, from + 1 + to);
      from = to;
    }
    return ranks;
  }

  /** The ranks of the distances from zero, in the order of the values. */
  static int[] ofDistances(double[] values) {
    double[] sorted = new double[values.length];
    Arrays.setAll(sorted, i -> Math.abs(values[i]));
    Arrays.sort(sorted);
    int[] ranks = doubled(sorted);
    int[] result = new int[values.length];
    Arrays.setAll(result, i -> ranks[Arrays.binarySearch(sorted, Math.abs(values[i]))]);
    return result;
  }
}
