package org.example.libraries;

import java.util.Random;

/** A small piece of work with a library as its users write it: nothing is seeded. */
interface Library {
  String name();

  /** Numbers that hold all that was computed. */
  double[] run() throws Exception;

  /** Points in two clouds, the same in every run. */
  static double[][] points(int count, int columns) {
    Random random = new Random(7);
    double[][] points = new double[count][columns];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < columns; j++) {
        points[i][j] = random.nextGaussian() + (i % 2 == 0 ? 0.5 : -0.5);
      }
    }
    return points;
  }
}
