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
}
