package dev.stet.replication;

import java.util.Optional;

record DiffersVerdict(Evidence evidence, Optional<Verdict> anchor, String reason)
    implements Differs {
  @Override
  public String toString() {
    return new VerdictText(this).line();
  }
}
