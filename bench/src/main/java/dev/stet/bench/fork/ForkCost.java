package dev.stet.bench.fork;

import dev.stet.Experiment;
import dev.stet.Study;
import dev.stet.StudyPlan;
import dev.stet.Trial;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures what a forked trial costs beyond the trial: studies of trials that do next to nothing, of one trial and of
 * many, in one forked JVM and on one thread. The difference of two lengths is the cost of warm trials; a study of one
 * trial is the start of a JVM with all that a first trial needs.
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests
 * java -cp bench/target/benchmarks.jar dev.stet.bench.fork.ForkCost [trials] [records in each] [rounds]
 * }</pre>
 */
public final class ForkCost {
  private ForkCost() {}

  /** The config: how much a trial records. */
  record Config(int records) {}

  private static final Experiment<Config> EXPERIMENT =
      Experiment.of("next to nothing", Config.class, ForkCost::run);

  private static void run(Config config, Trial trial) {
    for (int i = 0; i < config.records(); i++) {
      trial.record("value", i * 0.5);
    }
  }

  /**
   * Runs the measurement and prints medians and the least of the rounds, in milliseconds.
   *
   * @param arguments the number of trials (2000), of records in each (10), and of rounds (5)
   */
  public static void main(String[] arguments) {
    int trials = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    StudyPlan<Config> plan = EXPERIMENT.study(new Config(records));
    plan.seeds(Seed.of(1), trials).run();
    double[] start = new double[rounds];
    double[] forked = new double[rounds];
    double[] threaded = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      start[round] = millis(plan.seeds(Seed.of(1), 1).forks(1));
      forked[round] = (millis(plan.seeds(Seed.of(1), trials + 1).forks(1)) - start[round]) / trials;
      threaded[round] = millis(plan.seeds(Seed.of(1), trials)) / trials;
    }
    print("start of a JVM and its first trial", start);
    print("a further forked trial, mean of " + trials, forked);
    print("the same trial on a thread", threaded);
  }

  private static double millis(StudyPlan<Config> plan) {
    long before = System.nanoTime();
    Study study = plan.run();
    double millis = (System.nanoTime() - before) / 1e6;
    if (!study.failed().isEmpty()) {
      throw new IllegalStateException(study.failed().get(0).toString());
    }
    return millis;
  }

  private static void print(String what, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-40s %9.3f ms, least %9.3f ms%n",
        what,
        sorted[sorted.length / 2],
        sorted[0]);
  }
}
