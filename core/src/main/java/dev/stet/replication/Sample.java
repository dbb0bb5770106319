package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The results of one metric over the runs of a study, failed runs included.
 *
 * <p>Immutable and safe for use by several threads. The order of the runs has no meaning.
 *
 * @since 0.1
 */
public final class Sample {
  private final String experiment;
  private final Metric metric;
  private final List<SampleRun> runs;
  private final Selection selection;
  private final int reused;
  private final int looks;
  private final boolean fromFile;
  private final @Nullable Fingerprint fingerprint;

  private Sample(
      String experiment,
      Metric metric,
      List<SampleRun> runs,
      Selection selection,
      int reused,
      int looks,
      boolean fromFile,
      @Nullable Fingerprint fingerprint) {
    this.experiment = experiment;
    this.metric = metric;
    this.runs = runs;
    this.selection = selection;
    this.reused = reused;
    this.looks = looks;
    this.fromFile = fromFile;
    this.fingerprint = fingerprint;
  }

  /**
   * Returns a sample of one config that was not chosen, all of whose runs were executed now.
   *
   * @param experiment the name of the experiment
   * @param metric what was measured
   * @param runs at least one run, no seed twice
   * @return the sample
   * @throws IllegalArgumentException if there is no run, or a seed occurs twice
   */
  public static Sample of(String experiment, Metric metric, List<SampleRun> runs) {
    requireNonNull(experiment, "experiment");
    requireNonNull(metric, "metric");
    List<SampleRun> copy = List.copyOf(runs);
    if (copy.isEmpty()) {
      throw new IllegalArgumentException(
          "a sample must hold at least one run; got none. Run the study first.");
    }
    requireDistinctSeeds(copy);
    return new Sample(experiment, metric, copy, Selection.none(), 0, 0, false, null);
  }

  /**
   * Returns a sample of bare numbers: without seeds, hence never paired, of a metric named "value".
   *
   * @param values at least one; NaN and infinities count as failed runs
   * @return the sample
   * @throws IllegalArgumentException if there is no value
   */
  public static Sample of(double... values) {
    List<SampleRun> runs = new ArrayList<>(values.length);
    for (double value : values) {
      runs.add(new SampleRun(null, value, false, null));
    }
    return of("values", Metric.of("value"), runs);
  }

  private static void requireDistinctSeeds(List<SampleRun> runs) {
    Set<Seed> seen = new HashSet<>();
    for (SampleRun run : runs) {
      if (run.seed() != null && !seen.add(run.seed())) {
        throw new IllegalArgumentException(
            "seed " + run.seed()
                + " occurs twice in the sample. Equal seeds give equal runs, which count once: leave one out.");
      }
    }
  }

  /**
   * Returns a copy that measures another metric, or the same with a direction or resolution.
   *
   * @param newMetric what was measured
   * @return the copy
   */
  public Sample withMetric(Metric newMetric) {
    return new Sample(
        experiment,
        requireNonNull(newMetric, "metric"),
        runs,
        selection,
        reused,
        looks,
        fromFile,
        fingerprint);
  }

  /**
   * Returns a copy that says how its config was chosen.
   *
   * @param newSelection how many configs were tried, and what chose among them
   * @return the copy
   */
  public Sample withSelection(Selection newSelection) {
    return new Sample(
        experiment,
        metric,
        runs,
        requireNonNull(newSelection, "selection"),
        reused,
        looks,
        fromFile,
        fingerprint);
  }

  /**
   * Returns a copy that says how many of its runs were not executed now but taken from a record.
   *
   * @param newReused 0 to the number of runs
   * @return the copy
   */
  public Sample withReused(int newReused) {
    if (newReused < 0 || newReused > runs.size()) {
      throw new IllegalArgumentException("reused must lie between 0 and the " + runs.size()
          + " runs of the sample; got " + newReused + ".");
    }
    return new Sample(experiment, metric, runs, selection, newReused, looks, fromFile, fingerprint);
  }

