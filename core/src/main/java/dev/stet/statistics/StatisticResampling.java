package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;

/** The bootstrap of any statistic of one sample, with standard errors by the jackknife. */
final class StatisticResampling {
  private final double[] sorted;
  private final Bootstrap.Statistic statistic;

  StatisticResampling(double[] sorted, Bootstrap.Statistic statistic) {
    this.sorted = sorted;
    this.statistic = statistic;
  }

  Bootstrap bootstrap(int resamples, Seed seed) {
    double estimate = value(sorted);
    if (sorted.length < 2) {
      return Bootstrap.unbounded(estimate);
    }
    double[] replicates = new double[resamples];
    forEach(resamples, seed, (i, sample) -> replicates[i] = value(sample));
    return new Bootstrap(
        estimate,
        replicates,
        new double[][] {influences(sorted)},
        () -> pivots(estimate, resamples, seed));
  }

  private Bootstrap.Pivots pivots(double estimate, int resamples, Seed seed) {
    double[] pivots = new double[resamples];
    forEach(
        resamples,
        seed,
        (i, sample) ->
            pivots[i] = Bootstrap.Pivots.of(value(sample) - estimate, error(influences(sample))));
    return Bootstrap.Pivots.of(error(influences(sorted)), pivots);
  }

  private interface Consumer {
    void accept(int index, double[] sample);
  }

  private void forEach(int resamples, Seed seed, Consumer consumer) {
    RandomStream stream = seed.stream();
    int n = sorted.length;
    int[] positions = new int[n];
    Arrays.setAll(positions, i -> i);
    for (int index = 0; index < resamples; index++) {
      int[] counts = new int[n];
      Resamples.count(stream, positions, counts);
      double[] sample = new double[n];
      for (int i = 0, at = 0; i < n; i++) {
        Arrays.fill(sample, at, at += counts[i], sorted[i]);
      }
      consumer.accept(index, sample);
    }
  }

  private double value(double[] sample) {
    double value = statistic.of(sample.clone());
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "a statistic must be finite for every sample of the values; got " + value
              + ". Take one that is defined for samples with ties.");
    }
    return value + 0.0;
  }

  /**
   * What each value adds to the estimate, up to the factor 2 (n - 1): the mean of the estimates without one value,
   * less the one without it.
   */
  private double[] influences(double[] sample) {
    int n = sample.length;
    double[] without = new double[n];
    for (int i = 0; i < n; i++) {
      double[] rest = new double[n - 1];
      System.arraycopy(sample, 0, rest, 0, i);
      System.arraycopy(sample, i + 1, rest, i, n - 1 - i);
      // Without either of two equal values the rest is the same.
      without[i] = i > 0 && sample[i] == sample[i - 1] ? without[i - 1] : value(rest);
    }
    double[] ranked = without.clone();
    Arrays.sort(ranked);
    double mean = Moments.of(ranked).mean();
    return Arrays.stream(without).map(each -> mean / 2 - each / 2).toArray();
  }

  private static double error(double[] influences) {
    double n = influences.length;
    double root = Arrays.stream(influences).reduce(0, StrictMath::hypot);
    return 2 * StrictMath.sqrt((n - 1) / n) * root;
  }
}
