package dev.stet.statistics;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The probability of improvement: how probable it is that a value of x is greater than one of y, an equal one
 * counting half.
 *
 * <p>Estimated as the share of the n m pairs, with a standard error from the placements of the values of one sample
 * among the other, which allows for unequal spreads and shapes, and Student's distribution with the degrees of
 * freedom of Satterthwaite. One half means that neither side tends to be greater, which is not equality.
 *
 * <ul>
 *   <li>Complete separation (estimate 0 or 1) and all values equal leave no standard error. Then the k = min(n, m)
 *       disjoint pairs decide: all of them were won, with a probability of at most p<sup>k</sup> if that of one is
 *       p. The interval of a win goes from tail<sup>1/k</sup> to 1, with tail = (1 - level) / 2; all equal, from half
 *       of that to 1 minus it. That is cautious, and never NaN.
 *   <li>Small samples: below about 10 a side the test rejects too often; use {@link #permutation}. With one value on
 *       a side and no separation the interval is [0, 1] and the p-value 1.
 *   <li>Ties are allowed, infinities are ranks, NaN is refused.
 *   <li>Near 0 and 1 the interval is cut off, and covers less often than it says.
 * </ul>
 *
 * <p>References: Brunner and Munzel 2000,
 * doi:10.1002/(SICI)1521-4036(200001)42:1&lt;17::AID-BIMJ17&gt;3.0.CO;2-U; Neubert and Brunner 2007,
 * doi:10.1016/j.csda.2006.05.024.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class BrunnerMunzel {
  private static final double TOLERANCE = 1e-9;

  private final double[] x;
  private final double[] y;
  private final Placements.Effect effect;

  /** The statistics of all arrangements in order; none for Student's distribution. */
  private final double @Nullable [] permuted;

  private BrunnerMunzel(
      double[] x, double[] y, Placements.Effect effect, double @Nullable [] permuted) {
    this.x = x;
    this.y = y;
    this.effect = effect;
    this.permuted = permuted;
  }

  /**
   * Compares two samples.
   *
   * @param x the values of one sample, at least one, infinities allowed
   * @param y the values of the other, at least one, infinities allowed
   * @return the probability that x is greater
   */
  public static BrunnerMunzel of(double[] x, double[] y) {
    Samples.requireSome(x, "x");
    Samples.requireSome(y, "y");
    double[] one = Samples.ranked(x, "x");
    double[] other = Samples.ranked(y, "y");
    return new BrunnerMunzel(one, other, new Placements(one, other).seen(), null);
  }

  /**
   * Returns the same comparison judged by permutation: the studentised statistic is held against its values for all
   * ways to deal out the pooled values (at most 10,000, else the data and 9,999 random ones). It is exact if both
   * distributions are equal, and holds in large samples if only the probability is one half.
   *
   * <p>With complete separation, probabilities beyond one half are judged by the disjoint pairs.
   *
   * @param seed where random arrangements are drawn from; the same seed gives the same answers
   * @return a comparison whose interval and p-values rest on permutation
   */
  public BrunnerMunzel permutation(Seed seed) {
    requireNonNull(seed, "seed");
    // One orientation, so that swapping the samples mirrors the answers.
    boolean swapped = x.length > y.length || (x.length == y.length && Arrays.compare(x, y) > 0);
    double[] few = swapped ? y : x;
    double[] many = swapped ? x : y;
    Placements placements = new Placements(few, many);
    Markings sets = Markings.sets(x.length + y.length, few.length, seed);
    double[] statistics = new double[sets.count()];
    for (int i = 0; i < statistics.length; i++) {
      double statistic = placements.of(sets, i).statistic();
      statistics[i] = (swapped ? -statistic : statistic) + 0.0;
    }
    Arrays.sort(statistics);
    return new BrunnerMunzel(x, y, effect, statistics);
  }

  /**
   * Returns the share of pairs in which x is greater, equal pairs counting half.
   *
   * @return between 0 and 1
   */
  public double estimate() {
    return effect.probability();
  }

  /**
   * Returns the interval for the probability.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return a closed interval within [0, 1]
   */
  public Interval interval(double level) {
    Tail tail = Tail.ofLevel(level);
    if (!isDefined()) {
      return new Interval(0, 1, level);
    }
    if (effect.a() + effect.b() == 0) {
      return withoutError(tail, level);
    }
    double estimate = estimate();
    double lower = estimate - quantile(tail, 1) * error();
    double upper = estimate - quantile(tail, -1) * error();
    return new Interval(
        Math.min(estimate, Math.max(0, lower)), Math.max(estimate, Math.min(1, upper)), level);
  }

  /** The statistic that the tail leaves above (1) or below (-1). */
  private double quantile(Tail tail, int sign) {
    if (permuted == null) {
      return sign * Quantiles.student(student().degrees(), tail.probability());
    }
    int allowed = allowed(tail);
    if (allowed == 0) {
      return sign * Double.POSITIVE_INFINITY;
    }
    return sign > 0 ? permuted[permuted.length - 1 - allowed] : permuted[allowed];
  }

  /** How many arrangements the tail may hold. */
  private int allowed(Tail tail) {
    return tail.allowed(BigInteger.valueOf(requireNonNull(permuted).length)).intValue();
  }

  /** How many arrangements are separated as the data are: in the same direction. */
  private int separated() {
    double statistic = estimate() == 1 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    double[] all = requireNonNull(permuted);
    return (int) Arrays.stream(all).filter(each -> each == statistic).count();
  }

  private Interval withoutError(Tail tail, double level) {
    double estimate = estimate();
    double bound = StrictMath.pow(tail.probability(), 1.0 / Math.min(x.length, y.length));
    if (estimate == 0.5) {
      return new Interval(bound / 2, 1 - bound / 2, level);
    }
    double nearest = bound;
    if (permuted != null) {
      // Half and less is rejected by permutation if the arrangements are enough, whatever the pairs
      // say.
      nearest = separated() <= allowed(tail) ? Math.max(0.5, bound) : 0;
    }
    return estimate == 1 ? new Interval(nearest, 1, level) : new Interval(0, 1 - nearest, level);
  }

  /**
   * Tests whether the true probability is a given number.
   *
   * @param probability that x is greater, under the null hypothesis, from 0 to 1; usually 0.5
   * @param alternative what is held against it: the true probability is another, less or greater
   * @return the p-value, above 0 and at most 1; two-sided, twice the smaller side
   */
  public double pValue(double probability, Alternative alternative) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1; got " + probability
          + ". 0.5 means that neither side tends to be greater.");
    }
    return tails(probability).of(alternative);
  }

  private Tails tails(double probability) {
    if (!isDefined()) {
      return Tails.NOTHING;
    }
    if (effect.a() + effect.b() == 0) {
      return tailsWithoutError(probability);
    }
    return permuted == null
        ? student().tails(probability)
        : permutedTails((estimate() - probability) / error());
  }

  private Tails tailsWithoutError(double probability) {
    double estimate = estimate();
    if (estimate == 0.5) {
      return new Tails(pairs(2 * (1 - probability)), pairs(2 * probability));
    }
    boolean won = estimate == 1;
    double own = won ? probability : 1 - probability;
    double p = pairs(own);
    if (permuted != null) {
      double share = (double) separated() / permuted.length;
      p = own <= 0.5 ? share : Math.max(share, p);
    }
    return won ? new Tails(1, p) : new Tails(p, 1);
  }

  /** How probable it is that all disjoint pairs do what each does with this probability. */
  private double pairs(double probability) {
    double all = StrictMath.pow(Math.min(1, probability), Math.min(x.length, y.length));
    return Math.max(Double.MIN_VALUE, all);
  }

  /** The shares of arrangements whose statistic is as extreme as this; the data are always one of them. */
  private Tails permutedTails(double statistic) {
    double[] all = requireNonNull(permuted);
    double slack = Double.isInfinite(statistic) ? 0 : TOLERANCE * Math.max(1, Math.abs(statistic));
    int atMost = 0;
    int atLeast = 0;
    for (double each : all) {
      atMost += each <= statistic + slack ? 1 : 0;
      atLeast += each >= statistic - slack ? 1 : 0;
    }
    return Tails.of(Math.max(1, atMost), Math.max(1, atLeast), all.length);
  }

  /** A side of one value has no variance, unless nothing varies. */
  private boolean isDefined() {
    return (x.length > 1 && y.length > 1) || isExtreme();
  }

  private boolean isExtreme() {
    return estimate() == 0
        || estimate() == 1
        || (x[0] == x[x.length - 1] && y[0] == y[y.length - 1]);
  }

  private double error() {
    return Math.sqrt(effect.a() + effect.b());
  }

  private Student student() {
    double a = effect.a() / (effect.a() + effect.b());
    double b = effect.b() / (effect.a() + effect.b());
    double degrees = 1 / (a * a / (x.length - 1) + b * b / (y.length - 1));
    return new Student(estimate(), error(), degrees);
  }
}
