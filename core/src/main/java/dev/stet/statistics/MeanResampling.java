package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;

/** The bootstrap of a mean, by differences from it, so that equal values give exactly it. */
final class MeanResampling {
  private final Scale scale;
  private final double mean;
  private final double[] residuals;
  private final double[] squares;

  private MeanResampling(double[] sorted) {
    scale = Scale.of(sorted);
    double[] shrunk = scale.shrink(sorted);
    mean = Moments.of(shrunk).mean();
    residuals = new double[shrunk.length];
    squares = new double[shrunk.length];
    for (int i = 0; i < shrunk.length; i++) {
      residuals[i] = shrunk[i] - mean;
      squares[i] = residuals[i] * residuals[i];
    }
  }

  static Bootstrap bootstrap(double[] sorted, int resamples, Seed seed) {
    MeanResampling of = new MeanResampling(sorted);
    double estimate = of.scale.grow(of.mean);
    return sorted.length < 2
        ? Bootstrap.unbounded(estimate)
        : new Bootstrap(
            estimate,
            of.replicates(resamples, seed),
            new double[][] {of.residuals},
            () -> of.pivots(resamples, seed));
  }

  private double[] replicates(int resamples, Seed seed) {
    RandomStream stream = seed.stream();
    int n = residuals.length;
    double[] replicates = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      replicates[i] = scale.grow(mean + Resamples.sum(stream, residuals) / n);
    }
    return replicates;
  }

  private Bootstrap.Pivots pivots(int resamples, Seed seed) {
    RandomStream stream = seed.stream();
    int n = residuals.length;
    int[] positions = new int[n];
    for (int i = 0; i < n; i++) {
      positions[i] = i;
    }
    double[] pivots = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      int[] counts = new int[n];
      Resamples.count(stream, positions, counts);
      pivots[i] = pivot(counts);
    }
    double square = 0;
    for (double each : squares) {
      square += each;
    }
    return Bootstrap.Pivots.of(scale.grow(StrictMath.sqrt(square / n / (n - 1))), pivots);
  }

  private double pivot(int[] counts) {
    int n = counts.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += counts[i] * residuals[i];
    }
    double shift = sum / n;
    double square = 0;
    int first = -1;
    int last = -1;
    for (int i = 0; i < n; i++) {
      if (counts[i] > 0) {
        first = first < 0 ? i : first;
        last = i;
        square += counts[i] * (residuals[i] - shift) * (residuals[i] - shift);
      }
    }
    // Equal values have no error, whatever rounding left in the squares.
    boolean varies = residuals[first] != residuals[last];
    return Bootstrap.Pivots.of(shift, varies ? StrictMath.sqrt(square / n / (n - 1)) : 0);
  }
}
