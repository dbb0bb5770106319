package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BrunnerMunzelTest {
  private static final Seed SEED = Seed.of(5);
  // Lumley 1996, by way of R lawstat and SciPy's TestBrunnerMunzel.
  private static final double[] X = {1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1};
  private static final double[] Y = {3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4};

  @Test
  void agreesWithLawstatAndSciPy() {
    BrunnerMunzel test = BrunnerMunzel.of(X, Y);
    assertThat(test.pValue(0.5, Alternative.TWO_SIDED))
        .isCloseTo(0.005786208666151538, within(1e-12));
    assertThat(test.pValue(0.5, Alternative.LESS)).isCloseTo(0.002893104333075734, within(1e-12));
    assertThat(test.pValue(0.5, Alternative.GREATER)).isCloseTo(0.9971068956669242, within(1e-12));
    // p_values.py
    assertThat(test.estimate()).isCloseTo(0.211038961038961, within(1e-14));
    assertThat(test.interval(0.95).lower()).isCloseTo(0.0172947863316584, within(1e-10));
    assertThat(test.interval(0.95).upper()).isCloseTo(0.40478313574626357, within(1e-10));
  }

  @Test
  void separationHasTheExactPValueOfItsPermutation() {
    BrunnerMunzel test = BrunnerMunzel.of(new double[] {1, 2, 3}, new double[] {5, 6, 7, 8, 9});
    BrunnerMunzel permuted = test.permutation(SEED);
    assertThat(permuted.pValue(0.5, Alternative.TWO_SIDED)).isEqualTo(2 / 56.0);
    assertThat(permuted.pValue(0.5, Alternative.LESS)).isEqualTo(1 / 56.0);
    assertThat(permuted.pValue(0.5, Alternative.GREATER)).isEqualTo(1);
    assertThat(permuted.interval(0.9)).isEqualTo(new Interval(0, 0.5, 0.9));
    assertThat(permuted.interval(0.99)).isEqualTo(new Interval(0, 1, 0.99));
  }

  @Test
  void separationIsJudgedByDisjointPairs() {
    BrunnerMunzel test = BrunnerMunzel.of(new double[] {4, 5, 6}, new double[] {1, 2, 3});
    assertThat(test.estimate()).isEqualTo(1);
    assertThat(test.pValue(0.5, Alternative.GREATER)).isEqualTo(0.125);
    assertThat(test.interval(0.9).lower()).isCloseTo(Math.cbrt(0.05), within(1e-12));
    assertThat(test.interval(0.9).upper()).isEqualTo(1);
    assertThat(test.pValue(test.interval(0.9).lower(), Alternative.GREATER))
        .isCloseTo(0.05, within(1e-12));
    assertThat(test.pValue(0, Alternative.GREATER)).isPositive();
  }

  @Test
  void equalValuesAreJudgedByDisjointPairs() {
    BrunnerMunzel test = BrunnerMunzel.of(new double[] {1, 1, 1}, new double[] {1, 1});
    assertThat(test.estimate()).isEqualTo(0.5);
    assertThat(test.pValue(0.5, Alternative.TWO_SIDED)).isEqualTo(1);
    assertThat(test.pValue(0.25, Alternative.GREATER)).isEqualTo(0.25);
    assertThat(test.permutation(SEED).pValue(0.5, Alternative.LESS)).isEqualTo(1);
    assertThat(test.interval(0.9).lower()).isCloseTo(Math.sqrt(0.05) / 2, within(1e-12));
  }

  @Test
  void oneValueOnASideSaysNothingUnlessItIsApart() {
    BrunnerMunzel inside = BrunnerMunzel.of(new double[] {2}, new double[] {1, 3});
    assertThat(inside.interval(0.9)).isEqualTo(new Interval(0, 1, 0.9));
    assertThat(inside.pValue(0.1, Alternative.GREATER)).isEqualTo(1);
    assertThat(inside.permutation(SEED).interval(0.9)).isEqualTo(new Interval(0, 1, 0.9));
    BrunnerMunzel apart = BrunnerMunzel.of(new double[] {9}, new double[] {1, 3});
    assertThat(apart.interval(0.9).lower()).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void permutationEnumeratesFewValues() {
    RandomStream random = SEED.stream();
    for (int round = 0; round < 50; round++) {
      double[] x = RankPValueTest.lattice(random, 4, 6);
      double[] y = RankPValueTest.lattice(random, 5, 6);
      double[] pooled = Arrays.copyOf(x, 9);
      System.arraycopy(y, 0, pooled, 4, 5);
      double seen = statistic(pooled, 15);
      if (!Double.isFinite(seen) || seen == 0) {
        continue;
      }
      int greater = 0;
      for (int set = 0; set < 1 << 9; set++) {
        greater += Integer.bitCount(set) == 4 && statistic(pooled, set) >= seen - 1e-9 ? 1 : 0;
      }
      assertThat(BrunnerMunzel.of(x, y).permutation(SEED).pValue(0.5, Alternative.GREATER))
          .isEqualTo(greater / 126.0);
    }
  }

  /** From the definition: the mean placement and the variances of the placements. */
  private static double statistic(double[] pooled, int set) {
    double[] x = new double[4];
    double[] y = new double[5];
    int i = 0;
    int j = 0;
    for (int at = 0; at < 9; at++) {
      if ((set >> at & 1) == 1) {
        x[i++] = pooled[at];
      } else {
        y[j++] = pooled[at];
      }
    }
    double a = variance(placements(x, y)) / 4;
    double b = variance(placements(y, x)) / 5;
    double distance = Arrays.stream(placements(x, y)).average().orElseThrow() - 0.5;
    return Math.abs(distance) < 1e-12 ? 0 : distance / Math.sqrt(a + b);
  }

  private static double[] placements(double[] own, double[] other) {
    return Arrays.stream(own)
        .map(v -> Arrays.stream(other)
            .map(w -> (1 + Math.signum(v - w)) / 2.0)
            .average()
            .orElseThrow())
        .toArray();
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return sum < 1e-15 ? 0 : sum / (values.length - 1);
  }

  @Test
  void permutationIsDualToItsInterval() {
    RandomStream random = SEED.child(4).stream();
    double[] x = random.doubles(12).toArray();
    double[] y = random.doubles(15).map(v -> v + 0.2).toArray();
    for (BrunnerMunzel test :
        new BrunnerMunzel[] {BrunnerMunzel.of(x, y), BrunnerMunzel.of(x, y).permutation(SEED)}) {
      Interval interval = test.interval(0.9);
      assertThat(test.pValue(interval.lower() - 1e-6, Alternative.GREATER))
          .isLessThanOrEqualTo(0.05);
      assertThat(test.pValue(interval.lower() + 1e-6, Alternative.GREATER)).isGreaterThan(0.05);
      assertThat(test.pValue(interval.upper() + 1e-6, Alternative.LESS)).isLessThanOrEqualTo(0.05);
      assertThat(test.pValue(interval.upper() - 1e-6, Alternative.LESS)).isGreaterThan(0.05);
    }
  }

  @Test
  void rejectsUnequalSpreadsNoMoreOftenThanItSays() {
    // Spreads 1:3, 12 against 20, true probability one half. 400 tests at 10 %: more than 60
    // rejections have a
    // probability below 1e-3 if the rate is 10 %.
    RandomStream random = SEED.child(5).stream();
    int rejected = 0;
    int permuted = 0;
    for (int round = 0; round < 400; round++) {
      double[] x = new double[12];
      double[] y = new double[20];
      Arrays.setAll(x, i -> 3 * random.nextGaussian());
      Arrays.setAll(y, i -> random.nextGaussian());
      BrunnerMunzel test = BrunnerMunzel.of(x, y);
      rejected += test.pValue(0.5, Alternative.TWO_SIDED) <= 0.1 ? 1 : 0;
      if (round < 150) {
        permuted += test.permutation(SEED).pValue(0.5, Alternative.TWO_SIDED) <= 0.1 ? 1 : 0;
      }
    }
    assertThat(rejected).isBetween(20, 60);
    assertThat(permuted).isBetween(4, 30);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> BrunnerMunzel.of(X, Y).pValue(Double.NaN, Alternative.LESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "probability must be from 0 to 1; got NaN. 0.5 means that neither side tends to be greater.");
    assertThatThrownBy(() -> BrunnerMunzel.of(X, new double[] {Double.NaN}))
        .hasMessageContaining("y must not hold NaN");
    assertThatThrownBy(() -> BrunnerMunzel.of(new double[0], Y))
        .hasMessageContaining("x must hold at least one value");
  }
}
