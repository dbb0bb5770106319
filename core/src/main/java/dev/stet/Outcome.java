package dev.stet;

import dev.stet.ledger.LedgerException;
import dev.stet.ledger.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * What came of a trial.
 *
 * @param run its result: that of the last attempt
 * @param record where it was taken from; null if it was run now
 * @param attempts how often it was run now
 */
record Outcome(Run run, @Nullable RunRecord record, int attempts) {
  boolean reused() {
    return record != null;
  }

  /** Takes a result from its record; null if its files are lost or altered. */
  static @Nullable Outcome read(RunRecord record) {
    try {
      return new Outcome(RecordedRun.of(record), record, 0);
    } catch (LedgerException e) {
      return null;
    }
  }
}
