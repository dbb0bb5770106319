package dev.stet.bench.statistics.ranks;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.statistics.Alternative;
import dev.stet.statistics.BrunnerMunzel;
import dev.stet.statistics.HodgesLehmann;
import dev.stet.statistics.Interval;
import dev.stet.statistics.MeanPermutation;
import dev.stet.statistics.StudentisedPermutation;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Exact and random tests of two samples of one distribution, from bare arrays to the answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TestBenchmark {
  private static final Seed SEED = Seed.of(1);

  private final double[] x50 = gaussians("x", 50);
  private final double[] y50 = gaussians("y", 50);
  private final double[] tiedX50 = rounded(x50);
  private final double[] tiedY50 = rounded(y50);
  private final double[] x20 = gaussians("x", 20);
  private final double[] y20 = gaussians("y", 20);
  private final double[] large = gaussians("x", 100_000);
  private final double[] otherLarge = gaussians("y", 100_000);

  private static double[] gaussians(String name, int n) {
    RandomStream random = SEED.child(name).stream();
    double[] values = new double[n];
    random.fillGaussian(values);
    return values;
  }

  private static double[] rounded(double[] values) {
    return Arrays.stream(values).map(value -> Math.rint(4 * value) / 4).toArray();
  }

  /**
   * Mann-Whitney, exact, without ties.
   *
   * @return the p-value
   */
  @Benchmark
  public double mannWhitney50() {
    return HodgesLehmann.of(x50, y50).pValue(0, Alternative.TWO_SIDED);
  }

  /**
   * Mann-Whitney, exact and conditional, with about twenty different values.
   *
   * @return the p-value
   */
  @Benchmark
  public double mannWhitneyTied50() {
    return HodgesLehmann.of(tiedX50, tiedY50).pValue(0, Alternative.TWO_SIDED);
  }

  /**
   * All 1.4e11 arrangements of 20 against 20.
   *
   * @return the p-value
   */
  @Benchmark
  public double meanPermutation20() {
    return MeanPermutation.of(x20, y20).pValue(0, Alternative.TWO_SIDED);
  }

  /**
   * The interval and the p-value by ranks of 100,000 against 100,000.
   *
   * @param hole takes both
   */
  @Benchmark
  public void hodgesLehmann100000(Blackhole hole) {
    HodgesLehmann shift = HodgesLehmann.of(large, otherLarge);
    hole.consume(shift.interval(0.95));
    hole.consume(shift.pValue(0, Alternative.TWO_SIDED));
  }

  /**
   * The inverted studentised permutation test of 20 against 20.
   *
   * @return the interval
   */
  @Benchmark
  public Interval studentised20() {
    return StudentisedPermutation.of(x20, y20, 0.2, SEED).interval(0.95);
  }

  /**
   * The probability of improvement by permutation, 20 against 20.
   *
   * @return the interval
   */
  @Benchmark
  public Interval brunnerMunzel20() {
    return BrunnerMunzel.of(x20, y20).permutation(SEED).interval(0.95);
  }
}
