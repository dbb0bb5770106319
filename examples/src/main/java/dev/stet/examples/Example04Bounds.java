package dev.stet.examples;

import static dev.stet.examples.Example01Digits.ACCURACY;
import static dev.stet.examples.Example01Digits.BASELINE;
import static dev.stet.examples.Example01Digits.CONFIG;
import static dev.stet.examples.Example01Digits.DIGITS;

import dev.stet.examples.Example01Digits.Config;
import dev.stet.replication.Baseline;
import dev.stet.replication.Bound;
import dev.stet.replication.BoundResult;
import dev.stet.replication.Sample;
import dev.stet.replication.Success;
import dev.stet.replication.ThresholdTest;
import dev.stet.seeds.Seed;

/** A number instead of a baseline: what it costs, what a broken version looks like, and what a plain threshold does. */
public final class Example04Bounds {
  static final Bound MOST_SUCCEED = Bound.rate(Success.atLeast(ACCURACY, 0.88))
      .atLeast(0.85)
      .expecting(0.95)
      .flakeBudget(0.001)
      .catching(0.75, 0.9);

  private Example04Bounds() {}

  /**
   * Runs the example.
   *
   * @param args not read
   */
  public static void main(String[] args) {
    plans();
    checks();
    examines();
  }

  private static void plans() {
    System.out.println(MOST_SUCCEED.plan().explain());
  }

  private static void checks() {
    Config slow = new Config(0.002, CONFIG.hidden(), CONFIG.epochs());
    BoundResult result = DIGITS.study(slow).check(MOST_SUCCEED, Seed.of(7));
    System.out.println(result.outcome()); // HOLDS, BROKEN or OPEN
    System.out.println(result.explain());
  }

  private static void examines() {
    Sample healthy = Baseline.read(BASELINE).sample();
    System.out.println(
        ThresholdTest.mean(3).atLeast(0.9).examine(healthy, 0.001).explain());
  }
}
