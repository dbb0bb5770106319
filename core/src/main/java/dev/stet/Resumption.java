package dev.stet;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.FingerprintDiff;
import dev.stet.ledger.Checkpoint;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run on record that did not complete can go on from. */
final class Resumption {
  private Resumption() {}

  /** Refuses a run that has come to its end, or whose process is alive. */
  static void requireResumable(RunRecord record) {
    if (record.status() == RunStatus.RUNNING) {
      throw new IllegalStateException("the run " + record + " is running in a process that lives;"
          + " it cannot be resumed meanwhile. Wait for it, or end that process.");
    }
    if (record.status() == RunStatus.COMPLETED) {
      throw new IllegalStateException("the run " + record
          + " has completed; there is nothing to resume. Use its result, or rerun it.");
    }
  }

  /** Refuses to go on under what the first part did not run under, since its bits would be of neither. */
  static void requireUnchanged(RunRecord record, Fingerprint now) {
    FingerprintDiff diff =
        record.fingerprint().without(Facet.SOURCE).diff(now.without(Facet.SOURCE));
    if (!diff.isEmpty()) {
      throw new IllegalStateException(
          "the run " + record
              + " cannot be resumed as the same run; since its beginning there changed: "
              + diff.summary()
              + ". Run the trial anew, or go on all the same with resumeAnyway, whose result is that of no one recipe.");
    }
  }

  /**
   * Finds the newest checkpoint of a run, or of the one that it resumed if it was gone before it had its own.
   *
   * @param ledger where earlier runs are looked up; null if only this run is known
   */
  static OnRecord.Origin origin(RunRecord record, @Nullable Ledger ledger) {
    List<Path> superseded = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Optional<Checkpoint> from = Optional.empty();
    for (RunRecord run = record; run != null && seen.add(run.id()); run = resumed(run, ledger)) {
      superseded.add(run.checkpoints());
      if (from.isEmpty()) {
        from = Checkpoint.latest(run.checkpoints());
      }
    }
    return new OnRecord.Origin(Map.of(Link.RESUMES, record.id()), record.study(), from, superseded);
  }

  private static @Nullable RunRecord resumed(RunRecord run, @Nullable Ledger ledger) {
    String before = run.links().get(Link.RESUMES);
    return before == null || ledger == null ? null : ledger.run(before).orElse(null);
  }
}
