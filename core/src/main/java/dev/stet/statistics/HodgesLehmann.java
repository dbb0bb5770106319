package dev.stet.statistics;

/**
 * The shift between two independent samples: the median of all differences of a value of x and a value of y,
 * with exact confidence intervals.
 *
 * <p>If the two distributions have one shape, the shift is the distance between them. The interval holds the
 * shifts that the Mann-Whitney test does not reject: it ends at the k-th smallest and the k-th largest of the
 * n m differences, where k is the largest integer with P(U &lt;= k - 1) at most (1 - level) / 2.
 *
 * <ul>
 *   <li>Small samples: if no k exists, the interval is unbounded; {@link #canBound} tells beforehand.
 *   <li>Large samples: the null distribution is exact while C(n + m, n) is below 2<sup>127</sup> (65 values
 *       against 65) and n m at most 1,000,000; beyond, normal with continuity correction.
 *   <li>Ties: closed intervals stay valid, and cover at least as often as they say.
 *   <li>Infinities are ranks: worse or better than every number. Two equal infinities have no known
 *       difference; such a pair counts as low at the lower end, as high at the upper end, not at all in the
 *       estimate. NaN is refused.
 *   <li>Different shapes: with unequal spreads and unequal sample sizes the interval covers too rarely.
 * </ul>
 *
 * <p>References: Hodges and Lehmann 1963, doi:10.1214/aoms/1177704172; Mann and Whitney 1947,
 * doi:10.1214/aoms/1177730491; closed intervals under ties: Noether 1967, doi:10.1080/01621459.1967.10482943;
 * p-values under ties: Streitberg and Roehmel 1986, "Exact distributions for permutation and rank tests",
 * Statistical Software Newsletter 12, 10-17.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class HodgesLehmann {
  private final PairCounts differences;
  private final double[] x;
  private final double[] y;

  private HodgesLehmann(double[] x, double[] y) {
    this.x = x;
    this.y = y;
    differences = new Differences(x, y);
  }

  /**
   * Compares two samples.
   *
   * @param x the values of one sample, at least one, infinities allowed
   * @param y the values of the other, at least one, infinities allowed
   * @return the shift of x against y
   */
  public static HodgesLehmann of(double[] x, double[] y) {
    Samples.requireSome(x, "x");
    Samples.requireSome(y, "y");
    return new HodgesLehmann(Samples.ranked(x, "x"), Samples.ranked(y, "y"));
  }

  /**
   * Returns whether samples of these sizes are large enough for an interval with ends.
   *
   * @param n the number of values of one sample
   * @param m the number of values of the other
   * @param level the confidence level, between 0 and 1
   * @return false if the interval would be unbounded whatever the values
   */
  public static boolean canBound(int n, int m, double level) {
    Tail tail = Tail.ofLevel(level);
    return n > 0 && m > 0 && RankSumNull.critical(n, m, tail) > 0;
  }

  /**
   * Returns the median of all differences.
   *
   * @return x minus y; infinite if most differences are; 0 if no pair has a known difference
   */
  public double estimate() {
    return differences.median();
  }

  /**
   * Returns the interval of shifts that the data do not speak against.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return a closed interval, unbounded if the samples are too small for the level
   */
  public Interval interval(double level) {
    long k = RankSumNull.critical(x.length, y.length, Tail.ofLevel(level));
    return k == 0
        ? Interval.unbounded(level)
        : new Interval(differences.low(k), differences.high(k), level);
  }

  /**
   * Tests whether the true shift is a given number, by the Mann-Whitney test of {@code x - shift} against y.
   *
   * <p>Exact and conditional: the share of all arrangements of the pooled midranks (doubled, so that they are
   * integers) whose rank sum is as extreme as the one seen, equality included. Three values against three,
   * wholly apart, have 0.05 on one side and 0.1 on both. Two-sided is twice the smaller side, at most 1.
   * Equal infinities are ties.
   *
   * <p>Without ties it is exact where the intervals are. With ties the arrangements are also only counted while
   * that takes at most 2<sup>26</sup> steps, which it does for every size up to 65 against 65. Beyond, the normal
   * distribution with the variance of the ties and continuity correction stands in.
   *
   * @param shift the difference x minus y under the null hypothesis, finite
   * @param alternative what is held against it: the true shift is another, less or greater
   * @return the p-value, above 0 and at most 1; 1 if all values are equal
   */
  public double pValue(double shift, Alternative alternative) {
    Samples.requireFinite(shift, "shift");
    return RankSum.of(x, y, shift).tails().of(alternative);
  }
}
