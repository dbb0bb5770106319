package dev.stet.statistics;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The upper quantiles of Student's distribution at one tail for any degrees of freedom from 1 on, read from an
 * interpolation of their logarithm by Chebyshev polynomials in 1 / degrees: a power value needs dozens of them.
 */
final class StudentQuantiles {
  private static final int NODES = 24;

  /** A plan asks for one or two levels, a sequential one for two a look. */
  private static final int KEPT = 1024;

  private static final ConcurrentMap<Double, StudentQuantiles> KNOWN = new ConcurrentHashMap<>();

  private final double[] coefficients;

  private StudentQuantiles(double tail) {
    double[] values = new double[NODES];
    for (int i = 0; i < NODES; i++) {
      double share = (1 + StrictMath.cos(StrictMath.PI * (i + 0.5) / NODES)) / 2;
      values[i] = StrictMath.log(Quantiles.student(1 / share, tail));
    }
    coefficients = new double[NODES];
    for (int k = 0; k < NODES; k++) {
      double sum = 0;
      for (int i = 0; i < NODES; i++) {
        sum += values[i] * StrictMath.cos(StrictMath.PI * k * (i + 0.5) / NODES);
      }
      coefficients[k] = (k == 0 ? 1.0 : 2.0) / NODES * sum;
    }
  }

  /** For a tail below one half. */
  static StudentQuantiles of(double tail) {
    StudentQuantiles known = KNOWN.get(tail);
    if (known == null) {
      known = new StudentQuantiles(tail);
      if (KNOWN.size() < KEPT) {
        KNOWN.put(tail, known);
      }
    }
    return known;
  }

  double at(double degrees) {
    double x = 2 / degrees - 1;
    double last = 0;
    double sum = 0;
    for (int k = NODES - 1; k > 0; k--) {
      double next = 2 * x * sum - last + coefficients[k];
      last = sum;
      sum = next;
    }
    return StrictMath.exp(x * sum - last + coefficients[0]);
  }
}
