package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How probable it is that a run of x scores higher than a run of y on the same task, chosen at random: the mean over
 * the tasks of P(X &gt; Y) + P(X = Y) / 2.
 *
 * <p>On each task the probability is estimated by all pairs of runs, as Mann and Whitney's U over n m. Only the order
 * of the scores within a task counts, so they need no normalising. Intervals resample the runs of each side of each
 * task, and so speak about other seeds on these tasks, not about other tasks.
 *
 * <ul>
 *   <li>Small numbers: with fewer than ten runs of a task intervals are too narrow, which {@link #isReliable} says;
 *       with one run of a task on a side they are unbounded.
 *   <li>Studentised intervals take the standard error that Brunner and Munzel's test takes, for each task. Ends are
 *       not cut off at 0 and 1.
 *   <li>Ties count half. If every run of x beats every run of y on each task, each interval is the point 1: it then
 *       says less than it seems to.
 *   <li>Infinities and NaN are refused.
 * </ul>
 *
 * <p>Reference: Agarwal et al. 2021, "Deep reinforcement learning at the edge of the statistical precipice",
 * doi:10.48550/arXiv.2108.13264; ranks: Brunner and Munzel 2000, doi:10.1002/(SICI)1521-4036(200001)42:1&lt;17::AID-BIMJ17&gt;3.0.CO;2-U.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class ProbabilityOfImprovement {
  private final Task[] tasks;

  private ProbabilityOfImprovement(Task[] tasks) {
    this.tasks = tasks;
  }

  /**
   * Compares the scores of runs on tasks.
   *
   * @param x finite scores by task, then run; at least one task, and one run of each. Numbers of runs may differ
   * @param y the same for what x is compared with, on the same tasks in the same order
   * @return the probability that x scores higher
   * @throws IllegalArgumentException if the numbers of tasks differ or are 0, a task has no run, or a score is not
   *     finite
   */
  public static ProbabilityOfImprovement of(double[][] x, double[][] y) {
    Tasks.requireScores(x, "x");
    Tasks.requireScores(y, "y");
    if (x.length != y.length) {
      throw new IllegalArgumentException("x and y must have the same tasks; got " + x.length
          + " and " + y.length + ". Leave out the tasks that only one of them has.");
    }
    return new ProbabilityOfImprovement(IntStream.range(0, x.length)
        .mapToObj(task -> new Task(x[task], y[task]))
        .sorted(Task::compare)
        .toArray(Task[]::new));
  }

  /**
   * Returns the probability as estimated.
   *
   * @return a number from 0 to 1
   */
  public double estimate() {
    return mean(
        Stream.of(tasks).mapToDouble(task -> task.observed().probability()).toArray());
  }

  private static double mean(double[] probabilities) {
    double sum = 0;
    for (double each : probabilities) {
      sum += each;
    }
    return sum / probabilities.length;
  }

  /**
   * Returns whether there are enough runs for intervals of about the level that they state.
   *
   * @return true if each task has at least ten runs on either side
   */
  public boolean isReliable() {
    return Tasks.isReliable(fewestRuns());
  }

  private int fewestRuns() {
    return Stream.of(tasks)
        .mapToInt(task -> Math.min(task.x.length, task.y.length))
        .min()
        .orElse(0);
  }

  /**
   * Resamples the runs of each task on either side.
   *
   * @param resamples how often to draw, at least 100, such as 2,000
   * @param seed where it is drawn from; the same seed gives the same answer
   * @return the bootstrap distribution of the probability
   * @throws IllegalArgumentException if there are too few resamples
   */
  public Bootstrap bootstrap(int resamples, Seed seed) {
    Resamples.requireEnough(resamples);
    double estimate = estimate();
    if (fewestRuns() < 2) {
      return Bootstrap.unbounded(estimate);
    }
    double[] replicates = new double[resamples];
    draw(seed, resamples, (i, drawn) -> replicates[i] = mean(probabilities(drawn)));
    return new Bootstrap(estimate, replicates, influences(), () -> {
      double[] pivots = new double[resamples];
      draw(
          seed,
          resamples,
          (i, drawn) ->
              pivots[i] = Bootstrap.Pivots.of(mean(probabilities(drawn)) - estimate, error(drawn)));
      return Bootstrap.Pivots.of(error(observed()), pivots);
    });
  }

  private Task.Counts[] observed() {
    return Stream.of(tasks).map(Task::observed).toArray(Task.Counts[]::new);
  }

  private interface Consumer {
    void accept(int index, Task.Counts[] drawn);
  }

  private void draw(Seed seed, int resamples, Consumer consumer) {
    RandomStream stream = seed.stream();
    Task.Counts[] drawn = observed();
    for (int i = 0; i < resamples; i++) {
      for (int task = 0; task < tasks.length; task++) {
        drawn[task].draw(tasks[task], stream);
      }
      consumer.accept(i, drawn);
    }
  }

  private static double[] probabilities(Task.Counts[] tasks) {
    double[] probabilities = new double[tasks.length];
    for (int task = 0; task < tasks.length; task++) {
      probabilities[task] = tasks[task].probability();
    }
    return probabilities;
  }

  private static double error(Task.Counts[] tasks) {
    double variance = 0;
    for (Task.Counts task : tasks) {
      variance += task.variance();
    }
    return StrictMath.sqrt(variance) / tasks.length;
  }

  /** For each run its placement, less their mean. */
  private double[][] influences() {
    return Stream.of(tasks)
        .flatMap(task -> task.observed().influences(task))
        .toArray(double[][]::new);
  }

  /** The runs of one task, each as the position of its score among the different scores. */
  private static final class Task {
    private final int[] x;
    private final int[] y;
    private final int size;

    Task(double[] x, double[] y) {
      double[] pooled = Stream.of(x, y)
          .flatMapToDouble(Arrays::stream)
          .map(score -> score + 0.0)
          .sorted()
          .distinct()
          .toArray();
      this.x = positions(x, pooled);
      this.y = positions(y, pooled);
      this.size = pooled.length;
    }

    private static int[] positions(double[] runs, double[] pooled) {
      return Arrays.stream(runs)
          .mapToInt(score -> Arrays.binarySearch(pooled, score + 0.0))
          .sorted()
          .toArray();
    }

    static int compare(Task one, Task other) {
      int byX = Arrays.compare(one.x, other.x);
      return byX == 0 ? Arrays.compare(one.y, other.y) : byX;
    }

    Counts observed() {
      Counts counts = new Counts(x.length, y.length, new int[size], new int[size]);
      for (int position : x) {
        counts.x[position]++;
      }
      for (int position : y) {
        counts.y[position]++;
      }
      return counts;
    }

    /** How often each score was drawn on either side. */
    private static final class Counts {
      private final int n;
      private final int m;
      private final int[] x;
      private final int[] y;

      Counts(int n, int m, int[] x, int[] y) {
        this.n = n;
        this.m = m;
        this.x = x;
        this.y = y;
      }

      void draw(Task task, RandomStream stream) {
        Arrays.fill(x, 0);
        Arrays.fill(y, 0);
        Resamples.count(stream, task.x, x);
        Resamples.count(stream, task.y, y);
      }

      double probability() {
        long below = 0;
        long twice = 0;
        for (int i = 0; i < x.length; i++) {
          twice += x[i] * (2 * below + y[i]);
          below += y[i];
        }
        return twice / 2.0 / n / m;
      }

      /** The variance of the placements of x over n, plus that of the placements of y over m. */
      double variance() {
        return variance(x, y, n, m) + variance(y, x, m, n);
      }

      private static double variance(int[] own, int[] others, int n, int m) {
        long below = 0;
        long sum = 0;
        double squares = 0;
        for (int i = 0; i < own.length; i++) {
          long placement = 2 * below + others[i];
          sum += own[i] * placement;
          squares += own[i] * (double) placement * placement;
          below += others[i];
        }
        // Exact while twice the placements, squared and summed, fit 53 bits.
        double around = Math.max(0, squares - (double) sum * sum / n);
        return around / 4 / m / m / n / (n - 1);
      }

      Stream<double[]> influences(Task task) {
        double p = probability();
        double[] placed = placements(y, m);
        double[] placedOther = placements(x, n);
        return Stream.of(
            Arrays.stream(task.x).mapToDouble(i -> placed[i] - p).toArray(),
            Arrays.stream(task.y).mapToDouble(i -> 1 - placedOther[i] - p).toArray());
      }

      /** The share of values that are less than each score, those equal to it half. */
      private static double[] placements(int[] counts, int n) {
        double[] placements = new double[counts.length];
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
          placements[i] = (2 * below + counts[i]) / 2.0 / n;
          below += counts[i];
        }
        return placements;
      }
    }
  }
}
