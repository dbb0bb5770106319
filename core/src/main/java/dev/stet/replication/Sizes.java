package dev.stet.replication;

import dev.stet.statistics.HodgesLehmann;
import dev.stet.statistics.SignedRank;
import java.util.function.IntPredicate;

/** Which numbers of runs are enough. */
final class Sizes {
  private Sizes() {}

  /** Whether ranks can bound the difference of samples, or pairs, of these sizes, whatever their values. */
  static boolean canBound(int baselineRuns, int freshRuns, boolean paired, double level) {
    return paired
        ? SignedRank.canBound(freshRuns, level)
        : HodgesLehmann.canBound(freshRuns, baselineRuns, level);
  }

  /** The smallest number from a start to a most that fulfils what all larger ones do; 0 if there is none. */
  static int smallest(int start, int most, IntPredicate holds) {
    if (most < start) {
      return 0;
    }
    int high = start;
    while (!holds.test(high)) {
      if (high >= most) {
        return 0;
      }
      high = Math.min(most, 2 * high);
    }
    int low = Math.max(start, high / 2);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
