package dev.stet.statistics;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * How many of the 2^n sign patterns give a Wilcoxon signed-rank statistic of 0, 1, 2, ...: the number of sets
 * of distinct ranks with that sum (Wilcoxon 1945, doi:10.2307/3001968). Exact to n = 62, where the counts fit
 * a long.
 */
final class SignedRankNull {
  private static final int EXACT = 62;

  private SignedRankNull() {}

  /** The largest k for which P(W at most k - 1) is within the tail; 0 if there is none. */
  static long critical(int n, Tail tail) {
    if (n > EXACT) {
      return asymptotic(n, tail);
    }
    long allowed = tail.allowed(BigInteger.ONE.shiftLeft(n)).longValueExact();
    long[] counts = counts(n);
    int k = 0;
    long sum = counts[0];
    while (sum <= allowed) {
      k++;
      sum += counts[k];
    }
    return k;
  }

  /** The probability that an interval of this tail really leaves out on either side: at most the tail. */
  static double attained(int n, Tail tail) {
    long k = critical(n, tail);
    return k == 0 ? 0 : atMost(n, k - 1);
  }

  /** P(W at most w), exact where {@link #critical} is. */
  static double atMost(int n, long w) {
    double all = (double) n * ((double) n + 1) / 2;
    if (n > EXACT) {
      double deviation = StrictMath.sqrt(all * (2.0 * n + 1) / 12);
      return Quantiles.below((w + 0.5 - all / 2) / deviation);
    }
    long sum = 0;
    long[] counts = counts(n);
    for (int i = 0; i <= Math.min(w, counts.length - 1); i++) {
      sum += counts[i];
    }
    return sum / (double) (1L << n);
  }

  static long asymptotic(int n, Tail tail) {
    double sum = (double) n * ((double) n + 1) / 2;
    double deviation = StrictMath.sqrt(sum * (2.0 * n + 1) / 12);
    return (long)
        Math.max(0, Math.floor(sum / 2 + 0.5 - Quantiles.normal(tail.probability()) * deviation));
  }

  /** The p-values of these values about a centre, with ties and zeros as they are. */
  static Tails tails(double[] sorted, double centre) {
    double[] distances = Shifted.by(centre, sorted);
    int[] ranks = Midranks.ofDistances(distances);
    long plus = 0;
    long sum = 0;
    double squares = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (distances[i] == 0) {
        ranks[i] = 0;
      }
      plus += distances[i] > 0 ? ranks[i] : 0;
      sum += ranks[i];
      squares += (double) ranks[i] * ranks[i];
    }
    return ranks.length > EXACT
        ? normal(plus - sum / 2.0, StrictMath.sqrt(squares) / 2)
        : exact(ranks, (int) plus, (int) sum);
  }

  private static Tails exact(int[] ranks, int plus, int sum) {
    long[] counts = new long[sum + 1];
    counts[0] = 1;
    int top = 0;
    for (int rank : ranks) {
      top += rank;
      for (int w = top; w >= rank; w--) {
        // A zero has two signs and one value.
        counts[w] += counts[w - rank];
      }
    }
    long atMost = Arrays.stream(counts, 0, plus + 1).sum();
    long total = 1L << ranks.length;
    return Tails.of(
        BigInteger.valueOf(atMost),
        BigInteger.valueOf(total - atMost + counts[plus]),
        BigInteger.valueOf(total));
  }

  /** Both in doubled ranks, of which a step is 2: a continuity correction of 1. */
  private static Tails normal(double distance, double deviation) {
    return deviation == 0
        ? Tails.NOTHING
        : new Tails(
            Quantiles.normalTail(-(distance + 1) / deviation),
            Quantiles.normalTail((distance - 1) / deviation));
  }

  /** The counts of W = 0, 1, ..., n (n + 1) / 2. */
  static long[] counts(int n) {
    long[] counts = new long[n * (n + 1) / 2 + 1];
    counts[0] = 1;
    for (int rank = 1, top = 0; rank <= n; rank++) {
      top += rank;
      for (int w = top; w >= rank; w--) {
        counts[w] += counts[w - rank];
      }
    }
    return counts;
  }
}
