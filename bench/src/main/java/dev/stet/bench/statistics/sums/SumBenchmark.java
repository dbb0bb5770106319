package dev.stet.bench.statistics.sums;

import dev.stet.seeds.Seed;
import dev.stet.statistics.ExactSum;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a value: 10,000 gaussians, and the mean of 20 results of a study whole. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SumBenchmark {
  private static final int N = 10_000;

  private final double[] values = new double[N];
  private double[] few = new double[0];

  /** Draws the values. */
  @Setup
  public void draw() {
    Seed.of(20261125).stream().fillGaussian(values);
    few = Arrays.copyOf(values, 20);
  }

  /**
   * Rounds after each addition.
   *
   * @return a sum
   */
  @Benchmark
  @OperationsPerInvocation(N)
  public double plainLoop() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /**
   * Compensates by Kahan's method.
   *
   * @return a sum
   */
  @Benchmark
  @OperationsPerInvocation(N)
  public double doubleStream() {
    return Arrays.stream(values).sum();
  }

  /**
   * Rounds once.
   *
   * @return the sum
   */
  @Benchmark
  @OperationsPerInvocation(N)
  public double exactSum() {
    return ExactSum.of(values).sum();
  }

  /**
   * Rounds once, over a stream.
   *
   * @return the sum
   */
  @Benchmark
  @OperationsPerInvocation(N)
  public double exactSumOfStream() {
    return ExactSum.of(Arrays.stream(values)).sum();
  }

  /**
   * Is exact in decimals.
   *
   * @return the sum
   */
  @Benchmark
  @OperationsPerInvocation(N)
  public double bigDecimal() {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.doubleValue();
  }

  /**
   * Adds, carries and divides: a whole mean of 20.
   *
   * @return the mean
   */
  @Benchmark
  public double exactMeanOfTwenty() {
    return ExactSum.of(few).mean();
  }
}
