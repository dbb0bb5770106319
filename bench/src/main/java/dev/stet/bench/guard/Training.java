package dev.stet.bench.guard;

import dev.stet.Experiment;
import dev.stet.seeds.Seed;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures what the guard adds to the training of the digits example: its experiment is run again and again, as it is and
 * in the guarded class loader, in JVMs that take turns.
 *
 * <pre>{@code
 * mvn -q -pl bench,examples -am package -DskipTests
 * java -cp bench/target/benchmarks.jar dev.stet.bench.guard.Training examples [pairs of JVMs]
 * }</pre>
 */
public final class Training {
  private static final String CLASSES = "target/classes";
  private static final int RUNS = 100;

  private Training() {}

  /**
   * Runs the measurement and prints medians.
   *
   * @param arguments the folder of the examples, with their data; the number of pairs (7)
   * @throws Exception when a JVM cannot be started
   */
  public static void main(String... arguments) throws Exception {
    if (arguments.length == 0) {
      throw new IllegalArgumentException(
          "give the folder of the examples: Training examples [pairs of JVMs]");
    }
    if (arguments[0].equals("--runs")) {
      runs();
      return;
    }
    Path examples = Path.of(arguments[0]).toAbsolutePath();
    int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    double[] plain = new double[pairs];
    double[] guarded = new double[pairs];
    double[] ratios = new double[pairs];
    String own = Training.class.getName();
    for (int pair = 0; pair < pairs; pair++) {
      plain[pair] = last(ChildJvm.runIn(examples, CLASSES, List.of(), own, "--runs"));
      guarded[pair] = last(ChildJvm.runIn(
          examples, CLASSES, List.of(), "dev.stet.guard.GuardLauncher", own, "--runs"));
      ratios[pair] = guarded[pair] / plain[pair];
    }
    System.out.printf(
        Locale.ROOT,
        "one training: %.2f ms plain, %.2f ms guarded; median of the ratios of pairs %.4f, least %.4f%n",
        Median.of(plain).median(),
        Median.of(guarded).median(),
        Median.of(ratios).median(),
        Median.of(ratios).least());
  }

  private static double last(ChildJvm child) {
    return Double.parseDouble(child.lines().get(child.lines().size() - 1));
  }

  /** Trains, and prints the least time in milliseconds: what other programs of the machine add is no part of it. */
  private static void runs() throws ReflectiveOperationException {
    Class<?> example = Class.forName("dev.stet.examples.Example01Digits");
    Experiment<?> experiment = (Experiment<?>) field(example, "DIGITS");
    double[] millis = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long before = System.nanoTime();
      run(experiment, field(example, "CONFIG"), i);
      millis[i] = (System.nanoTime() - before) / 1e6;
    }
    System.out.println(Median.of(millis).least());
  }

  @SuppressWarnings("unchecked") // the config of the experiment beside it
  private static <C> void run(Experiment<C> experiment, Object config, long seed) {
    experiment.run((C) config, Seed.of(seed));
  }

  /** The example shows its experiment to nobody else. */
  private static Object field(Class<?> example, String name) throws ReflectiveOperationException {
    Field field = example.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }
}
