package dev.stet.replication;

import dev.stet.seeds.Seed;
import dev.stet.statistics.BoundedMean;
import dev.stet.statistics.BoundedMean.Stand;
import dev.stet.statistics.Decision;
import dev.stet.statistics.HedgedCapital;
import dev.stet.statistics.Interval;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Scales values by their declared range so that 1 is the best and 0 the worst, which is what a failed run gets. */
record BoundedMeanMethod(
    String metric, BoundedMean test, boolean atLeast, double low, double high, double expected)
    implements BoundMethod {
  private static final double LEVEL = 0.95;
  private static final Seed SIMULATION = Seed.of(20261125);

  static BoundedMeanMethod of(Bound bound, double broken, double budget, double detection) {
    double low = bound.terms().low();
    double high = bound.terms().high();
    double good = scaled(bound.expected(), low, high, bound.isAtLeast());
    double bad = scaled(broken, low, high, bound.isAtLeast());
    BoundedMean test = BoundedMean.of(good, bad, budget, BoundTerms.complement(detection));
    return new BoundedMeanMethod(
        bound.statistic().metricName(), test, bound.isAtLeast(), low, high, bound.expected());
  }

  private static double scaled(double value, double low, double high, boolean atLeast) {
    return (atLeast ? value - low : high - value) / (high - low);
  }

  private double unscaled(double share) {
    return atLeast ? low + share * (high - low) : high - share * (high - low);
  }

  private double scaled(SampleRun run) {
    if (run.failed()) {
      return 0;
    }
    double value = run.value();
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException("a run"
          + (run.seed() == null ? "" : " with seed " + run.seed())
          + " gave " + Decimals.shortest(value) + " for " + metric + ", outside the declared range "
          + Decimals.shortest(low) + " to " + Decimals.shortest(high)
          + ". Declare a range that no value can leave; the error rates rest on it.");
    }
    return scaled(value, low, high, atLeast);
  }

  @Override
  public OptionalInt maximum() {
    return OptionalInt.of(test.maximum());
  }

  @Override
  public OptionalDouble expectedRuns() {
    return OptionalDouble.of(test.expectedAtWorst(SIMULATION));
  }

  @Override
  public Walk start(int available) {
    return new Walk() {
      private Stand stand = test.start();

      @Override
      public Decision after(SampleRun run) {
        stand = stand.after(scaled(run));
        return stand.decision();
      }
    };
  }

  @Override
  public Estimate estimate(List<SampleRun> runs) {
    double[] shares = runs.stream().mapToDouble(this::scaled).toArray();
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    Interval interval = HedgedCapital.of(shares).interval(LEVEL);
    double one = unscaled(interval.lower());
    double other = unscaled(interval.upper());
    return new Estimate(
        unscaled(sum / shares.length),
        new Interval(Math.min(one, other), Math.max(one, other), LEVEL),
        "at all looks together");
  }

  @Override
  public String promise() {
    return "At most " + Chance.runs(test.maximum())
        + " runs; on average about " + Chance.runs(test.expectedAtWorst(SIMULATION))
        + " at a mean of " + Decimals.shortest(expected)
        + " if every value lies at an end of the range, and fewer the less the values spread. The errors hold for every shape within the range.";
  }
}
