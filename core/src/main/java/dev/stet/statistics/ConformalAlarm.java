package dev.stet.statistics;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogBeta;

/**
 * An alarm that may be looked at after every value, for ever: it bets against the claim that new values and a fixed
 * sample come from one distribution, and counts what the bets have won.
 *
 * <p>Each new value has a rank among the fixed sample and the new values before it; with ties broken at random, and
 * the rank smoothed, that is a number p, uniform between 0 and 1 and independent of the others if nothing has changed.
 * Twelve fixed bets (beta densities; five for one side alone) share the stake equally, and each multiplies its part by
 * its density at p. So the wealth is a test martingale: the chance that it ever reaches 1 / alpha is at most alpha,
 * whatever the distribution and whenever one stops.
 *
 * <ul>
 *   <li>It finds changes and cannot show that there is none: a silent alarm is not a replication.
 *   <li>Small samples: the more values the fixed sample has, the stronger a rank can speak; with fewer than 10 it is
 *       slow. The new values join those that later ones are ranked among, so that a change which is not found early
 *       becomes the new normal.
 *   <li>Ties: each is broken by the seed; the same seed and values give the same wealth.
 *   <li>Infinities are ranks, and NaN is refused.
 * </ul>
 *
 * <p>References: Vovk, Nouretdinov and Gammerman 2003 (testing exchangeability on-line, ICML); Ville 1939; Ramdas and
 * others 2023, doi:10.1214/23-STS894.
 *
 * <p>Immutable and safe for use by several threads: {@link #observe} returns the alarm after one more value.
 *
 * @since 0.1
 */
public final class ConformalAlarm {
  /** The two exponents of a beta density. Small p belong to large values. */
  private static final double[][] LARGE = {{1, 2}, {1, 4}, {1, 8}, {1, 16}, {0.5, 1}};

  private static final double[][] BOTH = {{0.5, 0.5}, {0.3, 0.3}};

  private final double[] values;
  private final double[][] bets;
  private final double[] logWealth;
  private final double largest;
  private final int observed;
  private final Seed seed;

  private ConformalAlarm(
      double[] values,
      double[][] bets,
      double[] logWealth,
      double largest,
      int observed,
      Seed seed) {
    this.values = values;
    this.bets = bets;
    this.logWealth = logWealth;
    this.largest = largest;
    this.observed = observed;
    this.seed = seed;
  }

  /**
   * Begins with a fixed sample.
   *
   * @param sample at least one value, infinities allowed
   * @param alternative which values to bet on: greater ones, less ones, or both and a wider spread
   * @param seed breaks ties and smooths ranks
   * @return the alarm before the first new value, with a wealth of 1
   */
  public static ConformalAlarm of(double[] sample, Alternative alternative, Seed seed) {
    Samples.requireSome(sample, "sample");
    requireNonNull(seed, "seed");
    double[][] bets = switch (alternative) {
      case GREATER -> LARGE;
      case LESS -> mirrored(LARGE);
      case TWO_SIDED -> concat(concat(LARGE, mirrored(LARGE)), BOTH);
    };
    return new ConformalAlarm(
        Samples.ranked(sample, "sample"), bets, new double[bets.length], 1, 0, seed);
  }

  private static double[][] mirrored(double[][] bets) {
    return Arrays.stream(bets).map(bet -> new double[] {bet[1], bet[0]}).toArray(double[][]::new);
  }

  private static double[][] concat(double[][] some, double[][] more) {
    double[][] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /**
   * Observes one more value.
   *
   * @param value any number but NaN
   * @return the alarm after it
   */
  public ConformalAlarm observe(double value) {
    double[] one = Samples.ranked(new double[] {value}, "the new value");
    double p = smoothed(one[0]);
    double[] next = logWealth.clone();
    for (int i = 0; i < bets.length; i++) {
      double a = bets[i][0];
      double b = bets[i][1];
      next[i] += (a - 1) * StrictMath.log(p) + (b - 1) * StrictMath.log1p(-p) - LogBeta.value(a, b);
    }
    double[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = one[0];
    Arrays.sort(all);
    return new ConformalAlarm(all, bets, next, Math.max(largest, wealth(next)), observed + 1, seed);
  }

  /** The share of values above the new one, which counts itself and its ties in part; strictly between 0 and 1. */
  private double smoothed(double value) {
    int above = 0;
    int ties = 1;
    for (double each : values) {
      above += each > value ? 1 : 0;
      ties += each == value ? 1 : 0;
    }
    double part = seed.child(observed).stream().nextDouble();
    double p = (above + part * ties) / (values.length + 1);
    return Math.max(Double.MIN_NORMAL, Math.min(p, Math.nextDown(1.0)));
  }

  private static double wealth(double[] logs) {
    double most = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - most);
    }
    return Quantiles.rounded(StrictMath.exp(most) * sum / logs.length);
  }

  /**
   * Returns what a stake of 1 has become.
   *
   * @return the wealth after the values so far; infinite if it is beyond every double
   */
  public double wealth() {
    return observed == 0 ? 1 : wealth(logWealth);
  }

  /**
   * Returns the largest wealth so far.
   *
   * @return at least 1; 20 or more happens with a chance of at most 5 % if nothing has changed
   */
  public double largest() {
    return largest;
  }

  /**
   * Returns the p-value that is valid at any time.
   *
   * @return 1 over the largest wealth
   */
  public double pValue() {
    return Math.max(Double.MIN_VALUE, 1 / largest);
  }

  /**
   * Returns whether the alarm was raised, now or earlier.
   *
   * @param alpha the chance of a false alarm, ever, above 0 and at most 0.5
   * @return true if the wealth has reached 1 / alpha
   */
  public boolean isRaised(double alpha) {
    Spending.requireRate(alpha);
    return largest >= 1 / alpha;
  }

  /**
   * Returns how many new values there were.
   *
   * @return 0 or more
   */
  public int observed() {
    return observed;
  }

  @Override
  public String toString() {
    return "wealth " + wealth() + " after " + observed + " values";
  }
}
