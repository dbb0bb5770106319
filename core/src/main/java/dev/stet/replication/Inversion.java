package dev.stet.replication;

import dev.stet.statistics.Alternative;
import dev.stet.statistics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.DoublePredicate;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The p-values of a verdict, found by inverting the very intervals on which it rests: the smallest alpha at which the verdict
 * would have come out. So verdict and p-value never contradict each other, whatever the estimator.
 *
 * <p>The tests of the witnesses say where that alpha should be. The intervals are asked just above and just below it, and the
 * search then only where that leaves it open; a wrong guess costs time and changes nothing.
 */
final class Inversion {
  private static final double LEAST = 1e-12;
  private static final double CLOSE = 1 + 1e-9;
  private static final MathContext SHORT = new MathContext(8);

  private final Evidence evidence;
  private final boolean exact;

  Inversion(Evidence evidence) {
    this.evidence = evidence;
    this.exact = evidence.method().location() == Location.EXACT;
  }

  /** Of "the difference is at most the margin": 1 - alpha intervals of all witnesses beyond one edge. */
  double difference() {
    if (exact) {
      return evidence.first().isInside(evidence.low(), evidence.high()) || isSilent() ? 1 : LEAST;
    }
    double low = outer(evidence.low());
    double high = outer(evidence.high());
    return Math.min(
        smallest(
            alpha -> all(1 - alpha, wide -> wide.lower() > high),
            1,
            () -> 2 * largest(each -> chance(each, high, Alternative.GREATER))),
        smallest(
            alpha -> all(1 - alpha, wide -> wide.upper() < low),
            1,
            () -> 2 * largest(each -> chance(each, low, Alternative.LESS))));
  }

  /** Of "the difference is at least the margin": 1 - 2 alpha intervals of all witnesses strictly inside. */
  double equivalence() {
    if (exact) {
      return evidence.first().isInside(evidence.low(), evidence.high()) ? LEAST : 1;
    }
    return smallest(
        alpha -> all(1 - 2 * alpha, narrow -> narrow.isInside(evidence.low(), evidence.high())),
        0.5,
        () -> largest(each -> Math.max(
            chance(each, evidence.low(), Alternative.GREATER),
            chance(each, evidence.high(), Alternative.LESS))));
  }

  private double largest(ToDoubleFunction<Estimator> chance) {
    return evidence.estimators().stream().mapToDouble(chance).max().orElse(Double.NaN);
  }

  /** Beyond an infinite edge nothing lies. */
  private static double chance(Estimator estimator, double edge, Alternative alternative) {
    return Double.isInfinite(edge) ? 0 : estimator.chances().of(edge, alternative);
  }

  private boolean isSilent() {
    return Double.isNaN(evidence.first().estimate());
  }

  /** The margin with the rounding of the values on its far side, as the judge has it for <i>differs</i>. */
  private double outer(double inner) {
    return Double.isInfinite(inner)
        ? inner
        : Math.copySign(2 * evidence.marginSize() - Math.abs(inner), inner);
  }

  private boolean all(double level, Predicate<Interval> holds) {
    return evidence.estimators().stream()
        .allMatch(estimator -> !Double.isNaN(estimator.estimate())
            && holds.test(estimator.intervals().apply(Math.max(LEAST, level))));
  }

  /** The smallest alpha that holds, given that all larger ones up to {@code most} then do; 1 if none does. */
  private static double smallest(DoublePredicate holds, double most, DoubleSupplier guess) {
    double high = most;
    if (!holds.test(high)) {
      return 1;
    }
    if (holds.test(LEAST)) {
      return LEAST;
    }
    Bracket known = new Bracket(holds, LEAST, most);
    known.narrow(guess.getAsDouble());
    double low = LEAST;
    while (high > low * CLOSE) {
      double middle = StrictMath.sqrt(low * high);
      if (known.holds(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    // Three runs against three are exactly 1 in 20: the search must not end a hair above.
    double rounded = new BigDecimal(high).round(SHORT).doubleValue();
    return rounded <= most && known.holds(rounded) ? rounded : high;
  }

  /** What is known of alphas: none up to the one holds, and all from the other on do. */
  private static final class Bracket {
    /** Levels are read to twelve places, and quantiles are good to about ten. */
    private static final double APART = 3e-9;

    private final DoublePredicate holds;
    private double fails;
    private double succeeds;

    Bracket(DoublePredicate holds, double fails, double succeeds) {
      this.holds = holds;
      this.fails = fails;
      this.succeeds = succeeds;
    }

    /** Without effect if the guess is NaN. */
    void narrow(double guess) {
      double apart = APART * guess + LEAST;
      if (guess + apart > fails && holds(guess + apart) && guess - apart > fails) {
        holds(guess - apart);
      }
    }

    boolean holds(double alpha) {
      if (alpha <= fails || alpha >= succeeds) {
        return alpha >= succeeds;
      }
      boolean answer = holds.test(alpha);
      if (answer) {
        succeeds = alpha;
      } else {
        fails = alpha;
      }
      return answer;
    }
  }
}
