package dev.stet.bench.resampling;

import dev.stet.seeds.Seed;
import dev.stet.statistics.Bootstrap;
import dev.stet.statistics.InterquartileMean;
import dev.stet.statistics.Interval;
import dev.stet.statistics.ProbabilityOfImprovement;
import dev.stet.statistics.StochasticOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bootstraps at the sizes at which other tools were measured. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResamplingBenchmark {
  private static final Seed SEED = Seed.of(1);

  private final double[] fifty = new double[50];
  private final double[] twenty = new double[20];
  private final double[] twentyMore = new double[20];
  private final double[][] x = new double[26][10];
  private final double[][] y = new double[26][10];

  /** Draws the scores. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    for (double[] values : new double[][] {fifty, twenty, twentyMore}) {
      Arrays.setAll(values, i -> random.nextGaussian());
    }
    for (int task = 0; task < x.length; task++) {
      Arrays.setAll(x[task], i -> random.nextGaussian());
      Arrays.setAll(y[task], i -> random.nextGaussian());
    }
  }

  /**
   * BCa interval of the mean of 50 values, 10,000 resamples.
   *
   * @return the interval
   */
  @Benchmark
  public Interval meanBiasCorrected() {
    return Bootstrap.ofMean(fifty, 10_000, SEED).biasCorrected(0.95);
  }

  /**
   * Studentised interval of the mean of 50 values, 10,000 resamples.
   *
   * @return the interval
   */
  @Benchmark
  public Interval meanStudentised() {
    return Bootstrap.ofMean(fifty, 10_000, SEED).studentised(0.95);
  }

  /**
   * Percentile interval of the interquartile mean of 10 runs of 26 tasks, 50,000 resamples.
   *
   * @return the interval
   */
  @Benchmark
  public Interval interquartileMean() {
    return InterquartileMean.of(x).bootstrap(50_000, SEED).percentile(0.95);
  }

  /**
   * Percentile interval of the probability of improvement, 10 runs of 26 tasks a side, 2,000 resamples.
   *
   * @return the interval
   */
  @Benchmark
  public Interval probabilityOfImprovement() {
    return ProbabilityOfImprovement.of(x, y).bootstrap(2_000, SEED).percentile(0.95);
  }

  /**
   * Bound on the violation of the stochastic order, 20 against 20, 1,000 resamples.
   *
   * @return the bound
   */
  @Benchmark
  public double stochasticOrder() {
    return StochasticOrder.of(twenty, twentyMore).upperBound(0.95, 1_000, SEED);
  }
}
