package dev.stet;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.FingerprintDiff;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunQuery;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.replication.Selection;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The runs that a query of a ledger selects, as a study: one of each seed. */
final class RecordedStudy {
  private static final Facet[] MAY_DIFFER = {
    Facet.SEED, Facet.DEPENDENCIES, Facet.RUNTIME, Facet.HARDWARE, Facet.SETTINGS, Facet.SOURCE
  };

  private RecordedStudy() {}

  static Study of(RunQuery query) {
    List<RunRecord> records = chosen(query);
    requireEnded(records);
    List<Run> runs = records.stream().map(RecordedRun::of).toList();
    requireOneRecipe(runs);
    return new Study(
        runs.get(0).experiment(), runs, Selection.none(), StudyAccount.reused(runs.size()));
  }

  /** Of several runs of one seed the completed one, and the later of two of a kind. In the order in which they began. */
  private static List<RunRecord> chosen(RunQuery query) {
    Map<Seed, RunRecord> bySeed = new LinkedHashMap<>();
    List<RunRecord> all = new ArrayList<>();
    try (Stream<RunRecord> found = query.stream()) {
      // A rerun shows that a run holds; it is no further result.
      found.filter(run -> !run.links().containsKey(Link.RERUN_OF)).forEach(all::add);
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "the query selects no run of the ledger. Ask for the experiment or the study by the name it was recorded"
              + " under.");
    }
    all.sort(java.util.Comparator.comparing(RunRecord::id));
    for (RunRecord run : all) {
      bySeed.merge(run.seed(), run, RecordedStudy::better);
    }
    return List.copyOf(bySeed.values());
  }

  private static RunRecord better(RunRecord known, RunRecord later) {
    return rank(later) >= rank(known) ? later : known;
  }

  private static int rank(RunRecord run) {
    return switch (run.status()) {
      case COMPLETED -> 2;
      case FAILED, TIMED_OUT -> 1;
      default -> 0;
    };
  }

  /** Leaving out what did not end would make a sample of the lucky ones. */
  private static void requireEnded(List<RunRecord> records) {
    List<String> open = records.stream()
        .filter(run -> run.status() == RunStatus.RUNNING || run.status() == RunStatus.INTERRUPTED)
        .map(run -> run.seed() + " (" + run.status().label() + ")")
        .toList();
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(Words.count(open.size(), "run") + " of "
          + Words.number(records.size()) + " in the ledger did not end: seed "
          + String.join(", ", open)
          + ". Run the study again, and it goes on from there; or leave them out, knowing that they are missing, with"
          + " query.status(COMPLETED, FAILED, TIMED_OUT).");
    }
  }

  private static void requireOneRecipe(List<Run> runs) {
    Run first = runs.get(0);
    for (Run run : runs) {
      FingerprintDiff diff =
          first.fingerprint().without(MAY_DIFFER).diff(run.fingerprint().without(MAY_DIFFER));
      if (!run.experiment().equals(first.experiment()) || !diff.isEmpty()) {
        throw new IllegalArgumentException(
            "the query selects runs of more than one recipe: seeds " + first.seed() + " and "
                + run.seed() + " differ in " + diff.summary()
                + ". Narrow it, such as query.study(\"name\").config(\"hidden\", 32), or by query.recipe(digest) if code or data"
                + " changed.");
      }
    }
  }
}
