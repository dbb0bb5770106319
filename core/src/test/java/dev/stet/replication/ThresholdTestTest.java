package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ThresholdTestTest {
  private static Sample uniform(int n, double from, long seed) {
    double[] values = new double[n];
    Seed.of(seed).stream().fill(values);
    return Sample.of(Arrays.stream(values).map(x -> from + x / 10).toArray());
  }

  @Test
  void saysHowOftenItFailsAndCatches() {
    ThresholdReport report =
        ThresholdTest.each(3).atLeast(0.91).examine(uniform(50, 0.9, 1), 0.3, uniform(30, 0.85, 2));
    // 1 - .9^3 and 1 - .4^3, as far as 50 and 30 runs show it.
    assertThat(report.falseAlarms().estimate()).isCloseTo(0.271, within(0.15));
    assertThat(report.falseAlarms().interval().contains(0.271)).isTrue();
    assertThat(report.detection().orElseThrow().estimate()).isCloseTo(0.936, within(0.06));
    assertThat(report.assuredThreshold().orElseThrow())
        .isLessThanOrEqualTo(report.threshold().orElseThrow());
    assertThat(report.explain()).contains("With 95 % confidence, for every shape, it is ");
  }

  @Test
  void admitsThatFiftyRunsVouchForNoSmallBudget() {
    ThresholdReport report = ThresholdTest.mean(3).atLeast(0.9).examine(uniform(50, 0.9, 1), 1e-6);
    assertThat(report.assuredThreshold()).isEmpty();
    assertThat(report.smallestAssuredBudget())
        .isCloseTo(1 - Math.pow(0.05, 1 / 16.0), within(1e-9));
    assertThat(report.explain())
        .contains("a budget of 0.0001 %")
        .contains("and can vouch for 17.1 % at");
  }

  @Test
  void failedRunsAreWorseThanEveryThreshold() {
    Sample half = Sample.of(Double.NaN, Double.NaN, 0.9, 0.9);
    ThresholdReport each = ThresholdTest.each(2).atLeast(0.5).examine(half, 0.1);
    assertThat(each.falseAlarms().estimate()).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(each.threshold()).isEmpty();
    assertThat(each.explain()).contains("Failed runs alone make it fail more than 10 %");
    assertThat(
            ThresholdTest.best(2).atMost(0.95).examine(half, 0.1).falseAlarms().estimate())
        .isCloseTo(1 / 6.0, within(1e-12));
    assertThat(ThresholdTest.median(3)
            .atLeast(0.5)
            .examine(half, 0.1)
            .falseAlarms()
            .estimate())
        .isEqualTo(0.5);
    assertThat(ThresholdTest.mean(2)
            .atLeast(1e307)
            .examine(Sample.of(1e308, 1e308), 0.1)
            .falseAlarms()
            .estimate())
        .isZero();
  }

  @Test
  void isTurnedRoundForUpperThresholds() {
    double[] values = {0.1, 0.4, 0.2, 0.9, 0.3};
    double[] turned = Arrays.stream(values).map(x -> -x).toArray();
    ThresholdReport low = ThresholdTest.mean(2).atLeast(0.3).examine(Sample.of(values), 0.2);
    ThresholdReport high = ThresholdTest.mean(2).atMost(-0.3).examine(Sample.of(turned), 0.2);
    assertThat(high.falseAlarms()).isEqualTo(low.falseAlarms());
    assertThat(high.threshold().orElseThrow()).isEqualTo(-low.threshold().orElseThrow());
  }

  @Test
  void refusesTooFewRuns() {
    assertThatThrownBy(() -> ThresholdTest.mean(3).atLeast(0.9).examine(Sample.of(1, 2), 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a test that makes 3 runs can only be examined on as many or more; got 2. Run a study of 50 or more.");
    assertThatThrownBy(() -> ThresholdTest.mean(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ThresholdTest.mean(1).atLeast(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSuiteDividesItsBudgetAndCounts() {
    SuiteBudget budget = SuiteBudget.of(0.01).over(2);
    assertThat(budget.take("a")).isEqualTo(0.005);
    assertThat(budget.take("a")).isEqualTo(0.005);
    budget.take("b");
    assertThat(budget.used()).isEqualTo(2);
    assertThatThrownBy(() -> budget.take("c"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the suite's budget was divided over 2 assertions, and \"c\" is one more. Declare the number of"
                + " assertions that the suite has: SuiteBudget.of(0.01).over(3).");
    assertThatThrownBy(() -> SuiteBudget.of(0.6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SuiteBudget.of(0.1).over(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
