package dev.stet.replication;

import java.util.Optional;

record InconclusiveVerdict(
    Evidence evidence, Optional<Verdict> anchor, Cause cause, Remedy remedy, String reason)
    implements Inconclusive {
  @Override
  public String toString() {
    return new VerdictText(this).line();
  }
}
