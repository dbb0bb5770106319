package dev.stet.bench.verdict;

import dev.stet.bench.TwoSamples;
import dev.stet.replication.Baseline;
import dev.stet.replication.Evidence;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Sample;
import dev.stet.replication.Verdict;
import dev.stet.statistics.HodgesLehmann;
import dev.stet.statistics.Interval;
import dev.stet.statistics.Welch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** The two witnesses alone, and a whole comparison with its evidence, projection and reason. */
public class VerdictBenchmark extends TwoSamples {
  private static final Margin MARGIN = Margin.absolute(1);

  /** So wide that every verdict is replicated, and no guard is left out. */
  private static final Margin WIDE = Margin.absolute(3).collapsedAt(-100);

  private Sample fresh = Sample.of(0);
  private Baseline baseline = Baseline.of(fresh);

  @Override
  @Setup
  public void draw() {
    super.draw();
    Metric metric = Metric.of("score").higherIsBetter();
    fresh = Sample.of(now).withMetric(metric);
    baseline = Baseline.of(Sample.of(before).withMetric(metric));
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

  /**
   * A comparison that every guard is asked about.
   *
   * @return the verdict
   */
  @Benchmark
  public Verdict guarded() {
    return baseline.compare(fresh, WIDE);
  }

  /**
   * Both p-values of a comparison.
   *
   * @param hole takes them
   */
  @Benchmark
  public void pValues(Blackhole hole) {
    Evidence evidence = compare().evidence();
    hole.consume(evidence.differencePValue());
    hole.consume(evidence.equivalencePValue());
  }
}
