package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HedgedCapitalTest {
  /** 400 sequences of 100 coins, looked at after every tenth: 5 % may miss somewhere; 8 % would be five errors more. */
  @Test
  void coversAtAllLooksTogether() {
    RandomStream stream = Seed.of(8).stream();
    int missed = 0;
    for (int i = 0; i < 400; i++) {
      double[] coins = new double[100];
      Arrays.setAll(coins, j -> stream.nextDouble() < 0.8 ? 1 : 0);
      boolean all = true;
      for (int n = 10; n <= 100; n += 10) {
        all &= HedgedCapital.of(Arrays.copyOf(coins, n)).interval(0.95).contains(0.8);
      }
      missed += all ? 0 : 1;
    }
    assertThat(missed).isLessThan(32);
  }

  @Test
  void narrowsWithEveryLook() {
    RandomStream stream = Seed.of(9).stream();
    double[] values = new double[200];
    Arrays.setAll(values, i -> 0.9 + 0.05 * stream.nextDouble());
    Interval before = HedgedCapital.of().interval(0.95);
    assertThat(before).isEqualTo(new Interval(0, 1, 0.95));
    for (int n = 1; n <= 200; n += 13) {
      Interval now = HedgedCapital.of(Arrays.copyOf(values, n)).interval(0.95);
      // Bisection leaves 2^-50 on either end.
      assertThat(now.lower()).isGreaterThanOrEqualTo(before.lower() - 1e-12);
      assertThat(now.upper()).isLessThanOrEqualTo(before.upper() + 1e-12);
      before = now;
    }
    assertThat(before.upper() - before.lower()).isLessThan(0.2);
  }

  @Test
  void isTurnedRoundWithItsValues() {
    double[] values = {0.2, 0.9, 0.4, 0.7, 0.1, 0, 1, 0.3};
    double[] turned = Arrays.stream(values).map(x -> 1 - x).toArray();
    Interval one = HedgedCapital.of(values).interval(0.9);
    Interval other = HedgedCapital.of(turned).interval(0.9);
    assertThat(other.lower()).isCloseTo(1 - one.upper(), within(1e-9));
    assertThat(other.upper()).isCloseTo(1 - one.lower(), within(1e-9));
  }

  @Test
  void isCompleteAtConstantsAndEnds() {
    for (double value : new double[] {0, 0.5, 1}) {
      double[] values = new double[1_000];
      Arrays.fill(values, value);
      Interval interval = HedgedCapital.of(values).interval(0.95);
      assertThat(interval.contains(value)).isTrue();
      assertThat(interval.upper() - interval.lower()).isLessThan(0.03);
    }
  }

  @Test
  void refusesValuesOutsideTheRange() {
    assertThatThrownBy(() -> HedgedCapital.of(0.5, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got NaN at index 1");
    assertThatThrownBy(() -> HedgedCapital.of(0.5).interval(1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
