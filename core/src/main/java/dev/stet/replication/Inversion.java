package dev.stet.replication;

import dev.stet.statistics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/**
 * The p-values of a verdict, found by inverting the very intervals on which it rests: the smallest alpha at which the verdict
 * would have come out. So verdict and p-value never contradict each other, whatever the estimator.
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
        smallest(alpha -> all(1 - alpha, wide -> wide.lower() > high), 1),
        smallest(alpha -> all(1 - alpha, wide -> wide.upper() < low), 1));
  }

  /** Of "the difference is at least the margin": 1 - 2 alpha intervals of all witnesses strictly inside. */
  double equivalence() {
    if (exact) {
      return evidence.first().isInside(evidence.low(), evidence.high()) ? LEAST : 1;
    }
    return smallest(
        alpha -> all(1 - 2 * alpha, narrow -> narrow.isInside(evidence.low(), evidence.high())),
        0.5);
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
  private static double smallest(DoublePredicate holds, double most) {
    double high = most;
    if (!holds.test(high)) {
      return 1;
    }
    if (holds.test(LEAST)) {
      return LEAST;
    }
    double low = LEAST;
    while (high > low * CLOSE) {
      double middle = StrictMath.sqrt(low * high);
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    // Three runs against three are exactly 1 in 20: the search must not end a hair above.
    double rounded = new BigDecimal(high).round(SHORT).doubleValue();
    return rounded <= most && holds.test(rounded) ? rounded : high;
  }
}
