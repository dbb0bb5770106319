package dev.stet.statistics;

/** An estimate whose error, over its standard error, follows Student's distribution. */
record Student(double estimate, double error, double degrees) {
  Interval interval(double level) {
    double tail = Tail.ofLevel(level).probability();
    if (Double.isNaN(estimate) || !(error < Double.POSITIVE_INFINITY)) {
      return Interval.unbounded(level);
    }
    if (error == 0) {
      return new Interval(estimate, estimate, level);
    }
    double half = Quantiles.student(degrees, tail) * error;
    return Double.isNaN(estimate - half) || Double.isNaN(estimate + half)
        ? Interval.unbounded(level)
        : new Interval(estimate - half, estimate + half, level);
  }

  /** The one-sided p-values of "the true value is this". */
  Tails tails(double value) {
    double t = statistic(value);
    if (Double.isNaN(t) || (t == 0 && error == 0)) {
      return Tails.NOTHING;
    }
    if (Double.isInfinite(t)) {
      return t < 0 ? new Tails(Double.MIN_VALUE, 1) : new Tails(1, Double.MIN_VALUE);
    }
    return new Tails(Quantiles.studentTail(degrees, -t), Quantiles.studentTail(degrees, t));
  }

  private double statistic(double value) {
    double distance = estimate - value;
    if (Double.isInfinite(distance)) {
      // Halves do not overflow.
      return (estimate / 2 - value / 2) / (error / 2);
    }
    return distance == 0 && error == 0 ? 0 : distance / error;
  }
}
