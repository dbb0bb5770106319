package dev.stet.replication;

import org.jspecify.annotations.Nullable;

/** Both sides of a comparison, made ready for methods on bare numbers. */
final class Data {
  private final Sample baseline;
  private final Sample fresh;
  private final double[] before;
  private final double[] now;
  private final @Nullable Pairing pairing;
  private final double worst;

  private Data(Sample baseline, Sample fresh) {
    this.baseline = baseline;
    this.fresh = fresh;
    before = baseline.completed();
    now = fresh.completed();
    worst = baseline.metric().direction().map(Direction::worst).orElse(0.0);
    pairing = Pairing.isPossible(baseline, fresh) ? Pairing.of(baseline, fresh, worst) : null;
  }

  static Data of(Sample baseline, Sample fresh) {
    return new Data(baseline, fresh);
  }

  Sample baseline() {
    return baseline;
  }

  Sample fresh() {
    return fresh;
  }

  /** The completed results of the baseline. */
  double[] before() {
    return before;
  }

  /** The completed results of the fresh sample. */
  double[] now() {
    return now;
  }

  /** The runs of the same seeds; null if they are compared as independent samples. */
  @Nullable
  Pairing pairing() {
    return pairing;
  }

  /** The rank of a failed run; 0 if the metric has no direction. */
  double worst() {
    return worst;
  }

  /** Whether runs failed and nothing says which way worse is. */
  boolean hasUnrankedFailures() {
    return worst == 0 && baseline.failures() + fresh.failures() > 0;
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
