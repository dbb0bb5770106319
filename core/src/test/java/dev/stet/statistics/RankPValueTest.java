package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against R (wilcox.test, by way of Commons Statistics and SciPy), and against enumeration under ties. */
class RankPValueTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double p(double[] x, double[] y, double shift, Alternative alternative) {
    return HodgesLehmann.of(x, y).pValue(shift, alternative);
  }

  private static void isNear(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-12));
  }

  @Test
  void threeAgainstThreeAreExactlyOneInTwenty() {
    double[] low = {1, 2, 3};
    double[] high = {4, 5, 6};
    assertThat(p(low, high, 0, Alternative.LESS)).isEqualTo(0.05);
    assertThat(p(low, high, 0, Alternative.TWO_SIDED)).isEqualTo(0.1);
    assertThat(p(low, high, 0, Alternative.GREATER)).isEqualTo(1);
    assertThat(p(high, low, 0, Alternative.GREATER)).isEqualTo(0.05);
  }

  @Test
  void agreesWithRWithoutTies() {
    // R 3.4.0 wilcox.test(exact = TRUE), in MannWhitneyUTestTest of Commons Statistics 033dc768;
    // and
    // TestMannWhitneyU of SciPy 3dbf660a.
    double[] x = {19, 22, 16, 29, 24};
    double[] y = {20, 11, 17, 12};
    isNear(p(x, y, 0, Alternative.TWO_SIDED), 0.1111111111111111);
    isNear(p(x, y, 0, Alternative.GREATER), 0.05555555555555555);
    isNear(p(x, y, 0, Alternative.LESS), 0.9682539682539683);
    double[] even = {2, 4, 6, 8, 10, 12, 14, 16, 18};
    double[] odd = {-3, -1, 1, 3, 5, 7, 9, 11};
    isNear(p(even, odd, 0, Alternative.TWO_SIDED), 0.046400658165364046);
    isNear(p(even, odd, 0, Alternative.LESS), 0.9820238584944467);
    isNear(p(even, odd, -4, Alternative.GREATER), 0.0012340600575894691);
  }

  @Test
  void agreesWithEnumerationUnderTies() {
    RandomStream random = Seed.of(11).stream();
    for (int round = 0; round < 200; round++) {
      double[] x = lattice(random, 1 + random.nextInt(6), 4);
      double[] y = lattice(random, 1 + random.nextInt(6), 4);
      Tails expected = enumerated(x, y);
      Tails actual = RankSum.of(sorted(x), sorted(y), 0).tails();
      isNear(actual.less(), expected.less());
      isNear(actual.greater(), expected.greater());
    }
  }

  @Test
  void theTwoWaysOfCountingUnderTiesAgree() {
    RandomStream random = Seed.of(12).stream();
    for (int round = 0; round < 20; round++) {
      double[] x = sorted(lattice(random, 3 + random.nextInt(8), 9));
      double[] y = sorted(lattice(random, 12 + random.nextInt(8), 9));
      RankSum ranks = RankSum.of(x, y, 0);
      double[] values = Arrays.stream(ranks.ranks()).asDoubleStream().toArray();
      Tails bySets = new RankSets(ranks.ranks(), x.length).tails(ranks.sum());
      Tails bySums = new SubsetSums(values, x.length).tails((double) ranks.sum(), 0);
      isNear(bySets.less(), bySums.less());
      isNear(bySets.greater(), bySums.greater());
    }
  }

  @Test
  void countingWithoutTiesIsASpecialCaseOfCountingWithThem() {
    RandomStream random = Seed.of(13).stream();
    for (int n : new int[] {1, 2, 7, 20, 50, 65}) {
      double[] x = sorted(random.doubles(n).toArray());
      double[] y = sorted(random.doubles(n).toArray());
      RankSum ranks = RankSum.of(x, y, 0.05);
      Tails expected = ranks.tails();
      Tails actual = new RankSets(ranks.ranks(), n).tails(ranks.sum());
      assertThat(actual.less()).isCloseTo(expected.less(), within(1e-12 * expected.less()));
      assertThat(actual.greater())
          .isCloseTo(expected.greater(), within(1e-12 * expected.greater()));
    }
  }

  @Test
  void goesOverToTheNormalDistributionWithoutAJump() {
    RandomStream random = Seed.of(14).stream();
    for (double shift : new double[] {0, 0.2, 0.5}) {
      double[] x = new double[66];
      double[] y = new double[66];
      Arrays.setAll(x, i -> Math.rint(4 * random.nextGaussian()) / 4);
      Arrays.setAll(y, i -> Math.rint(4 * (random.nextGaussian() + shift)) / 4);
      RankSum ranks = RankSum.of(sorted(x), sorted(y), 0);
      double exact = new RankSets(ranks.ranks(), 66).tails(ranks.sum()).less();
      assertThat(RankSumNull.isExact(66, 66)).isFalse();
      assertThat(ranks.tails().less()).isCloseTo(exact, within(2e-3 + 0.02 * exact));
    }
  }

  @Test
  void agreesWithSciPyBeyondTheExactSizes() {
    // p_values.py: mannwhitneyu(method="asymptotic", use_continuity=True) of i mod 40 (100) and i
    // mod 37 + 2 (120).
    double[] x = new double[100];
    double[] y = new double[120];
    Arrays.setAll(x, i -> i % 40);
    Arrays.setAll(y, i -> i % 37 + 2);
    assertThat(p(x, y, 0, Alternative.TWO_SIDED)).isCloseTo(MWU_LARGE_TWO_SIDED, within(1e-10));
    assertThat(p(x, y, 0, Alternative.LESS)).isCloseTo(MWU_LARGE_LESS, within(1e-10));
    assertThat(p(x, y, 0, Alternative.GREATER)).isCloseTo(MWU_LARGE_GREATER, within(1e-10));
    double[] pairs = new double[90];
    Arrays.setAll(pairs, i -> (i * 7) % 31 - 13);
    // wilcoxon(zero_method="pratt", correction=True, method="asymptotic"), of which 3 are zero.
    assertThat(SignedRank.of(pairs).pValue(0, Alternative.GREATER))
        .isCloseTo(WILCOXON_LARGE_GREATER, within(1e-10));
  }

  private static final double MWU_LARGE_TWO_SIDED = 0.327661436735043;
  private static final double MWU_LARGE_LESS = 0.1638307183675215;
  private static final double MWU_LARGE_GREATER = 0.8366945200913753;
  private static final double WILCOXON_LARGE_GREATER = 0.028713004984452315;

  @Test
  void infinitiesAreRanksAndEqualOnesAreTies() {
    double[] x = {1, INFINITY, INFINITY, 4};
    double[] y = {3, 6, 7, 8, INFINITY, INFINITY, 2, 1, 4, 4, 5};
    double[] finiteX = {1, 99, 99, 4};
    double[] finiteY = {3, 6, 7, 8, 99, 99, 2, 1, 4, 4, 5};
    for (Alternative alternative : Alternative.values()) {
      assertThat(p(x, y, 0, alternative)).isEqualTo(p(finiteX, finiteY, 0, alternative));
    }
    double[] failed = {-INFINITY, -INFINITY};
    assertThat(p(failed, failed, 5, Alternative.TWO_SIDED)).isEqualTo(1);
  }

  @Test
  void hugeNumbersDoNotOverflow() {
    double[] x = {1e308, 1.1e308, 1.2e308};
    double[] y = {-1e308, -1.1e308, -1.2e308};
    assertThat(p(x, y, -1e308, Alternative.GREATER)).isEqualTo(0.05);
    assertThat(p(y, x, 1e308, Alternative.LESS)).isEqualTo(0.05);
    assertThat(SignedRank.of(x).pValue(-1.7e308, Alternative.GREATER)).isEqualTo(0.125);
  }

  @Test
  void signedRanksAgreeWithEnumerationUnderTiesAndZeros() {
    RandomStream random = Seed.of(15).stream();
    for (int round = 0; round < 200; round++) {
      double[] values = lattice(random, 1 + random.nextInt(9), 5);
      double centre = random.nextInt(5);
      Tails expected = enumerated(values, centre);
      isNear(SignedRank.of(values).pValue(centre, Alternative.LESS), expected.less());
      isNear(SignedRank.of(values).pValue(centre, Alternative.GREATER), expected.greater());
    }
  }

  @Test
  void signedRanksAgreeWithRWithoutTies() {
    // Hollander and Wolfe 1973, depression data; R: wilcox.test(paired = TRUE, alternative =
    // "greater").
    double[] differences = {0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, 0.01};
    assertThat(SignedRank.of(differences).pValue(0, Alternative.GREATER)).isEqualTo(10.0 / 512);
    assertThat(SignedRank.of(new double[] {1, 2, 3, 4, 5}).pValue(0, Alternative.GREATER))
        .isEqualTo(1 / 32.0);
  }

  @Test
  void valuesThatAllEqualTheCentreSayNothing() {
    for (Alternative alternative : Alternative.values()) {
      assertThat(SignedRank.of(new double[70]).pValue(0, alternative)).isEqualTo(1);
      assertThat(SignedRank.of(new double[7]).pValue(0, alternative)).isEqualTo(1);
      assertThat(p(new double[7], new double[7], 0, alternative)).isEqualTo(1);
      assertThat(p(new double[90], new double[90], 0, alternative)).isEqualTo(1);
      assertThat(p(new double[1], new double[9], 0, alternative)).isEqualTo(1);
    }
  }

  @Test
  void aHundredThousandAgainstAsManyNeedNoTable() {
    double[] x = new double[100_000];
    double[] y = new double[100_000];
    Arrays.setAll(x, i -> i % 1000);
    Arrays.setAll(y, i -> i % 1000 + 5);
    assertThat(p(x, y, 0, Alternative.LESS)).isBetween(1e-9, 1e-3);
    assertThat(p(x, y, -5, Alternative.LESS)).isCloseTo(0.5, within(0.01));
  }

  @Test
  void refusesWhatIsNoNumber() {
    HodgesLehmann shift = HodgesLehmann.of(new double[] {1}, new double[] {2});
    assertThatThrownBy(() -> shift.pValue(Double.NaN, Alternative.LESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shift must be a finite number; got NaN. Give the value to test, such as 0.");
    assertThatThrownBy(() -> SignedRank.of(new double[] {1}).pValue(INFINITY, Alternative.LESS))
        .hasMessage(
            "centre must be a finite number; got Infinity. Give the value to test, such as 0.");
  }

  static double[] lattice(RandomStream random, int n, int steps) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> random.nextInt(steps));
    return values;
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  /** Every choice of n of the pooled values, by the number of pairs in which x is larger, ties half. */
  private static Tails enumerated(double[] x, double[] y) {
    double[] pooled = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, pooled, x.length, y.length);
    int seen = wins(pooled, (1 << x.length) - 1);
    int total = 0;
    int less = 0;
    int greater = 0;
    for (int set = 0; set < 1 << pooled.length; set++) {
      if (Integer.bitCount(set) == x.length) {
        int wins = wins(pooled, set);
        total++;
        less += wins <= seen ? 1 : 0;
        greater += wins >= seen ? 1 : 0;
      }
    }
    return Tails.of(less, greater, total);
  }

  private static int wins(double[] pooled, int set) {
    int wins = 0;
    for (int i = 0; i < pooled.length; i++) {
      for (int j = 0; j < pooled.length; j++) {
        if ((set >> i & 1) == 1 && (set >> j & 1) == 0) {
          wins += 1 + (int) Math.signum(pooled[i] - pooled[j]);
        }
      }
    }
    return wins;
  }

  /** Every pattern of signs, by the signed sum of the midranks of the distances, written from the definition. */
  private static Tails enumerated(double[] values, double centre) {
    int n = values.length;
    int[] signed = new int[n];
    for (int i = 0; i < n; i++) {
      double own = Math.abs(values[i] - centre);
      int rank = 1;
      for (double other : values) {
        rank += 1 + (int) Math.signum(own - Math.abs(other - centre));
      }
      signed[i] = rank * (int) Math.signum(values[i] - centre);
    }
    int seen = Arrays.stream(signed).sum();
    int less = 0;
    int greater = 0;
    for (int flips = 0; flips < 1 << n; flips++) {
      int sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (flips >> i & 1) == 1 ? -signed[i] : signed[i];
      }
      less += sum <= seen ? 1 : 0;
      greater += sum >= seen ? 1 : 0;
    }
    return Tails.of(less, greater, 1 << n);
  }
}
