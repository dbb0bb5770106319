package dev.stet.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * How many of the arrangements of n values among m give a Mann-Whitney statistic of 0, 1, 2, ...
 *
 * <p>The counts are the coefficients of the Gaussian binomial, prod (1 - q^(m+i)) / (1 - q^i) for i = 1 to n
 * (Mann and Whitney 1947, doi:10.1214/aoms/1177730491). They are computed modulo 2^64 or 2^128, which is exact as
 * long as their sum is smaller. The lower half is kept, cumulated; the upper is its mirror image.
 */
final class RankSumNull {
  private static final int EXACT_BITS = 127;
  private static final long EXACT_PAIRS = 1_000_000;

  /** So many counts are kept, 16 MB: those of any one pair of sizes, or of 800 pairs like 50 and 50. */
  private static final int KEPT = 1 << 20;

  /** What a pair of sizes takes besides, as a number of counts. */
  private static final int OWN_WEIGHT = 16;

  private static final Recent<Sizes, RankSumNull> KNOWN = new Recent<>(
      KEPT,
      sizes -> new RankSumNull(sizes.few, sizes.many),
      counts -> counts.low.length + OWN_WEIGHT);

  private record Sizes(int few, int many) {}

  private final long pairs;
  private final BigInteger total;

  /** The upper and lower words of the numbers of arrangements with a statistic of at most the index. */
  private final long[] high;

  private final long[] low;

  private RankSumNull(int few, int many) {
    pairs = (long) few * many;
    total = binomial(few + many, few);
    boolean exact = total.bitLength() <= EXACT_BITS;
    low = new long[exact ? (int) (pairs / 2) + 1 : 0];
    high = new long[low.length];
    if (!exact) {
      return;
    }
    low[0] = 1;
    if (total.bitLength() < Long.SIZE) {
      fillLow(few, many);
      for (int u = 1; u < low.length; u++) {
        low[u] += low[u - 1];
      }
    } else {
      fill(few, many);
      for (int u = 1; u < low.length; u++) {
        add(u, u - 1);
      }
    }
  }

  private static RankSumNull of(int n, int m) {
    return KNOWN.get(new Sizes(Math.min(n, m), Math.max(n, m)));
  }

  /**
   * The rank from either end of the ordered differences at which an interval ends: the largest k for which
   * P(U at most k - 1) is within the tail; 0 if there is none.
   */
  static long critical(int n, int m, Tail tail) {
    return isExact(n, m) ? of(n, m).largest(tail) : asymptotic(n, m, tail);
  }

  /** Whether counts without ties are exact: where {@link #critical} does not go over to the normal form. */
  static boolean isExact(int n, int m) {
    return (long) n * m <= EXACT_PAIRS && of(n, m).low.length > 0;
  }

  /** The p-values of a statistic without ties, where {@link #isExact}. */
  static Tails tails(int n, int m, long u) {
    RankSumNull counts = of(n, m);
    BigInteger beyond = counts.total.subtract(counts.atMost(u - 1));
    return Tails.of(counts.atMost(u), beyond, counts.total);
  }

  /** The probability that an interval of this tail really leaves out on either side: at most the tail. */
  static double attained(int n, int m, Tail tail) {
    long k = critical(n, m, tail);
    return k == 0 ? 0 : atMost(n, m, k - 1);
  }

  /** P(U at most u), exact where {@link #critical} is. */
  static double atMost(int n, int m, long u) {
    if (!isExact(n, m)) {
      double pairs = (double) n * m;
      double deviation = StrictMath.sqrt(pairs * ((double) n + m + 1) / 12);
      return Quantiles.below((u + 0.5 - pairs / 2) / deviation);
    }
    RankSumNull counts = of(n, m);
    return new BigDecimal(counts.atMost(u))
        .divide(new BigDecimal(counts.total), MathContext.DECIMAL64)
        .doubleValue();
  }

  /** With the continuity correction: P(U at most k - 1) is about Phi((k - 1/2 - mean) / deviation). */
  static long asymptotic(int n, int m, Tail tail) {
    double pairs = (double) n * m;
    double deviation = StrictMath.sqrt(pairs * ((double) n + m + 1) / 12);
    return (long)
        Math.max(0, Math.floor(pairs / 2 + 0.5 - Quantiles.normal(tail.probability()) * deviation));
  }

  /** The counts of U = 0, 1, ..., size - 1. */
  static BigInteger[] counts(int n, int m, int size) {
    RankSumNull counts = of(n, m);
    BigInteger[] result = new BigInteger[size];
    Arrays.setAll(result, u -> counts.atMost(u).subtract(counts.atMost(u - 1)));
    return result;
  }

  /** The number of arrangements with a statistic of at most u. */
  private BigInteger atMost(long u) {
    if (u < 0) {
      return BigInteger.ZERO;
    }
    return u < low.length
        ? whole(high[(int) u], low[(int) u])
        : total.subtract(atMost(pairs - u - 1));
  }

  private static BigInteger whole(long high, long low) {
    return BigInteger.valueOf(high)
        .shiftLeft(Long.SIZE)
        .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
        .add(BigInteger.valueOf(low & 1));
  }

  private long largest(Tail tail) {
    BigInteger allowed = tail.allowed(total);
    long from = 0;
    long to = pairs + 1;
    while (from < to) {
      long middle = (from + to) >>> 1;
      if (atMost(middle).compareTo(allowed) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private static BigInteger binomial(int n, int k) {
    BigInteger result = BigInteger.ONE;
    for (int i = 1; i <= k && result.bitLength() <= EXACT_BITS; i++) {
      result = result.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return result;
  }

  private void fillLow(int few, int many) {
    for (int i = 1; i <= few; i++) {
      for (int u = low.length - 1; u >= many + i; u--) {
        low[u] -= low[u - many - i];
      }
      for (int u = i; u < low.length; u++) {
        low[u] += low[u - i];
      }
    }
  }

  private void fill(int few, int many) {
    for (int i = 1; i <= few; i++) {
      for (int u = low.length - 1; u >= many + i; u--) {
        subtract(u, u - many - i);
      }
      for (int u = i; u < low.length; u++) {
        add(u, u - i);
      }
    }
  }

  private void add(int to, int from) {
    long sum = low[to] + low[from];
    high[to] += high[from] + (Long.compareUnsigned(sum, low[to]) < 0 ? 1 : 0);
    low[to] = sum;
  }

  private void subtract(int to, int from) {
    high[to] -= high[from] + (Long.compareUnsigned(low[to], low[from]) < 0 ? 1 : 0);
    low[to] -= low[from];
  }
}
