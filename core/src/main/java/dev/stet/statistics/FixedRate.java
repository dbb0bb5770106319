package dev.stet.statistics;

/**
 * The smallest number of tries, and the smallest number of events that rejects, for which both error rates of the exact
 * binomial test are kept. The error rates go up and down with the number of tries, so that it is searched one by one.
 */
record FixedRate(int tries, int critical) {
  /** None of this number of tries or fewer: 0 tries. */
  static final FixedRate NONE = new FixedRate(0, 0);

  static FixedRate of(double good, double broken, double falseAlarm, double miss, int most) {
    int critical = 1;
    for (int n = 1; n <= most; n++) {
      Binomial whenGood = new Binomial(n, good);
      while (critical <= n && whenGood.atLeast(critical) > falseAlarm) {
        critical++;
      }
      if (critical <= n && new Binomial(n, broken).atMost(critical - 1) <= miss) {
        return new FixedRate(n, critical);
      }
    }
    return NONE;
  }

  /** About how many tries it takes, by the normal approximation: for words only. */
  static double about(double good, double broken, double falseAlarm, double miss) {
    double spread = Quantiles.normal(falseAlarm) * StrictMath.sqrt(good * (1 - good))
        + Math.max(0, Quantiles.normal(miss)) * StrictMath.sqrt(broken * (1 - broken));
    return spread * spread / ((broken - good) * (broken - good));
  }
}
