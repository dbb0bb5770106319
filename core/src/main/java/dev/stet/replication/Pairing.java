package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The runs of two samples with the same seeds, matched seed by seed.
 *
 * <p>A pair that failed on one side differs by an infinity: worse or better than every number. A pair that
 * failed on both sides says nothing about a difference and is left out of {@link #ranked}.
 */
final class Pairing {
  private final List<Pair> pairs;
  private final double[] ranked;
  private final double[] completed;

  /** The runs of one seed. */
  private record Pair(SampleRun then, SampleRun now) {
    boolean isCompleted() {
      return !then.failed() && !now.failed();
    }

    boolean isIdentical() {
      return isCompleted() && then.digest() != null && then.digest().equals(now.digest());
    }

    /** NaN if both failed. */
    double difference(double worst) {
      if (isCompleted()) {
        return now.value() - then.value();
      }
      return then.failed() && now.failed() ? Double.NaN : now.failed() ? worst : -worst;
    }
  }

  private Pairing(List<Pair> pairs, double worst) {
    this.pairs = pairs;
    ranked = pairs.stream()
        .mapToDouble(pair -> pair.difference(worst))
        .filter(difference -> !Double.isNaN(difference))
        .toArray();
    completed = completed(pair -> pair.now.value() - pair.then.value());
  }

  /** Whether the samples hold the same set of seeds; bare numbers hold none. */
  static boolean isPossible(Sample baseline, Sample fresh) {
    Set<Seed> seeds = baseline.seeds();
    return seeds != null && seeds.equals(fresh.seeds());
  }

  static Pairing of(Sample baseline, Sample fresh, double worst) {
    Map<Seed, SampleRun> runs = new HashMap<>();
    baseline.runs().forEach(run -> runs.put(run.seed(), run));
    List<Pair> pairs = new ArrayList<>(fresh.size());
    for (SampleRun now : fresh.runs()) {
      pairs.add(new Pair(requireNonNull(runs.get(now.seed()), "pair"), now));
    }
    return new Pairing(pairs, worst);
  }

  /** The differences of pairs of which at least one run completed. */
  double[] ranked() {
    return ranked;
  }

  /** The differences of pairs of which both runs completed. */
  double[] completed() {
    return completed;
  }

  /** The values of the baseline in pairs of which both runs completed. */
  double[] before() {
    return completed(pair -> pair.then.value());
  }

  /** The fresh values in pairs of which both runs completed, in the same order. */
  double[] now() {
    return completed(pair -> pair.now.value());
  }

  private double[] completed(ToDoubleFunction<Pair> value) {
    return pairs.stream().filter(Pair::isCompleted).mapToDouble(value).toArray();
  }

  int identical() {
    return (int) pairs.stream().filter(Pair::isIdentical).count();
  }

  int runs() {
    return pairs.size();
  }

  /** How many pairs differ by more than this, failures on one side included. */
  int beyond(double size) {
    return (int)
        Arrays.stream(ranked).filter(difference -> Math.abs(difference) > size).count();
  }

  /** In how many pairs the fresh run is so and that of the baseline is not. */
  int onlyNow(Predicate<SampleRun> so) {
    return (int)
        pairs.stream().filter(pair -> so.test(pair.now) && !so.test(pair.then)).count();
  }

  /** In how many pairs the run of the baseline is so and the fresh one is not. */
  int onlyBefore(Predicate<SampleRun> so) {
    return (int)
        pairs.stream().filter(pair -> so.test(pair.then) && !so.test(pair.now)).count();
  }
}
