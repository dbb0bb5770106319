package dev.stet.statistics;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import java.util.Arrays;

/**
 * The difference of two means or trimmed means, or the mean of paired differences, judged by rearranging the data
 * themselves.
 *
 * <p>For a hypothetical difference d, the values x - d and y are dealt out anew (differences - d change their signs),
 * and the t statistic of Welch, or of Yuen if values are trimmed, is compared with that of every arrangement. The
 * interval holds the differences that this test does not reject, found by inverting it, not by an approximation
 * about the estimate. Should the test accept again beyond a rejection, the interval reaches to the outermost. If the distributions are equal but for a shift (differences: symmetric), test and interval are
 * exact at every size; if not, they hold in large samples, as the statistic is studentised. With few values and
 * unequal spreads they err, most with unequal sizes.
 *
 * <ul>
 *   <li>All arrangements if there are at most 10,000, else the data and 9,999 random ones: p = (b + 1) / (B + 1). The
 *       same seed gives the same answer, in any order of the values and on any number of threads.
 *   <li>Small samples: if the arrangements are too few for the level, the interval is unbounded. If fewer than two
 *       values are kept on a side, it is always, and the p-value is 1.
 *   <li>Ties: equal statistics, to a relative 1e-9, count as extreme. No variance on either side: the interval is
 *       the one point of the difference, if there are arrangements enough.
 *   <li>Infinities and NaN are refused.
 * </ul>
 *
 * <p>References: Janssen 1997, doi:10.1016/S0167-7152(97)00043-6; Chung and Romano 2013, doi:10.1214/13-AOS1090.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class StudentisedPermutation {
  private final Inversion inversion;
  private final Frame frame;
  private final boolean mirrored;
  private final boolean defined;

  private StudentisedPermutation(Rearranged data, Frame frame, boolean mirrored, boolean defined) {
    inversion = new Inversion(data);
    this.frame = frame;
    this.mirrored = mirrored;
    this.defined = defined;
  }

  /** Where the estimate is, and in which unit the centred data are, as powers of two. */
  private record Frame(double estimate, int scale, int unit) {
    double offset(double value) {
      return Math.scalb(Math.scalb(value, -scale) - estimate, -unit);
    }

    double value(double offset) {
      return Math.scalb(estimate + Math.scalb(offset, unit), scale);
    }
  }

  /**
   * Compares two samples.
   *
   * @param x the finite values of one sample, at least one
   * @param y the finite values of the other, at least one
   * @param trim the share left out at either end, at least 0 and below 0.5; 0 is the mean
   * @param seed where random arrangements are drawn from
   * @return the difference of the (trimmed) mean of x and that of y
   */
  public static StudentisedPermutation of(double[] x, double[] y, double trim, Seed seed) {
    TrimmedMean.requireTrim(trim);
    requireNonNull(seed, "seed");
    Samples.requireSome(x, "x");
    Samples.requireSome(y, "y");
    double[] one = Samples.finite(x, "x");
    double[] other = Samples.finite(y, "y");
    int scale = Math.max(exponent(one), exponent(other));
    double mean = centre(one, scale, trim);
    double otherMean = centre(other, scale, trim);
    int unit = Math.max(exponent(one), exponent(other));
    rescale(one, unit);
    rescale(other, unit);
    // One orientation, whichever side is named first, so that swapping the samples mirrors the
    // answers.
    boolean mirrored =
        x.length > y.length || (x.length == y.length && Arrays.compare(one, other) > 0);
    Rearranged data =
        mirrored ? new Regrouped(other, one, trim, seed) : new Regrouped(one, other, trim, seed);
    boolean defined =
        new TrimmedMean(x.length, trim).kept() > 1 && new TrimmedMean(y.length, trim).kept() > 1;
    double difference = mirrored ? otherMean - mean : mean - otherMean;
    return new StudentisedPermutation(data, new Frame(difference, scale, unit), mirrored, defined);
  }

  /**
   * Reads the differences of pairs, or one sample.
   *
   * @param differences at least one finite value
   * @param trim the share left out at either end, at least 0 and below 0.5; 0 is the mean
   * @param seed where random signs are drawn from
   * @return their (trimmed) mean
   */
  public static StudentisedPermutation ofPairs(double[] differences, double trim, Seed seed) {
    TrimmedMean.requireTrim(trim);
    requireNonNull(seed, "seed");
    Samples.requireSome(differences, "differences");
    double[] values = Samples.finite(differences, "differences");
    int scale = exponent(values);
    double mean = centre(values, scale, trim);
    int unit = exponent(values);
    rescale(values, unit);
    return new StudentisedPermutation(
        new Flipped(values, trim, seed),
        new Frame(mean, scale, unit),
        false,
        new TrimmedMean(values.length, trim).kept() > 1);
  }

  /** Scales the values and takes their mean away. */
  private static double centre(double[] sorted, int scale, double trim) {
    rescale(sorted, scale);
    double mean = TrimmedMean.of(sorted, trim).mean();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] -= mean;
    }
    return mean;
  }

  private static void rescale(double[] values, int exponent) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.scalb(values[i], -exponent);
    }
  }

  /** The exponent of the largest absolute value; 0 if all are 0. */
  private static int exponent(double[] sorted) {
    double largest = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
    return largest == 0 ? Double.MIN_EXPONENT : Math.getExponent(largest);
  }

  /**
   * Returns the difference of the (trimmed) means, or the (trimmed) mean of the differences.
   *
   * @return the estimate
   */
  public double estimate() {
    return mirrored ? 0.0 - frame.value(0) : frame.value(0);
  }

  /**
   * Returns the interval of differences that the test does not reject.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return a closed interval that holds the estimate; an end without enough arrangements is infinite
   */
  public Interval interval(double level) {
    Tail tail = Tail.ofLevel(level);
    if (!defined) {
      return Interval.unbounded(level);
    }
    double low = frame.value(inversion.lower(tail));
    double high = frame.value(inversion.upper(tail));
    return mirrored ? new Interval(0.0 - high, 0.0 - low, level) : new Interval(low, high, level);
  }

  /**
   * Tests whether the true difference is a given number.
   *
   * @param shift the difference x minus y (or the mean difference of the pairs) under the null hypothesis, finite
   * @param alternative what is held against it: the true difference is another, less or greater
   * @return the share of arrangements that are as extreme; two-sided, twice the smaller side, at most 1
   */
  public double pValue(double shift, Alternative alternative) {
    Samples.requireFinite(shift, "shift");
    requireNonNull(alternative, "alternative");
    if (!defined) {
      return 1;
    }
    return mirrored
        ? inversion.tails(frame.offset(-shift)).swapped().of(alternative)
        : inversion.tails(frame.offset(shift)).of(alternative);
  }
}
