package dev.stet.statistics;

import dev.stet.statistics.RateLattice.Course;
import dev.stet.statistics.RateLattice.Lines;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the lines of a sequential test that keep both error rates and need the fewest tries when all is well.
 *
 * <p>It starts from Wald's lines, which are nearly right for a test without end, moves them apart until the test that is
 * cut keeps both error rates, and then draws them together as far as they allow, one after the other.
 */
final class RateSearch {
  private static final int OUTWARD = 12;
  private static final int HALVINGS = 12;
  private static final int ROUNDS = 2;

  private final double good;
  private final double broken;
  private final double falseAlarm;
  private final double miss;
  private final int tries;

  RateSearch(double good, double broken, double falseAlarm, double miss, int tries) {
    this.good = good;
    this.broken = broken;
    this.falseAlarm = falseAlarm;
    this.miss = miss;
    this.tries = tries;
  }

  /** The best lattice over a few critical numbers; null if the lines help none of them. */
  @Nullable
  RateLattice best(int candidates) {
    int lowest = 1;
    while (new Binomial(tries, good).atLeast(lowest) > falseAlarm) {
      lowest++;
    }
    int highest = lowest;
    while (new Binomial(tries, broken).atMost(highest) <= miss) {
      highest++;
    }
    RateLattice best = null;
    int steps = Math.min(candidates - 1, highest - lowest);
    for (int i = 0; i <= steps; i++) {
      int critical = steps == 0 ? lowest : lowest + (highest - lowest) * i / steps;
      RateLattice found = calibrated(critical);
      if (found != null && (best == null || tries(found) < tries(best))) {
        best = found;
      }
    }
    return best;
  }

  double tries(RateLattice lattice) {
    return lattice.course(good).tries();
  }

  private @Nullable RateLattice calibrated(int critical) {
    double a = -StrictMath.log(falseAlarm);
    double b = -StrictMath.log(miss);
    for (int i = 0; !keeps(a, b, critical); i++) {
      if (i == OUTWARD) {
        return null;
      }
      Course whenGood = lattice(a, b, critical).course(good);
      a += whenGood.rejected() > falseAlarm ? 0.25 : 0;
      b += lattice(a, b, critical).course(broken).accepted() > miss ? 0.25 : 0;
    }
    for (int round = 0; round < ROUNDS; round++) {
      double fixedA = a;
      b = nearest(b, x -> keeps(fixedA, x, critical));
      double fixedB = b;
      a = nearest(a, x -> keeps(x, fixedB, critical));
    }
    return lattice(a, b, critical);
  }

  private interface Keeping {
    boolean test(double distance);
  }

  private static double nearest(double far, Keeping keeping) {
    double low = 0;
    double high = far;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (keeping.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private boolean keeps(double a, double b, int critical) {
    RateLattice lattice = lattice(a, b, critical);
    return lattice.course(good).rejected() <= falseAlarm
        && lattice.course(broken).accepted() <= miss;
  }

  private RateLattice lattice(double a, double b, int critical) {
    return RateLattice.between(Lines.of(good, broken, a, b), tries, critical);
  }
}
