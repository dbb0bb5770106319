package dev.stet.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** Two samples of one distribution, and how their comparison is timed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class TwoSamples {
  /** Values on each side. */
  @Param({"20", "50"})
  public int n;

  /** One side. */
  protected double[] before = {};

  /** The other. */
  protected double[] now = {};

  /** Draws both sides. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    before = new double[n];
    now = new double[n];
    Arrays.setAll(before, i -> random.nextGaussian());
    Arrays.setAll(now, i -> random.nextGaussian());
  }
}
