package dev.stet.replication;

import dev.stet.statistics.Decision;
import dev.stet.statistics.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The test behind a bound: how many runs it takes, what it says after each, what it estimates. */
sealed interface BoundMethod permits RateMethod, BoundedMeanMethod, NormalMeanMethod {
  /** The most runs; empty if only the runs will tell. */
  OptionalInt maximum();

  /** The mean number of runs when the value is as expected; empty if only the runs will tell. */
  OptionalDouble expectedRuns();

  /** Starts a test that may take so many runs. */
  Walk start(int available);

  /** What these runs, in their order, estimate. */
  Estimate estimate(List<SampleRun> runs);

  /** What the plan has to say about the number of runs. */
  String promise();

  /** Runs that come one by one. */
  interface Walk {
    Decision after(SampleRun run);

    /** Why no further run can help. */
    default Optional<String> obstacle() {
      return Optional.empty();
    }
  }

  /** A number with its interval, in units of the bound, and how the interval is meant. */
  record Estimate(double value, Interval interval, String how) {}
}
