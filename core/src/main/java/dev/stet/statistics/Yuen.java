package dev.stet.statistics;

/**
 * The difference of the trimmed means of two independent samples, with intervals that allow for unequal variances.
 *
 * <p>A trimmed mean leaves out the g smallest and the g largest values, g being the whole part of trim times n. Its
 * squared standard error is the winsorised sum of squares over h (h - 1), with h = n - 2 g; the errors of both sides
 * add up, with the degrees of freedom of Welch and Satterthwaite for h values. It is about the means of the middle
 * of two distributions, which for skewed ones are not their means, and assumes that trimmed means are about normal.
 *
 * <ul>
 *   <li>Trim 0 is {@link Welch}. With few values trim may cut none: 0.2 of 4.
 *   <li>Small samples: if one value is kept on a side there is no variance, and the interval is unbounded.
 *   <li>Ties: if more than half of both sides are equal values, the winsorised variance can be 0, and the interval
 *       is the one point of the difference.
 *   <li>Infinities and NaN are refused.
 * </ul>
 *
 * <p>Reference: Yuen 1974, doi:10.1093/biomet/61.1.165.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Yuen {
  private final Student student;

  private Yuen(Student student) {
    this.student = student;
  }

  /**
   * Compares two samples.
   *
   * @param x the finite values of one sample, at least one
   * @param y the finite values of the other, at least one
   * @param trim the share left out at either end, at least 0 and below 0.5, such as 0.2
   * @return the difference of the trimmed mean of x and that of y
   */
  public static Yuen of(double[] x, double[] y, double trim) {
    TrimmedMean.requireTrim(trim);
    Samples.requireSome(x, "x");
    Samples.requireSome(y, "y");
    return new Yuen(Welch.student(
        TrimmedMean.of(Samples.finite(x, "x"), trim),
        TrimmedMean.of(Samples.finite(y, "y"), trim)));
  }

  /**
   * Returns the difference of the trimmed means.
   *
   * @return that of x minus that of y
   */
  public double estimate() {
    return student.estimate();
  }

  /**
   * Returns the standard error of the difference of the trimmed means.
   *
   * @return its standard deviation as estimated; NaN if a side keeps one value
   */
  public double standardError() {
    return student.error();
  }

  /**
   * Returns the interval for the difference of the trimmed means.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return an interval around the estimate, unbounded if there is no standard error
   */
  public Interval interval(double level) {
    return student.interval(level);
  }

  /**
   * Tests whether the true difference of the trimmed means is a given number.
   *
   * <p>Two-sided is twice the smaller side. Never 0: without any winsorised variance, the p-value of every other
   * number is {@link Double#MIN_VALUE}.
   *
   * @param shift the difference of the trimmed means under the null hypothesis, finite
   * @param alternative what is held against it: the true one is another, less or greater
   * @return the p-value, above 0 and at most 1; 1 if there is no standard error
   */
  public double pValue(double shift, Alternative alternative) {
    Samples.requireFinite(shift, "shift");
    return student.tails(shift).of(alternative);
  }
}
