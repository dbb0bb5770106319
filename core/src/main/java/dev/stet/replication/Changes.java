package dev.stet.replication;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.FingerprintDiff;
import java.util.Optional;

/** What differs between the fingerprints of two samples, in words. */
final class Changes {
  private Changes() {}

  /** Empty if nothing differs or one of them has no fingerprint. */
  static String between(Sample first, Sample second) {
    Optional<Fingerprint> before = first.fingerprint();
    Optional<Fingerprint> now = second.fingerprint();
    if (before.isEmpty() || now.isEmpty()) {
      return "";
    }
    // The commit changes with every commit; whether it touched what the runs execute is told by the
    // code.
    FingerprintDiff diff = before.get().without(Facet.SOURCE).diff(now.get().without(Facet.SOURCE));
    return diff.isEmpty() ? "" : diff.summary();
  }

  /** What is not the same in all runs of either side, in sentences; empty if nothing is, as far as is known. */
  static String within(Question.Names names, Sample first, Sample second) {
    boolean frozen = names.isBaseline();
    String before = sentence(frozen ? "the baseline" : names.first(), first);
    String now = sentence(names.second(), second);
    return before.isEmpty() || now.isEmpty() ? before + now : before + " " + now;
  }

  private static String sentence(String side, Sample sample) {
    String varied = sample.fingerprint().map(Fingerprint::varied).orElse("");
    return varied.isEmpty()
        ? ""
        : "The runs of " + side + " differ among themselves in: " + varied + ".";
  }
}
