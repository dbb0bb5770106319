package dev.stet.replication;

import dev.stet.statistics.IntervalPower;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a study can show against a baseline, said before it runs: which verdicts its size allows, how likely they
 * are, how many runs a margin needs, and the smallest margin that so many runs can certify.
 *
 * <p>The chances are those of both witnesses of {@link Method#robust()} together, for normal values with the
 * spread of the baseline: the smaller of the chance of Welch's interval, which is exact, and that of the rank
 * interval, which is {@linkplain IntervalPower#ranks approximated}. That they have to agree, and that guards stop one
 * unchanged study in thirty or so, costs some points more. The spread is an estimate: from few runs, so is the answer.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Outlook {
  /** Beyond this many runs no study is advised. */
  static final int MOST = 10_000;

  static final double USUAL_CHANCE = 0.8;
  private static final double USUAL_ALPHA = 0.05;
  private static final int BISECTIONS = 50;

  private final Subject subject;
  private final double spread;
  private final int m;
  private final double margin;
  private final Sides sides;
  private final Levels levels;
  private final boolean paired;

  /** On which sides of the baseline a difference matters. */
  enum Sides {
    BOTH,
    LOW,
    HIGH
  }

  /** What it is called, and in which units it is counted; empty for bare numbers. */
  record Subject(String metric, String baseline, String margin) {}

  /**
   * How likely each verdict is.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @param runs how many fresh runs
   * @param replicates the chance of <i>replicated</i> if nothing has changed
   * @param differs the chance of <i>differs</i> if the metric has moved by twice the margin, so that it lies one margin
   *     beyond the edge
   * @since 0.1
   */
  public record Chances(int runs, double replicates, double differs) {}

  /**
   * How large a study must be.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @param baselineRuns how many runs the baseline must have
   * @param freshRuns how many runs the study must have
   * @param enlargesBaseline whether the baseline has fewer, so that it must be made anew first
   * @since 0.1
   */
  public record Size(int baselineRuns, int freshRuns, boolean enlargesBaseline) {
    /**
     * Returns how many runs have to be run.
     *
     * @return the fresh ones, and those of a new baseline if one is needed
     */
    public int price() {
      return freshRuns + (enlargesBaseline ? baselineRuns : 0);
    }

    /**
     * Returns how long that takes, one run after the other.
     *
     * @param perRun how long one run takes, not negative
     * @return the price in time
     */
    public Duration price(Duration perRun) {
      return requireDuration(perRun).multipliedBy(price());
    }
  }

  private Outlook(
      Subject subject,
      double spread,
      int m,
      double margin,
      Sides sides,
      Levels levels,
      boolean paired) {
    this.subject = subject;
    this.spread = spread;
    this.m = m;
    this.margin = margin;
    this.sides = sides;
    this.levels = levels;
    this.paired = paired;
  }

  /**
   * Plans before there is a baseline.
   *
   * @param spread the standard deviation of the results from seed to seed, 0 or more, finite
   * @param baselineRuns how many runs the baseline will have, at least 1
   * @param margin the smallest difference that would matter, positive and finite, in units of the metric
   * @return the outlook of a study on fresh seeds
   */
  public static Outlook of(double spread, int baselineRuns, double margin) {
    if (!(spread >= 0 && spread < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the spread must be 0 or more and finite; got " + spread
          + ". Give the standard deviation of a few runs with different seeds.");
    }
    requireRuns(baselineRuns, "the baseline");
    double size = Margin.absolute(margin).size();
    return new Outlook(
        new Subject("", "", Margin.absolute(margin).toString()),
        spread,
        baselineRuns,
        size,
        Sides.BOTH,
        Levels.of(USUAL_ALPHA),
        false);
  }

  /** With the baseline's own spread; what cannot be known of a single run is taken to be 0. */
  static Outlook of(Baseline baseline, String called, Margin margin) {
    double spread = Projection.spread(baseline.sample().completed());
    Sides worse = baseline.metric().direction().orElse(Direction.HIGHER_IS_BETTER)
            == Direction.HIGHER_IS_BETTER
        ? Sides.LOW
        : Sides.HIGH;
    return new Outlook(
        new Subject(baseline.metric().name(), called, margin.toString()),
        Double.isNaN(spread) ? 0 : spread,
        baseline.sample().size(),
        baseline.size(margin),
        margin.isOneSided() ? worse : Sides.BOTH,
        Levels.of(USUAL_ALPHA),
        false);
  }

  /**
   * Returns a copy for another rate of false verdicts.
   *
   * @param newAlpha above 0 and at most 0.5
   * @return the copy
   */
  public Outlook withAlpha(double newAlpha) {
    Levels newLevels = Method.robust().withAlpha(newAlpha).levels();
    return new Outlook(subject, spread, m, margin, sides, newLevels, paired);
  }

  /**
   * Returns a copy for a study on the baseline's own seeds, compared pair by pair. Only the baseline's runs have
   * partners; so a larger study means a larger baseline.
   *
   * @param correlation of the results of equal seeds on both sides, from -1 to 1: 1 if the same seed gives the same
   *     result but for a shift, 0 if the seeds no longer mean the same
   * @return the copy
   */
  public Outlook paired(double correlation) {
    if (!(correlation >= -1 && correlation <= 1)) {
      throw new IllegalArgumentException(
          "a correlation must lie between -1 and 1; got " + correlation + ".");
    }
    double of = paired ? spread / StrictMath.sqrt(2) : spread;
    double differences = of * StrictMath.sqrt(2 * (1 - correlation));
    return new Outlook(subject, differences, m, margin, sides, levels, true);
  }

  /**
   * Returns the fewest fresh runs that could replicate, whatever their values.
   *
   * @return at least 1; empty if no number can with this baseline
   */
  public OptionalInt fewestToReplicate() {
    return fewest(levels.narrow());
  }

  /**
   * Returns the fewest fresh runs that could differ, whatever their values.
   *
   * @return at least 1; empty if no number can with this baseline
   */
  public OptionalInt fewestToDiffer() {
    return fewest(levels.wide());
  }

  private OptionalInt fewest(double level) {
    int runs =
        m < 2 && !paired ? 0 : Sizes.smallest(1, paired ? m : MOST, n -> canBound(m, n, level));
    return runs == 0 ? OptionalInt.empty() : OptionalInt.of(runs);
  }

  /** Both witnesses need ends: ranks by their exact null, means a variance on either side. */
  private boolean canBound(int baselineRuns, int n, double level) {
    return n > 1 && Sizes.canBound(baselineRuns, n, paired, level);
  }

  /**
   * Returns how likely each verdict of a study is.
   *
   * @param n how many fresh runs, at least 1
   * @return the chances if nothing has changed and if much has
   */
  public Chances chances(int n) {
    requireRuns(n, "the study");
    double beyond = sides == Sides.LOW ? -2 * margin : 2 * margin;
    return new Chances(n, replicates(n, 0), differs(n, beyond));
  }

  /**
   * Returns the chance of <i>replicated</i>.
   *
   * @param n how many fresh runs, at least 1
   * @param shift the true difference, finite
   * @return 0 to 1
   */
  public double replicates(int n, double shift) {
    requireRuns(n, "the study");
    return chance(m, n, margin, shift, true);
  }

  /**
   * Returns the chance of <i>differs</i>.
   *
   * @param n how many fresh runs, at least 1
   * @param shift the true difference, finite
   * @return 0 to 1
   */
  public double differs(int n, double shift) {
    requireRuns(n, "the study");
    return chance(m, n, margin, shift, false);
  }

  private double chance(int baselineRuns, int n, double size, double shift, boolean inside) {
    double level = inside ? levels.narrow() : levels.wide();
    if (!canBound(baselineRuns, n, level) || (baselineRuns < 2 && !paired)) {
      return 0;
    }
    IntervalPower means = paired
        ? IntervalPower.pairs(spread, n)
        : IntervalPower.welch(spread, n, spread, baselineRuns);
    IntervalPower ranks = paired
        ? IntervalPower.signedRanks(spread, n)
        : IntervalPower.ranks(spread, n, spread, baselineRuns);
    return Math.min(
        chance(means, size, shift, level, inside), chance(ranks, size, shift, level, inside));
  }

  private double chance(
      IntervalPower power, double size, double shift, double level, boolean inside) {
    double low = sides == Sides.HIGH ? Double.NEGATIVE_INFINITY : -size;
    double high = sides == Sides.LOW ? Double.POSITIVE_INFINITY : size;
    return inside ? power.inside(shift, low, high, level) : power.outside(shift, low, high, level);
  }

  /**
   * Returns the smallest study that replicates with a given chance if nothing has changed.
   *
   * @param chance above 0 and below 1, such as 0.8
   * @return its size, with a larger baseline if no number of fresh runs makes up for the noise of this one; empty if
   *     even 10,000 runs on both sides do not
   */
  public Optional<Size> smallestStudy(double chance) {
    requireChance(chance);
    int fresh = Sizes.smallest(2, paired ? m : MOST, n -> chance(m, n, margin, 0, true) >= chance);
    if (fresh > 0) {
      return Optional.of(new Size(m, fresh, false));
    }
    int both = Sizes.smallest(2, MOST, n -> chance(n, n, margin, 0, true) >= chance);
    return both == 0 ? Optional.empty() : Optional.of(new Size(both, both, true));
  }

  /**
   * Returns the smallest margin that a study replicates with a given chance if nothing has changed.
   *
   * @param n how many fresh runs, at least 1
   * @param chance above 0 and below 1, such as 0.8
   * @return a margin in units of the metric; infinite if a study of this size cannot replicate at all; 0 without spread
   */
  public double smallestMargin(int n, double chance) {
    requireRuns(n, "the study");
    requireChance(chance);
    if (!canBound(m, n, levels.narrow()) || (m < 2 && !paired)) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    double high = spread;
    while (high > 0 && high < Double.MAX_VALUE / 2 && chance(m, n, high, 0, true) < chance) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = low + (high - low) / 2;
      if (chance(m, n, middle, 0, true) >= chance) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /**
   * Returns the margin under which no number of fresh runs replicates with a given chance, as the baseline's own noise
   * stays in every comparison with it.
   *
   * @param chance above 0 and below 1, such as 0.8
   * @return a margin in units of the metric; infinite if the baseline is too small for any verdict
   */
  public double floor(double chance) {
    return smallestMargin(paired ? m : MOST, chance);
  }

  /**
   * Returns whether a study of this size can come to a definitive verdict at all.
   *
   * @param n how many fresh runs, at least 1
   * @return false if it is too small to replicate or to differ, whatever its values
   */
  public boolean canDecide(int n) {
    requireRuns(n, "the study");
    boolean bounded = canBound(m, n, levels.narrow()) || canBound(m, n, levels.wide());
    return bounded && (paired || m > 1);
  }

  /**
   * Returns the outlook as a page.
   *
   * @return several lines without a line break at the end
   */
  public String explain() {
    return new OutlookText(this, null).page();
  }

  /**
   * Returns the outlook as a page with prices.
   *
   * @param perRun how long one run takes, not negative
   * @return several lines without a line break at the end
   */
  public String explain(Duration perRun) {
    return new OutlookText(this, requireDuration(perRun)).page();
  }

  Subject subject() {
    return subject;
  }

  double spread() {
    return spread;
  }

  int baselineRuns() {
    return m;
  }

  double margin() {
    return margin;
  }

  boolean isPaired() {
    return paired;
  }

  private static Duration requireDuration(Duration perRun) {
    if (perRun.isNegative()) {
      throw new IllegalArgumentException(
          "the duration of a run must not be negative; got " + perRun + ".");
    }
    return perRun;
  }

  private static void requireRuns(int n, String what) {
    if (n < 1) {
      throw new IllegalArgumentException(what + " must have at least one run; got " + n + ".");
    }
  }

  private static void requireChance(double chance) {
    if (!(chance > 0 && chance < 1)) {
      throw new IllegalArgumentException("a chance must lie strictly between 0 and 1; got " + chance
          + ". The usual chance is 0.8.");
    }
  }

  /** Returns the outlook in a line. */
  @Override
  public String toString() {
    return "margin " + subject.margin() + " against " + m + (m == 1 ? " run" : " runs")
        + " with a spread of " + Decimals.shortest(spread) + (paired ? ", pair by pair" : "");
  }
}
