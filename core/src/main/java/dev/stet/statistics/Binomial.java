package dev.stet.statistics;

/**
 * The binomial distribution by plain sums: weights relative to that of the mode, each from its neighbour.
 *
 * <p>Only additions, multiplications and divisions, so that a threshold which turns on a tail probability is the same on
 * every JVM; a regularised beta function takes logarithms, whose last bit is left to the VM. All terms are positive, so
 * that small tails keep their relative accuracy.
 */
record Binomial(int tries, double rate) {
  double atMost(int k) {
    if (k < 0) {
      return 0;
    }
    return k >= tries ? 1 : share(0, k);
  }

  double atLeast(int k) {
    if (k > tries) {
      return 0;
    }
    return k <= 0 ? 1 : share(k, tries);
  }

  /** The probability of everything at most as likely as k; 1e-7 more is still as likely, as in R. */
  double asUnlikelyAs(int k) {
    double limit = weight(k) * (1 + 1e-7);
    if (limit == 0) {
      return Double.MIN_VALUE;
    }
    Sum inside = new Sum();
    Sum all = new Sum();
    walk((at, weight) -> {
      all.add(weight);
      inside.add(weight <= limit ? weight : 0);
    });
    return Math.min(1, inside.total / all.total);
  }

  private double share(int from, int to) {
    Sum inside = new Sum();
    Sum all = new Sum();
    walk((at, weight) -> {
      all.add(weight);
      inside.add(from <= at && at <= to ? weight : 0);
    });
    return Math.min(1, inside.total / all.total);
  }

  private double weight(int k) {
    double[] found = {0};
    walk((at, weight) -> found[0] = at == k ? weight : found[0]);
    return found[0];
  }

  private interface Term {
    void at(int k, double weight);
  }

  private static final class Sum {
    private double total;

    void add(double term) {
      total += term;
    }
  }

  /** Every value whose weight is not too small for a double, from the mode down and from the mode up. */
  private void walk(Term term) {
    double odds = rate / (1 - rate);
    int mode = (int) Math.min(tries, Math.floor((tries + 1.0) * rate));
    term.at(mode, 1);
    if (rate <= 0 || rate >= 1) {
      return;
    }
    double weight = 1;
    for (int k = mode; k > 0 && weight > 0; k--) {
      weight *= k / ((tries - k + 1.0) * odds);
      term.at(k - 1, weight);
    }
    weight = 1;
    for (int k = mode; k < tries && weight > 0; k++) {
      weight *= (tries - k) * odds / (k + 1.0);
      term.at(k + 1, weight);
    }
  }
}
