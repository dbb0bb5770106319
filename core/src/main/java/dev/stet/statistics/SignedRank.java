package dev.stet.statistics;

/**
 * The centre of one sample, or of paired differences: the median of all averages of two values (each with
 * itself included), called the pseudomedian, with exact confidence intervals.
 *
 * <p>If the distribution is symmetric, this is its centre. The interval holds the centres that the Wilcoxon
 * signed-rank test does not reject: it ends at the k-th smallest and k-th largest of the n (n + 1) / 2
 * averages, k being the largest integer with P(W &lt;= k - 1) at most (1 - level) / 2.
 *
 * <ul>
 *   <li>Small samples: a 90 % interval needs 5 values, a 95 % interval 6; else it is unbounded.
 *   <li>Large samples: exact to n = 62; beyond, normal with continuity correction.
 *   <li>Zeros and ties are kept as they are; the closed interval stays valid and covers at least as often as it
 *       says. Many equal pairs and a few collapsed ones can give [0, 0]: do not read it alone.
 *   <li>Infinities are ranks. The average of two opposite infinities is unknown: low at the lower end, high at
 *       the upper, and not counted in the estimate. NaN is refused.
 * </ul>
 *
 * <p>References: Hodges and Lehmann 1963, doi:10.1214/aoms/1177704172; Wilcoxon 1945, doi:10.2307/3001968;
 * zeros that keep their ranks: Pratt 1959, doi:10.1080/01621459.1959.10501526; p-values under ties: Streitberg
 * and Roehmel 1986, "Exact distributions for permutation and rank tests", Statistical Software Newsletter 12,
 * 10-17.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class SignedRank {
  private final PairCounts averages;
  private final double[] sorted;

  private SignedRank(double[] sorted) {
    this.sorted = sorted;
    averages = new WalshAverages(sorted);
  }

  /**
   * Reads a sample, or the differences of pairs.
   *
   * @param values at least one value, infinities allowed
   * @return their centre
   */
  public static SignedRank of(double[] values) {
    Samples.requireSome(values, "values");
    return new SignedRank(Samples.ranked(values, "values"));
  }

  /**
   * Returns whether a sample of this size is large enough for an interval with ends.
   *
   * @param n the number of values
   * @param level the confidence level, between 0 and 1
   * @return false if the interval would be unbounded whatever the values
   */
  public static boolean canBound(int n, double level) {
    Tail tail = Tail.ofLevel(level);
    return n > 0 && SignedRankNull.critical(n, tail) > 0;
  }

  /**
   * Returns the median of all averages of two values.
   *
   * @return the centre; infinite if most averages are
   */
  public double estimate() {
    return averages.median();
  }

  /**
   * Returns the interval of centres that the data do not speak against.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return a closed interval, unbounded if the sample is too small for the level
   */
  public Interval interval(double level) {
    long k = SignedRankNull.critical(sorted.length, Tail.ofLevel(level));
    return k == 0
        ? Interval.unbounded(level)
        : new Interval(averages.low(k), averages.high(k), level);
  }

  /**
   * Tests whether the true centre is a given number, by the signed-rank test of the values minus it.
   *
   * <p>Exact and conditional: the share of all 2<sup>n</sup> sign patterns whose sum of positive midranks
   * (doubled, so that they are integers) is as extreme as the one seen, equality included. Zeros are ranked with
   * the other distances and have no sign to flip (Pratt 1959): many zeros push the ranks of the rest up, and
   * count as evidence for neither side. Two-sided is twice the smaller side, at most 1.
   *
   * <p>Exact to n = 62, as the intervals are; beyond, normal with the variance of these very ranks and continuity
   * correction.
   *
   * @param centre the centre under the null hypothesis, finite
   * @param alternative what is held against it: the true centre is another, less or greater
   * @return the p-value, above 0 and at most 1; 1 if all values equal the centre
   */
  public double pValue(double centre, Alternative alternative) {
    Samples.requireFinite(centre, "centre");
    return SignedRankNull.tails(sorted, centre).of(alternative);
  }
}
