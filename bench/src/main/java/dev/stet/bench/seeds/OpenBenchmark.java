package dev.stet.bench.seeds;

import dev.stet.seeds.Seed;
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

/** Opening a stream by name, first number included. Target: at most 400 ns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OpenBenchmark {
  private final Seed seed = Seed.of(42);
  private String name = "weights";
  private long index;

  @Benchmark
  public double openByName() {
    return seed.child(name).stream().nextDouble();
  }

  @Benchmark
  public double openByIndex() {
    return seed.child(index++).stream().nextDouble();
  }

  @Benchmark
  public double openAddressableByName() {
    return seed.child(name).addressable().nextDouble();
  }
}
