package dev.stet.statistics;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sequential test of how often an event happens: tries come one by one, and it stops as soon as it knows whether the
 * rate is the good one or the broken one.
 *
 * <p>The null hypothesis is a rate of {@code good} or less; it is rejected with a probability of at most {@code
 * falseAlarm}, and accepted with one of at most {@code miss} at a rate of {@code broken} or more. Between the two rates
 * either may come out; {@link #rejects} says how often.
 *
 * <p>It is Wald's sequential probability ratio test (Wald 1945, doi:10.1214/aoms/1177731118) cut at {@link #maximum()}
 * tries, a quarter more than the fixed test needs, where a critical number decides. Its two lines are drawn as near to
 * each other as the error rates allow; these are not approximations but sums over all paths, so that no overshoot and no
 * cutting is left out. It also stops once the tries that are left could not change the answer. Where lines save nothing
 * (a good rate of 0, very few tries) only that remains.
 *
 * <p>It assumes independent tries with one rate. Their order counts: the same tries in another order may stop elsewhere.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class SequentialRate {
  /** The most tries of a fixed test for which a sequential one is made. */
  static final int MOST_FIXED = 8_000;

  private static final double LONGER = 1.25;
  private static final int CANDIDATES = 6;
  private static final int FEW_CANDIDATES = 3;
  private static final int MANY_TRIES = 2_000;
  private static final int HALVINGS = 50;

  private final double good;
  private final double broken;
  private final FixedRate fixed;
  private final RateLattice lattice;

  private SequentialRate(double good, double broken, FixedRate fixed, RateLattice lattice) {
    this.good = good;
    this.broken = broken;
    this.fixed = fixed;
    this.lattice = lattice;
  }

  /**
   * Returns the test between two rates of an event that should be rare, such as a failure.
   *
   * @param good the rate when nothing is wrong, at least 0
   * @param broken the rate that must be caught, above {@code good} and below 1
   * @param falseAlarm how often the test may reject at the good rate, in (0, 0.5]
   * @param miss how often it may accept at the broken rate, in (0, 0.5]
   * @return the test
   * @throws IllegalArgumentException if a number is out of range, or if a fixed test would need more than 8,000 tries
   */
  public static SequentialRate of(double good, double broken, double falseAlarm, double miss) {
    if (!(good >= 0 && good < broken && broken < 1)) {
      throw new IllegalArgumentException(
          "a test of a rate needs 0 <= good < broken < 1; got good " + good + " and broken "
              + broken + ". Count the event that should be rare, such as a failed run.");
    }
    requireError("false alarms", falseAlarm);
    requireError("misses", miss);
    FixedRate fixed = FixedRate.of(good, broken, falseAlarm, miss, MOST_FIXED);
    if (fixed.equals(FixedRate.NONE)) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "to tell a rate of %s from %s with at most %s false alarms and %s misses takes about %,.0f runs; at most"
              + " %,d are planned. Declare a broken value that is further away, or allow more errors.",
          good,
          broken,
          falseAlarm,
          miss,
          FixedRate.about(good, broken, falseAlarm, miss),
          MOST_FIXED));
    }
    return new SequentialRate(good, broken, fixed, lattice(good, broken, falseAlarm, miss, fixed));
  }

  static void requireError(String what, double rate) {
    if (!(rate > 0 && rate <= 0.5)) {
      throw new IllegalArgumentException(
          "the rate of " + what + " must be above 0 and at most 0.5; got " + rate
              + ". Give how often that may happen, such as 0.001.");
    }
  }

  private static RateLattice lattice(
      double good, double broken, double falseAlarm, double miss, FixedRate fixed) {
    RateLattice curtailed =
        RateLattice.between(RateLattice.Lines.none(), fixed.tries(), fixed.critical());
    if (good == 0) {
      return curtailed;
    }
    int tries = (int) Math.ceil(LONGER * fixed.tries());
    RateSearch search = new RateSearch(good, broken, falseAlarm, miss, tries);
    @Nullable RateLattice found = search.best(tries > MANY_TRIES ? FEW_CANDIDATES : CANDIDATES);
    return found != null && search.tries(found) < search.tries(curtailed) ? found : curtailed;
  }

  /**
   * Returns how many tries the test takes at most.
   *
   * @return at least 1; an answer is always in by then
   */
  public int maximum() {
    return lattice.most();
  }

  /**
   * Returns how many tries the smallest fixed test with these error rates takes.
   *
   * @return at least 1
   */
  public int fixedTries() {
    return fixed.tries();
  }

  /**
   * Returns how many events reject in the smallest fixed test.
   *
   * @return at least 1
   */
  public int fixedCritical() {
    return fixed.critical();
  }

  /**
   * Returns the exact mean number of tries.
   *
   * @param rate the true rate, 0 to 1
   * @return 1 to {@link #maximum()}
   */
  public double expectedTries(double rate) {
    return lattice.course(requireRate(rate)).tries();
  }

  /**
   * Returns the exact probability of rejecting.
   *
   * @param rate the true rate, 0 to 1
   * @return at most the rate of false alarms up to the good rate, at least 1 - miss from the broken rate on
   */
  public double rejects(double rate) {
    return lattice.course(requireRate(rate)).rejected();
  }

  private static double requireRate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate must lie between 0 and 1; got " + rate
          + ". Give a share of the tries, such as 0.1.");
    }
    return rate;
  }

  /**
   * Returns what the test says at a point that it has reached without stopping before.
   *
   * @param tries how many tries there were, 0 to {@link #maximum()}
   * @param events in how many of them the event happened
   * @return {@code REJECT}, {@code ACCEPT}, or {@code CONTINUE} only below the maximum
   * @throws IllegalArgumentException if the counts cannot be
   */
  public Decision decide(int tries, int events) {
    if (!(tries >= 0 && tries <= maximum() && events >= 0 && events <= tries)) {
      throw new IllegalArgumentException(
          "the test takes 0 to " + maximum() + " tries with at most as many events; got " + events
              + " events in " + tries + " tries. Stop at the first answer.");
    }
    return lattice.decide(tries, events);
  }

  /**
   * Returns the exact interval for the rate at the point where the test stopped. The outcomes are ordered by where they
   * stop, an early acceptance below a late one (stagewise ordering: Jennison and Turnbull 1983,
   * doi:10.2307/1268047), and each end leaves half of what the level allows. It covers at least as often as it says;
   * intervals that take the number of tries for fixed do not.
   *
   * @param tries how many tries there were when it stopped, at least 1; or when the runs ran out
   * @param events in how many of them the event happened
   * @param level the confidence level, between 0 and 1
   * @return an interval within [0, 1]
   * @throws IllegalArgumentException if the counts cannot be
   */
  public Interval interval(int tries, int events, double level) {
    Interval.requireLevel(level);
    decide(tries, events);
    if (tries == 0) {
      return new Interval(0, 1, level);
    }
    double tail = (1 - level) / 2;
    double low = root(rate -> lattice.atLeast(tries, events, rate) > tail, events > 0);
    double high = 1 - root(rate -> lattice.atMost(tries, events, 1 - rate) > tail, events < tries);
    return new Interval(low, Math.max(low, high), level);
  }

  private interface Plausible {
    boolean at(double rate);
  }

  /** The smallest plausible rate, from below, so that rounding makes the interval longer and not shorter. */
  private static double root(Plausible plausible, boolean above) {
    if (!above) {
      return 0;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (plausible.at(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /** Returns the test in a line. */
  @Override
  public String toString() {
    return "sequential test of a rate of " + good + " against " + broken + ", at most " + maximum()
        + " tries";
  }
}
