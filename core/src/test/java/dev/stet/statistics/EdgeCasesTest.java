package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EdgeCasesTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void oneValueHasNoInterval() {
    assertThat(Welch.of(new double[] {1}, new double[] {1, 2}).interval(0.9).isUnbounded())
        .isTrue();
    assertThat(PairedT.of(new double[] {1}).interval(0.9).isUnbounded()).isTrue();
    assertThat(SignedRank.of(new double[] {1}).interval(0.9).isUnbounded()).isTrue();
    assertThat(HodgesLehmann.of(new double[] {1}, new double[] {2}).estimate()).isEqualTo(-1);
  }

  @Test
  void equalValuesGiveAPoint() {
    double[] tenths = {0.1, 0.1, 0.1};
    double[] halves = {0.5, 0.5, 0.5};
    assertThat(Welch.of(halves, tenths).interval(0.9)).isEqualTo(new Interval(0.4, 0.4, 0.9));
    assertThat(HodgesLehmann.of(halves, tenths).interval(0.9))
        .isEqualTo(new Interval(0.4, 0.4, 0.9));
    assertThat(PairedT.of(tenths).interval(0.9)).isEqualTo(new Interval(0.1, 0.1, 0.9));
  }

  @Test
  void oneSideWithoutVarianceLeavesTheDegreesOfTheOther() {
    Interval interval = Welch.of(new double[] {1, 2, 3}, new double[] {0, 0, 0}).interval(0.9);
    assertThat(interval).isEqualTo(PairedT.of(new double[] {1, 2, 3}).interval(0.9));
  }

  @Test
  void hugeAndTinyNumbersKeepTheirMeans() {
    assertThat(PairedT.of(new double[] {1e308, 1.5e308}).estimate()).isEqualTo(1.25e308);
    assertThat(PairedT.of(new double[] {1e-320, 3e-320}).estimate()).isEqualTo(2e-320);
  }

  @Test
  void allFailedAgainstNoneIsInfinitelyWorse() {
    double[] failed = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
    HodgesLehmann shift = HodgesLehmann.of(failed, new double[] {1, 2, 3, 4});
    assertThat(shift.estimate()).isEqualTo(-INFINITY);
    assertThat(shift.interval(0.95)).isEqualTo(new Interval(-INFINITY, -INFINITY, 0.95));
  }

  @Test
  void allFailedOnBothSidesSaysNothing() {
    double[] failed = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
    HodgesLehmann shift = HodgesLehmann.of(failed, failed);
    assertThat(shift.estimate()).isZero();
    assertThat(shift.interval(0.95).isUnbounded()).isTrue();
  }

  @Test
  void manyValuesNeedNoTableOfTheirPairs() {
    double[] x = new double[100_000];
    double[] y = new double[100_000];
    Arrays.setAll(x, i -> i + 0.25);
    Arrays.setAll(y, i -> i);
    assertThat(HodgesLehmann.of(x, y).estimate()).isEqualTo(0.25);
    assertThat(SignedRank.of(x).estimate()).isEqualTo(49_999.75);
  }

  @Test
  void refusesWhatHasNoRankOrMean() {
    assertThatThrownBy(() -> HodgesLehmann.of(new double[] {1, Double.NaN}, new double[] {1}))
        .hasMessage(
            "x must not hold NaN, which has no rank; got NaN at index 1. Leave it out, or give a failed run"
                + " the worst rank: an infinity.");
    assertThatThrownBy(() -> Welch.of(new double[] {1}, new double[] {INFINITY}))
        .hasMessage(
            "y must be finite, as a mean needs every value; got Infinity at index 0. Leave it out, or use a"
                + " rank method.");
    assertThatThrownBy(() -> SignedRank.of(new double[0]))
        .hasMessage("values must hold at least one value; got none.");
    assertThatThrownBy(() -> Interval.unbounded(Double.NaN))
        .hasMessage("level must lie strictly between 0 and 1; got NaN. The usual level is 0.95.");
    assertThatThrownBy(() -> new Interval(2, 1, 0.9))
        .hasMessage(
            "the lower end of an interval must not be above the upper end; got [2.0, 1.0].");
    assertThatThrownBy(() -> new Proportion(3, 2))
        .hasMessage(
            "a proportion needs at least one try and between 0 and all of them seen; got 3 of 2.");
  }
}
