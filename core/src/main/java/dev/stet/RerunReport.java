package dev.stet;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.FingerprintDiff;
import dev.stet.ledger.RunStatus;
import dev.stet.trace.Divergence;
import dev.stet.trace.TraceComparison;
import java.util.List;

/** The words of a rerun. */
final class RerunReport {
  private RerunReport() {}

  static String identical(Rerun.Identical rerun) {
    int times = rerun.reruns().size();
    String head = rerun.first().experiment() + " reran identical in " + times + " of " + times
        + (rerun.how().fresh() ? " fresh JVM" + (times == 1 ? "" : "s") : "");
    if (rerun.records() == 0) {
      return head
          + ", but nothing was compared: it recorded nothing. Record a metric or the digest of a result.";
    }
    Run last = rerun.reruns().get(times - 1);
    FingerprintDiff diff = withoutCommit(rerun.first()).diff(withoutCommit(last));
    String changed =
        diff.isEmpty() ? "" : " All the same, the fingerprints differ in: " + diff.summary() + ".";
    boolean failed = last.status() != RunStatus.COMPLETED;
    return head + ": " + compared(rerun) + ", bit for bit, seed "
        + rerun.first().seed() + (failed ? "; each " + rerun.first().outcome() : "") + "."
        + changed;
  }

  private static String compared(Rerun.Identical rerun) {
    int all = rerun.first().trace().size();
    return rerun.records() < all
        ? "the first " + Words.count(rerun.records(), "record") + " of " + Words.number(all)
        : Words.count(all, "record");
  }

  static String unordered(Rerun.Unordered rerun) {
    String first = rerun.metrics().get(0);
    return rerun.first().experiment() + " cannot be compared bit for bit: several threads wrote "
        + Words.list(rerun.metrics())
        + " without steps, so its records have no order. Record it with a step, such as"
        + " trial.record(\"" + first + "\", step, value).";
  }

  static String diverged(Rerun.Diverged rerun) {
    String how = rerun.comparison() instanceof TraceComparison.Diverged traces
        ? diverged(rerun, traces.divergence())
        : endedDifferently(rerun);
    return how
        + outcomes(rerun)
        + FindingsPage.explain(rerun.first().observation(), rerun.parted().observation());
  }

  /** Whether the reruns agree among themselves says more of the reason than that the first run differs. */
  private static String outcomes(Rerun.Diverged rerun) {
    if (rerun.reruns().size() == 1) {
      return "";
    }
    Outcomes outcomes = Outcomes.of(rerun.first(), rerun.reruns());
    if (outcomes.rerunsDiffer()) {
      return "\n\n" + outcomes.histogram();
    }
    if (!outcomes.onlyFirstDiffers()) {
      return "";
    }
    String others = "The " + Words.number(rerun.reruns().size())
        + " reruns are identical with one another, and only the first run differs. ";
    return "\n\n"
        + Words.paragraph(
            others
                + (rerun.how().fresh()
                    ? "Each of them had a JVM of its own; the first run had this one, with what was run in it before, and with its agents."
                    : "It may have left something behind that all later ones found, such as a static field; look at fresh JVMs too: Reruns.inFreshJvms()."));
  }

  private static String diverged(Rerun.Diverged rerun, Divergence divergence) {
    return head(rerun) + divergence.place() + ".\n\n" + indented(divergence.block()) + "\n\n"
        + ends(rerun)
        + Words.paragraph(
            (before(divergence.equalBefore(), "before it", rerun) + " " + divergence.streams())
                .strip());
  }

  private static String endedDifferently(Rerun.Diverged rerun) {
    return head(rerun) + "the runs ended differently.\n\n"
        + ends("first run  ", "rerun      ", rerun) + "\n\n"
        + Words.paragraph(before(rerun.first().trace().size(), "before the end", rerun));
  }

  /** How the two ended, where it explains why one of them recorded no more. */
  private static String ends(Rerun.Diverged rerun) {
    return RunComparison.endAlike(rerun.first(), rerun.parted())
        ? ""
        : "  The two ended differently:\n\n" + ends("first run  ", "rerun      ", rerun) + "\n\n";
  }

  static String ends(String first, String parted, Rerun.Diverged rerun) {
    return end(first, rerun.first()) + "\n" + end(parted, rerun.parted());
  }

  private static String end(String label, Run run) {
    return "  " + label + run.outcome().strip().replace("\n", "\n  " + " ".repeat(label.length()));
  }

  private static String head(Rerun.Diverged rerun) {
    String some = rerun.reruns().size() == 1
        ? ""
        : "identical in " + rerun.identical() + " of " + rerun.reruns().size() + ", ";
    String where = rerun.how().fresh()
        ? rerun.reruns().size() == 1 ? " in a fresh JVM" : " in fresh JVMs"
        : "";
    return rerun.first().experiment() + " did not rerun bit for bit" + where + ": " + some;
  }

  /** What is known to be equal, and what is known to have changed. */
  private static String before(int records, String place, Rerun.Diverged rerun) {
    FingerprintDiff diff = withoutCommit(rerun.first()).diff(withoutCommit(rerun.parted()));
    if (!diff.isEmpty()) {
      String equal = records == 0 ? "" : equal(records, place) + ". ";
      return equal + "The fingerprints differ in: " + diff.summary() + ".";
    }
    String so = asFarAsCaptured(diff)
        + ": same seed, config, code, data and environment. Something else varied.";
    return records == 0
        ? "The fingerprints are equal" + so
        : equal(records, place) + ", and so are the fingerprints" + so;
  }

  /** The commit says nothing of what this JVM executes; the code does. */
  private static Fingerprint withoutCommit(Run run) {
    return run.fingerprint().without(Facet.SOURCE);
  }

  private static String asFarAsCaptured(FingerprintDiff diff) {
    if (diff.certainlyEqual()) {
      return "";
    }
    List<String> lost = diff.unknown().stream()
        .map(change -> change.facet().label() + " " + change.path())
        .limit(3)
        .toList();
    return " as far as they were captured (not captured: " + String.join(", ", lost) + ")";
  }

  private static String equal(int records, String place) {
    return records == 1
        ? "The record " + place + " is equal"
        : "The " + Words.number(records) + " records " + place + " are equal";
  }

  private static String indented(String block) {
    return "  " + block.replace("\n", "\n  ");
  }
}
