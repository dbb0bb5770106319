package dev.stet.statistics;

/**
 * Mean and variance of finite values by two passes, each with a compensated sum (Neumaier 1974), on values
 * scaled by a power of two, so that neither large nor tiny numbers overflow. Exact for equal values.
 */
record Moments(int n, double mean, double deviation) {
  static Moments of(double[] sorted) {
    int n = sorted.length;
    if (n == 0) {
      return new Moments(0, Double.NaN, Double.NaN);
    }
    if (sorted[0] == sorted[n - 1]) {
      return new Moments(n, sorted[0], n == 1 ? Double.NaN : 0);
    }
    int exponent = Math.getExponent(Math.max(Math.abs(sorted[0]), Math.abs(sorted[n - 1])));
    double[] scaled = new double[n];
    for (int i = 0; i < n; i++) {
      scaled[i] = Math.scalb(sorted[i], -exponent);
    }
    double rough = sum(scaled) / n;
    double[] residuals = new double[n];
    for (int i = 0; i < n; i++) {
      residuals[i] = scaled[i] - rough;
    }
    double correction = sum(residuals) / n;
    for (int i = 0; i < n; i++) {
      residuals[i] = (residuals[i] - correction) * (residuals[i] - correction);
    }
    double deviation = StrictMath.sqrt(sum(residuals) / (n - 1));
    return new Moments(
        n, Math.scalb(rough + correction, exponent), Math.scalb(deviation, exponent));
  }

  /** The standard error of the mean. */
  double error() {
    return deviation / StrictMath.sqrt(n);
  }

  private static double sum(double[] values) {
    double sum = 0;
    double lost = 0;
    for (double value : values) {
      double next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
      sum = next;
    }
    return sum + lost;
  }
}
