package dev.stet.statistics;

/**
 * The trimmed mean of one sample, or of paired differences, with Student's interval for what is kept.
 *
 * <p>The g smallest and the g largest of n values are left out, g being the whole part of trim times n. The squared
 * standard error is the winsorised sum of squares over h (h - 1), with h = n - 2 g values kept and h - 1 degrees of
 * freedom. It is the centre of a symmetric distribution; of a skewed one it is the mean of its middle. Some packages
 * divide by (1 - 2 trim) sqrt(n) instead, which differs by a few per cent.
 *
 * <ul>
 *   <li>Trim 0 is {@link PairedT}. With few values trim may cut none: 0.2 of 4.
 *   <li>Small samples: if one value is kept there is no variance, and the interval is unbounded.
 *   <li>Ties: if more than half of the values are equal, the winsorised variance can be 0, and the interval is one
 *       point: do not read it alone.
 *   <li>Infinities and NaN are refused.
 * </ul>
 *
 * <p>Reference: Tukey and McLaughlin 1963, "Less vulnerable confidence and significance procedures for location
 * based on a single sample", Sankhya A 25, 331-352.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class TrimmedT {
  private final Student student;

  private TrimmedT(Student student) {
    this.student = student;
  }

  /**
   * Reads a sample, or the differences of pairs.
   *
   * @param values at least one finite value
   * @param trim the share left out at either end, at least 0 and below 0.5, such as 0.2
   * @return their trimmed mean
   */
  public static TrimmedT of(double[] values, double trim) {
    TrimmedMean.requireTrim(trim);
    Samples.requireSome(values, "values");
    Moments moments = TrimmedMean.of(Samples.finite(values, "values"), trim);
    return new TrimmedT(new Student(moments.mean(), moments.error(), moments.n() - 1));
  }

  /**
   * Returns the trimmed mean.
   *
   * @return the mean of the values kept
   */
  public double estimate() {
    return student.estimate();
  }

  /**
   * Returns the standard error of the trimmed mean.
   *
   * @return its standard deviation as estimated; NaN if there is one value
   */
  public double standardError() {
    return student.error();
  }

  /**
   * Returns the interval for the trimmed mean.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return an interval around the estimate, unbounded if there is no standard error
   */
  public Interval interval(double level) {
    return student.interval(level);
  }

  /**
   * Tests whether the true trimmed mean is a given number.
   *
   * <p>Two-sided is twice the smaller side. Never 0: without any winsorised variance, the p-value of every other
   * number is {@link Double#MIN_VALUE}.
   *
   * @param mean the trimmed mean under the null hypothesis, finite
   * @param alternative what is held against it: the true one is another, less or greater
   * @return the p-value, above 0 and at most 1; 1 if there is no standard error
   */
  public double pValue(double mean, Alternative alternative) {
    Samples.requireFinite(mean, "mean");
    return student.tails(mean).of(alternative);
  }
}
