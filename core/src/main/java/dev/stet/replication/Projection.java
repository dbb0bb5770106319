package dev.stet.replication;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.replication.Inconclusive.Remedy;
import dev.stet.replication.Inconclusive.Remedy.Kind;
import dev.stet.statistics.PairedT;
import java.util.function.IntPredicate;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many runs would settle an inconclusive verdict.
 *
 * <p>It takes the estimated difference and the spreads to be the true ones, and looks for the smallest study
 * that would then come to a definitive verdict with a chance of 80 %. The interval of that study is Welch's,
 * with Student's quantile by its expansion in 1/df (Fisher and Cornish 1960, doi:10.1080/00401706.1960.10489895), and of
 * the expected width. The exact chance ({@link dev.stet.statistics.IntervalPower}) asks for one run more in a fifth of the cases
 * and never for two, at more than ten times the work; the spread it would be fed with is off by far more.
 * Both are themselves estimates: from few runs, so is the answer.
 *
 * @param pairs the number of pairs; 0 if unpaired
 * @param frozen whether the baseline is a file, which fresh runs alone may make up for
 */
record Projection(
    double difference,
    double baselineSpread,
    int m,
    double freshSpread,
    int n,
    int pairs,
    double low,
    double high,
    Levels levels,
    boolean frozen) {
  /** Beyond this many runs no study is advised. */
  static final int MOST = 10_000;

  private static final double CHANCE = 0.8;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Whether both witnesses have numbers to project from; failed runs can take them away. */
  static boolean isPossible(Evidence evidence) {
    boolean failures = evidence.baseline().failed() + evidence.fresh().failed() > 0;
    return evidence.method().location().isInUnits()
        && evidence.witnesses().stream().allMatch(witness -> isPossible(witness, failures));
  }

  private static boolean isPossible(Witness witness, boolean failures) {
    // Without failures an open end tells of too few runs, and more of them close it.
    boolean closed = Double.isFinite(witness.wide().lower())
        && Double.isFinite(witness.wide().upper());
    return Double.isFinite(witness.estimate()) && (closed || !failures);
  }

  static Projection of(Evidence evidence, double[] pairs, double low, double high) {
    double difference = evidence.first().estimate();
    for (Witness witness : evidence.witnesses()) {
      difference = nearest(difference, witness.estimate(), low, high);
    }
    boolean paired = evidence.pairs().isPresent();
    return new Projection(
        difference,
        paired ? 0 : evidence.baseline().spread(),
        evidence.baseline().runs(),
        paired ? spread(pairs) : evidence.fresh().spread(),
        evidence.fresh().runs(),
        paired ? evidence.pairs().get().runs() : 0,
        low,
        high,
        evidence.method().levels(),
        evidence.question().names().isBaseline());
  }

  /** The standard deviation; NaN for fewer than two values. */
  static double spread(double[] values) {
    return values.length < 2
        ? Double.NaN
        : PairedT.of(values).standardError() * StrictMath.sqrt(values.length);
  }

  Remedy remedy(Cause cause) {
    return switch (cause) {
      case UNEQUAL_SPREADS ->
        pairs > 0 ? both(Judge.ENOUGH_PAIRS) : n == m ? Remedy.seeReason() : equalSizes();
      case TOO_FEW_RUNS, TOO_WIDE, WITNESSES_DISAGREE -> more();
      default -> Remedy.seeReason();
    };
  }

  private Remedy equalSizes() {
    return n < m ? new Remedy(Kind.MORE_FRESH_RUNS, m, m) : new Remedy(Kind.ENLARGE_BASELINE, n, n);
  }

  private Remedy both(int runs) {
    return new Remedy(frozen ? Kind.ENLARGE_BASELINE : Kind.MORE_ON_BOTH_SIDES, runs, runs);
  }

  private Remedy more() {
    int fresh = pairs > 0 || m < 2 || !frozen ? 0 : smallest(n + 1, k -> decides(m, k));
    if (fresh > 0) {
      return new Remedy(Kind.MORE_FRESH_RUNS, m, fresh);
    }
    int both = smallest(Math.max(2, Math.max(n, m) + (pairs > 0 ? 1 : 0)), k -> decides(k, k));
    return both > 0 ? both(both) : new Remedy(Kind.NONE_WITH_THIS_MARGIN, 0, 0);
  }

  /** Of a start beyond the most, only the start itself is tried. */
  private static int smallest(int start, IntPredicate holds) {
    return Sizes.smallest(start, Math.max(start, MOST), holds);
  }

  private boolean decides(int baselineRuns, int freshRuns) {
    boolean inside = difference > low && difference < high;
    double level = inside ? levels.narrow() : levels.wide();
    if (!canBound(baselineRuns, freshRuns, level)) {
      return false;
    }
    // With unknown spreads only the sizes can be judged.
    return Double.isNaN(baselineSpread + freshSpread) || chance(baselineRuns, freshRuns) >= CHANCE;
  }

  private boolean canBound(int baselineRuns, int freshRuns, double level) {
    boolean plenty = Math.min(baselineRuns, freshRuns) >= 6;
    return plenty || Sizes.canBound(baselineRuns, freshRuns, pairs > 0, level);
  }

  private double chance(int baselineRuns, int freshRuns) {
    double a = freshSpread * freshSpread / freshRuns;
    double b = baselineSpread * baselineSpread / baselineRuns;
    double error = StrictMath.sqrt(a + b);
    if (error == 0) {
      return isOnEdge(low) || isOnEdge(high) ? 0 : 1;
    }
    double degrees = (a + b) * (a + b) / (a * a / (freshRuns - 1) + b * b / (baselineRuns - 1));
    double narrow = student(normal(levels.narrow()), degrees);
    double wide = student(normal(levels.wide()), degrees);
    double above = (high - difference) / error;
    double below = (low - difference) / error;
    double inside = Math.max(0, cumulative(above - narrow) - cumulative(below + narrow));
    return inside + cumulative(-above - wide) + cumulative(below - wide);
  }

  /** Without any spread only rounding could decide. */
  private boolean isOnEdge(double edge) {
    return Math.abs(difference - edge) <= 1e-9 * Math.abs(edge);
  }

  private static double cumulative(double z) {
    return NORMAL.cumulativeProbability(z);
  }

  private static double normal(double level) {
    return NORMAL.inverseSurvivalProbability((1 - level) / 2);
  }

  private static double student(double z, double degrees) {
    double square = z * z;
    return z
        + z * (square + 1) / (4 * degrees)
        + z * ((5 * square + 16) * square + 3) / (96 * degrees * degrees);
  }

  /** The estimate that is nearer to an edge: the harder case. */
  private static double nearest(double one, double other, double low, double high) {
    return distance(one, low, high) <= distance(other, low, high) ? one : other;
  }

  private static double distance(double value, double low, double high) {
    return Double.isFinite(value)
        ? Math.min(Math.abs(value - low), Math.abs(value - high))
        : Double.POSITIVE_INFINITY;
  }
}
