package dev.stet.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How often something happens, seen j times in n independent tries.
 *
 * <p>The bound is exact (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404): the largest rate at which j or
 * fewer would still be seen with probability 1 - level.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param seen how many times it happened, 0 to {@code tries}
 * @param tries how many times it could have happened, at least 1
 * @since 0.1
 */
public record Proportion(int seen, int tries) {
  /**
   * Refuses counts that cannot be.
   *
   * @param seen how many times it happened, 0 to {@code tries}
   * @param tries how many times it could have happened, at least 1
   */
  public Proportion {
    if (tries < 1 || seen < 0 || seen > tries) {
      throw new IllegalArgumentException(
          "a proportion needs at least one try and between 0 and all of them seen; got " + seen
              + " of " + tries + ".");
    }
  }

  /**
   * Returns the one-sided upper bound on the rate.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return the bound, at most 1
   */
  public double upperBound(double level) {
    Interval.requireLevel(level);
    return seen == tries
        ? 1
        : BetaDistribution.of(seen + 1, tries - seen).inverseCumulativeProbability(level);
  }
}
