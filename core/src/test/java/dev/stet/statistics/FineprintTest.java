package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;

/** Single constants, signs and comparisons that the tests of whole methods would not miss if they were others. */
class FineprintTest {
  private static final Seed SEED = Seed.of(17);

  private static double[] gaussian(int n, Seed seed) {
    double[] values = new double[n];
    seed.stream().fillGaussian(values);
    return values;
  }

  @Test
  void eightAgainstEightAreDrawnAndNearTheExactShare() {
    double[] x = gaussian(8, SEED.child(1));
    double[] y = Arrays.stream(gaussian(8, SEED.child(2))).map(v -> v + 0.7).toArray();
    double drawn = EnergyDistance.of(x, y).pValue(SEED);
    // 12,870 arrangements are more than 9,999: so many are drawn, and the data are one more.
    assertThat(drawn * 10_000).isCloseTo(Math.rint(drawn * 10_000), within(1e-9));
    double[] pooled = DoubleStream.concat(Arrays.stream(x), Arrays.stream(y)).toArray();
    double seen = EnergyDistance.of(x, y).distance();
    int reached = 0;
    for (int set = 0; set < 1 << 16; set++) {
      if (Integer.bitCount(set) == 8) {
        int chosen = set;
        double[] one = IntStream.range(0, 16)
            .filter(i -> (chosen >> i & 1) == 1)
            .mapToDouble(i -> pooled[i])
            .toArray();
        double[] other = IntStream.range(0, 16)
            .filter(i -> (chosen >> i & 1) == 0)
            .mapToDouble(i -> pooled[i])
            .toArray();
        reached += EnergyDistance.of(one, other).distance() >= seen - 1e-9 ? 1 : 0;
      }
    }
    double exact = reached / 12_870.0;
    assertThat(drawn).isCloseTo(exact, within(4 * Math.sqrt(exact * (1 - exact) / 9_999)));
  }

  @Test
  void studentisedEndsAreCrosswise() {
    Bootstrap bootstrap = new Bootstrap(
        10,
        new double[] {9, 10, 11},
        new double[][] {{-1, 0, 1}},
        () -> Bootstrap.Pivots.of(2, new double[] {3, -1, 0}));
    // Quartiles of -1, 0, 3 are -0.5 and 1.5.
    assertThat(bootstrap.studentised(0.5)).isEqualTo(new Interval(7, 11, 0.5));
  }

  @Test
  void aConstantLessAnInterquartileMeanMirrorsIt() {
    double[][] skewed = {{0.1, 0.2, 0.3, 0.5, 0.9, 1.5, 2.5, 4, 7, 12}, {0.3, 0.4, 0.9, 2, 6}};
    InterquartileMean mean = InterquartileMean.of(skewed);
    InterquartileMean zero = InterquartileMean.of(new double[][] {{0, 0}, {0, 0}});
    Bootstrap own = mean.bootstrap(500, SEED.child(1));
    Bootstrap mirrored = zero.minus(mean, 500, SEED);
    mirrors(mirrored.percentile(0.9), own.percentile(0.9));
    mirrors(mirrored.biasCorrected(0.9), own.biasCorrected(0.9));
    mirrors(mirrored.studentised(0.9), own.studentised(0.9));
  }

  private static void mirrors(Interval one, Interval other) {
    assertThat(one.lower()).isCloseTo(-other.upper(), within(1e-9));
    assertThat(one.upper()).isCloseTo(-other.lower(), within(1e-9));
  }

  @Test
  void atTheMaximumTheMeanDecides() {
    BoundedMean test = BoundedMean.of(0.95, 0.85, 1e-3, 0.1);
    RandomStream stream = Seed.of(4).stream();
    double highestRejected = 0;
    double lowestAccepted = 1;
    for (int i = 0; i < 400; i++) {
      BoundedMean.Stand stand = test.start();
      double sum = 0;
      while (stand.decision() == Decision.CONTINUE) {
        double value = stream.nextDouble() < 0.905 ? 1 : 0;
        sum += value;
        stand = stand.after(value);
      }
      if (stand.values() == test.maximum() && stand.decision() == Decision.REJECT) {
        highestRejected = Math.max(highestRejected, sum / test.maximum());
      } else if (stand.values() == test.maximum()) {
        lowestAccepted = Math.min(lowestAccepted, sum / test.maximum());
      }
    }
    assertThat(highestRejected).isPositive().isLessThan(lowestAccepted);
    assertThat(lowestAccepted).isLessThan(1);
  }

  @Test
  void equalPairsSayNothingOfTheSpreadWhereverTheMediansAre() {
    // Medians 0 and 5; the pair of 30 would balance the other three.
    BrownForsythe pairs =
        BrownForsythe.of(new double[] {30, 0, 1, -1, -2}, new double[] {30, 5, 7, 2, 1});
    assertThat(pairs.pairedPValue(SEED)).isEqualTo(2 / 8.0);
  }

