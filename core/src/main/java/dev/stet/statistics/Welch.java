package dev.stet.statistics;

/**
 * The difference of the means of two independent samples, with intervals that allow for unequal variances.
 *
 * <p>The interval is the difference plus and minus the quantile of Student's distribution times
 * {@code sqrt(sx²/n + sy²/m)}, with the degrees of freedom of Welch and Satterthwaite. It assumes means that are
 * about normal, and is exact for none: skewed or two-peaked samples of unequal sizes make it cover too rarely.
 *
 * <ul>
 *   <li>Small samples: with fewer than two values on a side there is no variance, and the interval is unbounded.
 *   <li>No variance on either side: the interval is the one point of the difference.
 *   <li>Infinities and NaN are refused: they have no mean.
 * </ul>
 *
 * <p>Reference: Welch 1947, doi:10.1093/biomet/34.1-2.28.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Welch {
  private final Student student;

  private Welch(Student student) {
    this.student = student;
  }

  /**
   * Compares two samples.
   *
   * @param x the finite values of one sample, at least one
   * @param y the finite values of the other, at least one
   * @return the difference of the mean of x and the mean of y
   */
  public static Welch of(double[] x, double[] y) {
    Samples.requireSome(x, "x");
    Samples.requireSome(y, "y");
    Moments one = Moments.of(Samples.finite(x, "x"));
    Moments other = Moments.of(Samples.finite(y, "y"));
    return of(one.mean() - other.mean(), one.error(), one.n(), other.error(), other.n());
  }

  /**
   * Compares two samples of which only means, standard deviations and sizes are known.
   *
   * @param x the summary of one sample
   * @param y the summary of the other
   * @return the difference of the mean of x and the mean of y, as {@link #of} would find it
   */
  public static Welch ofSummaries(Summary x, Summary y) {
    return of(x.mean() - y.mean(), x.standardError(), x.n(), y.standardError(), y.n());
  }

  private static Welch of(double difference, double a, int n, double b, int m) {
    double error = StrictMath.hypot(a, b);
    return new Welch(new Student(difference, error, degrees(a / error, n, b / error, m)));
  }

  /** With shares of the whole error, so that squares neither vanish nor overflow. */
  private static double degrees(double a, int n, double b, int m) {
    return 1 / (a * a * a * a / (n - 1) + b * b * b * b / (m - 1));
  }

  /**
   * Returns the difference of the means.
   *
   * @return the mean of x minus the mean of y
   */
  public double estimate() {
    return student.estimate();
  }

  /**
   * Returns the standard error of the difference.
   *
   * @return its standard deviation as estimated; NaN if a side has one value
   */
  public double standardError() {
    return student.error();
  }

  /**
   * Returns the interval for the difference of the means.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @return an interval around the estimate, unbounded if a side has one value
   */
  public Interval interval(double level) {
    return student.interval(level);
  }
}
