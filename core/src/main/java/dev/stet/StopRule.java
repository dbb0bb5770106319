package dev.stet;

/**
 * Tells which studies are hopeless: those whose first runs, in the order of their seeds, all failed. What it says in the
 * end depends on the results alone, not on the order in which they came. Safe for use by several threads.
 */
final class StopRule {
  private static final byte UNKNOWN = 0;
  private static final byte FAILED = 1;

  private final int failures;
  private final byte[][] first;
  private final boolean[] spared;

  /**
   * With 0 failures it never stops.
   *
   * @param seeds how many runs each study has: a rule that asks for more failures can spare none of them
   */
  StopRule(int failures, int studies, int seeds) {
    this.failures = Math.min(failures, seeds);
    this.first = new byte[studies][this.failures];
    this.spared = new boolean[studies];
  }

  synchronized void ended(int study, int place, boolean failed) {
    if (place < failures) {
      first[study][place] = failed ? FAILED : UNKNOWN;
      spared[study] |= !failed;
    }
  }

  synchronized boolean isStopped(int study) {
    if (failures == 0 || spared[study]) {
      return false;
    }
    for (byte run : first[study]) {
      if (run == UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** Whether the result of a trial belongs to its study. */
  boolean counts(int study, int place) {
    return place < failures || !isStopped(study);
  }
}
