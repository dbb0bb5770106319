package dev.stet;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunQuery;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.replication.Selection;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The runs that a query of a ledger selects, as a study: one of each seed. */
final class RecordedStudy {
  private static final Facet[] MAY_DIFFER = {
    Facet.SEED, Facet.DEPENDENCIES, Facet.RUNTIME, Facet.HARDWARE, Facet.SETTINGS, Facet.SOURCE
  };

  private RecordedStudy() {}

  static Study of(RunQuery query) {
    List<List<RunRecord>> byConfig = byConfig(query);
    if (byConfig.size() > 1) {
      throw severalConfigs(byConfig);
    }
    return study(byConfig.get(0), query.ledger());
  }

  static List<Study> perConfig(RunQuery query) {
    return byConfig(query).stream().map(runs -> study(runs, query.ledger())).toList();
  }

  private static Study study(List<RunRecord> records, Ledger ledger) {
    requireEnded(records);
    requireWhole(records, ledger);
    List<Run> runs = records.stream().map(RecordedRun::of).toList();
    requireOneRecipe(runs);
    return new Study(
        runs.get(0).experiment(), runs, Selection.none(), StudyAccount.reused(runs.size()));
  }

  /** One run of each experiment, config and seed, in the order in which they began. */
  private static List<List<RunRecord>> byConfig(RunQuery query) {
    List<RunRecord> all = new ArrayList<>();
    try (Stream<RunRecord> found = query.stream()) {
      // A rerun shows that a run holds; it is no further result.
      found.filter(run -> !run.links().containsKey(Link.RERUN_OF)).forEach(all::add);
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("the query selects no run of the ledger: " + query
          + ". Ask for names and values as they were recorded; ledger.runs() lists what is there.");
    }
    all.sort(Comparator.comparing(RunRecord::id));
    Map<List<String>, Map<Seed, RunRecord>> chosen = new LinkedHashMap<>();
    for (RunRecord run : all) {
      String config = CanonicalForm.of(run.config()).digest();
      chosen
          .computeIfAbsent(List.of(run.experiment(), config), any -> new LinkedHashMap<>())
          .merge(run.seed(), run, RecordedStudy::better);
    }
    return chosen.values().stream().map(runs -> List.copyOf(runs.values())).toList();
  }

  private static IllegalArgumentException severalConfigs(List<List<RunRecord>> byConfig) {
    RunRecord first = byConfig.get(0).get(0);
    RunRecord other = byConfig.get(1).get(0);
    return new IllegalArgumentException(
        "the query selects runs of more than one recipe: seeds " + first.seed() + " and "
            + other.seed() + " differ in " + difference(first.fingerprint(), other.fingerprint())
            + ". Narrow it, such as query.study(\"name\").config(\"hidden\", 32), or take one study of each config with"
            + " Study.perConfig(query).");
  }

  private static String difference(Fingerprint first, Fingerprint other) {
    return first.without(MAY_DIFFER).diff(other.without(MAY_DIFFER)).summary();
  }

  /** Of a seed the completed one counts, and the later of two of a kind; what was made of other code or data is past. */
  private static RunRecord better(RunRecord known, RunRecord later) {
    boolean isPast = !known.recipe().equals(later.recipe());
    return isPast || rank(later) >= rank(known) ? later : known;
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

  /** What resumeAnyway completed began under another recipe than its own. */
  private static void requireWhole(List<RunRecord> records, Ledger ledger) {
    Map<String, RunRecord> earlier = earlier(records, ledger);
    for (RunRecord run : records) {
      Set<String> seen = new HashSet<>();
      for (RunRecord part = run; part != null && seen.add(part.id()); ) {
        part = resumed(part).map(earlier::get).orElse(null);
        if (part != null && !part.recipe().equals(run.recipe())) {
          throw new IllegalArgumentException("the run of seed " + run.seed()
              + " went on, by resumeAnyway, from a run of another recipe, so its result is that of no one recipe: "
              + run
              + ". Run the study again, which runs that trial anew; then the new run counts.");
        }
      }
    }
  }

  /** The runs that these went on from, by id, as far as the ledger has them; it is read only if there are any. */
  private static Map<String, RunRecord> earlier(List<RunRecord> records, Ledger ledger) {
    Map<String, RunRecord> found = new HashMap<>();
    Set<String> wanted = resumed(records);
    while (!wanted.isEmpty()) {
      Set<String> ids = wanted;
      List<RunRecord> more;
      try (Stream<RunRecord> runs = ledger.runs()) {
        more = runs.filter(run -> ids.contains(run.id())).toList();
      }
      more.forEach(run -> found.put(run.id(), run));
      wanted = resumed(more);
      wanted.removeAll(found.keySet());
    }
    return found;
  }

  private static Set<String> resumed(List<RunRecord> records) {
    Set<String> ids = new HashSet<>();
    records.forEach(run -> resumed(run).ifPresent(ids::add));
    return ids;
  }

  private static Optional<String> resumed(RunRecord run) {
    return Optional.ofNullable(run.links().get(Link.RESUMES));
  }

  private static void requireOneRecipe(List<Run> runs) {
    Run first = runs.get(0);
    for (Run run : runs) {
      Fingerprint recipe = run.fingerprint().without(MAY_DIFFER);
      if (!first.fingerprint().without(MAY_DIFFER).equals(recipe)) {
        throw new IllegalArgumentException(
            "the query selects runs of more than one recipe: seeds " + first.seed() + " and "
                + run.seed() + " differ in "
                + difference(first.fingerprint(), run.fingerprint())
                + ". Run the study again as it is now: what was made of another recipe is not reused but made anew, and then counts.");
      }
    }
  }
}
