package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which ratios of spreads the Brown-Forsythe test finds. For given deviations the statistic grows with the factor
 * by which one side is widened, so each simulated pair of samples has one factor from which on it is significant.
 */
final class SpreadPower {
  private static final double LEVEL = 0.05;
  private static final double CHANCE = 0.80;
  private static final int PAIRS = 1_000;

  /** Above this size the mean deviation is taken as normal, and the variance of deviations as known. */
  private static final int LARGE = 30;

  /** The mean deviation of a standard normal value, and the variance of its deviation. */
  private static final double MEAN = StrictMath.sqrt(2 / Math.PI);

  private static final double VARIANCE = 1 - 2 / Math.PI;

  /** Answers are kept for this many sizes: a verdict asks for its own, a suite for the same ones again. */
  private static final int KEPT = 1024;

  private static final ConcurrentMap<List<Integer>, Double> KNOWN = new ConcurrentHashMap<>();

  private SpreadPower() {}

  static double detectableRatio(int n, int m) {
    requireSize(n, "n");
    requireSize(m, "m");
    if (n < 2 || m < 2 || n + m < 5) {
      return Double.POSITIVE_INFINITY;
    }
    List<Integer> sizes = List.of(Math.min(n, m), Math.max(n, m));
    Double known = KNOWN.get(sizes);
    if (known != null) {
      return known;
    }
    double ratio = simulate(n, m);
    if (KNOWN.size() < KEPT) {
      KNOWN.put(sizes, ratio);
    }
    return ratio;
  }

  private static double simulate(int n, int m) {
    double t = Quantiles.student(n + m - 2.0, LEVEL / 2);
    double unit = t * t * (1.0 / n + 1.0 / m) / (n + m - 2.0);
    RandomStream stream = Seed.of(1974).stream();
    double[] wider = new double[PAIRS];
    double[] narrower = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      Side x = Side.draw(Math.min(n, m), stream);
      Side y = Side.draw(Math.max(n, m), stream);
      wider[i] = factor(x, y, unit);
      narrower[i] = factor(y, x, unit);
    }
    return Math.max(quantile(wider), quantile(narrower));
  }

  private static void requireSize(int size, String name) {
    if (size < 1) {
      throw new IllegalArgumentException(
          name + " must be at least 1; got " + size + ". Give the number of values of a sample.");
    }
  }

  private static double quantile(double[] factors) {
    Arrays.sort(factors);
    return Math.max(1, factors[(int) (CHANCE * PAIRS) - 1]);
  }

  /** The larger root r of (r a - b)² = unit (r² A + B), with means a, b and sums of squares A, B. */
  private static double factor(Side x, Side y, double unit) {
    double square = x.mean * x.mean - unit * x.squares;
    if (!(square > 0)) {
      return Double.POSITIVE_INFINITY;
    }
    double root = StrictMath.sqrt(unit * (x.squares * y.mean * y.mean + square * y.squares));
    return (x.mean * y.mean + root) / square;
  }

  /** The deviations of a sample of normal values: their mean, and the sum of squares around it. */
  private record Side(double mean, double squares) {
    static Side draw(int size, RandomStream stream) {
      if (size > LARGE) {
        double mean = MEAN + StrictMath.sqrt(VARIANCE / size) * stream.nextGaussian();
        return new Side(mean, (size - 1) * VARIANCE);
      }
      double[] values = new double[size];
      stream.fillGaussian(values);
      Arrays.sort(values);
      double median = (values[(size - 1) / 2] + values[size / 2]) / 2;
      double sum = 0;
      double squares = 0;
      for (double value : values) {
        double deviation = Math.abs(value - median);
        sum += deviation;
        squares += deviation * deviation;
      }
      return new Side(sum / size, Math.max(0, squares - sum * sum / size));
    }
  }
}
