package dev.stet.bench.calibration;

import dev.stet.replication.Baseline;
import dev.stet.replication.Differs;
import dev.stet.replication.Margin;
import dev.stet.replication.Replicated;
import dev.stet.replication.Sample;
import dev.stet.replication.Sequential;
import dev.stet.replication.Stopping;
import dev.stet.replication.Verdict;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What stopping early saves and costs, against a study of the same most runs that is looked at once: the verdicts as
 * they ship, over normal metrics. Prints a table.
 *
 * <p>Arguments: replicates a cell (2000), baseline runs (20), most fresh runs (20), and, if wanted, the looks.
 */
public final class StoppingCalibration {
  private static final double[][] CELLS = {{1, 0}, {1.4, 0}, {1, 1}, {1, 2}, {1, 3}};

  private final int replicates;
  private final int m;
  private final Stopping stopping;

  private StoppingCalibration(int replicates, int m, Stopping stopping) {
    this.replicates = replicates;
    this.m = m;
    this.stopping = stopping;
  }

  /**
   * Prints the table.
   *
   * @param arguments replicates, baseline runs, most fresh runs, looks
   */
  public static void main(String[] arguments) {
    int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    int replicates = numbers.length > 0 ? numbers[0] : 2000;
    int m = numbers.length > 1 ? numbers[1] : 20;
    int max = numbers.length > 2 ? numbers[2] : 20;
    Stopping stopping = numbers.length > 3
        ? Stopping.at(Arrays.copyOfRange(numbers, 3, numbers.length))
        : Stopping.upTo(max);
    System.out.println(new StoppingCalibration(replicates, m, stopping).table());
  }

  private String table() {
    StringBuilder table = new StringBuilder("Baseline " + m + ", " + stopping + ", " + replicates
        + " replicates a row.\n\n"
        + "| margin | true shift | replicated, fixed | until decided | differs, fixed | until decided |"
        + " mean seeds | share |\n"
        + "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (double[] cell : CELLS) {
      double[] rates = rates(cell[0], cell[1]);
      table.append(String.format(
          Locale.ROOT,
          "| %.1f | %.1f | %.3f | %.3f | %.3f | %.3f | %.1f | %.0f %% |%n",
          cell[0],
          cell[1],
          rates[0],
          rates[1],
          rates[2],
          rates[3],
          rates[4],
          100 * rates[4] / stopping.max()));
    }
    return table.toString();
  }

  /** Of replicated and differs, each fixed and until decided; and the mean number of seeds. */
  private double[] rates(double margin, double shift) {
    double[] sums = IntStream.range(0, replicates)
        .parallel()
        .mapToObj(i -> replicate(margin, shift, Seed.of(20261125).child(i)))
        .reduce(new double[5], StoppingCalibration::sum);
    return Arrays.stream(sums).map(sum -> sum / replicates).toArray();
  }

  private static double[] sum(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
  }

  private double[] replicate(double margin, double shift, Seed seed) {
    RandomStream random = seed.stream();
    Baseline baseline = Baseline.of(Sample.of(normal(random, m, 0)));
    double[] fresh = normal(random, stopping.max(), shift);
    Margin declared = Margin.absolute(margin);
    Verdict fixed = baseline.compare(Sample.of(fresh), declared);
    Sequential state = baseline.untilDecided(declared, stopping);
    int seeds = 0;
    while (!state.isOver()) {
      seeds = state.nextLook();
      state = state.look(Sample.of(Arrays.copyOf(fresh, seeds)));
    }
    Verdict stopped = state.verdict().orElseThrow();
    return new double[] {
      fixed instanceof Replicated ? 1 : 0,
      stopped instanceof Replicated ? 1 : 0,
      fixed instanceof Differs ? 1 : 0,
      stopped instanceof Differs ? 1 : 0,
      seeds
    };
  }

  private static double[] normal(RandomStream random, int n, double mean) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> mean + random.nextGaussian());
    return values;
  }
}
