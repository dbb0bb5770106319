package dev.stet;

import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run as a ledger has it, made a {@link Run} again. */
final class RecordedRun {
  private RecordedRun() {}

  /**
   * Reads fingerprint and trace from the disk.
   *
   * @throws dev.stet.ledger.LedgerException if they are missing or altered
   */
  static Run of(RunRecord record) {
    Run run = new Run(
        record.experiment(),
        record.seed(),
        record.fingerprint(),
        record.trace(),
        failure(record),
        record.duration().orElse(Duration.ZERO),
        record.observation());
    return run.onRecord(record.id());
  }

  private static @Nullable Throwable failure(RunRecord record) {
    if (record.status() == RunStatus.COMPLETED) {
      return null;
    }
    RunFailure known =
        record.failure().orElseGet(() -> new RunFailure(record.status().label(), "", ""));
    return new RecordedFailure(known, record.status());
  }
}
