package dev.stet;

import dev.stet.seeds.Seed;

/** Where the trials of a study run: on the thread that asks, or each in another JVM. Safe for use by several threads. */
interface Runner<C> extends AutoCloseable {
  /**
   * Runs one trial and waits for it, however it ends.
   *
   * @throws RuntimeException for what goes wrong outside the body, such as data that is not there
   * @throws InterruptedException if this thread is interrupted and the run has no end of its own
   */
  Run run(Execution<C> execution, Seed seed, Beginning beginning) throws InterruptedException;

  @Override
  void close();

  /** On the thread that asks. */
  static <C> Runner<C> onThreads() {
    return new Runner<>() {
      @Override
      public Run run(Execution<C> execution, Seed seed, Beginning beginning) {
        return execution.run(seed, beginning);
      }

      @Override
      public void close() {}
    };
  }
}
