package dev.stet.bench.verdict;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Sample;
import dev.stet.replication.Verdict;
import dev.stet.statistics.HodgesLehmann;
import dev.stet.statistics.Interval;
import dev.stet.statistics.Welch;
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
import org.openjdk.jmh.infra.Blackhole;

/** The two witnesses alone, and a whole comparison with its evidence, projection and reason. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VerdictBenchmark {
  private static final Margin MARGIN = Margin.absolute(1);

  /** Runs on each side. */
  @Param({"20", "50"})
  public int n;

  private double[] before = {};
  private double[] now = {};
  private Sample fresh = Sample.of(0);
  private Baseline baseline = Baseline.of(fresh);

  /** Draws both sides from one distribution. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    before = new double[n];
    now = new double[n];
    Arrays.setAll(before, i -> random.nextGaussian());
    Arrays.setAll(now, i -> random.nextGaussian());
    fresh = Sample.of(now);
    baseline = Baseline.of(Sample.of(before));
  }

  /**
   * Both witnesses with both their intervals.
   *
   * @param hole takes the intervals
   */
  @Benchmark
  public void core(Blackhole hole) {
    HodgesLehmann ranks = HodgesLehmann.of(now, before);
    Welch means = Welch.of(now, before);
    hole.consume(ranks.estimate());
    for (double level : new double[] {0.90, 0.95}) {
      Interval byRanks = ranks.interval(level);
      hole.consume(byRanks);
      hole.consume(means.interval(level));
    }
  }

  /**
   * A comparison as the front door asks for it.
   *
   * @return the verdict
   */
  @Benchmark
  public Verdict compare() {
    return baseline.compare(fresh, MARGIN);
  }
}
