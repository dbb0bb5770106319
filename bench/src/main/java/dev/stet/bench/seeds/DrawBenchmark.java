package dev.stet.bench.seeds;

import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One draw of each kind. Targets, as ratios within one run: nextLong, nextDouble and nextInt(100) of a stream at
 * most 1.2 times SplittableRandom; nextGaussian below the JDK's and at most 1.2 times Commons RNG's ziggurat.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DrawBenchmark {
  private final RandomStream stream = Seed.of(42).stream();
  private final AddressableStream addressable = Seed.of(42).addressable();
  private final SplittableRandom splittable = new SplittableRandom(42);
  private final UniformRandomProvider commons = RandomSource.XO_SHI_RO_256_PP.create(42L);
  private final SharedStateContinuousSampler ziggurat =
      ZigguratSampler.NormalizedGaussian.of(commons);

  /** Runs both kinds of stream first, so that no call is faster because the other kind was never loaded. */
  public DrawBenchmark() {
    for (int i = 0; i < 20_000; i++) {
      stream.nextGaussian(addressable.nextGaussian(), 1);
      stream.nextInt(1 + addressable.nextInt(100));
    }
  }

  @Benchmark
  public long longOfStream() {
    return stream.nextLong();
  }

  @Benchmark
  public long longOfAddressable() {
    return addressable.nextLong();
  }

  @Benchmark
  public long longOfSplittable() {
    return splittable.nextLong();
  }

  @Benchmark
  public double doubleOfStream() {
    return stream.nextDouble();
  }

  @Benchmark
  public double doubleOfSplittable() {
    return splittable.nextDouble();
  }

  @Benchmark
  public int intOfStream() {
    return stream.nextInt(100);
  }

  @Benchmark
  public int intOfSplittable() {
    return splittable.nextInt(100);
  }

  @Benchmark
  public double gaussianOfStream() {
    return stream.nextGaussian();
  }

  @Benchmark
  public double gaussianOfAddressable() {
    return addressable.nextGaussian();
  }

  @Benchmark
  public double gaussianOfSplittable() {
    return splittable.nextGaussian();
  }

  @Benchmark
  public double gaussianOfCommons() {
    return ziggurat.sample();
  }
}
