package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.FingerprintDiff;
import dev.stet.ledger.RunQuery;
import dev.stet.ledger.RunStatus;
import dev.stet.replication.Metric;
import dev.stet.replication.Reduction;
import dev.stet.replication.Reduction.Points;
import dev.stet.replication.Sample;
import dev.stet.replication.SampleRun;
import dev.stet.replication.SampleSet;
import dev.stet.replication.Selection;
import dev.stet.seeds.Seed;
import dev.stet.trace.Series;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs of one experiment with one config over many seeds.
 *
 * <p>A study is immutable; its runs stand in the order of their seeds, whatever the number of threads.
 *
 * @since 0.1
 */
public final class Study {
  private static final Set<Reduction> ORDER_FREE = Set.of(Reduction.maximum(), Reduction.minimum());

  /** What may be another in the second half of a study; the values of its body may count its runs. */
  private static final Facet[] MAY_DIFFER = {
    Facet.EXPERIMENT,
    Facet.DEPENDENCIES,
    Facet.RUNTIME,
    Facet.HARDWARE,
    Facet.SETTINGS,
    Facet.SOURCE
  };

  private final String experiment;
  private final List<Run> runs;
  private final Fingerprint common;
  private final Selection selection;
  private final int looks;
  private final StudyAccount account;

  Study(String experiment, List<Run> runs, Selection selection, StudyAccount account) {
    this(experiment, runs, selection, 0, account);
  }

  private Study(
      String experiment, List<Run> runs, Selection selection, int looks, StudyAccount account) {
    this.account = account;
    this.looks = looks;
    this.experiment = experiment;
    this.runs = List.copyOf(runs);
    this.common = Fingerprint.common(
        this.runs.stream().map(run -> run.fingerprint().without(Facet.SEED)).toList());
    this.selection = selection;
  }

  /**
   * Returns the runs that a query of a ledger selects as a study, so that a baseline can be made of a night's work
   * without running it again.
   *
   * <pre>{@code
   * Study night = Study.of(ledger.query().study("digits-night").config("hidden", 32));
   * Baseline.of(night.metric("accuracy")).write(Path.of("digits.json"));
   * }</pre>
   *
   * <p>Of several runs of one seed the completed one counts, and of several completed ones the last; reruns do not count, nor
   * do runs whose code or data is not that of a later one. Runs are in the order in which they began. If they were not made in
   * one environment, {@link #summary} says what differs, and so do a baseline that is made of the study and every verdict.
   *
   * @param query runs of one experiment, config, code and data
   * @return the study, all of whose runs are reused
   * @throws IllegalArgumentException if the query selects no run, runs that did not end, runs of more than one recipe, or
   *     one that {@link Experiment#resumeAnyway} completed under another recipe than it began with; the message says which
   * @throws dev.stet.ledger.LedgerException if a file of a run is missing or altered
   */
  public static Study of(RunQuery query) {
    return RecordedStudy.of(requireNonNull(query, "query"));
  }

