package dev.stet.examples;

import static dev.stet.StetAssertions.assertHolds;
import static dev.stet.examples.Example01Digits.ACCURACY;
import static dev.stet.examples.Example01Digits.CONFIG;
import static dev.stet.examples.Example01Digits.DIGITS;

import dev.stet.replication.Bound;
import dev.stet.replication.Success;
import dev.stet.replication.SuiteBudget;
import dev.stet.seeds.Seed;
import org.junit.jupiter.api.Test;

/** Bounds as tests of one's own project would hold them. */
class BoundsTest {
  @Test
  void mostRunsSucceed() {
    assertHolds(
        DIGITS.study(CONFIG).threads(2),
        Bound.rate(Success.atLeast(ACCURACY, 0.88))
            .atLeast(0.85)
            .expecting(0.95)
            .flakeBudget(0.001)
            .catching(0.75, 0.9),
        Seed.replayable(Seed.of(7)));
  }

  @Test
  void accurateOnAverage() {
    assertHolds(
        DIGITS.study(CONFIG).seeds(Seed.of(7), 653).threads(2),
        Bound.mean(ACCURACY).atLeast(0.9).within(0, 1).flakeBudget(0.001).catching(0.8, 0.9));
  }

  static final SuiteBudget BUDGET = SuiteBudget.of(0.01).over(25);

  @Test
  void estimateIsNotLow() {
    assertHolds(
        First.MEAN.study(new First.Config(0.02, 1000)),
        Bound.mean("estimate")
            .atLeast(2.9)
            .assumingNormal()
            .flakeBudget(BUDGET.take("estimateIsNotLow"))
            .catching(2.7, 0.9),
        Seed.replayable(Seed.of(7)));
  }
}