  @Test
  void wealthIsTheMeanOfBetaDensitiesMultipliedValueByValue() {
    double[][] large = {{1, 2}, {1, 4}, {1, 8}, {1, 16}, {0.5, 1}};
    double[][] all = Stream.of(
            Stream.of(large),
            Stream.of(large).map(bet -> new double[] {bet[1], bet[0]}),
            Stream.of(new double[][] {{0.5, 0.5}, {0.3, 0.3}}))
        .flatMap(bets -> bets)
        .toArray(double[][]::new);
    double[] sample = {1, 2, 2, 5};
    // Above both twos one value; then above three of 1, 2, 2, 2, 5 none, and no ties.
    double p = (1 + 3 * SEED.child(0).stream().nextDouble()) / 5;
    double q = SEED.child(1).stream().nextDouble() / 6;
    for (Alternative alternative : new Alternative[] {Alternative.GREATER, Alternative.TWO_SIDED}) {
      double[][] bets = alternative == Alternative.GREATER ? large : all;
      ConformalAlarm alarm =
          ConformalAlarm.of(sample, alternative, SEED).observe(2).observe(9);
      double expected = Stream.of(bets)
          .mapToDouble(bet -> BetaDistribution.of(bet[0], bet[1]).density(p)
              * BetaDistribution.of(bet[0], bet[1]).density(q))
          .average()
          .orElseThrow();
      assertThat(alarm.wealth()).isCloseTo(expected, within(1e-9 * expected));
      assertThat(alarm.pValue()).isEqualTo(1 / alarm.largest());
    }
  }

  @Test
  void anAlarmIsRaisedOnceTheWealthIsOneOverAlpha() {
    ConformalAlarm alarm = ConformalAlarm.of(new double[20], Alternative.GREATER, SEED);
    for (int i = 0; i < 4; i++) {
      alarm = alarm.observe(1);
    }
    assertThat(alarm.largest()).isGreaterThan(2);
    assertThat(alarm.isRaised(1.000001 / alarm.largest())).isTrue();
    assertThat(alarm.isRaised(0.999999 / alarm.largest())).isFalse();
  }

  @Test
  void informationOfTwoSamplesIsTheInverseOfTheVarianceOfTheirDifference() {
    // 5 and 20 against 20 have 4 and 10: as two and five pairs.
    GroupSequential two = GroupSequential.means(20, new int[] {5, 20}, Spending.SQUARED, 0.05);
    GroupSequential pairs = GroupSequential.pairedMeans(new int[] {2, 5}, Spending.SQUARED, 0.05);
    for (int look = 0; look < 2; look++) {
      assertThat(two.tail(look)).isCloseTo(pairs.tail(look), within(1e-9));
      assertThat(two.spent(look)).isCloseTo(0.05 * Math.pow(look == 0 ? 0.4 : 1, 2), within(1e-12));
    }
    assertThat(
            GroupSequential.means(21, new int[] {5, 20}, Spending.SQUARED, 0.05).tail(0))
        .isNotEqualTo(two.tail(0));
  }

  @Test
  void theLastLookOfSignedRanksHasMostOfTheRate() {
    GroupSequential plan = GroupSequential.signedRanks(new int[] {10, 20}, Spending.SQUARED, 0.05);
    assertThat(plan.tail(1)).isBetween(0.04, 0.05);
  }

  @Test
  void crossedEndsLeaveTheMean() {
    double[] values = new double[60];
    Arrays.fill(values, 0, 30, 1);
    Interval interval = HedgedCapital.of(values).interval(0.05);
    assertThat(interval).isEqualTo(new Interval(0.5, 0.5, 0.05));
  }

  @Test
  void oppositeInfinitiesMeetInTheMiddle() {
    double[] ends = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    assertThat(HodgesLehmann.of(ends, new double[] {3}).estimate()).isZero();
  }

  @Test
  void insideIsStrictUnlessTheRangeHasNoEnd() {
    Interval unit = new Interval(0, 1, 0.9);
    assertThat(unit.isInside(-0.1, 1.1)).isTrue();
    assertThat(unit.isInside(0, 1.1)).isFalse();
    assertThat(unit.isInside(-0.1, 1)).isFalse();
    assertThat(unit.isInside(Double.NEGATIVE_INFINITY, 1.1)).isTrue();
    assertThat(unit.contains(0) && unit.contains(1)).isTrue();
    assertThat(unit.contains(-1e-300) || unit.contains(Math.nextUp(1.0))).isFalse();
  }

  @Test
  void randomArrangementsAreTenThousandWithTheData() {
    double[] x = gaussian(12, SEED.child(3));
    double[] y = gaussian(12, SEED.child(4));
    double p = StudentisedPermutation.of(x, y, 0, SEED).pValue(0.3, Alternative.LESS);
    assertThat(p * 10_000).isCloseTo(Math.rint(p * 10_000), within(1e-9));
    double[] low = new double[500];
    double[] high = new double[500];
    Arrays.setAll(low, i -> i);
    Arrays.setAll(high, i -> 1_000 + i);
    assertThat(MeanPermutation.of(low, high).pValue(0, Alternative.LESS, SEED)).isEqualTo(1e-4);
    assertThat(MeanPermutation.of(high, low).pValue(0, Alternative.GREATER, SEED))
        .isEqualTo(1e-4);
  }

