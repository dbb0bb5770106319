package dev.stet;

import dev.stet.ledger.Ledger;
import dev.stet.ledger.RunRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which runs of a ledger belong to a study by its name. Safe for use by several threads. */
final class Membership {
  static final Membership NONE = new Membership(null, "", Set.of());

  private final @Nullable Ledger ledger;
  private final String study;
  private final Set<String> members;

  private Membership(@Nullable Ledger ledger, String study, Set<String> members) {
    this.ledger = ledger;
    this.study = study;
    this.members = members;
  }

  /**
   * Looks a name up. It stands for the runs of one experiment, so that asking the ledger for a study finds no other one's.
   *
   * @throws IllegalArgumentException if the ledger knows it as the name of a study of another experiment
   */
  static Membership of(Ledger ledger, String study, String experiment) {
    Set<String> members = ConcurrentHashMap.newKeySet();
    try (Stream<RunRecord> runs = ledger.query().study(study).stream()) {
      runs.forEach(run -> {
        requireSame(ledger, study, experiment, run.experiment());
        members.add(run.id());
      });
    }
    return new Membership(ledger, study, members);
  }

  private static void requireSame(Ledger ledger, String study, String experiment, String other) {
    if (!other.equals(experiment)) {
      throw new IllegalArgumentException("the ledger " + ledger.directory() + " holds a study \""
          + study + "\" of " + other + "; this one is of " + experiment
          + ". Give it another name.");
    }
  }

  /** Puts on record which results the study took, so that it lists all of its runs. */
  void note(Collection<? extends @Nullable Outcome> outcomes) {
    Ledger known = ledger;
    if (known == null) {
      return;
    }
    List<RunRecord> others = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      RunRecord run = outcome == null ? null : outcome.record();
      if (run != null && members.add(run.id())) {
        others.add(run);
      }
    }
    known.reused(study, others);
  }
}
