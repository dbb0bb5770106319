package dev.stet.bench.resampling;

import dev.stet.seeds.Seed;
import dev.stet.statistics.BrownForsythe;
import dev.stet.statistics.EnergyDistance;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The tests that guard a verdict, with 9,999 drawn arrangements where they draw. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GuardBenchmark {
  private static final Seed SEED = Seed.of(1);

  /** Values on each side. */
  @Param({"20", "50"})
  public int n;

  private double[] before = {};
  private double[] now = {};

  /** Draws both sides from one distribution. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    before = new double[n];
    now = new double[n];
    Arrays.setAll(before, i -> random.nextGaussian());
    Arrays.setAll(now, i -> random.nextGaussian());
  }

  /**
   * The permutation test of the energy distance.
   *
   * @return the p-value
   */
  @Benchmark
  public double energy() {
    return EnergyDistance.of(now, before).pValue(SEED);
  }

  /**
   * The same within pairs.
   *
   * @return the p-value
   */
  @Benchmark
  public double energyPaired() {
    return EnergyDistance.of(now, before).pairedPValue(SEED);
  }

  /**
   * The Brown-Forsythe test.
   *
   * @return the p-value
   */
  @Benchmark
  public double spread() {
    return BrownForsythe.of(now, before).pValue();
  }

  /**
   * The same within pairs.
   *
   * @return the p-value
   */
  @Benchmark
  public double spreadPaired() {
    return BrownForsythe.of(now, before).pairedPValue(SEED);
  }

  /**
   * The smallest ratio of spreads that would be found.
   *
   * @return the ratio
   */
  @Benchmark
  public double detectableRatio() {
    return BrownForsythe.detectableRatio(n, n);
  }
}
