package dev.stet;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.FingerprintDiff;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.LedgerException;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a ledger holds of the trials of a study, as it was when it was looked at. */
final class Holdings<C> {
  private static final Facet[] ENVIRONMENT = {
    Facet.DEPENDENCIES, Facet.RUNTIME, Facet.HARDWARE, Facet.SETTINGS, Facet.SOURCE
  };

  private static final String LOST = LostTrialException.class.getName();

  private final Reuse reuse;
  private final boolean forked;
  private final Map<Key, List<RunRecord>> records;
  private final Map<Key, String> reshaped;

  private Holdings(
      Reuse reuse, boolean forked, Map<Key, List<RunRecord>> records, Map<Key, String> reshaped) {
    this.reuse = reuse;
    this.forked = forked;
    this.records = records;
    this.reshaped = reshaped;
  }

  /** What makes a trial within its experiment; code, data and environment may have changed since. */
  private record Key(String config, Seed seed) {}

  /**
   * What there is for one trial.
   *
   * @param completed the run whose result may be taken; null if there is none
   * @param begun the last run that did not end by itself and may be gone on with; null if there is none
   * @param isRunning whether another process is at it
   * @param reason why a completed run was not taken; empty if there was none
   */
  record Found(
      @Nullable RunRecord completed, @Nullable RunRecord begun, boolean isRunning, String reason) {
    static final Found NOTHING = new Found(null, null, false, "");
  }

  static <C> Holdings<C> of(StudyOptions.Recording record, List<Job<C>> jobs, boolean forked) {
    Scan<C> scan = new Scan<>(jobs);
    if (!jobs.isEmpty() && record.reuse() != Reuse.NEVER) {
      scan.read(record.ledger(), jobs.get(0).execution().experiment());
    }
    return new Holdings<>(record.reuse(), forked, scan.records, scan.reshaped);
  }

  private static <C> Key key(Job<C> job) {
    return new Key(job.execution().config().form().digest(), job.seed());
  }

  /** One pass over a ledger. */
  private static final class Scan<C> {
    private final Map<Key, List<RunRecord>> records = new HashMap<>();
    private final Map<Key, String> reshaped = new HashMap<>();
    private final Set<Key> wanted = new HashSet<>();
    private final Map<Seed, Key> bySeed = new HashMap<>();
    private final Set<Set<String>> shapes = new HashSet<>();
    private Set<String> shape = Set.of();

    Scan(List<Job<C>> jobs) {
      for (Job<C> job : jobs) {
        wanted.add(key(job));
        bySeed.putIfAbsent(job.seed(), key(job));
        shape = job.execution().config().tree().keySet();
        shapes.add(shape);
      }
    }

    void read(Ledger ledger, String experiment) {
      try (Stream<RunRecord> runs = ledger.query().experiment(experiment).stream()) {
        runs.filter(run -> bySeed.containsKey(run.seed())).forEach(this::take);
      }
      Comparator<RunRecord> oldestFirst = Comparator.comparing(RunRecord::id);
      records.values().forEach(found -> found.sort(oldestFirst));
    }

    private void take(RunRecord run) {
      // A rerun stands for the run that it repeats, not for itself.
      if (run.links().containsKey(Link.RERUN_OF)) {
        return;
      }
      Map<String, Object> config = run.config();
      Key key = new Key(CanonicalForm.of(config).digest(), run.seed());
      if (wanted.contains(key)) {
        records.computeIfAbsent(key, any -> new ArrayList<>()).add(run);
      } else if (run.status() == RunStatus.COMPLETED && !shapes.contains(config.keySet())) {
        reshaped.put(bySeed.get(run.seed()), reshaped(config.keySet()));
      }
    }

    private String reshaped(Set<String> before) {
      Set<String> gone = new TreeSet<>(before);
      gone.removeAll(shape);
      Set<String> come = new TreeSet<>(shape);
      come.removeAll(before);
      Set<String> words = new LinkedHashSet<>();
      gone.forEach(name -> words.add(name + " is gone"));
      come.forEach(name -> words.add(name + " is new"));
      return "config (" + String.join(", ", words) + ")";
    }
  }

  Found of(Job<C> job) {
    List<RunRecord> known = records.get(key(job));
    if (known == null) {
      String changed = reshaped.get(key(job));
      return changed == null ? Found.NOTHING : new Found(null, null, false, changed);
    }
    return new Choice(job).among(known);
  }

  /** The choice for one trial. Its fingerprint is taken once, now; the run takes its own when it begins. */
  private final class Choice {
    private final Fingerprint now;
    private String reason = "";

    Choice(Job<C> job) {
      Fingerprint here = job.execution().fingerprint(job.seed());
      this.now = forked ? ForkRunner.there(here) : here;
    }

    Found among(List<RunRecord> known) {
      RunRecord begun = null;
      boolean isRunning = false;
      Map<String, String> differences = new HashMap<>();
      for (RunRecord run : known) {
        String difference = difference(run);
        String before = run.links().get(Link.RESUMES);
        if (difference.isEmpty() && before != null) {
          // Its first part is that of the run it went on from, which resumeAnyway takes as it is.
          difference = differences.getOrDefault(before, "");
        }
        differences.put(run.id(), difference);
        if (run.status() == RunStatus.COMPLETED) {
          if (difference.isEmpty()) {
            return new Found(run, null, false, "");
          }
          reason = difference;
        } else if (difference.isEmpty()) {
          begun = isBrokenOff(run) ? run : begun;
          isRunning |= run.status() == RunStatus.RUNNING;
        }
      }
      return new Found(null, begun, isRunning, reason);
    }

    /** Whether a run did not come to an end of its own; a forked JVM that died is its end, and no result of its body. */
    private boolean isBrokenOff(RunRecord run) {
      return run.status() == RunStatus.INTERRUPTED
          || (run.status() == RunStatus.FAILED
              && run.failure().map(RunFailure::type).filter(LOST::equals).isPresent());
    }

    /** What keeps a run from standing for the trial as it is now; empty if nothing does. */
    private String difference(RunRecord run) {
      try {
        FingerprintDiff diff = compared(run.fingerprint()).diff(compared(now));
        if (diff.certainlyEqual()) {
          return "";
        }
        return diff.isEmpty()
            ? Words.list(diff.unknown().stream().map(Object::toString).toList())
            : diff.summary();
      } catch (LedgerException e) {
        return "what determined it cannot be read any more";
      }
    }
  }

  /** The commit says who wrote the code; the code itself is compared. */
  private Fingerprint compared(Fingerprint fingerprint) {
    return reuse == Reuse.EQUAL_RECIPE
        ? fingerprint.without(ENVIRONMENT)
        : fingerprint.without(Facet.SOURCE);
  }
}
