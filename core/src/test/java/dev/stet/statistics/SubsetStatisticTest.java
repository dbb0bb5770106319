package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubsetStatisticTest {
  private static double least(double[] sorted) {
    return sorted[0];
  }

  private static double[] uniform(int n, Seed seed) {
    double[] values = new double[n];
    seed.stream().fill(values);
    return values;
  }

  @Test
  void takesEverySubsetOfASmallSample() {
    double[] values = uniform(50, Seed.of(1));
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    // C(45, 5) of C(50, 5) subsets would be too many: three at a time.
    SubsetStatistic least = SubsetStatistic.of(values, 3, SubsetStatisticTest::least, Seed.of(1));
    double above = 45 * 44 * 43 / (50.0 * 49 * 48);
    assertThat(least.below(sorted[5])).isCloseTo(1 - above, within(1e-12));
    assertThat(least.groups()).isEqualTo(16);
    assertThat(least.smallestAssured(0.95)).isCloseTo(1 - Math.pow(0.05, 1 / 16.0), within(1e-12));
  }

  @Test
  void drawsSubsetsOfALargeOneFromItsSeedAlone() {
    double[] values = uniform(50, Seed.of(1));
    double[] turned = IntStream.range(0, 50).mapToDouble(i -> values[49 - i]).toArray();
    SubsetStatistic one = SubsetStatistic.of(values, 5, SubsetStatisticTest::least, Seed.of(1));
    SubsetStatistic other = SubsetStatistic.of(turned, 5, SubsetStatisticTest::least, Seed.of(1));
    assertThat(one.below(0.1)).isEqualTo(other.below(0.1));
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double above = 45.0 / 50 * 44 / 49 * 43 / 48 * 42 / 47 * 41 / 46;
    // 100,000 draws: an error of .0016.
    assertThat(one.below(sorted[5])).isCloseTo(1 - above, within(0.008));
    assertThat(one.smallestAssured(0.95)).isGreaterThan(1 - Math.pow(0.05, 1 / 10.0));
  }

  @Test
  void isTheSameFromManyThreads() {
    double[] values = uniform(50, Seed.of(1));
    List<Double> shares = IntStream.range(0, 8)
        .parallel()
        .mapToObj(i -> SubsetStatistic.of(values, 5, SubsetStatisticTest::least, Seed.of(1))
            .below(0.1))
        .distinct()
        .toList();
    assertThat(shares).hasSize(1);
  }

  /** 400 samples: the interval misses at most 5 % of the time, in truth far less, and never assures what is not so. */
  @Test
  void coversTheTruthAndAssuresNoMoreThanItMay() {
    double truth = 1 - Math.pow(0.9, 3);
    RandomStream seeds = Seed.of(2).stream();
    int missed = 0;
    int wrong = 0;
    for (int i = 0; i < 400; i++) {
      double[] values = uniform(30, Seed.of(seeds.nextLong()));
      SubsetStatistic least = SubsetStatistic.of(values, 3, SubsetStatisticTest::least, Seed.of(1));
      missed += least.interval(0.1, 0.95).contains(truth) ? 0 : 1;
      wrong += 1 - Math.pow(1 - least.assuredThreshold(0.4, 0.95), 3) > 0.4 ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(20);
    assertThat(wrong).isLessThanOrEqualTo(20);
  }

  @Test
  void handlesInfinitiesAndTies() {
    double[] values = {Double.NEGATIVE_INFINITY, 1, 1, 1};
    SubsetStatistic least = SubsetStatistic.of(values, 2, SubsetStatisticTest::least, Seed.of(1));
    assertThat(least.below(1)).isEqualTo(0.5);
    assertThat(least.threshold(0.49)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(least.threshold(0.5)).isEqualTo(1);
    assertThat(least.assuredThreshold(0.01, 0.95)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(least.interval(1, 0.95)).isEqualTo(least.interval(0.5, 0.95));
    assertThat(least.interval(2, 0.95).upper()).isEqualTo(1);
  }

  @Test
  void refusesTooFewValuesAndNaN() {
    assertThatThrownBy(
            () -> SubsetStatistic.of(new double[2], 3, SubsetStatisticTest::least, Seed.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a subset takes at least 1 value and at most all; got 3 of 2.");
    assertThatThrownBy(() -> SubsetStatistic.of(
            new double[] {1, Double.NaN}, 1, SubsetStatisticTest::least, Seed.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
