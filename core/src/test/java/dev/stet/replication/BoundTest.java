package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.replication.BoundResult.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BoundTest {
  private static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();
  private static final Bound RATE = Bound.rate(Success.atLeast(ACCURACY, 0.9))
      .atLeast(0.85)
      .expecting(0.95)
      .flakeBudget(0.001)
      .catching(0.75, 0.9);
  private static final Bound MEAN =
      Bound.mean(ACCURACY).atLeast(0.9).within(0, 1).flakeBudget(0.001).catching(0.8, 0.9);

  private static Sample constant(double value, int n) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return Sample.of(values);
  }

  @Nested
  class Plans {
    @Test
    void sayWhatIsDeclaredAndWhatItCosts() {
      assertThat(RATE.plan().explain()).isEqualTo("""
          at least 85 % of runs have accuracy at least 0.9.

            expected   0.950   red there at most 0.1 % of the time
            bound      0.850   at least; red there 34.5 % of the time
            broken     0.750   red there at least 90 % of the time

            At most 63 runs; on average 19 at a rate of 0.95 and 27 at 0.75. These are sums over all courses
            that the test can take. With a fixed number it would be 50 runs, red from 9 without success on.""");
    }

    @Test
    void keepTheDeclaredErrors() {
      BoundPlan plan = RATE.plan();
      assertThat(plan.chanceOfRed(0.95).orElseThrow()).isLessThanOrEqualTo(0.001);
      assertThat(plan.chanceOfRed(0.75).orElseThrow()).isGreaterThanOrEqualTo(0.9);
      assertThat(plan.maximum()).hasValue(63);
      assertThat(MEAN.plan().chanceOfRed(0.9)).isEmpty();
    }

    @Test
    void aQuantileIsARate() {
      Bound quantile =
          Bound.quantile(ACCURACY, 0.1).atLeast(0.8).flakeBudget(0.001).catching(0.7, 0.9);
      Bound rate = Bound.rate(Success.atLeast(ACCURACY, 0.8))
          .atLeast(0.9)
          .flakeBudget(0.001)
          .catching(0.7, 0.9);
      assertThat(quantile.plan().maximum()).isEqualTo(rate.plan().maximum());
      assertThat(quantile.value()).isEqualTo(0.9);
      assertThat(quantile).hasToString("the 0.1-quantile of accuracy is at least 0.8");
      assertThat(Bound.quantile(ACCURACY, 0.9).atMost(0.8).value()).isEqualTo(0.9);
    }
  }

  @Nested
  class Results {
    @Test
    void holdAndNameTheRunsTheyRestOn() {
      BoundResult result = RATE.plan().decide(constant(0.95, 63));
      assertThat(result.outcome()).isEqualTo(Outcome.HOLDS);
      assertThat(result.runs()).hasSize(12);
      assertThat(result.explain()).isEqualTo("""
          values keeps its bound: at least 85 % of runs have accuracy at least 0.9.

            seen       1.000   n = 12, 95 % [0.735, 1.000] exact for a test that stops by itself
            expected   0.950   red there at most 0.1 % of the time
            bound      0.850   at least
            broken     0.750   red there at least 90 % of the time

            The answer was in after 12 runs, of at most 63. All succeeded.""");
    }

    @Test
    void countFailedRunsAsTheWorst() {
      assertThat(RATE.plan().decide(constant(Double.NaN, 63)).outcome()).isEqualTo(Outcome.BROKEN);
      BoundResult mean = MEAN.plan().decide(constant(Double.NaN, 653));
      assertThat(mean.outcome()).isEqualTo(Outcome.BROKEN);
      assertThat(mean.estimate()).isZero();
      Bound loss = Bound.mean("loss").atMost(0.5).within(0, 2).flakeBudget(0.01).catching(1, 0.9);
      assertThat(loss.plan().decide(constant(Double.POSITIVE_INFINITY, 1000)).estimate())
          .isEqualTo(2);
      assertThat(loss.plan().decide(constant(0.3, 1000)).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void areOpenOnlyIfRunsAreMissing() {
      BoundResult open = MEAN.plan().decide(constant(0.92, 5));
      assertThat(open.outcome()).isEqualTo(Outcome.OPEN);
      assertThat(open.explain())
          .contains("The 5 runs at hand do not decide; 653 always do. None failed.");
    }

    @Test
    void refuseValuesOutsideTheDeclaredRange() {
      assertThatThrownBy(() -> MEAN.plan().decide(Sample.of(0.9, 1.2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a run gave 1.2 for accuracy, outside the declared range 0.0 to 1.0. Declare a range that no value"
                  + " can leave; the error rates rest on it.");
    }

    @Test
    void ofANormalMeanTakeAsManyRunsAsTheSpreadAsks() {
      Bound normal =
          Bound.mean(ACCURACY).atLeast(0.9).assumingNormal(3).flakeBudget(0.01).catching(0.8, 0.9);
      assertThat(normal.plan().maximum()).isEmpty();
      assertThat(normal.plan().decide(Sample.of(0.91, 0.9, 0.92, 0.3)).runs()).hasSize(3);
      BoundResult wide = normal.plan().decide(Sample.of(0.1, 0.9, 0.5, 0.3));
      assertThat(wide.outcome()).isEqualTo(Outcome.OPEN);
      assertThat(wide.explain()).contains("The spread of the first 3 runs asks for");
      assertThat(normal.plan().decide(Sample.of(0.1, Double.NaN, 0.5)).explain())
          .contains("A run failed, and a normal shape has no place for one");
    }
  }

  @Nested
  class Refuses {
    private static void illegal(Runnable declaration, String beginning) {
      assertThatThrownBy(declaration::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(beginning);
    }

    @Test
    void aBrokenValueOnTheRightSide() {
      illegal(
          () -> RATE.catching(0.9, 0.9),
          "the broken value must lie on the wrong side of the bound, which is at least 0.85; got 0.9.");
      illegal(
          () -> MEAN.catching(0.9, 0.9),
          "the broken value must lie on the wrong side of the bound, which is at least 0.9; got 0.9.");
      illegal(
          () -> Bound.mean("loss").atMost(1).catching(0.5, 0.9),
          "the broken value must lie on the wrong side of the bound, which is at most 1.0; got 0.5.");
    }

    @Test
    void anExpectedValueOnTheWrongSide() {
      illegal(
          () -> MEAN.expecting(0.7),
          "the expected value must meet the bound, at least 0.9; got 0.7.");
    }

    @Test
    void probabilitiesThatAreNone() {
      for (double budget : new double[] {0, -1, 0.51, Double.NaN}) {
        illegal(
            () -> RATE.flakeBudget(budget),
            "the flake budget must be above 0 and at most 0.5; got " + budget);
      }
      for (double detection : new double[] {0.49, 1, Double.NaN}) {
        illegal(
            () -> RATE.catching(0.5, detection),
            "the detection must be at least 0.5 and below 1; got " + detection);
      }
    }

    @Test
    void aMeanWithoutRange() {
      assertThatThrownBy(() -> Bound.mean(ACCURACY)
              .atLeast(0.9)
              .flakeBudget(0.01)
              .catching(0.8, 0.9)
              .plan())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "the bound that the mean of accuracy is at least 0.9 has no range yet.");
    }

    @Test
    void whatIsNotDeclared() {
      assertThatThrownBy(() -> Bound.mean(ACCURACY).atLeast(0.9).plan())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no flake budget yet");
      assertThatThrownBy(() ->
              Bound.rate(Success.completed()).atLeast(0.9).flakeBudget(0.1).plan())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no broken value yet");
    }

    @Test
    void rangesThatDoNotFit() {
      illegal(
          () -> MEAN.within(0, 0.9),
          "the bound must lie strictly inside the declared range 0.0 to 0.9");
      illegal(() -> MEAN.within(1, 0), "a range must be finite and its low end below its high end");
      illegal(() -> MEAN.within(-1e308, 1e308), "a range must be finite");
      illegal(() -> RATE.within(0, 1), "only a mean needs a range or a normal shape");
      illegal(() -> MEAN.assumingNormal(), "a mean is tested either within a range or as normal");
      illegal(
          () -> Bound.rate(Success.completed()).atMost(0.1), "a success rate has no upper bound");
      illegal(
          () -> Bound.quantile(ACCURACY, 1),
          "a quantile's share must lie strictly between 0 and 1");
    }
  }
}
