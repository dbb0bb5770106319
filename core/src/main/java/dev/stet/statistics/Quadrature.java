package dev.stet.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * Integrals of smooth functions over a finite range: the rule of Gauss and Legendre with 16 nodes on each of
 * equally wide panels.
 */
final class Quadrature {
  private static final int NODES = 16;
  private static final double[] NODE = new double[NODES];
  private static final double[] WEIGHT = new double[NODES];

  static {
    // The nodes are the roots of the Legendre polynomial, found by Newton's method.
    for (int i = 0; i < NODES; i++) {
      double x = -StrictMath.cos(StrictMath.PI * (i + 0.75) / (NODES + 0.5));
      double slope = 1;
      for (int step = 0; step < 8; step++) {
        double before = 1;
        double value = x;
        for (int degree = 2; degree <= NODES; degree++) {
          double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
          before = value;
          value = next;
        }
        slope = NODES * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      NODE[i] = x;
      WEIGHT[i] = 2 / ((1 - x * x) * slope * slope);
    }
  }

  private Quadrature() {}

  static double integral(DoubleUnaryOperator f, double from, double to, int panels) {
    double half = (to - from) / (2 * panels);
    double sum = 0;
    for (int panel = 0; panel < panels; panel++) {
      double centre = from + (2 * panel + 1) * half;
      for (int i = 0; i < NODES; i++) {
        sum += WEIGHT[i] * f.applyAsDouble(centre + half * NODE[i]);
      }
    }
    return sum * half;
  }

  static double[] nodes(double from, double to, int panels) {
    double half = (to - from) / (2 * panels);
    double[] nodes = new double[panels * NODES];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = from + (2 * (i / NODES) + 1) * half + half * NODE[i % NODES];
    }
    return nodes;
  }

  static double[] weights(double from, double to, int panels) {
    double half = (to - from) / (2 * panels);
    double[] weights = new double[panels * NODES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = half * WEIGHT[i % NODES];
    }
    return weights;
  }
}
