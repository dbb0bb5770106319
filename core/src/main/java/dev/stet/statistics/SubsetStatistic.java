package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The distribution of a statistic of k independent values, as a sample of n shows it: the statistic of every subset of k.
 *
 * <p>The share of subsets below a threshold is a U-statistic: unbiased for the probability that the statistic of k new
 * values is below it (Hoeffding 1948, doi:10.1214/aoms/1177730196). All subsets are taken up to 200,000 of them; beyond,
 * 100,000 random ones. The bounds on that probability hold for every distribution: a U-statistic is an average of averages
 * over {@code m = floor(n / k)} independent groups, and so obeys Hoeffding's inequality for m values (Hoeffding 1963,
 * doi:10.1080/01621459.1963.10500830, section 5); nothing better can be said of the far tails, however many subsets there
 * are. A tenth of what the level allows goes to the drawing of random subsets.
 *
 * <p>Infinities are values like any other. The order of the values does not matter. NaN is refused.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class SubsetStatistic {
  private static final int MOST_SUBSETS = 200_000;
  private static final int DRAWN = 100_000;
  private static final double DRAWING_SHARE = 0.1;
  private static final int HALVINGS = 60;

  private final double[] sorted;
  private final boolean drawn;
  private final int groups;

  private SubsetStatistic(double[] sorted, boolean drawn, int groups) {
    this.sorted = sorted;
    this.drawn = drawn;
    this.groups = groups;
  }

  /**
   * Returns the distribution of a statistic.
   *
   * @param values the sample, at least k values
   * @param k how many values the statistic takes, at least 1
   * @param statistic a function of k values in ascending order; the array must not be kept or changed
   * @param seed the seed of the drawing, if subsets are drawn
   * @return the distribution
   * @throws IllegalArgumentException if there are fewer than k values, k is not positive, or a value is NaN
   */
  public static SubsetStatistic of(
      double[] values, int k, ToDoubleFunction<double[]> statistic, Seed seed) {
    if (!(k >= 1 && k <= values.length)) {
      throw new IllegalArgumentException("a subset takes at least 1 value and at most all; got " + k
          + " of " + values.length + ". Give a sample of at least as many values.");
    }
    double[] ascending = Samples.ranked(values, "the sample");
    boolean drawn = subsets(ascending.length, k) > MOST_SUBSETS;
    double[] all = drawn ? drawn(ascending, k, statistic, seed) : every(ascending, k, statistic);
    Arrays.sort(all);
    return new SubsetStatistic(all, drawn, ascending.length / k);
  }

  private static double subsets(int n, int k) {
    double count = 1;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      count = count * (n - Math.min(k, n - k) + i) / i;
    }
    return Math.rint(count);
  }

  private static double[] every(double[] values, int k, ToDoubleFunction<double[]> statistic) {
    int n = values.length;
    double[] all = new double[(int) subsets(n, k)];
    int[] at = new int[k];
    Arrays.setAll(at, i -> i);
    double[] subset = new double[k];
    for (int s = 0; s < all.length; s++) {
      for (int i = 0; i < k; i++) {
        subset[i] = values[at[i]];
      }
      all[s] = statistic.applyAsDouble(subset);
      advance(at, n);
    }
    return all;
  }

  /** The next subset in the order of the alphabet. */
  private static void advance(int[] at, int n) {
    int k = at.length;
    int i = k - 1;
    while (i >= 0 && at[i] == n - k + i) {
      i--;
    }
    if (i >= 0) {
      at[i]++;
      for (int j = i + 1; j < k; j++) {
        at[j] = at[j - 1] + 1;
      }
    }
  }

  private static double[] drawn(
      double[] values, int k, ToDoubleFunction<double[]> statistic, Seed seed) {
    RandomStream stream = seed.stream();
    double[] all = new double[DRAWN];
    double[] subset = new double[k];
    for (int s = 0; s < DRAWN; s++) {
      int[] at = stream.sample(values.length, k);
      Arrays.sort(at);
      for (int i = 0; i < k; i++) {
        subset[i] = values[at[i]];
      }
      all[s] = statistic.applyAsDouble(subset);
    }
    return all;
  }

  /**
   * Returns how often the statistic is below a threshold.
   *
   * @param threshold any number but NaN
   * @return the share of subsets
   */
  public double below(double threshold) {
    return (double) countBelow(threshold) / sorted.length;
  }

  private int countBelow(double threshold) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < threshold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Returns the interval for the probability that the statistic of new values is below a threshold.
   *
   * @param threshold any number but NaN
   * @param level the confidence level, between 0 and 1
   * @return an interval within [0, 1], for every distribution
   */
  public Interval interval(double threshold, double level) {
    Interval.requireLevel(level);
    double tail = (1 - level) / 2;
    Interval share = share(countBelow(threshold), tail);
    double forSample = drawn ? tail * (1 - DRAWING_SHARE) : tail;
    double upper = upper(share.upper(), forSample);
    double lower = 1 - upper(1 - share.lower(), forSample);
    return new Interval(Math.min(lower, upper), upper, level);
  }

  /** The share of all subsets, known exactly unless they were drawn. */
  private Interval share(int below, double tail) {
    if (!drawn) {
      double exact = (double) below / sorted.length;
      return new Interval(exact, exact, 1 - tail);
    }
    return new Proportion(below, sorted.length).interval(1 - 2 * tail * DRAWING_SHARE);
  }

  /** The largest probability at which so small a share has at least the given chance, by Hoeffding's bound. */
  private double upper(double share, double tail) {
    double need = -StrictMath.log(tail) / groups;
    double low = share;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = low + (high - low) / 2;
      if (divergence(share, middle) < need) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double divergence(double p, double q) {
    double one = p > 0 ? p * StrictMath.log(p / q) : 0;
    double other = p < 1 ? (1 - p) * StrictMath.log((1 - p) / (1 - q)) : 0;
    return one + other;
  }

  /**
   * Returns the largest threshold below which no more than a share of the subsets lie.
   *
   * @param share at least 0 and below 1
   * @return one of the values of the statistic
   */
  public double threshold(double share) {
    return sorted[(int) Math.min(sorted.length - 1.0, Math.floor(share * sorted.length))];
  }

  /**
   * Returns the largest threshold for which, with the confidence given, the probability of a statistic below it is at most
   * a share.
   *
   * @param share between 0 and 1
   * @param level the confidence level, between 0 and 1
   * @return one of the values of the statistic; minus infinity if the sample is too small to vouch for any
   */
  public double assuredThreshold(double share, double level) {
    Interval.requireLevel(level);
    double tail = 1 - level;
    int below = 0;
    int above = sorted.length;
    if (bound(0, tail) > share) {
      return Double.NEGATIVE_INFINITY;
    }
    while (above - below > 1) {
      int middle = (below + above) >>> 1;
      if (bound(middle, tail) <= share) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return sorted[below];
  }

  private double bound(int below, double tail) {
    return upper(share(below, tail).upper(), drawn ? tail * (1 - DRAWING_SHARE) : tail);
  }

  /**
   * Returns how many groups of k values that share none the sample holds: what there is of independent evidence.
   *
   * @return at least 1
   */
  public int groups() {
    return groups;
  }

  /**
   * Returns the smallest probability for which any threshold could be vouched for.
   *
   * @param level the confidence level, between 0 and 1
   * @return 1 - (1 - level)^(1 / groups), a little more if subsets were drawn
   */
  public double smallestAssured(double level) {
    Interval.requireLevel(level);
    return bound(0, 1 - level);
  }

  /** Returns the size of the distribution. */
  @Override
  public String toString() {
    return (drawn ? "drawn " : "all ") + sorted.length + " subsets, " + groups
        + " independent groups";
  }
}
