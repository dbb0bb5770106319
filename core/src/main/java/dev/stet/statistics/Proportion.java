package dev.stet.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How often something happens, seen j times in n independent tries.
 *
 * <p>The bounds are exact (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404): the upper one is the largest rate at
 * which j or fewer would still be seen with probability 1 - level, the lower one the smallest at which j or more would.
 * They hold if n was fixed before the tries; a test that stopped early has intervals of its own ({@link
 * SequentialRate#interval}).
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

  /**
   * Returns the one-sided lower bound on the rate.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return the bound, at least 0
   */
  public double lowerBound(double level) {
    Interval.requireLevel(level);
    return seen == 0
        ? 0
        : BetaDistribution.of(seen, tries - seen + 1.0).inverseCumulativeProbability(1 - level);
  }

  /**
   * Returns the interval between both bounds, each of which leaves half of what the level allows.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return an interval within [0, 1]
   */
  public Interval interval(double level) {
    Interval.requireLevel(level);
    double side = 1 - (1 - level) / 2;
    return new Interval(lowerBound(side), upperBound(side), level);
  }

  /**
   * Returns the exact probability of seeing what was seen, or what speaks at least as much for the alternative, if the
   * true rate were the given one (the exact binomial test). {@link Alternative#GREATER}: that many or more; {@link
   * Alternative#LESS}: that many or fewer; {@link Alternative#TWO_SIDED}: every count that is at most as likely as the
   * one seen.
   *
   * @param rate the rate of the null hypothesis, 0 to 1
   * @param alternative what is held against it
   * @return the p-value, above 0 and at most 1; for a rate of 0 or 1 that the tries contradict, the smallest number
   *     above 0
   * @throws IllegalArgumentException if the rate is not between 0 and 1
   */
  public double pValue(double rate, Alternative alternative) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "the rate of a null hypothesis must lie between 0 and 1; got " + rate
              + ". Give a share of the tries, such as 0.85.");
    }
    Binomial null0 = new Binomial(tries, rate);
    double p = switch (alternative) {
      case GREATER -> null0.atLeast(seen);
      case LESS -> null0.atMost(seen);
      case TWO_SIDED -> null0.asUnlikelyAs(seen);
    };
    return Math.max(p, Double.MIN_VALUE);
  }
}
