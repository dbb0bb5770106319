package dev.stet.statistics;

import org.apache.commons.statistics.inference.BinomialTest;

/**
 * The exact test whether something happens at one rate on both sides of pairs, such as failures of the runs of one
 * seed before and now.
 *
 * <p>Pairs in which it happened on both sides or on neither say nothing. Of the others, half are expected on each
 * side: the number of those with x alone is binomial with the rate 1/2.
 *
 * <ul>
 *   <li>Small samples: exact; one-sided significance at 0.05 needs 5 pairs, all on one side, two-sided 6.
 *   <li>No pair in which the sides differ: the p-values are 1.
 * </ul>
 *
 * <p>Reference: McNemar 1947, doi:10.1007/BF02295996.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param onlyX the number of pairs in which it happened to x and not to y
 * @param onlyY the number of pairs in which it happened to y and not to x
 * @since 0.1
 */
public record McNemar(int onlyX, int onlyY) {
  /**
   * Refuses counts that cannot be.
   *
   * @param onlyX the number of pairs in which it happened to x and not to y
   * @param onlyY the number of pairs in which it happened to y and not to x
   */
  public McNemar {
    if (onlyX < 0 || onlyY < 0 || onlyX > Integer.MAX_VALUE - onlyY) {
      throw new IllegalArgumentException(
          "the numbers of pairs in which one side alone had it must be 0 or more; got " + onlyX
              + " and " + onlyY + ". Count each pair once.");
    }
  }

  /**
   * Returns how likely so different counts are if both sides have one rate.
   *
   * @param alternative what is held against that: {@code GREATER} means that the rate of x is greater
   * @return a p-value above 0, at most 1
   */
  public double pValue(Alternative alternative) {
    if (onlyX + onlyY == 0) {
      return 1;
    }
    return PValue.of(BinomialTest.withDefaults()
        .with(FisherExact.hypothesis(alternative))
        .test(onlyX + onlyY, onlyX, 0.5)
        .getPValue());
  }
}