  /**
   * Returns a copy that says how often its study was looked at before it was extended to these runs. A verdict on
   * such a sample says that the nominal error rates do not hold.
   *
   * @param newLooks 0 if never, as for a study whose size was fixed before
   * @return the copy
   */
  public Sample withLooks(int newLooks) {
    if (newLooks < 0) {
      throw new IllegalArgumentException("looks must be 0 or more; got " + newLooks + ".");
    }
    return new Sample(experiment, metric, runs, selection, reused, newLooks, fromFile, fingerprint);
  }

  /**
   * Returns a copy with the fingerprint of its study. The seed and the informational values are left out: they
   * differ from run to run, and do not belong into a file that people share.
   *
   * @param newFingerprint what determines the runs
   * @return the copy
   */
  public Sample withFingerprint(Fingerprint newFingerprint) {
    Fingerprint shared =
        requireNonNull(newFingerprint, "fingerprint").without(Facet.SEED).withoutInformational();
    return new Sample(experiment, metric, runs, selection, reused, looks, fromFile, shared);
  }

  /**
   * Returns the name of the experiment.
   *
   * @return the name
   */
  public String experiment() {
    return experiment;
  }

  /**
   * Returns what was measured.
   *
   * @return the metric
   */
  public Metric metric() {
    return metric;
  }

  /**
   * Returns the runs.
   *
   * @return all runs, failed ones too, unmodifiable
   */
  public List<SampleRun> runs() {
    return runs;
  }

  /**
   * Returns how the config was chosen.
   *
   * @return the selection
   */
  public Selection selection() {
    return selection;
  }

  /**
   * Returns how many runs were taken from a record.
   *
   * @return 0 to the number of runs
   */
  public int reused() {
    return reused;
  }

  /**
   * Returns how often the study was looked at before it was extended to these runs.
   *
   * @return 0 if its size was fixed before
   */
  public int looks() {
    return looks;
  }

  /**
   * Returns how many runs there are.
   *
   * @return the number of runs, failed ones too
   */
  public int size() {
    return runs.size();
  }

  /**
   * Returns how many runs failed.
   *
   * @return the number of runs without a finite result
   */
  public int failures() {
    return (int) runs.stream().filter(SampleRun::failed).count();
  }

  /**
   * Returns what determines the runs.
   *
   * @return the fingerprint without seed and informational values; empty if none was given
   */
  public Optional<Fingerprint> fingerprint() {
    return Optional.ofNullable(fingerprint);
  }

  /** A copy whose values somebody wrote into a file: nobody knows when they were run, or whether. */
  Sample readFromFile() {
    return new Sample(experiment, metric, runs, selection, reused, looks, true, fingerprint);
  }

  boolean isFromFile() {
    return fromFile;
  }

  /** The runs with these seeds, at least one of which it holds; no other. */
  Sample only(Set<Seed> seeds) {
    List<SampleRun> kept =
        runs.stream().filter(run -> seeds.contains(run.seed())).toList();
    return new Sample(experiment, metric, kept, selection, 0, looks, fromFile, fingerprint);
  }

  /** The finite results. */
  double[] completed() {
    return runs.stream()
        .filter(run -> !run.failed())
        .mapToDouble(SampleRun::value)
        .toArray();
  }

  /** The results, with failed runs at the given rank. */
  double[] ranked(double worst) {
    return runs.stream().mapToDouble(run -> run.failed() ? worst : run.value()).toArray();
  }

  /** The seeds; null if a run has none. */
  @Nullable
  Set<Seed> seeds() {
    Set<Seed> seeds = new HashSet<>();
    for (SampleRun run : runs) {
      if (run.seed() == null) {
        return null;
      }
      seeds.add(run.seed());
    }
    return seeds;
  }

  /** Returns the sample in a line. */
  @Override
  public String toString() {
    return metric.name() + " of " + experiment + ", n = " + size()
        + (failures() == 0 ? "" : ", " + failures() + " failed");
  }
}
