package dev.stet.bench.calibration;

import dev.stet.replication.Metric;
import dev.stet.replication.Sample;
import dev.stet.seeds.RandomStream;
import dev.stet.statistics.HodgesLehmann;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Two studies on seeds of their own.
 *
 * @param before the shape of the baseline, at spread 1
 * @param m how many baseline runs
 * @param now the shape of the fresh study
 * @param n how many fresh runs
 * @param spread by what the fresh values are multiplied
 * @param shift what is added to them then
 */
record Independent(Shape before, int m, Shape now, int n, double spread, double shift)
    implements Source {
  private static final Metric VALUE = Metric.of("value").higherIsBetter();
  private static final int POINTS = 4000;
  private static final Map<String, Double> APART = new ConcurrentHashMap<>();

  /** One shape, shifted so that the median of all differences is what is wanted. */
  static Independent byRanks(Shape shape, int m, int n, double spread, double difference) {
    return new Independent(shape, m, shape, n, spread, difference - apart(shape, spread));
  }

  /** One shape, shifted so that the difference of the means is what is wanted. */
  static Independent byMeans(Shape shape, int m, int n, double spread, double difference) {
    double apart = (spread - 1) * shape.mean();
    return new Independent(shape, m, shape, n, spread, difference - apart);
  }

  /** One shape, shifted so that the difference of the means without a fifth at either end is what is wanted. */
  static Independent byTrimmedMeans(Shape shape, int m, int n, double spread, double difference) {
    double[] points = shape.points(POINTS, 1);
    double middle =
        Arrays.stream(points, POINTS / 5, POINTS - POINTS / 5).average().orElseThrow();
    return new Independent(shape, m, shape, n, spread, difference - (spread - 1) * middle);
  }

  /** One shape, shifted so that a fresh value is higher with the probability of one half and what is wanted. */
  static Independent byProbability(Shape shape, int m, int n, double spread, double difference) {
    double[] old = shape.points(POINTS, 1);
    double[] fresh = shape.points(POINTS, spread);
    double low = -20;
    double high = 20;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (chanceOfHigher(fresh, middle, old) < 0.5 + difference) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Independent(shape, m, shape, n, spread, (low + high) / 2);
  }

  /** How often a fresh value is higher once it is shifted. Both are in order and continuous. */
  private static double chanceOfHigher(double[] fresh, double shift, double[] old) {
    long higher = 0;
    int below = 0;
    for (double value : fresh) {
      while (below < old.length && old[below] < value + shift) {
        below++;
      }
      higher += below;
    }
    return higher / ((double) fresh.length * old.length);
  }

  private static double apart(Shape shape, double spread) {
    return APART.computeIfAbsent(
        shape.name() + spread,
        name -> HodgesLehmann.of(shape.points(POINTS, spread), shape.points(POINTS, 1))
            .estimate());
  }

  /** The standard error of the difference of the means. */
  static double standardError(Shape shape, int m, int n, double spread) {
    return shape.deviation() * StrictMath.sqrt(1.0 / m + spread * spread / n);
  }

  @Override
  public Studies draw(RandomStream stream) {
    double[] baseline;
    do {
      baseline = before.draw(stream, m, 1, 0);
      // A baseline of failed runs alone is refused when it is made.
    } while (Arrays.stream(baseline).allMatch(Double::isNaN));
    return new Studies(sample(baseline), sample(now.draw(stream, n, spread, shift)));
  }

  @Override
  public boolean canBound(double level) {
    return HodgesLehmann.canBound(n, m, level);
  }

  private Sample sample(double[] values) {
    Metric metric = before.step() == 0 ? VALUE : VALUE.withResolution(before.step());
    return Sample.of(values).withMetric(metric);
  }
}
