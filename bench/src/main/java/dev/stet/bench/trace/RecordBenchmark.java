package dev.stet.bench.trace;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One record on the owner's thread, uncontended: an invocation fills a new recorder with 100,000 records, so
 * chunks and their growth are part of the time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgs = "-Xmx1g")
public class RecordBenchmark {
  private static final int RECORDS = 100_000;

  /** How many streams each record carries. */
  @Param({"0", "1", "4"})
  public int streams;

  private RandomStream[] opened = {};

  /** Opens the streams. */
  @Setup(Level.Trial)
  public void open() {
    opened = new RandomStream[streams];
    for (int i = 0; i < streams; i++) {
      opened[i] = Seed.of(i).stream();
    }
  }

  private Recorder recorder() {
    Recorder recorder = Recorder.of();
    for (int i = 0; i < streams; i++) {
      recorder.stream("s" + i, opened[i]);
    }
    return recorder;
  }

  private void draw(int i) {
    if (streams > 0) {
      opened[i & (streams - 1)].nextLong();
    }
  }

  /**
   * One metric.
   *
   * @return the recorder, so that nothing is left out
   */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Recorder oneMetric() {
    Recorder recorder = recorder();
    for (int i = 0; i < RECORDS; i++) {
      draw(i);
      recorder.record("loss", i * 0.5);
    }
    return recorder;
  }

  /**
   * Two metrics in turn.
   *
   * @return the recorder, so that nothing is left out
   */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Recorder twoMetrics() {
    Recorder recorder = recorder();
    for (int i = 0; i < RECORDS; i += 2) {
      draw(i);
      recorder.record("loss", i * 0.5);
      recorder.record("accuracy", i * 0.25);
    }
    return recorder;
  }

  /**
   * An empty run: what a study pays for each trial.
   *
   * @return the size of the trace, in records
   */
  @Benchmark
  public long emptyRun() {
    return recorder().end().size();
  }
}