  @Test
  void normalFormsAreSymmetricAndGiveTheirOwnCriticalNumbers() {
    // 80 against 80 and 63 differences are beyond exact counts. P(U <= mean - 1) + P(U <= mean) =
    // 1.
    assertThat(RankSumNull.isExact(80, 80)).isFalse();
    assertThat(RankSumNull.atMost(80, 80, 3_199) + RankSumNull.atMost(80, 80, 3_200))
        .isCloseTo(1, within(1e-11));
    assertThat(SignedRankNull.atMost(63, 1_007) + SignedRankNull.atMost(63, 1_008))
        .isCloseTo(1, within(1e-11));
    for (double level : new double[] {0.8, 0.9, 0.95, 0.99}) {
      Tail tail = Tail.ofLevel(level);
      long k = RankSumNull.critical(80, 80, tail);
      assertThat(RankSumNull.atMost(80, 80, k - 1)).isLessThanOrEqualTo(tail.probability());
      assertThat(RankSumNull.atMost(80, 80, k)).isGreaterThan(tail.probability());
      for (int n : new int[] {12, 63}) {
        long w = SignedRankNull.critical(n, tail);
        assertThat(SignedRankNull.atMost(n, w)).isGreaterThan(tail.probability());
        assertThat(SignedRankNull.attained(n, tail))
            .isEqualTo(SignedRankNull.atMost(n, w - 1))
            .isLessThanOrEqualTo(tail.probability());
      }
    }
  }

  @Test
  void bothSidesCountTheStatisticItself() {
    double[] x = gaussian(70, SEED.child(5));
    SignedRank ranks = SignedRank.of(x);
    assertThat(ranks.pValue(0, Alternative.LESS) + ranks.pValue(0, Alternative.GREATER))
        .isGreaterThan(1 + 1e-4);
  }

  @Test
  void fortyDifferencesAreCountedExactly() {
    double[] counts = new double[821];
    counts[0] = 1;
    for (int rank = 1; rank <= 40; rank++) {
      for (int w = 820; w >= rank; w--) {
        counts[w] += counts[w - rank];
      }
    }
    double share = Arrays.stream(counts, 0, 251).sum() / Math.pow(2, 40);
    assertThat(SignedRankNull.atMost(40, 250)).isCloseTo(share, within(1e-15));
  }

  @Test
  void ranksThatAreFarApartHaveAPValueAboveZero() {
    double[] low = new double[3_000];
    double[] high = new double[3_000];
    Arrays.setAll(low, i -> i);
    Arrays.setAll(high, i -> 5_000 + i);
    assertThat(HodgesLehmann.of(low, high).pValue(0, Alternative.LESS)).isPositive();
  }

  @Test
  void numbersNearTheLargestAreRankedAndStudentisedAsSmallOnes() {
    double[] x = {1.7, 1.5, 1.1, 0.2};
    double[] y = {-0.3, 0.1, 1.2};
    double[] hugeX = Arrays.stream(x).map(v -> v * 1e308).toArray();
    double[] hugeY = Arrays.stream(y).map(v -> v * 1e308).toArray();
    for (double shift : new double[] {-1.5, -1.1, 0, 1.5}) {
      assertThat(HodgesLehmann.of(hugeX, hugeY).pValue(shift * 1e308, Alternative.GREATER))
          .isEqualTo(HodgesLehmann.of(x, y).pValue(shift, Alternative.GREATER));
      assertThat(SignedRank.of(hugeX).pValue(shift * 1e308, Alternative.GREATER))
          .isEqualTo(SignedRank.of(x).pValue(shift, Alternative.GREATER));
      assertThat(PairedT.of(hugeX).pValue(shift * 1e308, Alternative.GREATER))
          .isCloseTo(PairedT.of(x).pValue(shift, Alternative.GREATER), within(1e-9));
    }
  }

  @Test
  void swappingTheSamplesMirrorsTheIntervalsByPermutation() {
    double[] x = gaussian(9, SEED.child(6));
    double[] y = gaussian(5, SEED.child(7));
    for (double trim : new double[] {0, 0.2}) {
      mirrors(
          StudentisedPermutation.of(x, y, trim, SEED).interval(0.9),
          StudentisedPermutation.of(y, x, trim, SEED).interval(0.9));
    }
    Interval one = BrunnerMunzel.of(x, y).permutation(SEED).interval(0.9);
    Interval other = BrunnerMunzel.of(y, x).permutation(SEED).interval(0.9);
    assertThat(one.lower()).isCloseTo(1 - other.upper(), within(1e-12));
    assertThat(one.upper()).isCloseTo(1 - other.lower(), within(1e-12));
  }

  @Test
  void nothingIsAssuredBelowTheSmallestShare() {
    SubsetStatistic least =
        SubsetStatistic.of(gaussian(30, SEED.child(8)), 3, sorted -> sorted[0], SEED);
    double smallest = least.smallestAssured(0.95);
    assertThat(least.assuredThreshold(0.999 * smallest, 0.95)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(least.assuredThreshold(1.001 * smallest, 0.95)).isFinite();
  }
}
