package dev.stet;

import dev.stet.fork.JvmChange;
import dev.stet.seeds.Seed;
import java.util.Optional;

/** Runs each trial in a JVM that nothing has run in before, and nothing will after. */
final class FreshJvms<C> implements Runner<C> {
  private final JvmChange change;

  private FreshJvms(JvmChange change) {
    this.change = change;
  }

  /** In JVMs that are like this one but in what is said. */
  static <C> FreshJvms<C> of(JvmChange change) {
    return new FreshJvms<>(change);
  }

  @Override
  public Run run(Execution<C> execution, Seed seed, Beginning beginning)
      throws InterruptedException {
    try (ForkRunner<C> one = ForkRunner.of(execution, Optional.empty(), change)) {
      return one.run(execution, seed, beginning);
    }
  }

  @Override
  public void close() {}
}
