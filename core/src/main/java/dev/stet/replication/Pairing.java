package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The runs of two samples with the same seeds, matched seed by seed.
 *
 * <p>A pair that failed on one side differs by an infinity: worse or better than every number. A pair that
 * failed on both sides says nothing about a difference and is left out of {@link #ranked}.
 */
final class Pairing {
  private final double[] ranked;
  private final double[] completed;
  private final int identical;
  private final int runs;

  private Pairing(double[] ranked, double[] completed, int identical, int runs) {
    this.ranked = ranked;
    this.completed = completed;
    this.identical = identical;
    this.runs = runs;
  }

  /** The differences of pairs of which at least one run completed. */
  double[] ranked() {
    return ranked;
  }

  /** The differences of pairs of which both runs completed. */
  double[] completed() {
    return completed;
  }

  int identical() {
    return identical;
  }

  int runs() {
    return runs;
  }

  /** Whether the samples hold the same set of seeds; bare numbers hold none. */
  static boolean isPossible(Sample baseline, Sample fresh) {
    Set<Seed> seeds = baseline.seeds();
    return seeds != null && seeds.equals(fresh.seeds());
  }

  static Pairing of(Sample baseline, Sample fresh, double worst) {
    Map<Seed, SampleRun> runs = new HashMap<>();
    baseline.runs().forEach(run -> runs.put(run.seed(), run));
    double[] ranked = new double[fresh.size()];
    double[] completed = new double[fresh.size()];
    int rankedCount = 0;
    int completedCount = 0;
    int identical = 0;
    for (SampleRun now : fresh.runs()) {
      SampleRun then = requireNonNull(runs.get(now.seed()), "pair");
      if (!then.failed() && !now.failed()) {
        identical += then.digest() != null && then.digest().equals(now.digest()) ? 1 : 0;
        double difference = now.value() - then.value();
        ranked[rankedCount++] = difference;
        completed[completedCount++] = difference;
      } else if (then.failed() != now.failed()) {
        ranked[rankedCount++] = now.failed() ? worst : -worst;
      }
    }
    return new Pairing(
        Arrays.copyOf(ranked, rankedCount),
        Arrays.copyOf(completed, completedCount),
        identical,
        fresh.size());
  }

  /** How many pairs differ by more than this, failures on one side included. */
  int beyond(double size) {
    return (int)
        Arrays.stream(ranked).filter(difference -> Math.abs(difference) > size).count();
  }
}
