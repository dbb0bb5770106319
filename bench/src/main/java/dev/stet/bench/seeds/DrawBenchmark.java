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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One draw of each kind, in loops of a thousand as a training loop makes them. Targets, as ratios within one run: nextLong, nextDouble and nextInt(100) of a stream at
 * most 1.2 times SplittableRandom; nextGaussian below the JDK's and at most 1.2 times Commons RNG's ziggurat.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DrawBenchmark {
  private static final int DRAWS = 1000;

  private final RandomStream stream = Seed.of(42).stream();
  private final double[] filled = new double[DRAWS];
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
  @OperationsPerInvocation(DRAWS)
  public long longOfStream() {
    long sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += stream.nextLong();
    }
    return sum;
  }

  /** Each number handed away, so that the state passes through memory between two draws. */
  @Benchmark
  public long singleLongOfStream() {
    return stream.nextLong();
  }

  @Benchmark
  public long singleLongOfSplittable() {
    return splittable.nextLong();
  }

  @Benchmark
  public double singleDoubleOfStream() {
    return stream.nextDouble();
  }

  @Benchmark
  public double singleDoubleOfSplittable() {
    return splittable.nextDouble();
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public long longOfAddressable() {
    long sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += addressable.nextLong();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public long longOfSplittable() {
    long sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += splittable.nextLong();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public double doubleOfStream() {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += stream.nextDouble();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public double doubleOfSplittable() {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += splittable.nextDouble();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public int intOfStream() {
    int sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += stream.nextInt(100);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public int intOfSplittable() {
    int sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += splittable.nextInt(100);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public double gaussianOfStream() {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += stream.nextGaussian();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public double[] gaussianFilled() {
    stream.fillGaussian(filled);
    return filled;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public double[] gaussianSingleIntoArray() {
    for (int i = 0; i < DRAWS; i++) {
      filled[i] = stream.nextGaussian();
    }
    return filled;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public double gaussianOfAddressable() {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += addressable.nextGaussian();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public double gaussianOfSplittable() {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += splittable.nextGaussian();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(DRAWS)
  public double gaussianOfCommons() {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += ziggurat.sample();
    }
    return sum;
  }
}
