package dev.stet.statistics;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * From a test by rearrangement to its p-values and its interval: the offsets that it does not reject, between the
 * two outermost at which it turns.
 *
 * <p>Every arrangement turns extreme somewhere between far away and the estimate. The end is where as many have
 * turned as the tail allows. It is found by bisection; an arrangement that is equal at both ends of the bracket is
 * not looked at again, so that all of it costs a few passes.
 */
record Inversion(Rearranged data) {
  private static final double TOLERANCE = 1e-9;

  /** So many standard errors away nothing changes any more; more would cost digits. */
  private static final double FAR = 1 << 14;

  Tails tails(double offset) {
    double far = far();
    double near = Math.max(-far, Math.min(far, offset));
    return Tails.of(extreme(near, -1, all()).length, extreme(near, 1, all()).length, data.count());
  }

  private double far() {
    // The centred data lie within two units.
    return Math.max(4, FAR * data.error());
  }

  private int[] all() {
    return IntStream.range(0, data.count()).toArray();
  }

  /** Those of the candidates, the data always, whose statistic is at least as great (1) or as small (-1). */
  private int[] extreme(double offset, int sign, int[] candidates) {
    Rearranged.Statistic statistic = data.at(offset);
    double seen = sign * statistic.of(0);
    double bound = Double.isInfinite(seen) ? seen : seen - TOLERANCE * Math.max(1, Math.abs(seen));
    return IntStream.of(candidates)
        .filter(each -> each == 0 || sign * statistic.of(each) >= bound)
        .toArray();
  }

  /** The lower end; infinite if there is none. */
  double lower(Tail tail) {
    return -end(tail, 1);
  }

  /** The upper end; infinite if there is none. */
  double upper(Tail tail) {
    return end(tail, -1);
  }

  /** The distance of an end from the estimate. */
  private double end(Tail tail, int sign) {
    int allowed = tail.allowed(BigInteger.valueOf(data.count())).intValue();
    double outer = far();
    double inner = 0;
    int[] always = extreme(-sign * outer, sign, all());
    if (always.length > allowed) {
      return Double.POSITIVE_INFINITY;
    }
    if (data.error() == 0) {
      return 0;
    }
    int turned = always.length;
    int[] open = without(extreme(0, sign, all()), always);
    while (turned + open.length > allowed
        && outer - inner > 1e-13 * Math.max(outer, data.error())) {
      double middle = inner + (outer - inner) / 2;
      int[] outside = extreme(-sign * middle, sign, open);
      if (turned + outside.length > allowed) {
        inner = middle;
        open = outside;
      } else {
        outer = middle;
        turned += outside.length;
        open = without(open, outside);
      }
    }
    return turned + open.length > allowed ? outer : 0;
  }

  /** Both ascending. */
  private static int[] without(int[] some, int[] others) {
    int[] rest = new int[some.length];
    int size = 0;
    int at = 0;
    for (int each : some) {
      while (at < others.length && others[at] < each) {
        at++;
      }
      if (at == others.length || others[at] != each) {
        rest[size++] = each;
      }
    }
    return Arrays.copyOf(rest, size);
  }
}
