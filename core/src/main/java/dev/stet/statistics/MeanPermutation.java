package dev.stet.statistics;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The difference of the means of two independent samples, judged by every way to deal the pooled values out again.
 *
 * <p>The p-value is the share of all C(n + m, n) arrangements whose difference of means is as extreme as the one
 * seen, the data among them. It is exact if the two distributions are equal but for the shift, whatever their shape.
 * If spreads differ with unequal sizes it errs even in large samples: {@link StudentisedPermutation} does not.
 *
 * <ul>
 *   <li>All arrangements are counted, by the sums of two halves, while the sums of a half are at most
 *       2<sup>22</sup>: 22 values against 22, 5 against 335. Beyond, a seed is needed, and the data and 9,999 random
 *       arrangements are compared: p = (b + 1) / (B + 1).
 *   <li>Ties: sums that differ by less than the rounding of such values, (n + m) 2<sup>-51</sup> of the largest,
 *       are equal and count as extreme, so that the p-value is never too small.
 *   <li>Small samples: no p-value is below 1 / C(n + m, n), nor a two-sided one below twice that.
 *   <li>Infinities and NaN are refused.
 * </ul>
 *
 * <p>References: Pitman 1937, doi:10.2307/2984124; the halving: Horowitz and Sahni 1974, doi:10.1145/321812.321823.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class MeanPermutation {
  private static final double ROUNDING = 0x1p-51;

  private final double[] x;
  private final double[] y;

  private MeanPermutation(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /**
   * Compares two samples.
   *
   * @param x the finite values of one sample, at least one
   * @param y the finite values of the other, at least one
   * @return the difference of the mean of x and the mean of y
   */
  public static MeanPermutation of(double[] x, double[] y) {
    Samples.requireSome(x, "x");
    Samples.requireSome(y, "y");
    return new MeanPermutation(Samples.finite(x, "x"), Samples.finite(y, "y"));
  }

  /**
   * Returns the difference of the means.
   *
   * @return the mean of x minus the mean of y
   */
  public double estimate() {
    return Moments.of(x).mean() - Moments.of(y).mean();
  }

  /**
   * Returns whether every arrangement is counted, so that no seed is needed.
   *
   * @return false if the samples are too large for that
   */
  public boolean isExact() {
    return SubsetSums.fits(x.length + y.length, Math.min(x.length, y.length));
  }

  /**
   * Tests whether the true difference is a given number, by all arrangements.
   *
   * @param shift the difference x minus y under the null hypothesis, finite
   * @param alternative what is held against it: the true difference is another, less or greater
   * @return the exact p-value; two-sided, twice the smaller side, at most 1
   * @throws IllegalArgumentException if the samples are too large, see {@link #isExact}
   */
  public double pValue(double shift, Alternative alternative) {
    if (!isExact()) {
      throw new IllegalArgumentException("the arrangements of " + x.length + " values against "
          + y.length + " are too many to count. Give a seed, to compare random ones.");
    }
    return tails(shift, null).of(alternative);
  }

  /**
   * Tests whether the true difference is a given number, by all arrangements or, if they are too many, by random
   * ones.
   *
   * @param shift the difference x minus y under the null hypothesis, finite
   * @param alternative what is held against it: the true difference is another, less or greater
   * @param seed where random arrangements are drawn from; without effect if the test {@link #isExact}
   * @return the p-value; two-sided, twice the smaller side, at most 1
   */
  public double pValue(double shift, Alternative alternative, Seed seed) {
    requireNonNull(seed, "seed");
    return tails(shift, isExact() ? null : seed.stream()).of(alternative);
  }

  private Tails tails(double shift, @Nullable RandomStream random) {
    Samples.requireFinite(shift, "shift");
    // One orientation, so that swapping the samples mirrors the answers.
    boolean swapped = x.length > y.length || (x.length == y.length && Arrays.compare(x, y) > 0);
    double[] few = swapped ? y : x;
    double[] many = swapped ? x : y;
    Tails tails = tails(few, many, swapped ? -shift : shift, random);
    return swapped ? tails.swapped() : tails;
  }

  private static Tails tails(
      double[] few, double[] many, double shift, @Nullable RandomStream random) {
    double largest = Math.max(Math.abs(shift), Math.max(largest(few), largest(many)));
    // One bit of room for the difference, and a unit in which no sum overflows.
    int exponent = Math.getExponent(largest) + 1;
    double centre = Math.scalb(many[many.length / 2], -exponent);
    double moved = Math.scalb(shift, -exponent);
    double[] pooled = new double[few.length + many.length];
    double sum = 0;
    for (int i = 0; i < few.length; i++) {
      pooled[i] = Math.scalb(few[i], -exponent) - moved - centre;
      sum += pooled[i];
    }
    for (int i = 0; i < many.length; i++) {
      pooled[few.length + i] = Math.scalb(many[i], -exponent) - centre;
    }
    double tolerance = pooled.length * ROUNDING * Math.scalb(largest, -exponent);
    return random == null
        ? new SubsetSums(pooled, few.length).tails(sum, tolerance)
        : drawn(pooled, few.length, sum, tolerance, random);
  }

  private static double largest(double[] sorted) {
    return Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
  }

  private static Tails drawn(
      double[] pooled, int few, double seen, double tolerance, RandomStream random) {
    int[] order = new int[pooled.length];
    Arrays.setAll(order, i -> i);
    int atMost = 1;
    int atLeast = 1;
    for (int each = 1; each < Markings.MOST; each++) {
      Markings.draw(order, few, random);
      double sum = 0;
      for (int i = 0; i < few; i++) {
        sum += pooled[order[i]];
      }
      atMost += sum <= seen + tolerance ? 1 : 0;
      atLeast += sum >= seen - tolerance ? 1 : 0;
    }
    return Tails.of(atMost, atLeast, Markings.MOST);
  }
}
