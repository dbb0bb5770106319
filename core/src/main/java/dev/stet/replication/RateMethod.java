package dev.stet.replication;

import dev.stet.statistics.Decision;
import dev.stet.statistics.Interval;
import dev.stet.statistics.SequentialRate;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Counts the runs that do not succeed, which should be rare. */
record RateMethod(Success success, SequentialRate test, double good, double broken)
    implements BoundMethod {
  private static final double LEVEL = 0.95;

  static RateMethod of(Bound bound, double broken, double budget, double detection) {
    double rare = BoundTerms.complement(bound.expected());
    double frequent = BoundTerms.complement(broken);
    SequentialRate test =
        SequentialRate.of(rare, frequent, budget, BoundTerms.complement(detection));
    return new RateMethod(bound.statistic().success(), test, rare, frequent);
  }

  @Override
  public OptionalInt maximum() {
    return OptionalInt.of(test.maximum());
  }

  @Override
  public OptionalDouble expectedRuns() {
    return OptionalDouble.of(test.expectedTries(good));
  }

  double red(double rate) {
    return test.rejects(BoundTerms.complement(rate));
  }

  @Override
  public Walk start(int available) {
    return new Walk() {
      private int runs;
      private int failures;

      @Override
      public Decision after(SampleRun run) {
        runs++;
        failures += success.isMetBy(run) ? 0 : 1;
        return test.decide(runs, failures);
      }
    };
  }

  @Override
  public Estimate estimate(List<SampleRun> runs) {
    int n = runs.size();
    int failures = (int) runs.stream().filter(run -> !success.isMetBy(run)).count();
    Interval rare = test.interval(n, failures, LEVEL);
    return new Estimate(
        n == 0 ? Double.NaN : (double) (n - failures) / n,
        new Interval(1 - rare.upper(), 1 - rare.lower(), LEVEL),
        "exact for a test that stops by itself");
  }

  @Override
  public String promise() {
    return "At most " + Chance.runs(test.maximum()) + " runs; on average "
        + Chance.runs(test.expectedTries(good)) + " at a rate of "
        + Decimals.shortest(BoundTerms.complement(good)) + " and "
        + Chance.runs(test.expectedTries(broken)) + " at "
        + Decimals.shortest(BoundTerms.complement(broken))
        + ". These are sums over all courses that the test can take. With a fixed number it"
        + " would be " + Chance.runs(test.fixedTries()) + " runs, red from "
        + Chance.runs(test.fixedCritical()) + " without success on.";
  }
}
