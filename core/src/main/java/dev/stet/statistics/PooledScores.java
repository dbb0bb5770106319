package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The scores of runs on tasks, each as its position among the different scores in ascending order. A resample is how
 * often each was drawn, so that its middle half is found without sorting.
 */
final class PooledScores {
  private final Scale scale;
  private final double centre;

  /** The different scores, less the centre. */
  private final double[] values;

  /** The positions by task, sorted; tasks in the order of these, so that the caller's order does not matter. */
  private final int[][] tasks;

  private final int size;

  PooledScores(double[][] scores) {
    scale = Scale.of(scores);
    double[][] shrunk = Stream.of(scores).map(scale::shrink).toArray(double[][]::new);
    double[] pooled =
        Stream.of(shrunk).flatMapToDouble(Arrays::stream).sorted().distinct().toArray();
    tasks = Stream.of(shrunk)
        .map(runs -> positions(runs, pooled))
        .sorted(Arrays::compare)
        .toArray(int[][]::new);
    centre = pooled[pooled.length / 2];
    values = Arrays.stream(pooled).map(value -> value - centre).toArray();
    size = Stream.of(tasks).mapToInt(runs -> runs.length).sum();
  }

  private static int[] positions(double[] runs, double[] pooled) {
    return Arrays.stream(runs)
        .mapToInt(score -> Arrays.binarySearch(pooled, score))
        .sorted()
        .toArray();
  }

  int fewestRuns() {
    return Tasks.fewestRuns(tasks);
  }

  /** A mean in the unit of the scores. */
  double grow(double mean) {
    return scale.grow(centre + mean);
  }

  /** A distance in the unit of the scores. */
  double unshrunk(double distance) {
    return scale.grow(distance);
  }

  private int[] counts() {
    int[] counts = new int[values.length];
    for (int[] task : tasks) {
      for (int position : task) {
        counts[position]++;
      }
    }
    return counts;
  }

  /** The interquartile mean of resamples. */
  double[] replicates(int resamples, Seed seed) {
    RandomStream stream = seed.stream();
    int[] counts = new int[values.length];
    double[] replicates = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      Arrays.fill(counts, 0);
      for (int[] task : tasks) {
        Resamples.count(stream, task, counts);
      }
      replicates[i] = grow(mean(counts, size));
    }
    return replicates;
  }

  /** The mean of the middle half of so many values, each taken as often as its count says. */
  private double mean(int[] counts, int many) {
    int from = many / 4;
    int to = many - from;
    int i = 0;
    int seen = counts[0];
    while (seen <= from) {
      seen += counts[++i];
    }
    double sum = (seen - from) * values[i];
    while (seen < to) {
      int count = counts[++i];
      seen += count;
      sum += count * values[i];
    }
    return (sum - (seen - to) * values[i]) / (to - from);
  }

  /** By the jackknife within tasks, each an eighth, as the difference of two may exceed the largest double. */
  double[][] influences(int sign) {
    int[] counts = counts();
    double[] without = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      counts[i]--;
      without[i] = mean(counts, size - 1);
      counts[i]++;
    }
    return Stream.of(tasks)
        .map(task -> {
          double mean = Arrays.stream(task).mapToDouble(i -> without[i]).sum() / task.length;
          double factor = sign * (task.length - 1) / 8.0;
          return Arrays.stream(task)
              .mapToDouble(i -> scale.grow(factor * (mean - without[i])))
              .toArray();
        })
        .toArray(double[][]::new);
  }

  Matrix observed() {
    return new Matrix();
  }

  /** A matrix of scores, at first the observed one, that can be drawn anew; for one thread. */
  final class Matrix {
    private final int[][] identity;
    private final int[][] drawn;
    private final int[] counts = counts();

    private Matrix() {
      identity = new int[tasks.length][];
      drawn = new int[tasks.length][];
      for (int task = 0; task < tasks.length; task++) {
        identity[task] = new int[tasks[task].length];
        drawn[task] = new int[tasks[task].length];
        Arrays.setAll(identity[task], i -> i);
        Arrays.fill(drawn[task], 1);
      }
    }

    /** The same draws from the same stream as replicates take. */
    void draw(RandomStream stream) {
      Arrays.fill(counts, 0);
      for (int task = 0; task < tasks.length; task++) {
        Arrays.fill(drawn[task], 0);
        Resamples.count(stream, identity[task], drawn[task]);
        for (int i = 0; i < drawn[task].length; i++) {
          counts[tasks[task][i]] += drawn[task][i];
        }
      }
    }

    double mean() {
      return PooledScores.this.mean(counts, size);
    }

    /** The standard error of the mean: scores beyond the cuts count as those at the cuts. */
    double error() {
      int cut = size / 4;
      int low = reaching(cut + 1);
      int high = reaching(size - cut);
      double variance = 0;
      for (int task = 0; task < tasks.length; task++) {
        double n = tasks[task].length;
        variance += n * n / (n * (n - 1)) * squares(tasks[task], drawn[task], low, high);
      }
      return StrictMath.sqrt(variance) / (size - 2 * cut);
    }

    private int reaching(int rank) {
      int i = 0;
      for (int seen = counts[0]; seen < rank; seen += counts[i]) {
        i++;
      }
      return i;
    }

    /** The sum of squares around the mean of one task; 0 for equal values, whatever rounding does. */
    private double squares(int[] task, int[] times, int low, int high) {
      double sum = 0;
      int first = -1;
      int last = -1;
      for (int i = 0; i < task.length; i++) {
        if (times[i] > 0) {
          last = Math.max(low, Math.min(high, task[i]));
          first = first < 0 ? last : first;
          sum += times[i] * values[last];
        }
      }
      if (first == last) {
        return 0;
      }
      double mean = sum / task.length;
      double squares = 0;
      for (int i = 0; i < task.length; i++) {
        double residual = values[Math.max(low, Math.min(high, task[i]))] - mean;
        squares += times[i] * residual * residual;
      }
      return squares;
    }
  }
}
