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
    double[][] sums = {{0}};
    for (int next = from; next < to; next++) {
      int known = next - from;
      double[][] more = new double[Math.min(few, known + 1) + 1][];
      more[0] = sums[0];
      for (int k = 1; k < more.length; k++) {
        double[] without = k < sums.length ? sums[k] : new double[0];
        more[k] = merged(without, sums[k - 1], values[next]);
      }
      sums = more;
    }
    return sums;
  }

  /**
   * Both in one order, the second moved. It is filled from both ends at once, and without a branch: which of two sums is
   * the smaller no processor can foresee, and neither end has to wait for the other. Of equal ones the second is taken to
   * be larger, at both ends.
   */
  private static double[] merged(double[] own, double[] others, double value) {
    double[] merged = new double[own.length + others.length];
    int low = 0;
    int otherLow = 0;
    int high = own.length - 1;
    int otherHigh = others.length - 1;
    int at = 0;
    while (at < merged.length / 2
        && low < own.length
        && otherLow < others.length
        && high >= 0
        && otherHigh >= 0) {
      double least = own[low];
      double otherLeast = others[otherLow] + value;
      int step = otherLeast < least ? 1 : 0;
      merged[at] = Math.min(least, otherLeast);
      otherLow += step;
      low += 1 - step;
      double greatest = own[high];
      double otherGreatest = others[otherHigh] + value;
      int down = greatest > otherGreatest ? 1 : 0;
      merged[merged.length - 1 - at] = Math.max(greatest, otherGreatest);
      high -= down;
      otherHigh -= 1 - down;
      at++;
    }
    for (int end = merged.length - at; at < end; at++) {
      boolean other = low > high || (otherLow <= otherHigh && others[otherLow] + value < own[low]);
      merged[at] = other ? others[otherLow++] + value : own[low++];
    }
    return merged;
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
      long[] counts = below(lower[k], upper[few - k], sum - tolerance, sum + tolerance);
      above += pairs - counts[0];
      atMost += counts[1];
    }
    return Tails.of((double) atMost, (double) above, (double) total);
  }

  /** How many pairs have a sum below the one bound, and at most the other, which is not smaller. */
  private static long[] below(double[] a, double[] b, double less, double most) {
    long below = 0;
    long atMost = 0;
    int strict = b.length;
    int j = b.length;
    for (double first : a) {
      while (j > 0 && first + b[j - 1] > most) {
        j--;
      }
      if (j == 0) {
        break;
      }
      // Without ties both fingers stand side by side.
      strict = Math.min(strict, j);
      while (strict > 0 && first + b[strict - 1] >= less) {
        strict--;
      }
      atMost += j;
      below += strict;
    }
    return new long[] {below, atMost};
  }
}
