package dev.stet.bench.calibration;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.statistics.BoundedMean;
import dev.stet.statistics.Decision;
import dev.stet.statistics.SequentialRate;
import dev.stet.statistics.SteinTest;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Prints, for two flake budgets, how often the tests behind bounds are red at the good value and green at the broken one,
 * and how many runs they take. Rates are exact sums; means are simulated.
 */
public final class BudgetCalibration {
  private static final int TESTS = 20_000;
  private static final int FIRST_STAGE = 10;
  private static final double MISS = 0.1;

  private BudgetCalibration() {}

  /** Values of a given mean within [0, 1]: a quantile function of a uniform number. */
  private record Shape(String name, Quantile quantile) {}

  private interface Quantile {
    double at(double uniform, double mean);
  }

  /** What came of many tests at one mean. */
  private record Count(double red, double runs) {}

  private static final Shape[] SHAPES = {
    new Shape("coin", (u, mean) -> u < mean ? 1 : 0),
    // Beta(a, 1): the a-th root of a uniform number has mean a / (a + 1).
    new Shape("beta", (u, mean) -> StrictMath.pow(u, (1 - mean) / mean)),
    new Shape("bimodal, 10 % collapse", (u, mean) -> u < 0.1 ? mean / 2 : mean * 0.95 / 0.9),
    new Shape("lattice of 20 steps", (u, mean) -> u < fraction(mean) ? up(mean) : up(mean) - 0.05),
    new Shape("narrow", (u, mean) -> mean + 0.02 * (u - 0.5)),
  };

  private static double up(double mean) {
    return Math.ceil(mean * 20 - 1e-9) / 20;
  }

  private static double fraction(double mean) {
    return 1 - (up(mean) - mean) * 20;
  }

  /**
   * Prints the table.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(
        "| test | shape | good | broken | budget | red at good, % | missed at broken, % | runs at good |"
            + " runs at broken | at most |");
    System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (double budget : new double[] {1e-2, 1e-3}) {
      rate(0.95, 0.85, budget);
      rate(0.9, 0.5, budget);
      for (Shape shape : SHAPES) {
        mean(shape, 0.92, 0.82, budget);
      }
      for (Shape shape : SHAPES) {
        stein(shape, 0.92, 0.82, budget);
      }
    }
  }

  private static void rate(double good, double broken, double budget) {
    SequentialRate test = SequentialRate.of(
        Math.rint(100 * (1 - good)) / 100, Math.rint(100 * (1 - broken)) / 100, budget, MISS);
    double rare = Math.rint(100 * (1 - good)) / 100;
    double frequent = Math.rint(100 * (1 - broken)) / 100;
    row(
        "rate, exact",
        "coin",
        good,
        broken,
        budget,
        new Count(test.rejects(rare), test.expectedTries(rare)),
        new Count(test.rejects(frequent), test.expectedTries(frequent)),
        0,
        Integer.toString(test.maximum()));
  }

  private static void mean(Shape shape, double good, double broken, double budget) {
    BoundedMean test = BoundedMean.of(good, broken, budget, MISS);
    row(
        "mean by betting",
        shape.name,
        good,
        broken,
        budget,
        betting(test, u -> shape.quantile.at(u, good), Seed.of(1)),
        betting(test, u -> shape.quantile.at(u, broken), Seed.of(2)),
        TESTS,
        Integer.toString(test.maximum()));
  }

  private static Count betting(BoundedMean test, DoubleUnaryOperator quantile, Seed seed) {
    RandomStream stream = seed.stream();
    int red = 0;
    long runs = 0;
    for (int i = 0; i < TESTS; i++) {
      BoundedMean.Stand stand = test.start();
      while (stand.decision() == Decision.CONTINUE) {
        stand = stand.after(quantile.applyAsDouble(stream.nextDouble()));
      }
      red += stand.decision() == Decision.REJECT ? 1 : 0;
      runs += stand.values();
    }
    return new Count((double) red / TESTS, (double) runs / TESTS);
  }

  private static void stein(Shape shape, double good, double broken, double budget) {
    row(
        "mean by t",
        shape.name,
        good,
        broken,
        budget,
        twoStage(good, broken, budget, u -> shape.quantile.at(u, good), Seed.of(3)),
        twoStage(good, broken, budget, u -> shape.quantile.at(u, broken), Seed.of(4)),
        TESTS,
        "none");
  }

  private static Count twoStage(
      double good, double broken, double budget, DoubleUnaryOperator quantile, Seed seed) {
    RandomStream stream = seed.stream();
    int red = 0;
    long runs = 0;
    for (int i = 0; i < TESTS; i++) {
      double[] values = new double[FIRST_STAGE];
      Arrays.setAll(values, j -> quantile.applyAsDouble(stream.nextDouble()));
      SteinTest test = SteinTest.of(values, good, broken, budget, MISS);
      values = Arrays.copyOf(values, (int) test.values());
      for (int j = FIRST_STAGE; j < values.length; j++) {
        values[j] = quantile.applyAsDouble(stream.nextDouble());
      }
      red += test.decide(values) == Decision.REJECT ? 1 : 0;
      runs += values.length;
    }
    return new Count((double) red / TESTS, (double) runs / TESTS);
  }

  private static void row(
      String test,
      String shape,
      double good,
      double broken,
      double budget,
      Count atGood,
      Count atBroken,
      int tests,
      String most) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s | %.0f | %.0f | %s |%n",
        test,
        shape,
        good,
        broken,
        budget,
        percent(atGood.red, tests),
        percent(1 - atBroken.red, tests),
        atGood.runs,
        atBroken.runs,
        most);
  }

  /** With the standard error of the counting, if it was counted. */
  private static String percent(double share, int tests) {
    if (tests == 0) {
      return String.format(Locale.ROOT, "%.3f", 100 * share);
    }
    double error = 100 * Math.sqrt(share * (1 - share) / tests);
    return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * share, error);
  }
}
