package dev.stet.statistics;

/**
 * The boundaries of a sequence of one-sided normal tests whose statistics have independent increments in the
 * information, found look by look: the sub-density of the paths that have not crossed yet is integrated over the
 * step to the next look (Armitage, McPherson and Rowe 1969, doi:10.2307/2343787).
 */
final class JointNormal {
  private static final double FAR = 9;
  private static final double PANEL = 2.5;

  /** What is spent at one look is taken to be at least this, so that every look has a level. */
  private static final double LEAST = 1e-9;

  private JointNormal() {}

  /**
   * The tail probability of each look's boundary.
   *
   * @param information of each look, increasing
   * @param spent what may be spent up to and with each look
   */
  static double[] tails(double[] information, double[] spent) {
    double[] tails = new double[information.length];
    Paths paths = Paths.start();
    double before = 0;
    for (int look = 0; look < tails.length; look++) {
      double step = information[look] - (look == 0 ? 0 : information[look - 1]);
      double allowed = Math.max(LEAST, spent[look] - before);
      double boundary = paths.boundary(information[look], step, allowed);
      tails[look] = Quantiles.below(-boundary / StrictMath.sqrt(information[look]));
      if (look + 1 < tails.length) {
        paths = paths.next(information[look], step, boundary);
      }
      before = spent[look];
    }
    return tails;
  }

  /** The scores (statistic times root of information) that have not crossed, as weighted points. */
  private static final class Paths {
    private final double[] score;
    private final double[] weight;

    Paths(double[] score, double[] weight) {
      this.score = score;
      this.weight = weight;
    }

    static Paths start() {
      return new Paths(new double[] {0}, new double[] {1});
    }

    /** The score above which the paths that reach it have the allowed probability. */
    double boundary(double information, double step, double allowed) {
      double low = -FAR * StrictMath.sqrt(information);
      double high = -low;
      double deviation = StrictMath.sqrt(step);
      for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (above(middle, deviation) > allowed) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return high;
    }

    private double above(double boundary, double deviation) {
      double sum = 0;
      for (int i = 0; i < score.length; i++) {
        sum += weight[i] * Quantiles.below((score[i] - boundary) / deviation);
      }
      return sum;
    }

    Paths next(double information, double step, double boundary) {
      double deviation = StrictMath.sqrt(step);
      double from = -FAR * StrictMath.sqrt(information);
      int panels = (int) StrictMath.ceil((boundary - from) / (PANEL * deviation));
      double[] points = Quadrature.nodes(from, boundary, panels);
      double[] weights = Quadrature.weights(from, boundary, panels);
      double scale = 1 / (deviation * StrictMath.sqrt(2 * StrictMath.PI));
      for (int j = 0; j < points.length; j++) {
        double density = 0;
        for (int i = 0; i < score.length; i++) {
          double z = (points[j] - score[i]) / deviation;
          density += z * z < 90 ? weight[i] * StrictMath.exp(-z * z / 2) : 0;
        }
        weights[j] *= density * scale;
      }
      return new Paths(points, weights);
    }
  }
}
