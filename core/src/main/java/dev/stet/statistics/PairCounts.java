package dev.stet.statistics;

/**
 * The ordered differences or averages of pairs, never written out: only how many lie below a value is counted.
 *
 * <p>The k-th smallest is found by bisection over the bits of a double, at most 64 counts, each linear in the
 * number of values (the counting of Johnson and Mizoguchi 1978, doi:10.1137/0207013). The answer is a pair that
 * occurs, bit for bit, and 100,000 values against 100,000 need no more memory than the values.
 */
interface PairCounts {
  /** How many finite pairs there are. */
  long finite();

  /** How many pairs are minus infinity. */
  long below();

  /** How many pairs are plus infinity. */
  long above();

  /** How many pairs have no order: two infinities that cancel. */
  long open();

  /** How many of the finite pairs are at most this. */
  long atMost(double value);

  /** The smallest finite pair. */
  double smallest();

  /** The largest finite pair. */
  double largest();

  /** The k-th smallest pair, k from 1, with pairs that have no order counted lowest. */
  default double low(long k) {
    return select(k - open());
  }

  /** The k-th largest pair, k from 1, with pairs that have no order counted highest. */
  default double high(long k) {
    return select(finite() + below() + above() + open() + 1 - k);
  }

  /** The median of the pairs that have an order; 0 if there are none. */
  default double median() {
    long ordered = finite() + below() + above();
    if (ordered == 0) {
      return 0;
    }
    double lower = select((ordered + 1) / 2);
    if (ordered % 2 == 1) {
      return lower;
    }
    double upper = select(ordered / 2 + 1);
    // Two opposite infinities meet in the middle: no difference either way.
    return lower == upper
        ? lower
        : Double.isInfinite(lower) && Double.isInfinite(upper) ? 0 : lower / 2 + upper / 2;
  }

  private double select(long rank) {
    if (rank <= below()) {
      return Double.NEGATIVE_INFINITY;
    }
    long within = rank - below();
    return within > finite() ? Double.POSITIVE_INFINITY : bisect(within);
  }

  private double bisect(long rank) {
    long low = ordinal(smallest());
    long high = ordinal(largest());
    while (low < high) {
      long middle = (low & high) + ((low ^ high) >> 1);
      if (atMost(value(middle)) >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return value(low) + 0.0;
  }

  /** Numbers the doubles in their order. */
  private static long ordinal(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits >= 0 ? bits : Long.MIN_VALUE - bits;
  }

  private static double value(long ordinal) {
    return Double.longBitsToDouble(ordinal >= 0 ? ordinal : Long.MIN_VALUE - ordinal);
  }
}
