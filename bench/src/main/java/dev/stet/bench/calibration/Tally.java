package dev.stet.bench.calibration;

import dev.stet.replication.Differs;
import dev.stet.replication.Inconclusive;
import dev.stet.replication.Inconclusive.Cause;
import dev.stet.replication.Replicated;
import dev.stet.replication.Verdict;
import java.util.EnumMap;
import java.util.Map;

/** How often each verdict was given. Belongs to one thread. */
final class Tally {
  private final Map<Cause, Integer> causes = new EnumMap<>(Cause.class);
  private int replicates;
  private int replicated;
  private int differs;

  void add(Verdict verdict) {
    replicates++;
    if (verdict instanceof Replicated) {
      replicated++;
    } else if (verdict instanceof Differs) {
      differs++;
    } else if (verdict instanceof Inconclusive open) {
      causes.merge(open.cause(), 1, Integer::sum);
    }
  }

  int replicates() {
    return replicates;
  }

  double replicated() {
    return replicated / (double) replicates;
  }

  double differs() {
    return differs / (double) replicates;
  }

  double share(Cause cause) {
    return causes.getOrDefault(cause, 0) / (double) replicates;
  }

  /** The highest rate that is still taken for one of 5 %: three Monte Carlo errors above it. */
  double bound() {
    return 0.05 + 3 * StrictMath.sqrt(0.05 * 0.95 / replicates);
  }
}
