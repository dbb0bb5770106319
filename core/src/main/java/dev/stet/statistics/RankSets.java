package dev.stet.statistics;

/**
 * How many sets of a given size, out of integer scores with ties, have which sum: the shift algorithm of
 * Streitberg and Roehmel 1986 (Statistical Software Newsletter 12, 10-17). A further score adds to the counts of
 * the sets of i scores those of i - 1, shifted by the score.
 *
 * <p>It runs on the lower and the upper half of the scores alone, whose tables are an eighth of the whole, and
 * the two are joined only for the one sum that is asked about. Counts are kept in doubles: exact integers to
 * 2^53, with a relative error below 1e-12 beyond. Which sets count is decided on integers.
 */
final class RankSets {
  private static final double MOST_STEPS = 1L << 26;

  private final Half lower;
  private final Half upper;
  private final int few;
  private final int least;
  private final int unit;

  /** Of ascending scores. */
  RankSets(int[] scores, int few) {
    this.few = few;
    least = scores[0];
    unit = unit(scores);
    int[] reduced = new int[scores.length];
    for (int i = 0; i < reduced.length; i++) {
      reduced[i] = (scores[i] - least) / unit;
    }
    int middle = scores.length / 2;
    lower = new Half(reduced, 0, middle, few);
    upper = new Half(reduced, middle, scores.length, few);
  }

  /** Whether the tables of so many different scores are quickly made. */
  static boolean fits(int size, int few) {
    int half = (size + 1) / 2;
    double steps = 0;
    for (int i = 1; i <= Math.min(few, half) && steps <= MOST_STEPS; i++) {
      steps += 2.0 * i * (half - i + 1) * (half - i + 1);
    }
    return steps <= MOST_STEPS;
  }

  /** The largest number of which all distances are multiples; 1 if there are none. */
  private static int unit(int[] scores) {
    int unit = 0;
    for (int score : scores) {
      int a = score - scores[0];
      while (a != 0) {
        int rest = unit % a;
        unit = a;
        a = rest;
      }
    }
    return Math.max(1, unit);
  }

  /** The shares of sets whose sum is at most, and at least, that of a set that occurs. */
  Tails tails(long sum) {
    long reduced = (sum - (long) few * least) / unit;
    double atMost = 0;
    double atLeast = 0;
    double total = 0;
    for (int i = Math.max(0, few - upper.size); i <= Math.min(few, lower.size); i++) {
      double[] counts = lower.counts[i];
      double[] others = upper.counts[few - i];
      double[] upTo = cumulated(others);
      long rest = reduced - lower.least[i] - upper.least[few - i];
      for (int a = 0; a < counts.length; a++) {
        long b = rest - a;
        double all = counts[a] * upTo[others.length];
        total += all;
        if (b < 0) {
          atLeast += all;
        } else if (b >= others.length) {
          atMost += all;
        } else {
          atMost += counts[a] * upTo[(int) b + 1];
        }
      }
      double[] downTo = cumulatedDown(others);
      for (int a = 0; a < counts.length; a++) {
        long b = rest - a;
        atLeast += b >= 0 && b < others.length ? counts[a] * downTo[(int) b] : 0;
      }
    }
    return Tails.of(atMost, atLeast, total);
  }

  private static double[] cumulated(double[] counts) {
    double[] sums = new double[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      sums[i + 1] = sums[i] + counts[i];
    }
    return sums;
  }

  private static double[] cumulatedDown(double[] counts) {
    double[] sums = counts.clone();
    for (int i = counts.length - 2; i >= 0; i--) {
      sums[i] += sums[i + 1];
    }
    return sums;
  }

  /** The counts of one half: {@code counts[i][w]} sets of i scores have the sum {@code least[i] + w}. */
  private static final class Half {
    private final int size;
    private final double[][] counts;
    private final int[] least;

    Half(int[] scores, int from, int to, int few) {
      size = to - from;
      int most = Math.min(few, size);
      least = new int[most + 1];
      counts = new double[most + 1][];
      counts[0] = new double[] {1};
      int greatest = 0;
      for (int i = 1; i <= most; i++) {
        least[i] = least[i - 1] + scores[from + i - 1];
        greatest += scores[to - i];
        counts[i] = new double[greatest - least[i] + 1];
      }
      for (int next = 0; next < size; next++) {
        add(scores, from, next, Math.min(most, next + 1));
      }
    }

    private void add(int[] scores, int from, int next, int most) {
      // The sum of the largest i - 1 scores so far bounds what is to be shifted.
      int[] greatest = new int[most];
      for (int i = 1; i < most; i++) {
        greatest[i] = greatest[i - 1] + scores[from + next - i];
      }
      for (int i = most; i >= 1; i--) {
        int shift = scores[from + next] - scores[from + i - 1];
        add(counts[i], shift, counts[i - 1], greatest[i - 1] - least[i - 1] + 1);
      }
    }

    private static void add(double[] to, int shift, double[] from, int length) {
      for (int w = 0; w < length; w++) {
        to[w + shift] += from[w];
      }
    }
  }
}
