package dev.stet.replication;

import dev.stet.statistics.Bootstrap;
import dev.stet.statistics.InterquartileMean;
import dev.stet.statistics.Interval;
import dev.stet.statistics.ProbabilityOfImprovement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The scores of all data sets on both sides, and what witnesses say of them together. */
final class Tasks {
  private static final double EVEN = 0.5;

  private final Location location;
  private final double[][] before;
  private final double[][] now;

  private Tasks(Location location, double[][] before, double[][] now) {
    this.location = location;
    this.before = before;
    this.now = now;
  }

  static Tasks of(Location location, List<Sample> before, List<Sample> now) {
    return new Tasks(location, scores(location, before), scores(location, now));
  }

  private static double[][] scores(Location location, List<Sample> samples) {
    return samples.stream()
        .map(sample -> location.isInUnits() ? sample.completed() : ranked(sample))
        .toArray(double[][]::new);
  }

  /** Only the order counts: a failed run gets the number beyond which there is no other. */
  private static double[] ranked(Sample sample) {
    double worst = sample.metric().direction().map(Direction::worst).orElse(0.0);
    return sample.ranked(Math.copySign(Double.MAX_VALUE, worst));
  }

  /** The fewest runs with a score of any data set, on the side that has fewer. */
  int fewestRuns() {
    return all().mapToInt(runs -> runs.length).min().orElse(0);
  }

  /** Whether resampling keeps about the level that it states. */
  boolean isReliable() {
    return fewestRuns() > 0 && ProbabilityOfImprovement.of(now, before).isReliable();
  }

  private Stream<double[]> all() {
    return Stream.of(before, now).flatMap(Arrays::stream);
  }

  /** The largest score, without its sign. */
  double largest() {
    return all().flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
  }

  double[] pooledBefore() {
    return pooled(before);
  }

  double[] pooledNow() {
    return pooled(now);
  }

  private static double[] pooled(double[][] tasks) {
    return Arrays.stream(tasks).flatMapToDouble(Arrays::stream).toArray();
  }

  /** What is said of all of them, in one number a side; NaN if there is no scale on which they could be pooled. */
  double locationBefore() {
    return location(before);
  }

  double locationNow() {
    return location(now);
  }

  private double location(double[][] tasks) {
    return location.isInUnits() && Arrays.stream(tasks).allMatch(runs -> runs.length > 0)
        ? InterquartileMean.of(tasks).estimate()
        : Double.NaN;
  }

  List<Estimator> estimators(Aggregate how) {
    if (fewestRuns() == 0) {
      return List.of(Estimator.silent("resampling"));
    }
    if (location.isInUnits()) {
      InterquartileMean fresh = InterquartileMean.of(now);
      InterquartileMean baseline = InterquartileMean.of(before);
      double difference = fresh.estimate() - baseline.estimate();
      return Double.isFinite(difference)
          ? witnesses(fresh.minus(baseline, how.resamples(), how.seed()), 0, how.resamples())
          : List.of(Estimator.silent("resampling"));
    }
    ProbabilityOfImprovement improvement = ProbabilityOfImprovement.of(now, before);
    return nothingVaries()
        ? List.of(separation(improvement.estimate()))
        : witnesses(improvement.bootstrap(how.resamples(), how.seed()), EVEN, how.resamples());
  }

  private static List<Estimator> witnesses(Bootstrap bootstrap, double origin, int resamples) {
    return List.of(
        witness("percentile", bootstrap, Bootstrap::percentile, origin, resamples),
        witness("BCa", bootstrap, Bootstrap::biasCorrected, origin, resamples),
        witness("bootstrap-t", bootstrap, Bootstrap::studentised, origin, resamples));
  }

  private interface Ends {
    Interval of(Bootstrap bootstrap, double level);
  }

  private static Estimator witness(
      String name, Bootstrap bootstrap, Ends ends, double origin, int resamples) {
    return new Estimator(name, bootstrap.estimate() - origin, level -> {
      // So few resamples know nothing of a tail in which none of them lies.
      if ((1 - level) / 2 * (resamples + 1.0) < 1) {
        return Interval.unbounded(level);
      }
      Interval interval = ends.of(bootstrap, level);
      return new Interval(interval.lower() - origin, interval.upper() - origin, level);
    });
  }

  /** Whether on each data set one side is above the other throughout, or all scores are equal. */
  private boolean nothingVaries() {
    return IntStream.range(0, now.length).allMatch(task -> {
      double[] fresh = Arrays.stream(now[task]).sorted().toArray();
      double[] baseline = Arrays.stream(before[task]).sorted().toArray();
      double low = fresh[0];
      double high = fresh[fresh.length - 1];
      double lowest = baseline[0];
      double highest = baseline[baseline.length - 1];
      return low > highest || high < lowest || (low == high && lowest == highest && low == lowest);
    });
  }

  /**
   * Of k independent pairs on each of T data sets all came out alike. If the true probabilities are e off on average, that
   * happens with a chance of at most (1 - e)^(k T), by the inequality of the means.
   */
  private Estimator separation(double probability) {
    double pairs = (double) fewestRuns() * now.length;
    return new Estimator("separation", probability - EVEN, level -> {
      double reach = 1 - StrictMath.pow((1 - level) / 2, 1 / pairs);
      return new Interval(
          Math.max(0, probability - reach) - EVEN, Math.min(1, probability + reach) - EVEN, level);
    });
  }
}