  /**
   * Returns the runs that a query of a ledger selects as studies, one for each experiment and config, such as those of
   * a sweep. Otherwise as {@link #of} does.
   *
   * @param query runs of one code and data
   * @return the studies in the order in which their first runs began, all of whose runs are reused
   * @throws IllegalArgumentException as {@link #of} does, for each study
   * @throws dev.stet.ledger.LedgerException if a file of a run is missing or altered
   */
  public static List<Study> perConfig(RunQuery query) {
    return RecordedStudy.perConfig(requireNonNull(query, "query"));
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
   * Returns this study with the runs of another one after its own, as if one had run on. That is a look at this one:
   * verdicts on the longer study say that the nominal error rates do not hold. To keep them, declare the looks
   * beforehand with {@link StudyPlan#untilDecided(int)}.
   *
   * @param more of the same experiment, on other seeds
   * @return the longer study
   * @throws IllegalArgumentException if it is of another experiment, code, config or data, or both ran a seed
   */
  public Study extendedBy(Study more) {
    if (!experiment.equals(more.experiment)) {
      throw new IllegalArgumentException(
          "a study of " + experiment + " cannot be extended by one of " + more.experiment
              + ". Take runs of the same experiment.");
    }
    FingerprintDiff diff = common.without(MAY_DIFFER).diff(more.common.without(MAY_DIFFER));
    if (!diff.isEmpty()) {
      throw new IllegalArgumentException("a study of " + experiment
          + " cannot be extended by one that differs in " + diff.summary()
          + ". Take runs of the same code, config and data.");
    }
    Set<Seed> mine = runs.stream().map(Run::seed).collect(Collectors.toSet());
    for (Run run : more.runs) {
      if (mine.contains(run.seed())) {
        throw new IllegalArgumentException(
            "both studies ran seed " + run.seed()
                + "; two runs of one seed are a rerun and not two results. Extend a study by other seeds.");
      }
    }
    List<Run> all = Stream.concat(runs.stream(), more.runs.stream()).toList();
    return new Study(experiment, all, selection, looks + more.looks + 1, account.and(more.account));
  }

  /**
   * Returns every run, failed ones too.
   *
   * @return the runs in the order of their seeds
   */
  public List<Run> runs() {
    return runs;
  }

  /**
   * Returns the runs that failed or timed out.
   *
   * @return the failed runs in the order of their seeds
   */
  public List<Run> failed() {
    return runs.stream().filter(run -> run.status() != RunStatus.COMPLETED).toList();
  }

  /**
   * Returns how many runs were executed now.
   *
   * @return all that were not reused
   */
  public int executed() {
    return runs.size() - account.reused();
  }

  /**
   * Returns how many runs were taken from a ledger instead.
   *
   * @return 0 to the number of runs
   */
  public int reused() {
    return account.reused();
  }

  /**
   * Returns the seeds that were given up because every run before them failed; see {@link
   * StudyPlan#stopAfterFailures}.
   *
   * @return the seeds that have no run, in their order
   */
  public List<Seed> notRun() {
    return account.notRun();
  }

  /**
   * Returns what became of the study: counts of runs executed, reused, completed and failed; every failed run once, grouped by
   * what was thrown and where; what was given up; and why runs on record were not reused.
   *
   * @return several lines, without a line break at the end
   */
  public String summary() {
    return StudySummary.of(this, account);
  }

  Study withSelection(Selection how) {
    return new Study(experiment, runs, how, looks, account);
  }

  StudyAccount account() {
    return account;
  }

  /**
   * Returns what determines the runs, their seeds left out.
   *
   * @return what the fingerprints of all runs have in common, without their seeds; a value that is not the same in all
   *     runs, such as a version of Java, is not captured and says so
   */
  public Fingerprint fingerprint() {
    return common;
  }

  /**
   * Returns the results of a metric: the last value of each run, no direction declared.
   *
   * @param name the metric's name
   * @return one result a run, failed runs as failed
   * @throws IllegalArgumentException if a completed run did not record the metric, and the message lists what it
   *     recorded; or if several threads recorded it without steps, so that its values have no order
   * @throws IllegalStateException if the declared data changed between two runs
   */
  public Sample metric(String name) {
    return metric(Metric.of(name));
  }

  /**
   * Returns the results of a metric as declared.
   *
   * @param metric its name, direction, and how a run's series becomes its result
   * @return one result a run, failed runs as failed
   * @throws IllegalArgumentException if a completed run did not record the metric, and the message lists what it
   *     recorded; or if several threads recorded it without steps, so that its values have no order
   * @throws IllegalStateException if the declared data changed between two runs
   */
  public Sample metric(Metric metric) {
    requireNonNull(metric, "metric");
    requireSameData();
    List<SampleRun> results = runs.stream().map(run -> result(run, metric)).toList();
    return Sample.of(experiment, metric, results)
        .withFingerprint(fingerprint())
        .withSelection(selection)
        .withReused(account.reused())
        .withLooks(looks);
  }

  /**
   * Returns the curve of a metric at declared steps: a sample for each, named after the step.
   *
   * <p>Declare the steps before you look. The reduction of the metric is replaced by {@link Reduction#atStep}.
   *
   * @param metric its name and direction
   * @param steps one step or more, each once, at which every completed run recorded the metric
   * @return the samples, in the order of the steps given
   * @throws IllegalArgumentException if no step is given or one is given twice, or a completed run did not record the metric at a
   *     step
   * @throws IllegalStateException if the declared data changed between two runs
   */
  public SampleSet curve(Metric metric, long... steps) {
    requireNonNull(metric, "metric");
    if (steps.length == 0) {
      throw new IllegalArgumentException(
          "a curve needs at least one step; got none. Declare those that matter, such as the last.");
    }
    SampleSet curve = SampleSet.of("step");
    for (long step : steps) {
      curve = curve.with(Long.toString(step), metric(metric.reducedBy(Reduction.atStep(step))));
    }
    return curve;
  }

  private void requireSameData() {
    runs.forEach(run -> requireSameData(runs.get(0), run));
  }

  /** Data is hashed before each run: a file that is replaced under way would make one sample of two populations. */
  static void requireSameData(Run first, Run run) {
    String data = first.fingerprint().form(Facet.DATA).digest();
    if (!run.fingerprint().form(Facet.DATA).digest().equals(data)) {
      throw new IllegalStateException("the data changed while the study of " + run.experiment()
          + " ran: seed " + run.seed() + " read other data than seed " + first.seed()
          + ". Run the study again when nothing writes to its data.");
    }
  }

  static SampleRun result(Run run, Metric metric) {
    SampleRun result = run.status() != RunStatus.COMPLETED
        ? SampleRun.failed(run.seed())
        : SampleRun.completed(run.seed(), reduced(run, metric));
    return result.withDigest(run.trace().digest());
  }

  private static double reduced(Run run, Metric metric) {
    Reduction reduction = metric.reduction();
    Series series = series(run, metric.name(), reduction);
    return reduction
        .validationMetric()
        .map(name -> series(run, name, reduction))
        .map(best -> reduction.reduce(
            Points.of(series.steps(), series.values()), Points.of(best.steps(), best.values())))
        .orElseGet(() -> reduction.reduce(Points.of(series.steps(), series.values())))
        .value();
  }

  private static Series series(Run run, String metric, Reduction reduction) {
    if (!run.trace().metrics().contains(metric)) {
      throw new IllegalArgumentException(
          "the run with seed " + run.seed() + " completed without recording \"" + metric
              + "\"; it recorded: " + Words.list(run.trace().metrics()) + ".");
    }
    return ORDER_FREE.contains(reduction) ? run.trace().series(metric) : run.orderedSeries(metric);
  }

  @Override
  public String toString() {
    return "study of " + experiment + ": " + Words.count(runs.size(), "run") + ", "
        + failed().size() + " failed";
  }
}
