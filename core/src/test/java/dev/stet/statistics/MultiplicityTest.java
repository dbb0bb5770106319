package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against R 4.2.2, p.adjust(p, "holm") and p.adjust(p, "BH"), and the published counts of rejections. */
class MultiplicityTest {
  // Benjamini and Hochberg 1995, section 4.1: fifteen p-values of a trial on myocardial infarction.
  private static final double[] TRIAL = {
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1
  };
  private static final double[] TIED = {0.049, 0.001, 0.4, 0.012, 0.012, 0.9, 0.03, 0.0005};
  private static final Offset<Double> CLOSE = within(1e-14);

  @Test
  void holmAgreesWithR() {
    assertThat(Multiplicity.HOLM.adjust(TRIAL))
        .containsExactly(
            new double[] {
              0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1
            },
            CLOSE);
    assertThat(Multiplicity.HOLM.adjust(0.03, 0.01, 0.02))
        .containsExactly(new double[] {0.04, 0.03, 0.04}, CLOSE);
    assertThat(Multiplicity.HOLM.adjust(TIED))
        .containsExactly(new double[] {0.147, 0.007, 0.8, 0.072, 0.072, 0.9, 0.12, 0.004}, CLOSE);
  }

  @Test
  void benjaminiHochbergAgreesWithR() {
    assertThat(Multiplicity.BENJAMINI_HOCHBERG.adjust(TRIAL))
        .containsExactly(
            new double[] {
              0.0015,
              0.003,
              0.0095,
              0.035625,
              0.0603,
              0.0638571428571429,
              0.0638571428571429,
              0.0645,
              0.0765,
              0.486,
              0.581181818181818,
              0.714875,
              0.753230769230769,
              0.813214285714286,
              1
            },
            CLOSE);
    assertThat(Multiplicity.BENJAMINI_HOCHBERG.adjust(0.03, 0.01, 0.02))
        .containsExactly(new double[] {0.03, 0.03, 0.03}, CLOSE);
    assertThat(Multiplicity.BENJAMINI_HOCHBERG.adjust(TIED))
        .containsExactly(
            new double[] {
              0.0653333333333333, 0.004, 0.457142857142857, 0.024, 0.024, 0.9, 0.048, 0.004
            },
            CLOSE);
  }

  @Test
  void rejectsAsManyAsPublished() {
    assertThat(Arrays.stream(Multiplicity.HOLM.adjust(TRIAL)).filter(p -> p <= 0.05))
        .hasSize(3);
    assertThat(Arrays.stream(Multiplicity.BENJAMINI_HOCHBERG.adjust(TRIAL)).filter(p -> p <= 0.05))
        .hasSize(4);
  }

  /** Five true hypotheses: the chance of any rejection is 1 - .99^5 = .0490; 20,000 tries, three standard errors .0046. */
  @Test
  void holmKeepsTheChanceOfAnyFalseRejection() {
    RandomStream stream = Seed.of(20261125).stream();
    int alarms = 0;
    for (int i = 0; i < 20_000; i++) {
      double[] p = new double[5];
      for (int j = 0; j < p.length; j++) {
        p[j] = stream.nextDouble();
      }
      alarms += Arrays.stream(Multiplicity.HOLM.adjust(p)).anyMatch(each -> each <= 0.05) ? 1 : 0;
    }
    assertThat(alarms / 20_000.0).isCloseTo(0.0490, within(0.0046));
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoneAndOneAsTheyAre(Multiplicity method) {
    assertThat(method.adjust()).isEmpty();
    assertThat(method.adjust(0.03)).containsExactly(0.03);
    assertThat(method.adjust(0, -0.0, 1)).containsExactly(0, 0, 1);
    assertThat(method.adjust(Double.MIN_VALUE, 1)[0]).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsNoProbability(Multiplicity method) {
    for (double wrong : new double[] {Double.NaN, -1e-300, 1.0000001, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> method.adjust(0.5, wrong))
          .hasMessage("p-values must lie between 0 and 1; got " + wrong
              + " at index 1. Leave out tests that have none.");
    }
  }

  @Property(tries = 300)
  void dependsOnThePValuesAndNotOnTheirOrder(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> values,
      @ForAll Multiplicity method) {
    double[] p = values.stream().mapToDouble(Double::doubleValue).toArray();
    double[] reversed = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      reversed[i] = p[p.length - 1 - i];
    }
    double[] adjusted = method.adjust(p);
    double[] other = method.adjust(reversed);
    for (int i = 0; i < p.length; i++) {
      assertThat(adjusted[i]).isEqualTo(other[p.length - 1 - i]).isBetween(p[i], 1.0);
      for (int j = 0; j < p.length; j++) {
        assertThat(p[i] > p[j] && adjusted[i] < adjusted[j]).isFalse();
        assertThat(p[i] == p[j] && adjusted[i] != adjusted[j]).isFalse();
      }
    }
  }
}
