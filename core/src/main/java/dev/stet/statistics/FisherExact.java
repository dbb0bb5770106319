package dev.stet.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * The exact test whether something happens at one rate in two groups of independent tries, such as failures among
 * the runs before and now.
 *
 * <p>Given how often it happened in all, the number in the first group is hypergeometric under the null hypothesis.
 * The one-sided p-values are its tails; the two-sided one is the chance of all numbers that are at most as likely as
 * the one seen.
 *
 * <ul>
 *   <li>Small samples: exact, and conservative, since counts are few.
 *   <li>If it never or always happened, the p-values are 1.
 * </ul>
 *
 * <p>Reference: Fisher 1935, doi:10.2307/2342435.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class FisherExact {
  private static final double LEVEL = 0.05;
  private static final double CHANCE = 0.80;

  private final Proportion x;
  private final Proportion y;

  private FisherExact(Proportion x, Proportion y) {
    this.x = x;
    this.y = y;
  }

  /**
   * Compares two groups.
   *
   * @param x how often it was seen in one group
   * @param y how often it was seen in the other
   * @return the comparison of the rate of x with that of y
   */
  public static FisherExact of(Proportion x, Proportion y) {
    return new FisherExact(x, y);
  }

  /**
   * Returns how likely so different counts are if both groups have one rate.
   *
   * @param alternative what is held against that: {@code GREATER} means that the rate of x is greater
   * @return a p-value above 0, at most 1
   */
  public double pValue(Alternative alternative) {
    long seen = (long) x.seen() + y.seen();
    if (seen == 0 || seen == (long) x.tries() + y.tries()) {
      return 1;
    }
    int[][] table = {{x.seen(), x.tries() - x.seen()}, {y.seen(), y.tries() - y.seen()}};
    return PValue.of(
        FisherExactTest.withDefaults().with(hypothesis(alternative)).test(table).getPValue());
  }

  static AlternativeHypothesis hypothesis(Alternative alternative) {
    return switch (alternative) {
      case TWO_SIDED -> AlternativeHypothesis.TWO_SIDED;
      case LESS -> AlternativeHypothesis.LESS_THAN;
      case GREATER -> AlternativeHypothesis.GREATER_THAN;
    };
  }

  /**
   * Returns the smallest rate that the one-sided test at the level 0.05 finds with a chance of 80 %, given what was
   * seen before. Exact for that group as it is; another one with the same true rate could have had another count.
   *
   * @param before how often it was seen in the group that is compared with
   * @param now the number of tries of the other group, at least 1
   * @return a rate above 0, at most 1; infinite if not even a rate of 1 is found
   * @throws IllegalArgumentException if {@code now} is less than 1
   */
  public static double detectableRate(Proportion before, int now) {
    if (now < 1) {
      throw new IllegalArgumentException("the number of tries now must be at least 1; got " + now
          + ". Give the size of the group.");
    }
    int low = 0;
    int high = now + 1;
    // The more are seen, the smaller the p-value: the first count that is significant is searched
    // by halves.
    while (high - low > 1) {
      int middle = low + (high - low) / 2;
      double p = of(new Proportion(middle, now), before).pValue(Alternative.GREATER);
      if (p <= LEVEL * (1 + 1e-12)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    if (high > now) {
      return Double.POSITIVE_INFINITY;
    }
    // P(at least k of n) is the Beta(k, n - k + 1) distribution function of the rate.
    return Quantiles.rounded(
        BetaDistribution.of(high, now - high + 1.0).inverseCumulativeProbability(CHANCE));
  }
}
