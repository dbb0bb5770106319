package dev.stet.bench.calibration;

import dev.stet.seeds.RandomStream;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The distribution of a metric over seeds. Healthy runs have a spread of about 1, which is the unit of all margins.
 */
// The functions hold no state; nothing could be changed.
@SuppressWarnings("ImmutableEnumChecker")
enum Shape {
  NORMAL("normal", RandomStream::nextGaussian, Shape::normal, 1, 0, 0),

  /** Student's t with 3 degrees of freedom, scaled to a standard deviation of 1. */
  T3("t3", Shape::student, Shape::studentQuantile, 1, 0, 0),

  LOGNORMAL(
      "lognormal", stream -> lognormal(stream.nextGaussian()), p -> lognormal(normal(p)), 1, 0, 0),

  /** 80 % of runs in one narrow peak, 20 % in another 2.4 below it; mean 0, standard deviation 1. */
  BIMODAL(
      "bimodal",
      stream -> 0.3 * stream.nextGaussian() + (stream.nextDouble() < 0.2 ? -1.908 : 0.477),
      mixture(0.2, -1.908, 0.477, 0.3),
      1,
      0,
      0),

  /** Normal values that are only told to half a standard deviation; no value is the mean. */
  FINE_LATTICE("lattice 1/2", RandomStream::nextGaussian, Shape::normal, 1, 0, 0.5),

  /** The same, told to one standard deviation: most values are tied. */
  COARSE_LATTICE("lattice 1", RandomStream::nextGaussian, Shape::normal, 1, 0, 1),

  /** A tenth of the runs collapse: they end about 8 standard deviations lower. */
  COLLAPSES("collapses", collapse(0.1), mixture(0.1, -8, 0, 1), 2.6, -0.8, 0),

  /** A fifth of the runs collapse. */
  MANY_COLLAPSES("many collapses", collapse(0.2), mixture(0.2, -8, 0, 1), 3.35, -1.6, 0),

  /** A tenth of the runs fail; higher values are better. */
  FAILURES("failures", fail(0.1), worst(0.1), 1, 0, 0),

  /** Three runs of ten fail. */
  MANY_FAILURES("many failures", fail(0.3), worst(0.3), 1, 0, 0);

  /** Where a lattice lies: off the mean, so that nothing is symmetric by accident. */
  private static final double PHASE = 0.25;

  private final String label;
  private final ToDoubleFunction<RandomStream> draw;
  private final DoubleUnaryOperator quantile;
  private final double deviation;
  private final double mean;
  private final double step;

  Shape(
      String label,
      ToDoubleFunction<RandomStream> draw,
      DoubleUnaryOperator quantile,
      double deviation,
      double mean,
      double step) {
    this.label = label;
    this.draw = draw;
    this.quantile = quantile;
    this.deviation = deviation;
    this.mean = mean;
    this.step = step;
  }

  String label() {
    return label;
  }

  /** The standard deviation of the completed runs. */
  double deviation() {
    return deviation;
  }

  /** The mean of the completed runs. */
  double mean() {
    return mean;
  }

  /** The step of a lattice; 0 for a continuous shape. */
  double step() {
    return step;
  }

  double[] draw(RandomStream stream, int n, double spread, double shift) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = place(spread * draw.applyAsDouble(stream)) + shift;
    }
    return values;
  }

  /** Values that stand for the distribution: its quantiles in equal steps, failed runs as the worst rank. */
  double[] points(int count, double spread) {
    double[] points = new double[count];
    for (int i = 0; i < count; i++) {
      points[i] = place(spread * quantile.applyAsDouble((i + 0.5) / count));
    }
    return points;
  }

  private double place(double value) {
    return step == 0 ? value : step * StrictMath.rint(value / step + PHASE);
  }

  static double normal(double p) {
    return NormalDistribution.of(0, 1).inverseCumulativeProbability(p);
  }

  static double lognormal(double normal) {
    double mean = StrictMath.exp(0.5);
    return (StrictMath.exp(normal) - mean) / (mean * StrictMath.sqrt(StrictMath.E - 1));
  }

  private static ToDoubleFunction<RandomStream> collapse(double share) {
    return stream -> stream.nextGaussian() - (stream.nextDouble() < share ? 8 : 0);
  }

  private static ToDoubleFunction<RandomStream> fail(double share) {
    return stream -> stream.nextDouble() < share ? Double.NaN : stream.nextGaussian();
  }

  private static DoubleUnaryOperator worst(double share) {
    return p -> p < share ? Double.NEGATIVE_INFINITY : normal((p - share) / (1 - share));
  }

  private static double student(RandomStream stream) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double normal = stream.nextGaussian();
      squares += normal * normal;
    }
    return stream.nextGaussian() / StrictMath.sqrt(squares);
  }

  private static double studentQuantile(double p) {
    return TDistribution.of(3).inverseCumulativeProbability(p) / StrictMath.sqrt(3);
  }

  /** The quantiles of two normal peaks, by bisection. */
  private static DoubleUnaryOperator mixture(double share, double low, double high, double width) {
    NormalDistribution lower = NormalDistribution.of(low, width);
    NormalDistribution upper = NormalDistribution.of(high, width);
    return p -> {
      double left = low - 9 * width;
      double right = high + 9 * width;
      for (int i = 0; i < 60; i++) {
        double middle = (left + right) / 2;
        double below = share * lower.cumulativeProbability(middle)
            + (1 - share) * upper.cumulativeProbability(middle);
        if (below < p) {
          left = middle;
        } else {
          right = middle;
        }
      }
      return (left + right) / 2;
    };
  }
}
