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
}
