package dev.stet.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many of the arrangements of n values among m give a Mann-Whitney statistic of 0, 1, 2, ...
 *
 * <p>The counts are the coefficients of the Gaussian binomial, prod (1 - q^(m+i)) / (1 - q^i) for i = 1 to n
 * (Mann and Whitney 1947, doi:10.1214/aoms/1177730491). They are computed modulo 2^128, which is exact as
 * long as their sum is smaller.
 */
final class RankSumNull {
  private static final int EXACT_BITS = 127;
  private static final long EXACT_PAIRS = 1_000_000;

  /** Answers are kept for this many sizes: a verdict asks twice, a suite asks the same hundreds of times. */
  private static final int KEPT = 1024;

  private static final ConcurrentMap<Question, Long> KNOWN = new ConcurrentHashMap<>();

  private record Question(int few, int many, Tail tail) {}

  private final long[] high;
  private final long[] low;

  private RankSumNull(int size) {
    high = new long[size];
    low = new long[size];
    low[0] = 1;
  }

  /**
   * The rank from either end of the ordered differences at which an interval ends: the largest k for which
   * P(U at most k - 1) is within the tail; 0 if there is none.
   */
  static long critical(int n, int m, Tail tail) {
    if ((long) n * m > EXACT_PAIRS) {
      return asymptotic(n, m, tail);
    }
    Question question = new Question(Math.min(n, m), Math.max(n, m), tail);
    Long known = KNOWN.get(question);
    if (known != null) {
      return known;
    }
    long answer = compute(question.few, question.many, tail);
    if (KNOWN.size() < KEPT) {
      KNOWN.put(question, answer);
    }
    return answer;
  }

  private static long compute(int few, int many, Tail tail) {
    long pairs = (long) few * many;
    BigInteger total = binomial(few + many, few);
    if (total.bitLength() > EXACT_BITS) {
      return asymptotic(few, many, tail);
    }
    BigInteger allowed = tail.allowed(total);
    // The normal approximation tells how many counts are needed; if it was short, all of them are.
    long guess = Math.min(pairs + 1, asymptotic(few, many, tail) + 10);
    int k = new RankSumNull((int) guess).fill(few, many).largest(allowed);
    return k < guess ? k : new RankSumNull((int) pairs + 1).fill(few, many).largest(allowed);
  }

  /** Whether counts without ties are exact: where {@link #critical} does not go over to the normal form. */
  static boolean isExact(int n, int m) {
    return (long) n * m <= EXACT_PAIRS && binomial(n + m, Math.min(n, m)).bitLength() <= EXACT_BITS;
  }

  /** The p-values of a statistic without ties, where {@link #isExact}. */
  static Tails tails(int n, int m, long u) {
    long pairs = (long) n * m;
    long lesser = Math.min(u, pairs - u);
    RankSumNull counts = new RankSumNull((int) lesser + 1).fill(Math.min(n, m), Math.max(n, m));
    BigInteger total = binomial(n + m, Math.min(n, m));
    BigInteger within = counts.sum();
    BigInteger beyond = total.subtract(within).add(counts.count((int) lesser));
    Tails tails = Tails.of(within, beyond, total);
    return u == lesser ? tails : tails.swapped();
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
    BigInteger sum = BigInteger.ZERO;
    for (BigInteger count : counts(n, m, (int) Math.min(u, (long) n * m) + 1)) {
      sum = sum.add(count);
    }
    return new BigDecimal(sum)
        .divide(new BigDecimal(binomial(n + m, Math.min(n, m))), MathContext.DECIMAL64)
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
    RankSumNull counts = new RankSumNull(size).fill(Math.min(n, m), Math.max(n, m));
    BigInteger[] result = new BigInteger[size];
    Arrays.setAll(result, counts::count);
    return result;
  }

  private BigInteger count(int u) {
    return whole(high[u], low[u]);
  }

  private static BigInteger whole(long high, long low) {
    return BigInteger.valueOf(high)
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(low)));
  }

  private BigInteger sum() {
    long sumHigh = 0;
    long sumLow = 0;
    for (int u = 0; u < low.length; u++) {
      sumLow += low[u];
      sumHigh += high[u] + (Long.compareUnsigned(sumLow, low[u]) < 0 ? 1 : 0);
    }
    return whole(sumHigh, sumLow);
  }

  private static BigInteger binomial(int n, int k) {
    BigInteger result = BigInteger.ONE;
    for (int i = 1; i <= k && result.bitLength() <= EXACT_BITS; i++) {
      result = result.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return result;
  }

  private RankSumNull fill(int few, int many) {
    for (int i = 1; i <= few; i++) {
      for (int u = low.length - 1; u >= many + i; u--) {
        subtract(u, u - many - i);
      }
      for (int u = i; u < low.length; u++) {
        add(u, u - i);
      }
    }
    return this;
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

  private int largest(BigInteger allowed) {
    long allowedHigh = allowed.shiftRight(Long.SIZE).longValue();
    long allowedLow = allowed.longValue();
    long sumHigh = 0;
    long sumLow = 0;
    for (int u = 0; u < low.length; u++) {
      sumLow += low[u];
      sumHigh += high[u] + (Long.compareUnsigned(sumLow, low[u]) < 0 ? 1 : 0);
      if (sumHigh > allowedHigh
          || (sumHigh == allowedHigh && Long.compareUnsigned(sumLow, allowedLow) > 0)) {
        return u;
      }
    }
    return low.length;
  }
}
