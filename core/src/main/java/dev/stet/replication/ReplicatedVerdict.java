package dev.stet.replication;

import java.util.Optional;

record ReplicatedVerdict(Evidence evidence, Optional<Verdict> anchor, String reason)
    implements Replicated {
  @Override
  public String toString() {
    return new VerdictText(this).line();
  }
}
