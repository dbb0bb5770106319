package dev.stet.bench.calibration;

import dev.stet.replication.Metric;
import dev.stet.replication.Sample;
import dev.stet.replication.SampleRun;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.statistics.SignedRank;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Two studies on the same seeds. A share of the seeds gives the very same result; the others give results that are
 * correlated by their normal scores.
 *
 * @param world how results of one seed hang together
 * @param n how many seeds
 * @param spread by what the fresh values are multiplied
 * @param shift what is added to them then
 */
record Paired(World world, int n, double spread, double shift) implements Source {
  private static final Metric VALUE = Metric.of("value").higherIsBetter();
  private static final List<Seed> SEEDS = Seed.of(1).spawn(50);
  private static final int POINTS = 32;
  private static final Map<String, Double> CENTRES = new ConcurrentHashMap<>();
  private static final Map<String, Double> SHIFTS = new ConcurrentHashMap<>();

  /**
   * How results of one seed hang together.
   *
   * @param skewed whether results are lognormal, not normal
   * @param correlation of the normal scores of two results that are not identical
   * @param identical the share of seeds that give the same result on both sides
   */
  record World(boolean skewed, double correlation, double identical) {
    String label() {
      String kind = (skewed ? "lognormal" : "normal") + ", rho " + Numbers.shortest(correlation);
      return identical == 0
          ? kind
          : kind + ", " + StrictMath.round(100 * identical) + " % identical";
    }

    private double fresh(double first, double second) {
      return value(correlation * first + StrictMath.sqrt(1 - correlation * correlation) * second);
    }

    private double value(double normal) {
      return skewed ? Shape.lognormal(normal) : normal;
    }

    /** The standard deviation of the differences of seeds that are not identical, without shift. */
    double deviation(double spread) {
      return StrictMath.sqrt(1 + spread * spread - 2 * correlation * spread);
    }
  }

  /** Shifted so that the pseudomedian of the differences is what is wanted. */
  static Paired byRanks(World world, int n, double spread, double difference) {
    double shift = SHIFTS.computeIfAbsent(
        world + ", " + spread + ", " + difference, name -> shift(world, spread, difference));
    return new Paired(world, n, spread, shift);
  }

  private static double shift(World world, double spread, double difference) {
    if (world.identical() == 0 || difference == 0) {
      return difference
          - CENTRES.computeIfAbsent(world + ", " + spread, name -> centre(world, spread, 0));
    }
    double sign = StrictMath.signum(difference);
    double near = 0;
    double far = 20 * StrictMath.abs(difference) + 20;
    for (int i = 0; i < 24; i++) {
      double middle = (near + far) / 2;
      if (sign * centre(world, spread, sign * middle) < sign * difference) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return sign * far;
  }

  /** Shifted so that the mean of the differences is what is wanted. */
  static Paired byMeans(World world, int n, double spread, double difference) {
    return new Paired(world, n, spread, difference / (1 - world.identical()));
  }

  /** The pseudomedian of all differences, from values that stand for their distribution. */
  private static double centre(World world, double spread, double shift) {
    double[] normal = Shape.NORMAL.points(POINTS, 1);
    int differing = POINTS * POINTS;
    int same = (int) StrictMath.round(differing * world.identical() / (1 - world.identical()));
    double[] differences = new double[differing + same];
    for (int i = 0; i < differing; i++) {
      double first = normal[i / POINTS];
      double second = normal[i % POINTS];
      differences[i] = spread * world.fresh(first, second) + shift - world.value(first);
    }
    return SignedRank.of(differences).estimate();
  }

  @Override
  public Studies draw(RandomStream stream) {
    List<SampleRun> before = new ArrayList<>(n);
    List<SampleRun> now = new ArrayList<>(n);
    for (Seed seed : SEEDS.subList(0, n)) {
      double first = stream.nextGaussian();
      double second = stream.nextGaussian();
      double old = world.value(first);
      boolean same = stream.nextDouble() < world.identical();
      double fresh = same ? old : spread * world.fresh(first, second) + shift;
      before.add(SampleRun.completed(seed, old));
      now.add(SampleRun.completed(seed, fresh));
    }
    return new Studies(
        Sample.of("calibration", VALUE, before), Sample.of("calibration", VALUE, now));
  }

  @Override
  public boolean canBound(double level) {
    return SignedRank.canBound(n, level);
  }
}
