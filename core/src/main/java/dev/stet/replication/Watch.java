package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import dev.stet.statistics.Alternative;
import dev.stet.statistics.ConformalAlarm;
import java.util.List;
import java.util.Locale;

/**
 * An open-ended watch over runs that come in for ever, such as one a night: it may be asked after every run, and
 * still raises a false alarm with a chance of at most 5 %, over all time.
 *
 * <p>It finds a change for the worse, or any change if the metric has no direction; failed runs rank worst. It never
 * says <i>replicated</i>: for that, plan a study, with {@link Baseline#untilDecided(Margin, Stopping)} if it is to stop
 * early. The price of asking at any time is that it is slower than a planned study.
 *
 * <p>The runs must be on fresh seeds: those of the baseline are not exchangeable with their own results.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Watch {
  private static final double ALPHA = 0.05;

  private final Baseline baseline;
  private final ConformalAlarm alarm;

  private Watch(Baseline baseline, ConformalAlarm alarm) {
    this.baseline = baseline;
    this.alarm = alarm;
  }

  static Watch of(Baseline baseline, Seed seed) {
    requireNonNull(seed, "seed");
    Sample sample = baseline.sample();
    if (sample.metric().direction().isEmpty() && sample.failures() > 0) {
      throw new BaselineException(
          "runs of the baseline failed, and " + sample.metric().name()
              + " has no direction that would tell what worst is. Declare higherIsBetter() or lowerIsBetter() on the"
              + " metric.");
    }
    double worst = sample.metric().direction().map(Direction::worst).orElse(0.0);
    Alternative worse =
        worst == 0 ? Alternative.TWO_SIDED : worst > 0 ? Alternative.GREATER : Alternative.LESS;
    return new Watch(baseline, ConformalAlarm.of(sample.ranked(worst), worse, seed));
  }

  /**
   * Sees one more run.
   *
   * @param run on a seed that is not the baseline's
   * @return the watch after it
   * @throws IllegalArgumentException if the run is on a seed of the baseline, or failed while the metric has no
   *     direction
   */
  public Watch see(SampleRun run) {
    if (run.seed() != null && baseline.seeds().contains(run.seed())) {
      throw new IllegalArgumentException("seed " + run.seed()
          + " is one of the baseline: its result is no new one. Watch runs on fresh seeds.");
    }
    double worst = baseline.metric().direction().map(Direction::worst).orElse(0.0);
    if (run.failed() && worst == 0) {
      throw new IllegalArgumentException(
          "a failed run has no rank, as " + baseline.metric().name()
              + " has no direction. Declare higherIsBetter() or lowerIsBetter() on the metric.");
    }
    return new Watch(baseline, alarm.observe(run.failed() ? worst : run.value()));
  }

  /**
   * Sees the runs of a sample in their order.
   *
   * @param sample of the same metric, on seeds that are not the baseline's
   * @return the watch after them
   * @throws IllegalArgumentException as {@link #see(SampleRun)} does, or if the metric is another one
   */
  public Watch see(Sample sample) {
    if (!sample.metric().equals(baseline.metric())) {
      throw new IllegalArgumentException("the watch is over \"" + baseline.metric()
          + "\"; got a sample of \"" + sample.metric() + "\".");
    }
    Watch watch = this;
    List<SampleRun> runs = sample.runs();
    for (SampleRun run : runs) {
      watch = watch.see(run);
    }
    return watch;
  }

  /**
   * Returns whether the alarm was raised, now or earlier: once raised it stays.
   *
   * @return true if the evidence against "nothing has changed" has reached 20 to 1
   */
  public boolean isRaised() {
    return alarm.isRaised(ALPHA);
  }

  /**
   * Returns how many runs it has seen.
   *
   * @return 0 or more
   */
  public int runs() {
    return alarm.observed();
  }

  /**
   * Returns the largest wealth of the bets against "nothing has changed" so far.
   *
   * @return at least 1; the alarm is raised at 20
   */
  public double evidence() {
    return alarm.largest();
  }

  /**
   * Returns what the watch knows, in sentences.
   *
   * @return one line
   */
  public String explain() {
    String metric = baseline.metric().name();
    String change = baseline.metric().direction().isPresent() ? "has become worse" : "has changed";
    String odds = String.format(
        Locale.ROOT,
        "bets against \"nothing has changed\" have won %.1f to 1 at most",
        alarm.largest());
    String runs = runs() + (runs() == 1 ? " run" : " runs");
    return isRaised()
        ? "Alarm: " + metric + " " + change + ", after " + runs + ": " + odds
            + ". A false alarm has a chance of 5 % at most, over all time."
        : "No alarm over " + metric + " after " + runs + ": " + odds
            + ", and the alarm is raised at 20. That is not a replication; plan a study to show one.";
  }

  @Override
  public String toString() {
    return explain();
  }
}
