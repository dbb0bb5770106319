package dev.stet.statistics;

/**
 * The sums of all sets of a given size, out of a few dozen numbers. The sums of either half are kept in order,
 * size by size: with a further number, the sums of k numbers are merged with those of k - 1, moved by it. Pairs of
 * a lower and an upper sum are then counted by two fingers (the halving of Horowitz and Sahni 1974,
 * doi:10.1145/321812.321823). 20 of 40 numbers have 1.4e11 sums, and the halves 2^20 each.
 */
final class SubsetSums {
  private static final int MOST_SUMS = 1 << 22;

  private final double[][] lower;
  private final double[][] upper;
  private final int few;

  SubsetSums(double[] values, int few) {
    this.few = few;
    int middle = values.length / 2;
    lower = bySize(values, 0, middle, few);
    upper = bySize(values, middle, values.length, few);
  }

  /** Whether the sums of a half can be held: 22 of 44 numbers, 5 of 340. */
  static boolean fits(int size, int few) {
    int half = (size + 1) / 2;
    double sets = 1;
    double sum = 1;
    for (int i = 1; i <= Math.min(few, half) && sum <= MOST_SUMS; i++) {
      sets = sets * (half - i + 1) / i;
      sum += sets;
    }
    return sum <= MOST_SUMS;
  }

  private static double[][] bySize(double[] values, int from, int to, int few) {
    int most = Math.min(few, to - from);
    double[][] sums = new double[most + 1][];
    long sets = 1;
    for (int k = 0; k <= most; k++) {
      sums[k] = new double[(int) sets];
      sets = sets * (to - from - k) / (k + 1);
    }
    int[] known = new int[most + 1];
    known[0] = 1;
    for (int next = from; next < to; next++) {
      for (int k = Math.min(most, next - from + 1); k >= 1; k--) {
        merge(sums[k], known[k], sums[k - 1], known[k - 1], values[next]);
        known[k] += known[k - 1];
      }
    }
    return sums;
  }

  /** From the largest down, so that it can be done in place. */
  private static void merge(double[] to, int ownSize, double[] from, int size, double value) {
    int own = ownSize - 1;
    int other = size - 1;
    for (int at = ownSize + size - 1; other >= 0; at--) {
      double moved = from[other] + value;
      if (own >= 0 && to[own] > moved) {
        to[at] = to[own--];
      } else {
        to[at] = moved;
        other--;
      }
    }
  }

  /** The shares of sets whose sum is at most, and at least, this one; sums within the tolerance are equal. */
  Tails tails(double sum, double tolerance) {
    long atMost = 0;
    long above = 0;
    long total = 0;
    int most = lower.length - 1;
    for (int k = Math.max(0, few - upper.length + 1); k <= Math.min(few, most); k++) {
      long pairs = (long) lower[k].length * upper[few - k].length;
      total += pairs;
      atMost += below(lower[k], upper[few - k], sum + tolerance, true);
      above += pairs - below(lower[k], upper[few - k], sum - tolerance, false);
    }
    return Tails.of((double) atMost, (double) above, (double) total);
  }

  /** How many pairs have a sum below the bound, or at most the bound. */
  private static long below(double[] a, double[] b, double bound, boolean equal) {
    long count = 0;
    int j = b.length;
    for (double first : a) {
      while (j > 0 && !(equal ? first + b[j - 1] <= bound : first + b[j - 1] < bound)) {
        j--;
      }
      if (j == 0) {
        break;
      }
      count += j;
    }
    return count;
  }
}
