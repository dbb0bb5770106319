package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GroupSequentialTest {
  private static final int[] FIVE = {1, 2, 3, 4, 5};
  private static final int[] LOOKS = {5, 10, 15, 20};

  /**
   * Five equal looks at .025 one-sided: the boundaries of the program of Lan and DeMets, as printed by R's ldbounds and
   * gsDesign for .05 two-sided; planning.py checks them by integrals of the multivariate normal.
   */
  @ParameterizedTest
  @CsvSource({
    "OBRIEN_FLEMING, 4.8769, 3.3569, 2.6803, 2.2898, 2.0310",
    "POCOCK, 2.4380, 2.4268, 2.4101, 2.3966, 2.3859",
    "SQUARED, 3.0902, 2.7141, 2.4728, 2.2799, 2.1140"
  })
  void meansHaveThePublishedBoundaries(
      Spending spending, double a, double b, double c, double d, double e) {
    GroupSequential plan = GroupSequential.pairedMeans(FIVE, spending, 0.025);
    double[] published = {a, b, c, d, e};
    for (int look = 0; look < 5; look++) {
      assertThat(Quantiles.normal(plan.tail(look))).isEqualTo(published[look], within(2e-4));
    }
  }

  @ParameterizedTest
  @EnumSource(Spending.class)
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
  @EnumSource(Spending.class)
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
