package dev.stet.replication;

import dev.stet.statistics.Decision;
import dev.stet.statistics.Interval;
import dev.stet.statistics.SteinTest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Takes a first stage, and as many runs more as its spread asks for. */
record NormalMeanMethod(
    int firstStage, boolean atLeast, double good, double broken, double budget, double miss)
    implements BoundMethod {
  private static final double LEVEL = 0.95;

  static NormalMeanMethod of(Bound bound, double broken, double budget, double detection) {
    return new NormalMeanMethod(
        bound.terms().firstStage(),
        bound.isAtLeast(),
        bound.expected(),
        broken,
        budget,
        BoundTerms.complement(detection));
  }

  private double oriented(double value) {
    return atLeast ? value : -value;
  }

  private SteinTest test(double[] first) {
    return SteinTest.of(first, oriented(good), oriented(broken), budget, miss);
  }

  @Override
  public OptionalInt maximum() {
    return OptionalInt.empty();
  }

  @Override
  public OptionalDouble expectedRuns() {
    return OptionalDouble.empty();
  }

  @Override
  public Walk start(int available) {
    return new Stages(available);
  }

  private final class Stages implements Walk {
    private final int available;
    private double[] values = {};
    private @Nullable SteinTest test;
    private @Nullable String obstacle;

    Stages(int available) {
      this.available = available;
    }

    @Override
    public Decision after(SampleRun run) {
      if (run.failed()) {
        obstacle =
            "A run failed, and a normal shape has no place for one: declare the range of the values instead, in"
                + " which a failed run is the worst end.";
        return Decision.CONTINUE;
      }
      values = Arrays.copyOf(values, values.length + 1);
      values[values.length - 1] = oriented(run.value());
      if (values.length == firstStage) {
        test = test(values);
        if (test.values() > available) {
          obstacle = "The spread of the first " + firstStage + " runs asks for "
              + Chance.runs(test.values()) + " runs in all, and there are "
              + Chance.runs(available) + " at most.";
        }
      }
      return test == null ? Decision.CONTINUE : test.decide(values);
    }

    @Override
    public Optional<String> obstacle() {
      return Optional.ofNullable(obstacle);
    }
  }

  @Override
  public Estimate estimate(List<SampleRun> runs) {
    double[] values = runs.stream()
        .filter(run -> !run.failed())
        .mapToDouble(run -> oriented(run.value()))
        .toArray();
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += (values[i] - mean) / (i + 1);
    }
    String how = "by Student's t, if values are normal";
    double value = values.length == 0 ? Double.NaN : oriented(mean);
    if (values.length < firstStage || values.length < runs.size()) {
      return new Estimate(value, Interval.unbounded(LEVEL), how);
    }
    Interval interval = test(Arrays.copyOf(values, firstStage)).interval(values, LEVEL);
    return new Estimate(
        value, atLeast ? interval : new Interval(-interval.upper(), -interval.lower(), LEVEL), how);
  }

  @Override
  public String promise() {
    return "The first " + firstStage
        + " runs show the spread s, and the test takes so many that " + Decimals.shortest(good)
        + " and "
        + Decimals.shortest(broken)
        + " are told apart at that spread. Its errors are exact for normal values of any spread, and are not those"
        + " declared for skewed or two-peaked ones: there, declare the range of the values instead.";
  }
}
