package dev.stet.replication;

import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look at a study: what it is held against so far, and at which levels. */
record Looking(Stopping stopping, int index) {

  /** The runs of the baseline that have partners, if all fresh runs have one; else all of them. */
  Sample partners(Sample baseline, Sample fresh) {
    @Nullable Set<Seed> now = fresh.seeds();
    @Nullable Set<Seed> before = baseline.seeds();
    return now != null && before != null && before.containsAll(now) ? baseline.only(now) : baseline;
  }

  List<Levels> levels(Sample held, Sample fresh, double alpha) {
    int m = Pairing.isPossible(held, fresh) ? 0 : held.size();
    return stopping.levels(m, index, alpha);
  }

  boolean isLast() {
    return index == stopping.looks().size() - 1;
  }

  /** Whether nothing is left to look for. A wish to stop that comes too early is not heard. */
  boolean decides(Verdict verdict) {
    if (verdict instanceof Differs) {
      return true;
    }
    if (verdict instanceof Inconclusive open) {
      return switch (open.cause()) {
        case FAILURES_WITHOUT_DIRECTION -> true;
        case DRIFTED_FROM_ANCHOR -> stopping.mayReplicate(index);
        default -> false;
      };
    }
    return stopping.mayReplicate(index);
  }

  /** The verdict with all looks on record, and with a sentence that says so. */
  Verdict onRecord(Verdict verdict, List<Look> before) {
    List<Look> looks = new ArrayList<>(before);
    looks.add(look(verdict));
    return reworded(verdict, verdict.evidence().withLooks(looks), " " + words());
  }

  Look look(Verdict verdict) {
    return new Look(
        stopping.looks().get(index), stopping.max(), verdict.evidence().witnesses());
  }

  private String words() {
    int looks = stopping.looks().size();
    if (looks == 1) {
      return "It was looked at once, as declared.";
    }
    String where = isLast() && index > 0
        ? "Looked at " + looks + " times as declared, the last time after all " + stopping.max()
            + " runs"
        : "Stopped at look " + (index + 1) + " of " + looks + ", after "
            + stopping.looks().get(index) + " of at most " + stopping.max() + " runs";
    return where + "; the levels were widened for the looks.";
  }

  /** With a sentence that says so if the study was looked at and then extended. */
  static Verdict marked(Verdict verdict) {
    int looks = verdict.evidence().undeclaredLooks();
    return looks == 0 ? verdict : reworded(verdict, verdict.evidence(), Reasons.extended(looks));
  }

  private static Verdict reworded(Verdict verdict, Evidence evidence, String more) {
    if (verdict instanceof Replicated) {
      return new ReplicatedVerdict(evidence, verdict.anchor(), verdict.reason() + more);
    }
    if (verdict instanceof Inconclusive open) {
      return new InconclusiveVerdict(
          evidence, verdict.anchor(), open.cause(), open.remedy(), verdict.reason() + more);
    }
    return new DiffersVerdict(evidence, verdict.anchor(), verdict.reason() + more);
  }
}
