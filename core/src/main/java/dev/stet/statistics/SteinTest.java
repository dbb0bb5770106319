package dev.stet.statistics;

/**
 * Stein's two-stage test of the mean of normal values whose spread is not known: the spread of a first stage says how many
 * values it takes (Stein 1945, doi:10.1214/aoms/1177731088).
 *
 * <p>The null hypothesis is a mean of {@code good} or more. With s the standard deviation of the first m values, the test
 * takes {@code n = max(m, ceil((s (t(1 - falseAlarm) + t(1 - miss)) / (good - broken))^2))} values in all, t being
 * Student's quantiles with m - 1 degrees of freedom, and rejects if their mean is below {@code good - t(1 - falseAlarm) s
 * / sqrt(n)}. Both error rates are exact for normal values, whatever their spread: the mean of the second stage is
 * independent of the spread of the first.
 *
 * <p>It assumes independent normal values, and means it: for a small rate of false alarms the t distribution is used far in
 * its tail, where the mean of few skewed or two-peaked values does not follow it. Equal values in the first stage have no
 * spread, and the first stage then decides.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class SteinTest {
  private final Moments first;
  private final double good;
  private final double alarmQuantile;
  private final double values;

  private SteinTest(Moments first, double good, double alarmQuantile, double values) {
    this.first = first;
    this.good = good;
    this.alarmQuantile = alarmQuantile;
    this.values = values;
  }

  /**
   * Returns the test that this first stage asks for.
   *
   * @param first the first stage: at least 2 finite values
   * @param good the mean when nothing is wrong
   * @param broken the mean that must be caught, below {@code good}
   * @param falseAlarm how often the test may reject at the good mean, in (0, 0.5]
   * @param miss how often it may accept at the broken mean, in (0, 0.5]
   * @return the test
   * @throws IllegalArgumentException if there are fewer than 2 values or a number is out of range
   */
  public static SteinTest of(
      double[] first, double good, double broken, double falseAlarm, double miss) {
    if (!(broken < good && good - broken < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the broken mean must lie below the good one, by a finite number; got good " + good
              + " and broken " + broken + ".");
    }
    if (first.length < 2) {
      throw new IllegalArgumentException(
          "the first stage must hold at least 2 values, as one has no spread; got " + first.length
              + ".");
    }
    SequentialRate.requireError("false alarms", falseAlarm);
    SequentialRate.requireError("misses", miss);
    Moments moments = Moments.of(Samples.finite(first, "the first stage"));
    double degrees = first.length - 1.0;
    double alarms = Quantiles.student(degrees, falseAlarm);
    double share =
        moments.deviation() * (alarms + Quantiles.student(degrees, miss)) / (good - broken);
    double values = Math.max(first.length, Math.ceil(share * share));
    return new SteinTest(moments, good, alarms, values);
  }

  /**
   * Returns how many values the test takes, those of the first stage among them.
   *
   * @return at least the size of the first stage; infinity if the spread is too large for a number
   */
  public double values() {
    return values;
  }

  /**
   * Returns the answer.
   *
   * @param all the values of both stages, as many as {@link #values()} asks for
   * @return {@code REJECT} or {@code ACCEPT}; {@code CONTINUE} if there are fewer values
   */
  public Decision decide(double... all) {
    if (!(all.length >= values)) {
      return Decision.CONTINUE;
    }
    double mean = Moments.of(Samples.finite(all, "values")).mean();
    return mean < good - alarmQuantile * error(all.length) ? Decision.REJECT : Decision.ACCEPT;
  }

  /**
   * Returns the interval for the mean, with the spread of the first stage.
   *
   * @param all the values of both stages
   * @param level the confidence level, between 0 and 1
   * @return the interval; it covers as often as it says if the values are normal
   */
  public Interval interval(double[] all, double level) {
    double mean = Moments.of(Samples.finite(all, "values")).mean();
    return new Student(mean, error(all.length), first.n() - 1.0).interval(level);
  }

  private double error(int n) {
    return first.deviation() / StrictMath.sqrt(n);
  }

  /** Returns the test in a line. */
  @Override
  public String toString() {
    return "two-stage t test, " + first.n() + " values first";
  }
}
