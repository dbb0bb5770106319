package dev.stet.statistics;

/**
 * The mean of one sample, or of paired differences, with Student's interval: the mean plus and minus the
 * quantile with n - 1 degrees of freedom times {@code s / sqrt(n)}.
 *
 * <ul>
 *   <li>Small samples: one value has no variance, and the interval is unbounded.
 *   <li>No variance: the interval is the one point of the mean.
 *   <li>Infinities and NaN are refused: they have no mean.
 * </ul>
 *
 * <p>Reference: Student 1908, doi:10.1093/biomet/6.1.1.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class PairedT {
  private final Student student;

  private PairedT(Student student) {
    this.student = student;
  }

  /**
   * Reads a sample, or the differences of pairs.
   *
   * @param values at least one finite value
   * @return their mean
   */
  public static PairedT of(double[] values) {
    Samples.requireSome(values, "values");
    Moments moments = Moments.of(Samples.finite(values, "values"));
    return new PairedT(new Student(moments.mean(), moments.error(), values.length - 1));
  }

  /**
   * Returns the mean.
   *
   * @return the mean of the values
   */
  public double estimate() {
    return student.estimate();
  }

  /**
   * Returns the standard error of the mean.
   *
   * @return its standard deviation as estimated; NaN for one value
   */
  public double standardError() {
    return student.error();
  }

  /**
   * Returns the interval for the mean.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return an interval around the estimate, unbounded for one value
   */
  public Interval interval(double level) {
    return student.interval(level);
  }

  /**
   * Tests whether the true mean is a given number.
   *
   * <p>Two-sided is twice the smaller side. Never 0: without any variance, the p-value of every other number is
   * {@link Double#MIN_VALUE}.
   *
   * @param mean the mean under the null hypothesis, finite
   * @param alternative what is held against it: the true mean is another, less or greater
   * @return the p-value, above 0 and at most 1; 1 if there is no standard error
   */
  public double pValue(double mean, Alternative alternative) {
    Samples.requireFinite(mean, "mean");
    return student.tails(mean).of(alternative);
  }
}
