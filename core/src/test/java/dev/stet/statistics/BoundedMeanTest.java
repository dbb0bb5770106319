package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class BoundedMeanTest {
  private static final BoundedMean USUAL = BoundedMean.of(0.95, 0.85, 1e-3, 0.1);

  private static double[] constant(double value) {
    double[] values = new double[USUAL.maximum()];
    Arrays.fill(values, value);
    return values;
  }

  /** All sequences of a distribution on three points: a fair game keeps its expected capital, to the last sequence. */
  @Test
  void capitalsAreMartingalesAtTheMeanTheyBetOn() {
    BoundedMean test = BoundedMean.of(0.75, 0.5, 1e-9, 1e-9);
    double[] points = {0, 0.5, 1};
    // Mean .75, against which the first gambler bets; mean .5, against which the second does.
    assertThat(expected(
            test.start(),
            points,
            new double[] {0.1, 0.3, 0.6},
            8,
            BoundedMean.Stand::capitalAgainstGood))
        .isCloseTo(1, within(1e-12));
    assertThat(expected(
            test.start(),
            points,
            new double[] {0.2, 0.6, 0.2},
            8,
            BoundedMean.Stand::capitalAgainstBroken))
        .isCloseTo(1, within(1e-12));
    // On the right side of what he bets on, a gambler loses.
    assertThat(expected(
            test.start(),
            points,
            new double[] {0.05, 0.2, 0.75},
            8,
            BoundedMean.Stand::capitalAgainstGood))
        .isLessThan(1);
  }

  private static double expected(
      BoundedMean.Stand stand,
      double[] points,
      double[] probabilities,
      int left,
      ToDoubleFunction<BoundedMean.Stand> capital) {
    if (left == 0 || stand.decision() != Decision.CONTINUE) {
      return capital.applyAsDouble(stand);
    }
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      sum += probabilities[i]
          * expected(stand.after(points[i]), points, probabilities, left - 1, capital);
    }
    return sum;
  }

  @Test
  void valuesThatDoNotSpreadAreSettledFarBeforeTheMaximum() {
    assertThat(USUAL.maximum()).isEqualTo(436);
    BoundedMean.Stand good = USUAL.after(constant(0.95));
    assertThat(good.decision()).isEqualTo(Decision.ACCEPT);
    assertThat(good.values()).isEqualTo(24);
    BoundedMean.Stand broken = USUAL.after(constant(0.85));
    assertThat(broken.decision()).isEqualTo(Decision.REJECT);
    assertThat(broken.values()).isEqualTo(21);
  }

  /** A rare value at the far end hides from fewer than log(1 / miss) / log(good / broken) values. */
  @Test
  void neverAcceptsBeforeARareBadValueCouldShow() {
    double least = Math.log(1 / 0.1) / Math.log(0.95 / 0.85);
    assertThat(USUAL.after(constant(0.95)).values()).isGreaterThanOrEqualTo((int) least);
  }

  @Test
  void alwaysHasAnAnswerAtTheMaximum() {
    // Coins of the rate in between: the capitals often stay small.
    RandomStream stream = Seed.of(4).stream();
    int late = 0;
    for (int i = 0; i < 200; i++) {
      BoundedMean.Stand stand = USUAL.start();
      while (stand.decision() == Decision.CONTINUE) {
        stand = stand.after(stream.nextDouble() < 0.91 ? 1 : 0);
      }
      assertThat(stand.values()).isLessThanOrEqualTo(436);
      late += stand.values() == 436 ? 1 : 0;
    }
    assertThat(late).isPositive();
  }

  /** Coins and three-point values at both means, 2,000 tests each: budgets of .05 and .1 with five errors to spare. */
  @Test
  void keepsBothErrorRates() {
    BoundedMean test = BoundedMean.of(0.9, 0.75, 0.05, 0.1);
    RandomStream stream = Seed.of(6).stream();
    assertThat(rejected(test, () -> stream.nextDouble() < 0.9 ? 1 : 0)).isLessThan(0.05);
    assertThat(rejected(test, () -> stream.nextDouble() < 0.75 ? 1 : 0)).isGreaterThan(0.9);
    assertThat(rejected(test, () -> stream.nextDouble() < 0.8 ? 1 : 0.5)).isLessThan(0.05);
    assertThat(rejected(test, () -> stream.nextDouble() < 0.5 ? 1 : 0.5)).isGreaterThan(0.9);
  }

  private interface Draw {
    double next();
  }

  private static double rejected(BoundedMean test, Draw draw) {
    int rejected = 0;
    for (int i = 0; i < 2_000; i++) {
      BoundedMean.Stand stand = test.start();
      while (stand.decision() == Decision.CONTINUE) {
        stand = stand.after(draw.next());
      }
      rejected += stand.decision() == Decision.REJECT ? 1 : 0;
    }
    return rejected / 2_000.0;
  }

  @Test
  void simulatesTheSameFromTheSameSeed() {
    double expected = USUAL.expectedAtWorst(Seed.of(1));
    assertThat(expected).isBetween(60.0, 100.0);
    assertThat(USUAL.expectedAtWorst(Seed.of(1))).isEqualTo(expected);
  }

  @Test
  void doesNotLookAtValuesAfterTheAnswer() {
    double[] values = constant(0.95);
    Arrays.fill(values, 24, values.length, Double.NaN);
    BoundedMean.Stand stand = USUAL.after(values);
    assertThat(stand.decision()).isEqualTo(Decision.ACCEPT);
    assertThatThrownBy(() -> stand.after(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the answer was in after 24 values.");
    assertThat(USUAL.after().decision()).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void refusesWhatItCannotTest() {
    for (double value : new double[] {Double.NaN, -0.01, 1.01, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> USUAL.after(0.9, value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("values must lie between 0 and 1, as the method needs the range; got " + value
              + " at index 1. Scale them by their declared range.");
    }
    assertThatThrownBy(() -> BoundedMean.of(1, 0.5, 0.1, 0.1))
        .hasMessageStartingWith(
            "a test of a mean between 0 and 1 needs 0 < broken < good < 1; got good 1.0");
    assertThatThrownBy(() -> BoundedMean.of(0.5, 0.499, 1e-9, 1e-3))
        .hasMessageContaining("at most 100,000 are planned");
    assertThatThrownBy(() -> BoundedMean.of(0.5, 0.5 - 1e-16, 1e-9, 1e-3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BoundedMean.of(0.5, 0.4, Double.NaN, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
