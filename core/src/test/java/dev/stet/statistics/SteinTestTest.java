package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SteinTestTest {
  private static double rejected(double mean, double deviation, Seed seed) {
    RandomStream stream = seed.stream();
    int rejected = 0;
    for (int i = 0; i < 4_000; i++) {
      double[] values = new double[10];
      Arrays.setAll(values, j -> stream.nextGaussian(mean, deviation));
      SteinTest test = SteinTest.of(values, 1, 0, 0.05, 0.1);
      int first = values.length;
      values = Arrays.copyOf(values, (int) test.values());
      for (int j = first; j < values.length; j++) {
        values[j] = stream.nextGaussian(mean, deviation);
      }
      rejected += test.decide(values) == Decision.REJECT ? 1 : 0;
    }
    return rejected / 4_000.0;
  }

  /** 4,000 tests a spread: .05 with an error of .0034, .9 with one of .0047; four of them. */
  @Test
  void keepsBothErrorRatesWhateverTheSpread() {
    for (double deviation : new double[] {0.1, 1, 3}) {
      assertThat(rejected(1, deviation, Seed.of(1))).isLessThan(0.064);
      assertThat(rejected(0, deviation, Seed.of(2))).isGreaterThan(0.881);
    }
  }

  @Test
  void equalValuesDecideByThemselves() {
    double[] equal = {0.9, 0.9, 0.9};
    SteinTest test = SteinTest.of(equal, 0.9, 0.8, 1e-3, 0.1);
    assertThat(test.values()).isEqualTo(3);
    assertThat(test.decide(equal)).isEqualTo(Decision.ACCEPT);
    assertThat(SteinTest.of(equal, 0.9001, 0.8, 1e-3, 0.1).decide(equal))
        .isEqualTo(Decision.REJECT);
  }

  @Test
  void aSpreadThatNoNumberOfRunsCanMeetAsksForever() {
    SteinTest test = SteinTest.of(new double[] {-1e308, 1e308}, 1, 0, 1e-3, 0.1);
    assertThat(test.values()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(test.decide(-1e308, 1e308)).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void refusesWhatCannotBeTested() {
    assertThatThrownBy(() -> SteinTest.of(new double[] {1}, 1, 0, 0.1, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 values");
    assertThatThrownBy(() -> SteinTest.of(new double[] {1, 2}, 0, 0, 0.1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SteinTest.of(new double[] {1, Double.NaN}, 1, 0, 0.1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SteinTest.of(new double[] {1, 2}, Double.NaN, 0, 0.1, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
