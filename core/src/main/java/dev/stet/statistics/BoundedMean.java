package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Locale;

/**
 * A sequential test of the mean of values between 0 and 1, of any shape: values come one by one, and it stops as soon as
 * it knows whether the mean is the good one or the broken one.
 *
 * <p>The null hypothesis is a mean of {@code good} or more; it is rejected with a probability of at most {@code
 * falseAlarm}, and accepted with one of at most {@code miss} at a mean of {@code broken} or less. Both hold for every
 * distribution on [0, 1] and every number of values; nothing is asymptotic.
 *
 * <p><b>How.</b> Two gamblers bet on each value before it is seen (Waudby-Smith and Ramdas 2024,
 * doi:10.1093/jrsssb/qkad009). One bets that the mean is below {@code good}: his capital, the product of {@code 1 + bet
 * (good - x)}, cannot be expected to grow if it is not, so that by Ville's inequality it ever reaches 1 / falseAlarm with
 * a probability of at most falseAlarm. The other bets that it is above {@code broken}. Their bets are approximately the
 * ones that let capital grow fastest for the mean and the variance seen so far (GRAPA), begun with one made-up value that
 * has the mean of the other hypothesis and the largest variance, and at most nine tenths of what cannot lose everything.
 * They have nine tenths of each error rate. The last tenth goes to the end: after {@link #maximum()} values the mean is
 * held against a threshold between the two, by Hoeffding's inequality in its sharp form (Hoeffding 1963,
 * doi:10.1080/01621459.1963.10500830, theorem 1), so that there is always an answer.
 *
 * <p>It assumes independent values with one mean (it is enough that each has this mean given those before). Values that
 * spread little take far fewer runs than the maximum, but a rare value at the far end can hide from few runs whatever the
 * others are: no method that holds for every shape can accept before log(1 / miss) / log(good / broken) values.
 * A range that is not wider than it must be is what makes the test fast. The order of the values counts. NaN and values
 * outside [0, 1] are refused.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class BoundedMean {
  /** The most values that a test may take. */
  static final int MOST = 100_000;

  private static final double SEQUENTIAL_SHARE = 0.9;
  private static final double BOLDEST = 0.9;
  private static final int HALVINGS = 60;
  private static final int SIMULATED = 400;

  private final double good;
  private final double broken;
  private final double ruinOfGood;
  private final double ruinOfBroken;
  private final double threshold;
  private final int maximum;

  private BoundedMean(double good, double broken, double falseAlarm, double miss) {
    this.good = good;
    this.broken = broken;
    this.ruinOfGood = 1 / (SEQUENTIAL_SHARE * falseAlarm);
    this.ruinOfBroken = 1 / (SEQUENTIAL_SHARE * miss);
    double alarmsAtEnd = -StrictMath.log((1 - SEQUENTIAL_SHARE) * falseAlarm);
    double missesAtEnd = -StrictMath.log((1 - SEQUENTIAL_SHARE) * miss);
    this.threshold = balance(alarmsAtEnd, missesAtEnd);
    double values = Math.max(
        alarmsAtEnd / divergence(threshold, good), missesAtEnd / divergence(threshold, broken));
    if (!(values <= MOST)) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "to tell a mean of %s from %s of the range with at most %s false alarms and %s misses may take %,.0f runs; at"
              + " most %,d are planned. Declare a broken value that is further away, or a narrower range.",
          good,
          broken,
          falseAlarm,
          miss,
          values,
          MOST));
    }
    this.maximum = (int) Math.ceil(values);
  }

  /**
   * Returns the test between two means.
   *
   * @param good the mean when nothing is wrong, below 1
   * @param broken the mean that must be caught, above 0 and below {@code good}
   * @param falseAlarm how often the test may reject at the good mean, in (0, 0.5]
   * @param miss how often it may accept at the broken mean, in (0, 0.5]
   * @return the test
   * @throws IllegalArgumentException if a number is out of range, or if the test might take more than 100,000 values
   */
  public static BoundedMean of(double good, double broken, double falseAlarm, double miss) {
    if (!(0 < broken && broken < good && good < 1)) {
      throw new IllegalArgumentException(
          "a test of a mean between 0 and 1 needs 0 < broken < good < 1; got good " + good
              + " and broken " + broken
              + ". Values at an end of the range can only be met exactly.");
    }
    SequentialRate.requireError("false alarms", falseAlarm);
    SequentialRate.requireError("misses", miss);
    return new BoundedMean(good, broken, falseAlarm, miss);
  }

  /** The threshold at which both errors need the same number of values. */
  private double balance(double alarms, double misses) {
    double low = broken;
    double high = good;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      // Near the broken mean the misses need more values.
      if (alarms * divergence(middle, broken) < misses * divergence(middle, good)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + (high - low) / 2;
  }

  /** The Kullback-Leibler divergence of two coins. */
  private static double divergence(double p, double q) {
    return p * StrictMath.log(p / q) + (1 - p) * StrictMath.log((1 - p) / (1 - q));
  }

  /**
   * Returns where the test stands before the first value.
   *
   * @return no values and no answer
   */
  public Stand start() {
    return new Stand(this, 0, 0, 0, 1, 1, Decision.CONTINUE);
  }

  /**
   * Returns where the test stands after these values: at the first answer, or at their end.
   *
   * @param values the values in the order in which they came, each in [0, 1]; those after the answer are not looked at
   * @return the answer and the number of values it took
   * @throws IllegalArgumentException if a value up to the answer is NaN or outside [0, 1]
   */
  public Stand after(double... values) {
    Stand stand = start();
    for (int i = 0; i < values.length && stand.decision == Decision.CONTINUE; i++) {
      stand = stand.after(values[i]);
    }
    return stand;
  }

  static double requireInRange(double value, int index) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "values must lie between 0 and 1, as the method needs the range; got " + value
              + " at index " + index + ". Scale them by their declared range.");
    }
    return value;
  }

  /**
   * Returns the largest number of values.
   *
   * @return at least 1; an answer is always in by then
   */
  public int maximum() {
    return maximum;
  }

  /**
   * Returns about how many values it takes if nothing is wrong and the values spread as widely as they can: all of them 0
   * or 1. Values that spread less take fewer. It is the mean of 400 simulated tests.
   *
   * @param seed the seed of the simulation: the same seed gives the same number
   * @return 1 to {@link #maximum()}
   */
  public double expectedAtWorst(Seed seed) {
    RandomStream stream = seed.stream();
    long total = 0;
    for (int i = 0; i < SIMULATED; i++) {
      Stand stand = start();
      while (stand.decision == Decision.CONTINUE) {
        stand = stand.after(stream.nextDouble() < good ? 1 : 0);
      }
      total += stand.seen;
    }
    return (double) total / SIMULATED;
  }

  /** (mean - m) / (variance + (mean - m)^2), with one made-up value that has the mean and variance of a coin. */
  private static double bet(Stand stand, double start, int direction, double m, double most) {
    double n = stand.seen + 1.0;
    double mean = (start + stand.sum) / n;
    double advantage = direction * (mean - m);
    if (!(advantage > 0)) {
      return 0;
    }
    double spread = start * (1 - start)
        + (start - mean) * (start - mean)
        + stand.squares
        - 2 * mean * stand.sum
        + stand.seen * mean * mean;
    double variance = Math.max(0, spread / n);
    return Math.min(most, advantage / (variance + advantage * advantage));
  }

  private Decision decision(int seen, double sum, double againstGood, double againstBroken) {
    if (againstGood >= ruinOfGood) {
      return Decision.REJECT;
    }
    if (againstBroken >= ruinOfBroken) {
      return Decision.ACCEPT;
    }
    if (seen < maximum) {
      return Decision.CONTINUE;
    }
    return sum / seen <= threshold ? Decision.REJECT : Decision.ACCEPT;
  }

  /**
   * Where a test stands: the number of values, the answer if it is in, and the two capitals.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @since 0.1
   */
  public static final class Stand {
    private final BoundedMean test;
    private final int seen;
    private final double sum;
    private final double squares;
    private final double againstGood;
    private final double againstBroken;
    private final Decision decision;

    private Stand(
        BoundedMean test,
        int seen,
        double sum,
        double squares,
        double againstGood,
        double againstBroken,
        Decision decision) {
      this.test = test;
      this.seen = seen;
      this.sum = sum;
      this.squares = squares;
      this.againstGood = againstGood;
      this.againstBroken = againstBroken;
      this.decision = decision;
    }

    /**
     * Returns where the test stands after one more value.
     *
     * @param value the value, in [0, 1]
     * @return the next stand
     * @throws IllegalArgumentException if the value is NaN or outside [0, 1]
     * @throws IllegalStateException if the answer was in already
     */
    public Stand after(double value) {
      if (decision != Decision.CONTINUE) {
        throw new IllegalStateException(
            "the answer was in after " + seen
                + " values. What comes after it must not be looked at: it would change the error rates.");
      }
      requireInRange(value, seen);
      double below = bet(this, test.broken, -1, test.good, BOLDEST / (1 - test.good));
      double above = bet(this, test.good, 1, test.broken, BOLDEST / test.broken);
      double one = againstGood * (1 + below * (test.good - value));
      double other = againstBroken * (1 + above * (value - test.broken));
      return new Stand(
          test,
          seen + 1,
          sum + value,
          squares + value * value,
          one,
          other,
          test.decision(seen + 1, sum + value, one, other));
    }

    /**
     * Returns how many values there were.
     *
     * @return 0 to the maximum of the test
     */
    public int values() {
      return seen;
    }

    /**
     * Returns the answer.
     *
     * @return {@code CONTINUE} if it is not in
     */
    public Decision decision() {
      return decision;
    }

    double capitalAgainstGood() {
      return againstGood;
    }

    double capitalAgainstBroken() {
      return againstBroken;
    }

    /** Returns the stand in a line. */
    @Override
    public String toString() {
      return "after " + seen + " values: " + decision;
    }
  }

  /** Returns the test in a line. */
  @Override
  public String toString() {
    return "sequential test of a mean of " + good + " against " + broken + " in [0, 1], at most "
        + maximum + " values";
  }
}
