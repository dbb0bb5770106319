package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalPowerTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** PASS manual chapter 460, as in the tests of TOSTER 0.9.0; six digits more by quadrature with SciPy 1.10.1. */
  @ParameterizedTest
  @CsvSource({
    "3, 0.03856275465333639",
    "8, 0.28871239827542694",
    "15, 0.6933887609127779",
    "30, 0.9432557302888591",
    "50, 0.9945815532312402"
  })
  void equivalenceHasThePublishedPower(int n, double power) {
    assertThat(IntervalPower.pooled(18, n, n).inside(-4, -19.2, 19.2, 0.9))
        .isEqualTo(power, within(1e-9));
  }

  /** PASS: 2,600 a group for a power of .9 at alpha .025. */
  @Test
  void equivalenceHasThePublishedSampleSize() {
    assertThat(IntervalPower.pooled(100, 2600, 2600).inside(0, -10, 10, 0.95)).isGreaterThan(0.9);
    assertThat(IntervalPower.pooled(100, 2590, 2590).inside(0, -10, 10, 0.95)).isLessThan(0.9);
  }

  /** R 4.2.2 power.t.test and pwr 1.3.0, which leave out the far tail. */
  @Test
  void differenceTestsHaveThePowerOfR() {
    assertThat(IntervalPower.pooled(1, 20, 20).outside(1, 0, 0, 0.95))
        .isEqualTo(0.868952801692498, within(1e-6));
    assertThat(IntervalPower.pooled(1, 10, 20).outside(0.8, 0, 0, 0.95))
        .isEqualTo(0.513821201561456, within(1e-6));
    assertThat(IntervalPower.pooled(1, 64, 64).outside(0.5, 0, 0, 0.95)).isGreaterThan(0.8);
    assertThat(IntervalPower.pooled(1, 63, 63).outside(0.5, 0, 0, 0.95)).isLessThan(0.8);
    assertThat(IntervalPower.pooled(1, 18, 18).outside(1, -INF, 0, 0.9)).isGreaterThan(0.9);
    assertThat(IntervalPower.pooled(1, 17, 17).outside(1, -INF, 0, 0.9)).isLessThan(0.9);
  }

  /** By a double integral over both deviations with SciPy 1.17.1; see planning.py. */
  @ParameterizedTest
  @CsvSource({
    "1, 5, 3, 20, 0, 3, 0.9, true, 0.946565940789441",
    "1, 2, 1, 2, 0, 30, 0.9, true, 0.9999999999194773",
    "1, 2, 1, 50, 4, 1, 0.95, false, 0.40139286441311833",
    "1, 5, 1, 20, 0.3, 1.5, 0.9, true, 0.6234906296424575"
  })
  void welchIsExactToo(
      double x,
      int n,
      double y,
      int m,
      double shift,
      double edge,
      double level,
      boolean inside,
      double power) {
    IntervalPower welch = IntervalPower.welch(x, n, y, m);
    double chance =
        inside ? welch.inside(shift, -edge, edge, level) : welch.outside(shift, -edge, edge, level);
    assertThat(chance).isEqualTo(power, within(3e-8));
  }

  /** The smallest margins and excesses for a power of .8, by quadrature with SciPy 1.10.1. */
  @ParameterizedTest
  @CsvSource({
    "3, 2.922, 3.0709",
    "5, 2.032, 2.0244",
    "10, 1.3612, 1.3249",
    "20, 0.9424, 0.9091",
    "50, 0.5894, 0.5659",
    "100, 0.4153, 0.3981"
  })
  void smallestMarginsAreTheTabulatedOnes(int n, double margin, double excess) {
    IntervalPower power = IntervalPower.pooled(1, n, n);
    assertThat(power.inside(0, -margin, margin, 0.9)).isEqualTo(0.8, within(2e-4));
    // With a far edge out of reach only the near one counts.
    assertThat(power.outside(excess, -INF, 0, 0.95)).isEqualTo(0.8, within(2e-4));
  }

  @Test
  void pairsAreOneSample() {
    // With a million values the interval is that of the normal distribution.
    double se = 1 / StrictMath.sqrt(1e6);
    assertThat(IntervalPower.pairs(1, 1_000_000).inside(0, -3 * se, 3 * se, 0.9))
        .isEqualTo(2 * Quantiles.below(3 - 1.6448536269514722) - 1, within(1e-6));
    assertThat(IntervalPower.pairs(1, 1).inside(0, -9, 9, 0.9)).isZero();
  }

  @Tag("statistical")
  @ParameterizedTest
  @CsvSource({"5, 5", "10, 10", "20, 20", "5, 20", "20, 10"})
  void ranksAreNearTheSimulatedOnes(int n, int m) {
    Random random = new Random(5);
    int inside = 0;
    int outside = 0;
    int replicates = 4000;
    double margin = 3.2 * StrictMath.sqrt(1.0 / n + 1.0 / m);
    for (int i = 0; i < replicates; i++) {
      double[] y = random.doubles(m).map(u -> random.nextGaussian()).toArray();
      double[] x = random.doubles(n).map(u -> random.nextGaussian()).toArray();
      HodgesLehmann shift = HodgesLehmann.of(x, y);
      inside += shift.interval(0.9).isInside(-margin, margin) ? 1 : 0;
      Interval wide = shift.interval(0.95);
      outside += wide.lower() > -margin ? 1 : 0;
    }
    IntervalPower power = IntervalPower.ranks(1, n, 1, m);
    // Three standard errors of the simulation and .015.
    assertThat(power.inside(0, -margin, margin, 0.9))
        .isEqualTo(inside / (double) replicates, within(0.038));
    assertThat(power.outside(margin, -INF, 0, 0.95))
        .isEqualTo(outside / (double) replicates, within(0.038));
  }

  @Test
  void withoutSpreadEachChanceIsZeroOrOne() {
    for (IntervalPower power :
        new IntervalPower[] {IntervalPower.welch(0, 5, 0, 5), IntervalPower.pooled(0, 5, 5)}) {
      assertThat(power.inside(0, -1, 1, 0.9)).isEqualTo(1, within(1e-9));
      assertThat(power.inside(1, -1, 1, 0.9)).isLessThan(0.6);
      assertThat(power.outside(2, -1, 1, 0.95)).isEqualTo(1, within(1e-9));
      assertThat(power.outside(0, -1, 1, 0.95)).isZero();
    }
  }

  @Test
  void tooFewValuesHaveNoChance() {
    assertThat(IntervalPower.welch(1, 1, 1, 50).inside(0, -9, 9, 0.9)).isZero();
    assertThat(IntervalPower.ranks(1, 2, 1, 2).inside(0, -9, 9, 0.9)).isZero();
    assertThat(IntervalPower.signedRanks(1, 4).inside(0, -9, 9, 0.9)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e300})
  void extremeUnitsChangeNothing(double unit) {
    assertThat(IntervalPower.welch(unit, 10, unit, 20).inside(0, -unit, unit, 0.9))
        .isEqualTo(IntervalPower.welch(1, 10, 1, 20).inside(0, -1, 1, 0.9), within(1e-10));
  }

  @Test
  void refusesWhatIsNoPlan() {
    assertThatThrownBy(() -> IntervalPower.pairs(Double.NaN, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a standard deviation must be 0 or more and finite; got NaN. Take that of a baseline.");
    assertThatThrownBy(() -> IntervalPower.pooled(1, 0, 5))
        .hasMessage("a sample to plan must have at least one value; got 0.");
    IntervalPower power = IntervalPower.welch(1, 5, 1, 5);
    assertThatThrownBy(() -> power.inside(INF, -1, 1, 0.9)).hasMessageContaining("got Infinity");
    assertThatThrownBy(() -> power.inside(0, 1, -1, 0.9)).hasMessageContaining("[1.0, -1.0]");
    assertThatThrownBy(() -> power.outside(0, -1, 1, 1)).hasMessageContaining("level must lie");
  }
}
