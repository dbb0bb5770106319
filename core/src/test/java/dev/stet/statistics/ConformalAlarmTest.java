package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalAlarmTest {
  /** Of 1,000 replicates over 40 looks; rates of an independent simulation with another twelve bets in brackets. */
  @Tag("statistical")
  @ParameterizedTest
  @CsvSource({
    "20, 0, 1, 40, .015, .055", // (.029) at most .05 by theorem
    "20, 2, 1, 10, .90, 1", // (median 4)
    "20, 1, 1, 20, .45, .58", // (.53)
    "20, 0, 3, 20, .30, .45", // (.32)
    "50, 1, 1, 20, .68, .80" // (.75)
  })
  void raisesAsOftenAsItShould(
      int m, double shift, double spread, int within, double least, double most) {
    Random random = new Random(11);
    int raised = 0;
    for (int r = 0; r < 1000; r++) {
      double[] baseline = random.doubles(m).map(u -> random.nextGaussian()).toArray();
      ConformalAlarm alarm = ConformalAlarm.of(baseline, Alternative.TWO_SIDED, Seed.of(r));
      for (int i = 0; i < within; i++) {
        alarm = alarm.observe(shift + spread * random.nextGaussian());
      }
      raised += alarm.isRaised(0.05) ? 1 : 0;
    }
    assertThat(raised / 1000.0).isBetween(least, most);
  }

  @Test
  void constantsAreTiesAndRaiseNothing() {
    int raised = 0;
    for (int r = 0; r < 300; r++) {
      ConformalAlarm alarm = ConformalAlarm.of(new double[10], Alternative.TWO_SIDED, Seed.of(r));
      for (int i = 0; i < 40; i++) {
        alarm = alarm.observe(-0.0);
      }
      raised += alarm.isRaised(0.05) ? 1 : 0;
    }
    assertThat(raised).isLessThan(25);
  }

  @Test
  void sidesAreMirrored() {
    double[] baseline = IntStream.range(0, 20).asDoubleStream().toArray();
    ConformalAlarm low = ConformalAlarm.of(baseline, Alternative.LESS, Seed.of(1));
    ConformalAlarm high = ConformalAlarm.of(baseline, Alternative.GREATER, Seed.of(1));
    for (int i = 0; i < 6; i++) {
      low = low.observe(Double.NEGATIVE_INFINITY);
      high = high.observe(-5);
    }
    assertThat(low.isRaised(0.05)).isTrue();
    assertThat(low.pValue()).isLessThan(0.05).isPositive();
    assertThat(high.isRaised(0.05)).isFalse();
    assertThat(high.wealth()).isLessThan(1);
    assertThat(low.observed()).isEqualTo(6);
  }

  @Test
  void theSameSeedGivesTheSameWealthInAnyOrderOfTheBaseline() {
    double[] baseline = {3, 1, 2, 2, 5};
    double[] sorted = baseline.clone();
    Arrays.sort(sorted);
    ConformalAlarm one = ConformalAlarm.of(baseline, Alternative.TWO_SIDED, Seed.of(4));
    ConformalAlarm other = ConformalAlarm.of(sorted, Alternative.TWO_SIDED, Seed.of(4));
    for (double value : new double[] {2, 2, 9, 1e308, -1e308}) {
      one = one.observe(value);
      other = other.observe(value);
      assertThat(one.wealth()).isEqualTo(other.wealth());
    }
    assertThat(ConformalAlarm.of(baseline, Alternative.TWO_SIDED, Seed.of(5))
            .observe(2)
            .wealth())
        .isNotEqualTo(ConformalAlarm.of(baseline, Alternative.TWO_SIDED, Seed.of(4))
            .observe(2)
            .wealth());
  }

  @Test
  void onceRaisedItStays() {
    ConformalAlarm alarm = ConformalAlarm.of(new double[30], Alternative.GREATER, Seed.of(1));
    for (int i = 0; i < 10; i++) {
      alarm = alarm.observe(1);
    }
    double largest = alarm.largest();
    assertThat(largest).isGreaterThan(20);
    for (int i = 0; i < 40; i++) {
      alarm = alarm.observe(-1);
    }
    assertThat(alarm.wealth()).isLessThan(largest);
    assertThat(alarm.isRaised(0.05)).isTrue();
  }

  @Test
  void refusesWhatHasNoRank() {
    ConformalAlarm alarm = ConformalAlarm.of(new double[] {1}, Alternative.LESS, Seed.of(1));
    assertThatThrownBy(() -> alarm.observe(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> alarm.isRaised(0)).hasMessageContaining("error rate");
    assertThatThrownBy(() -> ConformalAlarm.of(new double[0], Alternative.LESS, Seed.of(1)))
        .hasMessage("sample must hold at least one value; got none.");
  }
}
