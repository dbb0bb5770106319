package dev.stet.bench.ledger;

import dev.stet.Experiment;
import dev.stet.Trial;
import dev.stet.ledger.Ledger;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures what a ledger adds to a trial of 100 ms on one thread. The body ends when its time is up, so that the rest of
 * what a run takes is Stet's; runs with and without a ledger take turns.
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests
 * java -cp bench/target/benchmarks.jar dev.stet.bench.ledger.LedgerOverhead [directory] [trials]
 * }</pre>
 */
public final class LedgerOverhead {
  private static final Experiment<Config> EXPERIMENT =
      Experiment.of("a tenth of a second", Config.class, LedgerOverhead::run);

  private LedgerOverhead() {}

  /** The config: how much a trial records, and how long it takes. */
  record Config(int records, long nanos) {}

  private static final Config SHORT = new Config(100, 0);
  private static final Config LONG = new Config(100, 100_000_000);

  private static void run(Config config, Trial trial) {
    long begin = System.nanoTime();
    for (int i = 0; i < config.records(); i++) {
      trial.record("loss", 1.0 / (i + 1));
    }
    while (System.nanoTime() - begin < config.nanos()) {
      Thread.onSpinWait();
    }
  }

  /**
   * Runs the measurement and prints medians.
   *
   * @param arguments where to write (a temporary directory), trials of each kind (100)
   * @throws IOException when a file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path parent =
        Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.io.tmpdir"));
    int trials = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    try (Ledger ledger = Ledger.open(Files.createTempDirectory(parent, "stet-bench"))) {
      Experiment<Config> kept = EXPERIMENT.ledger(ledger);
      double[] without = new double[trials];
      double[] with = new double[trials];
      for (int i = 0; i < 2000; i++) {
        millis(EXPERIMENT, SHORT, i);
        millis(kept, SHORT, i);
      }
      for (int i = 0; i < trials; i++) {
        without[i] = millis(EXPERIMENT, LONG, i);
        with[i] = millis(kept, LONG, i);
      }
      double added = median(with) - median(without);
      System.out.printf(
          Locale.ROOT,
          "a run of 100 ms: %.2f ms without a ledger, %.2f ms with one; %.2f ms more, %.2f %%%n",
          median(without),
          median(with),
          added,
          100 * added / median(without));
    }
  }

  private static double millis(Experiment<Config> experiment, Config config, long seed) {
    long before = System.nanoTime();
    experiment.run(config, Seed.of(seed));
    return (System.nanoTime() - before) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
