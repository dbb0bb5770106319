package dev.stet;

import dev.stet.fork.JvmChange;
import dev.stet.seeds.Seed;
import java.time.Duration;
import java.util.Optional;

/** Runs each trial in a JVM that nothing has run in before, and nothing will after. */
final class FreshJvms<C> implements Runner<C> {
  private final JvmChange change;
  private final Optional<Duration> limit;

  private FreshJvms(JvmChange change, Optional<Duration> limit) {
    this.change = change;
    this.limit = limit;
  }

  /** In JVMs that are like this one but in what is said, each trial for a limited time. */
  static <C> FreshJvms<C> of(JvmChange change, Optional<Duration> limit) {
    return new FreshJvms<>(change, limit);
  }

  @Override
  public Run run(Execution<C> execution, Seed seed, Beginning beginning)
      throws InterruptedException {
    try (ForkRunner<C> one = ForkRunner.of(execution, limit, change)) {
      return one.run(execution, seed, beginning);
    }
  }

  @Override
  public void close() {}
}
