package dev.stet.bench.resampling;

import dev.stet.bench.TwoSamples;
import dev.stet.seeds.Seed;
import dev.stet.statistics.BrownForsythe;
import dev.stet.statistics.EnergyDistance;
import org.openjdk.jmh.annotations.Benchmark;

/** The tests that guard a verdict, with 9,999 drawn arrangements where they draw. */
public class GuardBenchmark extends TwoSamples {
  private static final Seed SEED = Seed.of(1);

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
