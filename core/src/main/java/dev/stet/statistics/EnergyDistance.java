package dev.stet.statistics;

import dev.stet.seeds.Seed;
import java.util.Arrays;

/**
 * How far apart two whole distributions are: location, spread, shape and rare collapses alike.
 *
 * <p>The distance is {@code sqrt(2 ∫ (F - G)²)} of the two empirical distribution functions, which is
 * {@code sqrt(2 E|X - Y| - E|X - X'| - E|Y - Y'|)}; it has the unit of the root of a value. The p-values are those
 * of permutation tests: exact in size, whatever the distribution, if the null hypothesis is that both samples
 * come from one distribution ({@link #pValue}), or that the two values of each pair could as well be swapped
 * ({@link #pairedPValue}).
 *
 * <ul>
 *   <li>All arrangements are enumerated if there are at most 9,999 (7 values against 7; 13 pairs that differ);
 *       otherwise 9,999 are drawn and the p-value is (b + 1) / (9,999 + 1). From about 10,000 values on,
 *       fewer are drawn, so that they take 100 million steps in all, but never fewer than 499.
 *   <li>Small samples: the smallest possible p-value is one arrangement (or two) of all; 3 against 3 can not get
 *       below 0.1.
 *   <li>Ties need no rule. Statistics that differ by less than rounding does count as equal.
 *   <li>Equal samples have the distance 0 and the p-value 1.
 *   <li>Infinities and NaN are refused: they have no distance.
 * </ul>
 *
 * <p>A large p-value is not evidence that the distributions are equal. Reference: Székely and Rizzo 2013,
 * doi:10.1016/j.jspi.2013.03.018; p-values of drawn arrangements: Phipson and Smyth 2010,
 * doi:10.2202/1544-6115.1585.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class EnergyDistance {
  private final Scale scale;
  private final double[] x;
  private final double[] y;

  private EnergyDistance(double[] x, double[] y) {
    scale = Scale.of(x, y);
    this.x = scale.shrink(x);
    this.y = scale.shrink(y);
  }

  /**
   * Compares two samples.
   *
   * @param x the finite values of one sample, at least one
   * @param y the finite values of the other, at least one
   * @return the distance between them
   * @throws IllegalArgumentException if a sample is empty or holds a value that is not finite
   */
  public static EnergyDistance of(double[] x, double[] y) {
    Samples.requireSome(x, "x");
    Samples.requireSome(y, "y");
    Samples.requireFinite(x, "x");
    Samples.requireFinite(y, "y");
    return new EnergyDistance(x, y);
  }

  /**
   * Returns the distance.
   *
   * @return 0 if both samples have one empirical distribution, otherwise a positive number
   */
  public double distance() {
    PooledGaps pool = new PooledGaps(x, y);
    return scale.root(2 * pool.observed());
  }

  /**
   * Returns how likely so large a distance is if both samples come from one distribution.
   *
   * @param seed where drawn arrangements come from; the same seed gives the same answer
   * @return a p-value above 0, at most 1; the same for the values in any order and for x and y exchanged
   */
  public double pValue(Seed seed) {
    PooledGaps pool = new PooledGaps(x, y);
    double observed = pool.observed();
    return Arrangements.pValue(
        pool.size(), pool.taken(), PValue.threshold(observed, observed), pool::distance, seed);
  }

  /**
   * Returns how likely so large a distance is if x[i] and y[i] are a pair whose values could as well be swapped.
   * Pairs of equal values change nothing.
   *
   * @param seed where drawn swaps come from; the same seed gives the same answer
   * @return a p-value above 0, at most 1; the same for the pairs in any order and for x and y exchanged
   * @throws IllegalArgumentException if the samples do not have the same number of values
   */
  public double pairedPValue(Seed seed) {
    Samples.requirePairs(x, y);
    PairedGaps pairs = new PairedGaps(x, y);
    double observed = pairs.distance(pairs.observed());
    return PairSwaps.pValue(
        pairs.count(), 2 * x.length, PValue.threshold(observed, observed), pairs::distance, seed);
  }

  /** The gaps between the sorted pooled values, over which the two distribution functions are compared. */
  private static final class PooledGaps {
    private final double[] gaps;
    private final boolean[] first;
    private final int taken;

    PooledGaps(double[] x, double[] y) {
      // The smaller sample is the one that is drawn, so that both orders of the samples draw alike.
      double[] few = x.length <= y.length ? x.clone() : y.clone();
      double[] many = x.length <= y.length ? y.clone() : x.clone();
      Arrays.sort(few);
      Arrays.sort(many);
      taken = few.length;
      first = new boolean[few.length + many.length];
      double[] pooled = new double[first.length];
      for (int i = 0, j = 0; i + j < pooled.length; ) {
        boolean next = j == many.length || (i < few.length && few[i] <= many[j]);
        first[i + j] = next;
        pooled[i + j] = next ? few[i++] : many[j++];
      }
      gaps = new double[pooled.length - 1];
      Arrays.setAll(gaps, i -> pooled[i + 1] - pooled[i]);
    }

    int size() {
      return first.length;
    }

    int taken() {
      return taken;
    }

    double observed() {
      return distance(first);
    }

    /** The integral of (F - G)²; the difference is a whole number over n m. */
    double distance(boolean[] belongs) {
      long up = (long) first.length - taken;
      long down = taken;
      long difference = 0;
      double sum = 0;
      for (int i = 0; i < gaps.length; i++) {
        difference += belongs[i] ? up : -down;
        double each = difference;
        sum += gaps[i] * each * each;
      }
      double product = (double) up * down;
      return sum / product / product;
    }
  }

  /** The same for pairs: a swap moves one step of each distribution function. */
  private static final class PairedGaps {
    private final double[] gaps;
    private final int[] low;
    private final int[] high;
    private final int[] steps;
    private final long[] observed;

    PairedGaps(double[] x, double[] y) {
      double[] values = new double[2 * x.length];
      System.arraycopy(x, 0, values, 0, x.length);
      System.arraycopy(y, 0, values, x.length, y.length);
      double[] pooled = Arrays.stream(values).sorted().distinct().toArray();
      gaps = new double[pooled.length - 1];
      Arrays.setAll(gaps, i -> pooled[i + 1] - pooled[i]);
      // Sorted by the two values, then by which of them is x's: the order of the pairs is
      // forgotten.
      long[] pairs = new long[x.length];
      int count = 0;
      for (int i = 0; i < x.length; i++) {
        if (x[i] != y[i]) {
          long one = Arrays.binarySearch(pooled, x[i]);
          long other = Arrays.binarySearch(pooled, y[i]);
          pairs[count++] =
              Math.min(one, other) << 33 | Math.max(one, other) << 1 | (one < other ? 0 : 1);
        }
      }
      Arrays.sort(pairs, 0, count);
      low = new int[count];
      high = new int[count];
      observed = PairSwaps.none(count);
      for (int i = 0; i < count; i++) {
        low[i] = (int) (pairs[i] >>> 33);
        high[i] = (int) (pairs[i] >>> 1);
        if ((pairs[i] & 1) == 1) {
          PairSwaps.swap(observed, i);
        }
      }
      steps = new int[pooled.length];
    }

    int count() {
      return low.length;
    }

    long[] observed() {
      return observed;
    }

    /** Up to the constant factor n², the integral of (F - G)². */
    double distance(long[] swapped) {
      Arrays.fill(steps, 0);
      for (int i = 0; i < low.length; i++) {
        int step = PairSwaps.sign(swapped, i);
        steps[low[i]] += step;
        steps[high[i]] -= step;
      }
      long difference = 0;
      double sum = 0;
      for (int i = 0; i < gaps.length; i++) {
        difference += steps[i];
        double each = difference;
        sum += gaps[i] * each * each;
      }
      return sum;
    }
  }
}
