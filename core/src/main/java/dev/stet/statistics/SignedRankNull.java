package dev.stet.statistics;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How many of the 2^n sign patterns give a Wilcoxon signed-rank statistic of 0, 1, 2, ...: the number of sets
 * of distinct ranks with that sum (Wilcoxon 1945, doi:10.2307/3001968). Exact to n = 62, where the counts fit
 * a long.
 */
final class SignedRankNull {
  private static final int EXACT = 62;

  /** The cumulated counts by n, as far as they were asked for: 330 KB if all were. */
  private static final AtomicReferenceArray<long[]> KNOWN = new AtomicReferenceArray<>(EXACT + 1);

  private SignedRankNull() {}

  /** The largest k for which P(W at most k - 1) is within the tail; 0 if there is none. */
  static long critical(int n, Tail tail) {
    if (n > EXACT) {
      return asymptotic(n, tail);
    }
    long allowed = tail.allowed(BigInteger.ONE.shiftLeft(n)).longValueExact();
    int found = Arrays.binarySearch(cumulated(n), allowed);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** How many patterns give at most 0, 1, 2, ...; strictly ascending, as every sum occurs. */
  private static long[] cumulated(int n) {
    long[] known = KNOWN.get(n);
    if (known == null) {
      known = counts(n);
      for (int w = 1; w < known.length; w++) {
        known[w] += known[w - 1];
      }
      KNOWN.set(n, known);
    }
    return known;
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
    long[] cumulated = cumulated(n);
    return cumulated[(int) Math.min(w, cumulated.length - 1)] / (double) (1L << n);
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
    int n = ranks.length;
    if (n > EXACT) {
      return normal(plus - sum / 2.0, StrictMath.sqrt(squares) / 2);
    }
    // Ties make the sum of squares smaller, as zeros do.
    long most = 2L * n * (n + 1) * (2 * n + 1) / 3;
    boolean distinct = squares == most;
    return distinct ? distinct(n, (int) plus / 2) : exact(ranks, (int) plus, (int) sum);
  }

  private static Tails distinct(int n, int w) {
    long[] atMost = cumulated(n);
    long below = w == 0 ? 0 : atMost[w - 1];
    long total = 1L << n;
    return Tails.of(
        BigInteger.valueOf(atMost[w]),
        BigInteger.valueOf(total - below),
        BigInteger.valueOf(total));
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
