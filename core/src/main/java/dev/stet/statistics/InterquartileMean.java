package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The mean of the middle half of the scores of all runs on all tasks.
 *
 * <p>The scores, normalised so that tasks can be compared, are pooled; a quarter of them (rounded down) is cut off at
 * either end, and the rest averaged. A task with more runs has more weight. Intervals resample the runs within each
 * task, and so speak about other seeds on these tasks, not about other tasks.
 *
 * <ul>
 *   <li>Small numbers: with fewer than four scores nothing is cut. With fewer than ten runs of a task the intervals
 *       are too narrow, which {@link #isReliable} says; with one run of a task they are unbounded.
 *   <li>Studentised intervals take the standard error of a trimmed mean within tasks: by the variance, in each task,
 *       of the scores pulled in to the quartiles of the pool.
 *   <li>Ties need no rule. Infinities and NaN are refused.
 * </ul>
 *
 * <p>Reference: Agarwal et al. 2021, "Deep reinforcement learning at the edge of the statistical precipice",
 * doi:10.48550/arXiv.2108.13264.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class InterquartileMean {
  private final PooledScores scores;

  private InterquartileMean(PooledScores scores) {
    this.scores = scores;
  }

  /**
   * Reads the scores of runs on tasks.
   *
   * @param scores finite scores by task, then run; at least one task, and one run of each. Numbers of runs may differ
   * @return their interquartile mean
   * @throws IllegalArgumentException if there is no task, a task without runs, or a score that is not finite
   */
  public static InterquartileMean of(double[][] scores) {
    Tasks.requireScores(scores, "scores");
    return new InterquartileMean(new PooledScores(scores));
  }

  /**
   * Returns the interquartile mean.
   *
   * @return the mean of the middle half of all scores
   */
  public double estimate() {
    return scores.grow(scores.observed().mean());
  }

  /**
   * Returns whether there are enough runs for intervals of about the level that they state.
   *
   * @return true if each task has at least ten runs
   */
  public boolean isReliable() {
    return Tasks.isReliable(scores.fewestRuns());
  }

  /**
   * Resamples the runs of each task.
   *
   * @param resamples how many matrices to draw, at least 100, such as 50,000
   * @param seed where they are drawn from; the same seed gives the same answer
   * @return the bootstrap distribution of the interquartile mean
   * @throws IllegalArgumentException if there are too few resamples
   */
  public Bootstrap bootstrap(int resamples, Seed seed) {
    Resamples.requireEnough(resamples);
    return scores.fewestRuns() < 2
        ? Bootstrap.unbounded(estimate())
        : new Bootstrap(
            estimate(),
            scores.replicates(resamples, seed),
            scores.influences(1),
            () -> pivots(resamples, seed));
  }

  private Bootstrap.Pivots pivots(int resamples, Seed seed) {
    double estimate = estimate();
    PooledScores.Matrix matrix = scores.observed();
    double error = scores.unshrunk(matrix.error());
    RandomStream stream = seed.stream();
    double[] pivots = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      matrix.draw(stream);
      pivots[i] = Bootstrap.Pivots.of(
          scores.grow(matrix.mean()) - estimate, scores.unshrunk(matrix.error()));
    }
    return Bootstrap.Pivots.of(error, pivots);
  }

  /**
   * Resamples the difference of two interquartile means, the runs of each task on either side apart.
   *
   * @param other what is subtracted
   * @param resamples how many pairs of matrices to draw, at least 100, such as 50,000
   * @param seed where they are drawn from; the same seed gives the same answer
   * @return the bootstrap distribution of this mean minus the other
   * @throws IllegalArgumentException if there are too few resamples
   */
  public Bootstrap minus(InterquartileMean other, int resamples, Seed seed) {
    Resamples.requireEnough(resamples);
    double difference = estimate() - other.estimate();
    if (Math.min(scores.fewestRuns(), other.scores.fewestRuns()) < 2) {
      return Bootstrap.unbounded(difference);
    }
    double[] replicates = scores.replicates(resamples, seed.child(0));
    double[] others = other.scores.replicates(resamples, seed.child(1));
    Arrays.setAll(replicates, i -> replicates[i] - others[i]);
    double[][] influences = Stream.of(scores.influences(1), other.scores.influences(-1))
        .flatMap(Stream::of)
        .toArray(double[][]::new);
    return new Bootstrap(
        difference,
        replicates,
        influences,
        () -> pivots(difference, other.scores, resamples, seed));
  }

  private Bootstrap.Pivots pivots(
      double difference, PooledScores others, int resamples, Seed seed) {
    PooledScores.Matrix matrix = scores.observed();
    PooledScores.Matrix other = others.observed();
    double error = error(matrix, others, other);
    RandomStream stream = seed.child(0).stream();
    RandomStream otherStream = seed.child(1).stream();
    double[] pivots = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      matrix.draw(stream);
      other.draw(otherStream);
      double drawn = scores.grow(matrix.mean()) - others.grow(other.mean());
      pivots[i] = Bootstrap.Pivots.of(drawn - difference, error(matrix, others, other));
    }
    return Bootstrap.Pivots.of(error, pivots);
  }

  private double error(PooledScores.Matrix matrix, PooledScores others, PooledScores.Matrix other) {
    return StrictMath.hypot(scores.unshrunk(matrix.error()), others.unshrunk(other.error()));
  }
}
