package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GroupSequentialTest {
  private static final int[] FIVE = {1, 2, 3, 4, 5};
  private static final int[] LOOKS = {5, 10, 15, 20};

  static Stream<Spending> rules() {
    return Stream.of(
        Spending.SQUARED,
        Spending.OBRIEN_FLEMING,
        Spending.POCOCK,
        Spending.power(1),
        Spending.power(2.5));
  }

  private static Spending rule(String name) {
    return switch (name) {
      case "OBRIEN_FLEMING" -> Spending.OBRIEN_FLEMING;
      case "POCOCK" -> Spending.POCOCK;
      default -> Spending.power(Double.parseDouble(name));
    };
  }

  /**
   * Five equal looks at .025 one-sided: the boundaries of the program of Lan and DeMets, as printed by R's ldbounds and
   * gsDesign for .05 two-sided; planning.py checks them, and those of other exponents, by integrals of the multivariate
   * normal.
   */
  @ParameterizedTest
  @CsvSource({
    "OBRIEN_FLEMING, 4.8769, 3.3569, 2.6803, 2.2898, 2.0310",
    "POCOCK, 2.4380, 2.4268, 2.4101, 2.3966, 2.3859",
    "2, 3.0902, 2.7141, 2.4728, 2.2799, 2.1140",
    "1.75, 2.9687, 2.6517, 2.4466, 2.2821, 2.1412",
    "2.5, 3.3218, 2.8434, 2.5349, 2.2878, 2.0736"
  })
  void meansHaveThePublishedBoundaries(
      String spending, double a, double b, double c, double d, double e) {
    GroupSequential plan = GroupSequential.pairedMeans(FIVE, rule(spending), 0.025);
    double[] published = {a, b, c, d, e};
    for (int look = 0; look < 5; look++) {
      assertThat(Quantiles.normal(plan.tail(look))).isEqualTo(published[look], within(2e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void oneLookIsTheUsualInterval(Spending spending) {
    assertThat(GroupSequential.means(20, new int[] {20}, spending, 0.05).level(0))
        .isEqualTo(0.9, within(1e-9));
    assertThat(GroupSequential.ranks(20, new int[] {20}, spending, 0.05).tail(0))
        .isBetween(0.049, 0.052);
    GroupSequential ranks = GroupSequential.ranks(20, new int[] {20}, spending, 0.05);
    assertThat(RankSumNull.critical(20, 20, Tail.ofLevel(ranks.level(0))))
        .isEqualTo(RankSumNull.critical(20, 20, Tail.ofLevel(0.9)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void spendingGrowsToTheRate(Spending spending) {
    double before = 0;
    for (double share = 0.05; share < 1; share += 0.05) {
      double spent = spending.spent(0.05, share);
      assertThat(spent).isGreaterThan(before).isLessThan(0.05);
      before = spent;
    }
    assertThat(spending.spent(0.05, 1)).isEqualTo(0.05);
  }

  @Test
  void earlyLooksAreWiderThanLateOnes() {
    for (GroupSequential plan : new GroupSequential[] {
      GroupSequential.means(20, LOOKS, Spending.SQUARED, 0.05),
      GroupSequential.ranks(20, LOOKS, Spending.SQUARED, 0.05)
    }) {
      for (int look = 1; look < 4; look++) {
        assertThat(plan.level(look)).isLessThan(plan.level(look - 1)).isGreaterThan(0.9);
      }
    }
  }

  /**
   * By 20,000 replicates at the edge, a standard error of .0015 and .0011. Ranks are exact up to their counts; means
   * with estimated deviations may exceed a little.
   */
  @Tag("statistical")
  @ParameterizedTest
  @CsvSource({"0.05, 0.055", "0.025, 0.0295"})
  void allLooksTogetherKeepTheRate(double rate, double most) {
    GroupSequential means = GroupSequential.means(20, LOOKS, Spending.SQUARED, rate);
    GroupSequential ranks = GroupSequential.ranks(20, LOOKS, Spending.SQUARED, rate);
    Random random = new Random(9);
    int replicates = 20_000;
    int[] wrong = new int[2];
    for (int i = 0; i < replicates; i++) {
      double[] y = random.doubles(20).map(u -> random.nextGaussian()).toArray();
      double[] x = random.doubles(20).map(u -> random.nextGaussian()).toArray();
      boolean byMeans = false;
      boolean byRanks = false;
      for (int look = 0; look < 4; look++) {
        double[] some = Arrays.copyOf(x, LOOKS[look]);
        byMeans |= Welch.of(some, y).interval(means.level(look)).lower() > 0;
        byRanks |= HodgesLehmann.of(some, y).interval(ranks.level(look)).lower() > 0;
      }
      wrong[0] += byMeans ? 1 : 0;
      wrong[1] += byRanks ? 1 : 0;
    }
    assertThat(wrong[0] / (double) replicates).isBetween(0.8 * rate, most);
    assertThat(wrong[1] / (double) replicates).isBetween(0.8 * rate, rate + 0.002);
  }

  /**
   * The looks of a study of at most 20 runs, by 40,000 replicates: counts of ranks within three standard errors of the
   * rate and not far below; means by 10,000, whose deviations are estimated, a little above.
   */
  @Tag("statistical")
  @ParameterizedTest
  @CsvSource({"5, 2.5, 0.025, 0.0273, 0.0325", "10, 1.75, 0.05, 0.0533, 0.0605"})
  void aLookAfterEveryRunKeepsTheRate(
      int first, double exponent, double rate, double mostRanks, double mostMeans) {
    int[] looks = IntStream.rangeClosed(first, 20).toArray();
    GroupSequential ranks = GroupSequential.ranks(20, looks, Spending.power(exponent), rate);
    GroupSequential means = GroupSequential.means(20, looks, Spending.power(exponent), rate);
    long[] critical = new long[21];
    double[] level = new double[21];
    for (int look = 0; look < looks.length; look++) {
      critical[looks[look]] =
          RankSumNull.critical(looks[look], 20, Tail.ofLevel(ranks.level(look)));
      level[looks[look]] = means.level(look);
    }
    RandomStream random = Seed.of(12).stream();
    int replicates = 40_000;
    int[] wrong = new int[2];
    for (int i = 0; i < replicates; i++) {
      double[] y = normal(random);
      double[] x = normal(random);
      wrong[0] += crosses(x, y, critical) ? 1 : 0;
      wrong[1] += i % 4 == 0 && leaves(x, y, level) ? 4 : 0;
    }
    assertThat(wrong[0] / (double) replicates).isBetween(0.88 * rate, mostRanks);
    assertThat(wrong[1] / (double) replicates).isBetween(0.85 * rate, mostMeans);
  }

  private static double[] normal(RandomStream random) {
    return IntStream.range(0, 20).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  /** Whether at some look fewer pairs are won than the interval needs to end. */
  private static boolean crosses(double[] x, double[] y, long[] critical) {
    long won = 0;
    for (int n = 1; n <= x.length; n++) {
      for (double value : y) {
        won += x[n - 1] > value ? 1 : 0;
      }
      if (won < critical[n]) {
        return true;
      }
    }
    return false;
  }

  private static boolean leaves(double[] x, double[] y, double[] level) {
    for (int n = 2; n <= x.length; n++) {
      if (level[n] > 0 && Welch.of(Arrays.copyOf(x, n), y).interval(level[n]).lower() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Every order of 5 fixed values and 3, 1, 1 and 1 fresh ones, exactly: at most the rate, and not far below. */
  @ParameterizedTest
  @CsvSource({"0.05, 0.035", "0.1, 0.08", "0.3, 0.27"})
  void ranksKeepTheRateOverAllOrders(double rate, double least) {
    int[] looks = {3, 4, 5, 6};
    GroupSequential plan = GroupSequential.ranks(5, looks, Spending.POCOCK, rate);
    long[] critical = new long[4];
    Arrays.setAll(critical, i -> RankSumNull.critical(looks[i], 5, Tail.ofLevel(plan.level(i))));
    long[] orders = new long[2];
    order(new int[] {5, 3, 1, 1, 1}, new long[4], 0, critical, orders);
    assertThat(orders[0]).isEqualTo(55_440);
    assertThat(orders[1] / (double) orders[0]).isBetween(least, rate);
  }

  /** Values from below: a fresh one of a look wins against the fixed ones so far. */
  private static void order(int[] left, long[] won, int below, long[] critical, long[] orders) {
    boolean complete = true;
    for (int kind = 0; kind < left.length; kind++) {
      if (left[kind] > 0) {
        complete = false;
        left[kind]--;
        long[] now = won.clone();
        for (int look = kind; kind > 0 && look <= now.length; look++) {
          now[look - 1] += below;
        }
        order(left, now, below + (kind == 0 ? 1 : 0), critical, orders);
        left[kind]++;
      }
    }
    if (complete) {
      orders[0]++;
      orders[1] += IntStream.range(0, 4).anyMatch(i -> won[i] < critical[i]) ? 1 : 0;
    }
  }

  @Test
  void aPowerSpendsByItsExponent() {
    assertThat(Spending.power(2)).isEqualTo(Spending.SQUARED).hasSameHashCodeAs(Spending.SQUARED);
    assertThat(Spending.power(2.5)).isNotEqualTo(Spending.SQUARED);
    assertThat(Spending.power(1.75).spent(0.05, 0.5)).isEqualTo(0.014865088937534, within(1e-15));
    assertThat(Spending.power(2.5)).hasToString("rate * t^2.5");
    assertThat(Spending.POCOCK).isNotEqualTo(Spending.OBRIEN_FLEMING).hasToString("like Pocock");
    for (double exponent : new double[] {0, 0.49, 10.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Spending.power(exponent))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the exponent of a spending rule must be from 0.5 to 10.0; got " + exponent
              + ". The usual exponents are 1 to 3; larger ones spend later.");
    }
  }

  /** All 2^7 signs times 7! orders, exactly: at most the rate, and not far below. */
  @Test
  void signedRanksKeepTheRateOverAllOrders() {
    int[] looks = {5, 6, 7};
    GroupSequential plan = GroupSequential.signedRanks(looks, Spending.POCOCK, 0.05);
    int[] order = {0, 1, 2, 3, 4, 5, 6};
    long[] crossed = new long[1];
    permute(order, 0, absolute -> {
      for (int signs = 0; signs < 128; signs++) {
        crossed[0] += crosses(absolute, signs, looks, plan) ? 1 : 0;
      }
    });
    double rate = crossed[0] / (5_040.0 * 128);
    assertThat(rate).isBetween(0.02, 0.05);
  }

  private static boolean crosses(int[] absolute, int signs, int[] looks, GroupSequential plan) {
    for (int look = 0; look < looks.length; look++) {
      int sum = 0;
      for (int i = 0; i < looks[look]; i++) {
        int rank = 1;
        for (int j = 0; j < looks[look]; j++) {
          rank += absolute[j] < absolute[i] ? 1 : 0;
        }
        sum += (signs >> i & 1) == 1 ? rank : 0;
      }
      if (sum < SignedRankNull.critical(looks[look], Tail.ofLevel(plan.level(look)))) {
        return true;
      }
    }
    return false;
  }

  private static void permute(int[] order, int from, Consumer<int[]> use) {
    if (from == order.length) {
      use.accept(order);
      return;
    }
    for (int i = from; i < order.length; i++) {
      swap(order, from, i);
      permute(order, from + 1, use);
      swap(order, from, i);
    }
  }

  private static void swap(int[] order, int i, int j) {
    int value = order[i];
    order[i] = order[j];
    order[j] = value;
  }

  @Test
  void looksThatCanShowNothingHaveNoEnds() {
    GroupSequential plan = GroupSequential.ranks(3, new int[] {1, 2, 20}, Spending.SQUARED, 0.025);
    assertThat(HodgesLehmann.canBound(1, 3, plan.level(0))).isFalse();
    assertThat(HodgesLehmann.canBound(2, 3, plan.level(1))).isFalse();
    assertThat(HodgesLehmann.canBound(20, 3, plan.level(2))).isTrue();
  }

  @Test
  void largeDesignsUseTheBoundariesOfMeans() {
    int[] looks = {200, 400, 600};
    GroupSequential ranks = GroupSequential.ranks(500, looks, Spending.SQUARED, 0.05);
    GroupSequential means = GroupSequential.means(500, looks, Spending.SQUARED, 0.05);
    for (int look = 0; look < 3; look++) {
      assertThat(ranks.level(look)).isEqualTo(means.level(look));
    }
  }

  @Test
  void refusesWhatIsNoPlan() {
    for (int[] looks : new int[][] {{}, {5, 5}, {10, 5}, {0, 5}, new int[201]}) {
      assertThatThrownBy(() -> GroupSequential.means(20, looks, Spending.SQUARED, 0.05))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("looks");
    }
    for (double rate : new double[] {0, -1, 0.51, Double.NaN}) {
      assertThatThrownBy(() -> GroupSequential.signedRanks(LOOKS, Spending.SQUARED, rate))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an error rate must be above 0 and at most 0.5; got " + rate
              + ". The usual rate is 0.05.");
    }
    assertThatThrownBy(() -> GroupSequential.ranks(0, LOOKS, Spending.SQUARED, 0.05))
        .hasMessage("the sample to hold against must have at least one value; got 0.");
    assertThatThrownBy(() -> Spending.POCOCK.spent(0.05, 1.1)).hasMessageContaining("share");
  }
}
