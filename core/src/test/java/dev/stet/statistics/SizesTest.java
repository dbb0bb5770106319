package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often the tests of counts, and the bound of almost stochastic order, err: simulated with fixed seeds, and for counts
 * also summed over all of them.
 */
@Tag("statistical")
class SizesTest {
  private static final double LEVEL = 0.05;
  private static final int TRIES = 4_000;

  /** Three standard errors of a rate of .05 over 4,000 tries. */
  private static final double SLACK = 0.0104;

  private static RandomStream stream(String name) {
    return Seed.of(20261127).child(name).stream();
  }

  private static int successes(RandomStream stream, int n, double rate) {
    int successes = 0;
    for (int i = 0; i < n; i++) {
      successes += stream.nextDouble() < rate ? 1 : 0;
    }
    return successes;
  }

  @ParameterizedTest
  @EnumSource(Alternative.class)
  void fisherRejectsEqualRatesAtMostAsOftenAsItsLevel(Alternative alternative) {
    RandomStream stream = stream("fisher" + alternative);
    int rejected = 0;
    int found = 0;
    for (int i = 0; i < TRIES; i++) {
      Proportion x = new Proportion(successes(stream, 25, 0.3), 25);
      Proportion y = new Proportion(successes(stream, 40, 0.3), 40);
      rejected += FisherExact.of(x, y).pValue(alternative) <= LEVEL ? 1 : 0;
      double other = alternative == Alternative.GREATER ? 0.02 : 0.8;
      Proportion apart = new Proportion(successes(stream, 40, other), 40);
      found += FisherExact.of(x, apart).pValue(alternative) <= LEVEL ? 1 : 0;
    }
    // Conservative, as counts are few, but not dead.
    assertThat(rejected / (double) TRIES).isBetween(0.01, LEVEL + SLACK);
    assertThat(found / (double) TRIES).isGreaterThan(0.8);
  }

  /** All tables of two groups, whatever their common rate: the size of the test itself, without simulation. */
  @ParameterizedTest
  @CsvSource({"5,5", "8,20", "20,20"})
  void fishersSizeIsAtMostItsLevelAtEveryRate(int n, int m) {
    for (Alternative alternative : Alternative.values()) {
      double[][] p = new double[n + 1][m + 1];
      for (int i = 0; i <= n; i++) {
        for (int j = 0; j <= m; j++) {
          p[i][j] = FisherExact.of(new Proportion(i, n), new Proportion(j, m)).pValue(alternative);
        }
      }
      double largest = 0;
      for (double rate = 0.05; rate < 1; rate += 0.05) {
        BinomialDistribution x = BinomialDistribution.of(n, rate);
        BinomialDistribution y = BinomialDistribution.of(m, rate);
        double size = 0;
        for (int i = 0; i <= n; i++) {
          for (int j = 0; j <= m; j++) {
            size += p[i][j] <= LEVEL ? x.probability(i) * y.probability(j) : 0;
          }
        }
        largest = Math.max(largest, size);
      }
      assertThat(largest).isBetween(0.002, LEVEL);
    }
  }

  @ParameterizedTest
  @EnumSource(Alternative.class)
  void mcNemarRejectsEqualRatesAtMostAsOftenAsItsLevel(Alternative alternative) {
    RandomStream stream = stream("mcnemar" + alternative);
    int rejected = 0;
    int found = 0;
    for (int i = 0; i < TRIES; i++) {
      // Of 60 pairs 30 % differ, at first on either side alike.
      int differing = successes(stream, 60, 0.3);
      int onlyX = successes(stream, differing, 0.5);
      rejected += new McNemar(onlyX, differing - onlyX).pValue(alternative) <= LEVEL ? 1 : 0;
      int more = successes(stream, differing, alternative == Alternative.LESS ? 0.1 : 0.9);
      found += new McNemar(more, differing - more).pValue(alternative) <= LEVEL ? 1 : 0;
    }
    assertThat(rejected / (double) TRIES).isBetween(0.01, LEVEL + SLACK);
    assertThat(found / (double) TRIES).isGreaterThan(0.8);
  }

  @Test
  void mcNemarsSizeIsAtMostItsLevelForEveryNumberOfPairs() {
    for (int n = 1; n <= 60; n++) {
      BinomialDistribution even = BinomialDistribution.of(n, 0.5);
      for (Alternative alternative : Alternative.values()) {
        double size = 0;
        for (int i = 0; i <= n; i++) {
          size += new McNemar(i, n - i).pValue(alternative) <= LEVEL ? even.probability(i) : 0;
        }
        assertThat(size).isLessThanOrEqualTo(LEVEL * (1 + 1e-12));
        if (n >= 6) {
          assertThat(size).isPositive();
        }
      }
    }
  }

  /** The true violation of N(0.5, 1) over N(0, 2): where 0.5 - z is negative, of 0.5² + 1 in all. */
  private static double violation() {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double mean = 0.5;
    double above =
        (1 + mean * mean) * normal.survivalProbability(mean) - mean * normal.density(mean);
    return above / (1 + mean * mean);
  }

  /** Three standard errors of a rate of .05 over 300 tries are .0377; of .11 over 600, .0383. */
  @Test
  void theBoundOfStochasticOrderCoversTheTruthInLargeSamples() {
    double truth = violation();
    double[] large = violations(order -> order.upperBound(0.95, 100, Seed.of(3)), 300, 1_000);
    assertThat(missed(large, truth)).isBetween(0.005, 0.05 + 0.0377);
    // The documented price of a normal bound on a skewed share: twice the level at 100 values.
    double[] small = violations(order -> order.upperBound(0.95, 200, Seed.of(3)), 600, 100);
    assertThat(missed(small, truth)).isCloseTo(0.11, within(0.0383));
    assertThat(violations(StochasticOrder::violation, 1, 20_000)[0]).isCloseTo(truth, within(0.03));
  }

  private static double missed(double[] bounds, double truth) {
    return Arrays.stream(bounds).filter(bound -> bound < truth).count() / (double) bounds.length;
  }

  private static double[] violations(ToDoubleFunction<StochasticOrder> read, int tries, int n) {
    RandomStream stream = stream("order");
    double[] answers = new double[tries];
    for (int i = 0; i < tries; i++) {
      double[] x = new double[n];
      double[] y = new double[n];
      Arrays.setAll(x, j -> 0.5 + stream.nextGaussian());
      Arrays.setAll(y, j -> 2 * stream.nextGaussian());
      answers[i] = read.applyAsDouble(StochasticOrder.of(x, y));
    }
    return answers;
  }
}
