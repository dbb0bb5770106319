package dev.stet.replication;

import org.jspecify.annotations.Nullable;

/**
 * Both sides of a comparison, made ready for methods on bare numbers.
 *
 * @param before the completed results of the baseline
 * @param now the completed results of the fresh sample
 * @param pairing the runs of the same seeds; null if they are compared as independent samples
 * @param worst the rank of a failed run; 0 if the metric has no direction
 * @param failed how many runs failed on both sides together
 */
record Data(
    Sample baseline,
    Sample fresh,
    double[] before,
    double[] now,
    @Nullable Pairing pairing,
    double worst,
    int failed) {

  static Data of(Sample baseline, Sample fresh) {
    double worst = baseline.metric().direction().map(Direction::worst).orElse(0.0);
    return new Data(
        baseline,
        fresh,
        baseline.completed(),
        fresh.completed(),
        Pairing.isPossible(baseline, fresh) ? Pairing.of(baseline, fresh, worst) : null,
        worst,
        baseline.failures() + fresh.failures());
  }

  /** Whether runs failed and nothing says which way worse is. */
  boolean hasUnrankedFailures() {
    return failed > 0 && worst == 0;
  }

  boolean nothingCompleted() {
    return before.length == 0 && now.length == 0;
  }

  /** The results of the baseline, failed runs ranked worst. */
  double[] rankedBefore() {
    return baseline.ranked(worst);
  }

  /** The results of the fresh sample, failed runs ranked worst. */
  double[] rankedNow() {
    return fresh.ranked(worst);
  }

  /** Ranks count all runs and means the completed ones: either makes the sizes unequal. */
  boolean sizesDiffer() {
    return baseline.size() != fresh.size() || before.length != now.length;
  }

  /** An edge is touched when it is nearer than the rounding of a difference of these values. */
  double slack() {
    double largest = 0;
    for (double value : before) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (double value : now) {
      largest = Math.max(largest, Math.abs(value));
    }
    return 4 * Math.ulp(largest);
  }
}
