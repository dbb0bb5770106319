package dev.stet;

/**
 * When a study takes the result of a trial from its ledger instead of running it.
 *
 * <pre>{@code
 * DIGITS.study(config).seeds(Seed.of(7), 20).ledger(ledger).run();                    // EQUAL
 * DIGITS.study(config).seeds(Seed.of(7), 20).ledger(ledger, Reuse.EQUAL_RECIPE).run();
 * }</pre>
 *
 * @since 0.1
 */
public enum Reuse {
  /**
   * If recipe (experiment, code, config, seed, data), dependencies, runtime, hardware and settings are those of a completed
   * run, and all of them were captured. An upgraded library or JDK is not the same. The default.
   */
  EQUAL,
  /**
   * If the recipe is that of a completed run and was captured, whatever it ran in. The bits may be others than they would be
   * here; what differed is not told apart any more.
   */
  EQUAL_RECIPE,
  /** Never: every trial runs, and is put on record. */
  NEVER
}
