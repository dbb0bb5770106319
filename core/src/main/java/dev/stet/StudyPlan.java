package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.ledger.Ledger;
import dev.stet.replication.Baseline;
import dev.stet.replication.Bound;
import dev.stet.replication.BoundResult;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Selection;
import dev.stet.replication.Stopping;
import dev.stet.replication.Verdict;
import dev.stet.seeds.Seed;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A study that has not run yet: one experiment, one config, the seeds, the number of threads or JVMs.
 *
 * <p>A plan is immutable: each method returns a new one. The results of a study do not depend on the number of threads
 * or JVMs nor on the order in which its runs end.
 *
 * @param <C> the type of the config
 * @since 0.1
 */
public final class StudyPlan<C> {
  private static final System.Logger LOG = System.getLogger("dev.stet");

  private final Execution<C> execution;
  private final Function<C, Execution<C>> executions;
  private final List<Seed> seeds;
  private final StudyOptions options;

  /** Of one execution; the function makes those of other configs. */
  StudyPlan(Execution<C> execution, Function<C, Execution<C>> executions) {
    this(execution, executions, List.of(), StudyOptions.standard());
  }

  private StudyPlan(
      Execution<C> execution,
      Function<C, Execution<C>> executions,
      List<Seed> seeds,
      StudyOptions options) {
    this.execution = execution;
    this.executions = executions;
    this.seeds = seeds;
    this.options = options;
  }

  private StudyPlan<C> with(StudyOptions chosen) {
    return new StudyPlan<>(execution, executions, seeds, chosen);
  }

  /**
   * Takes n seeds derived from one: {@code root.child(0)} to {@code root.child(n - 1)}, so that the first of them stay
   * the same when n grows.
   *
   * @param root the seed they derive from
   * @param n how many, at least 1
   * @return a plan with these seeds
   * @throws IllegalArgumentException if n is not positive
   */
  public StudyPlan<C> seeds(Seed root, int n) {
    return with(requireNonNull(root, "root").spawn(positive(n, "the number of seeds")));
  }

  /**
   * Takes the given seeds.
   *
   * @param list one seed or more, each once
   * @return a plan with these seeds
   * @throws IllegalArgumentException if the list is empty or names a seed twice
   */
  public StudyPlan<C> seeds(List<Seed> list) {
    return with(List.copyOf(list));
  }

  /**
   * Takes n seeds from the operating system, drawn once, now; the study records them.
   *
   * @param n how many, at least 1
   * @return a plan with these seeds
   * @throws IllegalArgumentException if n is not positive
   */
  public StudyPlan<C> freshSeeds(int n) {
    positive(n, "the number of seeds");
    return with(IntStream.range(0, n).mapToObj(i -> Seed.fresh()).toList());
  }

  private StudyPlan<C> with(List<Seed> more) {
    if (more.isEmpty()) {
      throw new IllegalArgumentException("a study needs seeds; got none. Give at least one.");
    }
    Set<Seed> once = new LinkedHashSet<>();
    for (Seed seed : more) {
      if (!once.add(seed)) {
        throw new IllegalArgumentException(
            "seed " + seed
                + " is named twice; two runs of one seed are a rerun and not two results. Name each seed once.");
      }
    }
    return new StudyPlan<>(execution, executions, more, options);
  }

  /**
   * Runs up to n trials at once, each on one thread of the study's own; 1 is the default.
   *
   * @param n at least 1
   * @return a plan with this many threads
   * @throws IllegalArgumentException if n is not positive
   */
  public StudyPlan<C> threads(int n) {
    return with(options.withThreads(positive(n, "the number of threads")));
  }

  /**
   * Runs up to n trials at once, each in another JVM, in place of threads: out of memory, {@code System.exit}, a crash,
   * a kill or a hang of one trial costs only it. The run is then failed, with a {@link LostTrialException} that says
   * what happened, and the JVM is replaced. A JVM is used again for trial after trial, so it costs little beyond them.
   * The results are the same bits as on threads.
   *
   * <p>The other JVMs have this one's Java, options, class path and modules, environment and working directory, and its
   * system properties, default locales and time zone as they are when the study starts; agents and debuggers are left
   * out. Each may take as much memory as this one may. What a trial prints is printed here. The body travels by Java
   * serialisation, so what it captures must be serialisable, and its classes must be on the class path; each JVM has
   * static fields of its own, and a captured value that can change is fresh in each trial.
   *
   * @param n at least 1
   * @return a plan with this many JVMs
   * @throws IllegalArgumentException if n is not positive
   */
  public StudyPlan<C> forks(int n) {
    return with(options.withForks(positive(n, "the number of forks")));
  }

  /**
   * Ends a trial whose body takes longer: it is interrupted, and its JVM killed with every process that it started. The run
   * is then timed out and counts as failed, with a {@link TrialTimeoutException}; if the body ended within three seconds after
   * it was interrupted, the run keeps what it recorded. It takes {@link #forks}, since a thread cannot be ended.
   *
   * @param limit the longest duration of a body; positive
   * @return a plan with this limit
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  public StudyPlan<C> timeout(Duration limit) {
    if (requireNonNull(limit, "limit").isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the timeout must be positive; got " + limit
          + ". Give the longest that a trial may take, such as Duration.ofHours(2).");
    }
    return with(options.withLimit(limit));
  }

  /**
   * Puts every run of the study on record in a ledger, from before its body runs, and takes from it what it holds already:
   * a trial is not run if recipe, dependencies, runtime, hardware and settings are those of a completed run on record.
   * Otherwise {@link Study#summary} names what differs. A trial that was interrupted goes on from its last checkpoint.
   *
   * <pre>{@code
   * try (Ledger ledger = Ledger.open(Path.of("runs"))) {
   *   Study study = DIGITS.study(config).seeds(Seed.of(7), 20).threads(8).ledger(ledger).run();
   *   System.out.println(study.summary()); // digits-mlp: 20 runs, 12 executed now, 8 reused; ...
   * }
   * }</pre>
   *
   * <p>Runs that failed are run again. A trial that another process is running is left to the end; if it is not on record
   * by then, it is run here too, since the other may hang. Verdicts say how many runs were reused. Assertions and bounds
   * always execute.
   *
   * <p>While such a study runs, until it is decided or for a bound too, Ctrl-C ends it gently: trials under way are finished, or end at their next
   * checkpoint; then the signal has its usual effect. A second Ctrl-C has it at once.
   *
   * @param ledger where to record, open as long as the study runs
   * @return a plan with this ledger
   */
  public StudyPlan<C> ledger(Ledger ledger) {
    return ledger(ledger, Reuse.EQUAL);
  }

  /**
   * Puts every run of the study on record in a ledger, and says when a run on record stands for a trial.
   *
   * @param ledger where to record, open as long as the study runs
   * @param reuse when a trial need not run
   * @return a plan with this ledger
   */
  public StudyPlan<C> ledger(Ledger ledger, Reuse reuse) {
    return with(
        options.withRecord(requireNonNull(ledger, "ledger"), requireNonNull(reuse, "reuse")));
  }

  /**
   * Names the study, so that a ledger can be asked for its runs: {@code ledger.query().study("digits-night")}. A name is of
   * one experiment in a ledger; the same experiment under the same name goes on with the same study.
   *
   * @param name not blank
   * @return a plan with this name
   * @throws IllegalArgumentException if the name is blank
   */
  public StudyPlan<C> named(String name) {
    if (requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("a study's name must not be blank; got \"" + name
          + "\". Name what it is for, such as \"digits-night\".");
    }
    return with(options.withName(name));
  }

  /**
   * Tries a trial that failed or timed out again, up to n times, in its place; with a ledger every attempt is on record. The
   * result is the last attempt, and the summary counts the trials that took more than one. It helps against what comes
   * from outside, such as a full memory; a trial that fails by itself fails each time.
   *
   * @param n at least 0, the default
   * @return a plan with this many retries
   * @throws IllegalArgumentException if n is negative
   */
  public StudyPlan<C> retries(int n) {
    if (n < 0) {
      throw new IllegalArgumentException(
          "the number of retries must be at least 0; got " + n + ". Give 0 for none.");
    }
    return with(options.withRetries(n));
  }

  /**
   * Gives the study up if its first n runs, in the order of its seeds, all fail; in a sweep, that config alone. The study
   * then holds these n runs, whatever the number of threads, and {@link Study#notRun} the seeds that were spared. The
   * rule is for {@link #run} and {@link #sweep}.
   *
   * <pre>{@code
   * DIGITS.study(base).seeds(Seed.of(7), 50).stopAfterFailures(3).sweep(grid.configs());
   * }</pre>
   *
   * @param n at least 1
   * @return a plan with this rule
   * @throws IllegalArgumentException if n is not positive
   */
  public StudyPlan<C> stopAfterFailures(int n) {
    return with(options.withHopeless(positive(n, "the number of failures")));
  }

  /**
   * Shows the best value so far of a metric in the progress line.
   *
   * @param metric with its direction
   * @return a plan that shows it
   * @throws IllegalArgumentException if the metric has no direction
   */
  public StudyPlan<C> showing(Metric metric) {
    if (requireNonNull(metric, "metric").direction().isEmpty()) {
      throw new IllegalArgumentException("the best value needs a direction; got " + metric
          + ". Say metric.higherIsBetter() or metric.lowerIsBetter().");
    }
    return with(options.withShown(metric));
  }

  /**
   * Declares how this config was chosen, so that a baseline made of the study can say so.
   *
   * @param how how many configs were tried, and whether these very seeds chose among them
   * @return a plan with this declaration
   */
  public StudyPlan<C> selected(Selection how) {
    return with(options.withSelection(requireNonNull(how, "how")));
  }

  /**
   * Declares, before anything has run, one confirmation for {@link StetAssertions#assertReplicates assertReplicates}:
   * if the verdict is not <i>replicated</i>, the assertion runs n seeds from the operating system once more against the
   * baseline, and passes if these replicate it. The message or a warning holds both verdicts. An experiment that has
   * really changed gets two chances to pass instead of one, so its chance to do so is up to twice that of one verdict.
   *
   * @param freshSeeds how many seeds to confirm on, at least 1
   * @return a plan with this declaration
   * @throws IllegalArgumentException if the number is not positive
   */
  public StudyPlan<C> confirmedOn(int freshSeeds) {
    return with(
        options.withConfirmation(positive(freshSeeds, "the number of seeds to confirm on")));
  }

  /**
   * Declares that the study ends when it is decided, after at most so many runs: it is looked at about twenty times on
   * the way, with intervals widened so that all looks together have the error rates of one. With several threads a few
   * runs are made ahead and not looked at if the decision comes first: the verdict depends on the seeds and their order
   * alone.
   *
   * @param max the most runs, at least 2; the plan takes the first of its seeds
   * @return a plan with this declaration, for {@link #verdict} and the assertions
   * @throws IllegalArgumentException if the number is below 2
   */
  public StudyPlan<C> untilDecided(int max) {
    return untilDecided(Stopping.upTo(max));
  }

  /**
   * Declares that the study ends when it is decided, with looks of your choice.
   *
   * @param when after how many runs to look
   * @return a plan with this declaration, for {@link #verdict} and the assertions
   */
  public StudyPlan<C> untilDecided(Stopping when) {
    return with(options.withStopping(requireNonNull(when, "when")));
  }

  /** A plan that runs all of its seeds, whatever was declared. */
  StudyPlan<C> atOnce() {
    return with(options.withStopping(null));
  }

  /**
   * Runs the study and holds it against a baseline: all of it, or until it is decided if the plan says so. Without
   * seeds it takes the baseline's own, and the comparison is paired.
   *
   * @param baseline what to hold it against
   * @param metric as it is declared in the baseline
   * @param margin the smallest difference that would matter
   * @return the verdict, with every look on record in its evidence
   * @throws IllegalArgumentException if there are fewer seeds than the plan may need
   * @throws java.util.concurrent.CancellationException if this thread is interrupted
   */
  public Verdict verdict(Baseline baseline, Metric metric, Margin margin) {
    StudyPlan<C> seeded = seeds.isEmpty() ? with(baseline.seeds()) : this;
    Stopping stopping = options.stopping();
    return stopping == null
        ? baseline.compare(seeded.run().metric(metric), margin)
        : seeded.watched(stopping).verdict(baseline, metric, margin);
  }

  private Watched<C> watched(Stopping when) {
    if (seeds.size() < when.max()) {
      throw new IllegalArgumentException("the study of " + execution.experiment() + " has "
          + Words.count(seeds.size(), "seed") + " and may need " + when.max()
          + " until it is decided. Give it as many, such as seeds(Seed.of(7), " + when.max()
          + "), or declare at most " + seeds.size() + ".");
    }
    return new Watched<>(this, when);
  }

  private static int positive(int n, String what) {
    if (n < 1) {
      throw new IllegalArgumentException(
          what + " must be at least 1; got " + n + ". Give 1 or more.");
    }
    return n;
  }

  /**
   * Runs the study and waits for it. A run that fails is recorded and the study goes on. On a terminal a line shows
   * how far it is.
   *
   * @return the runs in the order of the seeds
   * @throws IllegalStateException if no seeds were given; if the study is to end when it is decided, which takes a
   *     baseline: see {@link #verdict}; if it has a timeout and no forks; or if its trials cannot be forked, and the message
   *     says what cannot travel or why no JVM starts
   * @throws java.util.concurrent.CancellationException if this thread is interrupted: trials under way are interrupted
   *     and waited for, and this thread stays interrupted; or on Ctrl-C with a ledger
   */
  public Study run() {
    requireRunnable();
    try (Runner<C> runner = options.runner(execution)) {
      Study study = new Batch<>(List.of(execution), seeds, options).run(runner).get(0);
      tell(study.summary(), study.failed().isEmpty());
      return study;
    }
  }

  /**
   * Runs this plan with each of these configs in place of its own, all trials on the same threads, and waits.
   *
   * @param configs one config or more, each once, such as those of a {@link Grid}
   * @return one study a config
   * @throws IllegalArgumentException if there is no config, one occurs twice, or one cannot be read
   * @throws IllegalStateException as {@link #run} does
   * @throws java.util.concurrent.CancellationException if this thread is interrupted, or on Ctrl-C with a ledger
   */
  public Sweep<C> sweep(List<C> configs) {
    requireRunnable();
    List<C> all = List.copyOf(configs);
    List<Execution<C>> each = all.stream().map(executions).toList();
    requireDistinct(all, each);
    try (Runner<C> runner = options.runner(execution)) {
      Sweep<C> sweep = Sweep.of(all, new Batch<>(each, seeds, options).run(runner));
      tell(
          sweep.summary(),
          sweep.entries().stream().allMatch(entry -> entry.study().failed().isEmpty()));
      return sweep;
    }
  }

  private static <C> void requireDistinct(List<C> configs, List<Execution<C>> each) {
    if (configs.isEmpty()) {
      throw new IllegalArgumentException("a sweep needs configs; got none. Give at least one.");
    }
    Set<String> once = new LinkedHashSet<>();
    for (int i = 0; i < each.size(); i++) {
      if (!once.add(each.get(i).config().form().digest())) {
        throw new IllegalArgumentException("config " + configs.get(i)
            + " is named twice; two studies of one config are one. Name each config once.");
      }
    }
  }

  /** Who reads the log in the morning finds what went wrong, also if the program prints no summary. */
  private void tell(String summary, boolean allWell) {
    if (options.record() != null && !allWell) {
      LOG.log(System.Logger.Level.WARNING, summary);
    }
  }

  private void requireRunnable() {
    if (seeds.isEmpty()) {
      throw new IllegalStateException("the study of " + execution.experiment()
          + " has no seeds. Give some, such as study(config).seeds(Seed.of(7), 20).");
    }
    if (options.stopping() != null) {
      throw new IllegalStateException("the study of " + execution.experiment()
          + " is to end when it is decided, and run() compares with nothing. Use assertReplicates or"
          + " plan.verdict(baseline, metric, margin), or leave untilDecided out.");
    }
  }

  /** The trials of its first seeds. */
  Batch<C> first(int count) {
    return new Batch<>(List.of(execution), seeds.subList(0, count), options);
  }

  Runner<C> runner() {
    return options.runner(execution);
  }

  /** The first so many runs, in the order of the seeds. */
  OneByOne<C> oneByOne(Runner<C> runner, List<Holdings.Found> found) {
    return new OneByOne<>(execution, seeds::get, found.size(), options, runner, found::get);
  }

  /** A plan that answers nothing from a record. */
  StudyPlan<C> executing() {
    return with(options.executing());
  }

  /** When the study stops; empty if it runs all of its seeds. */
  Optional<Stopping> stopping() {
    return Optional.ofNullable(options.stopping());
  }

  List<Seed> seeds() {
    return seeds;
  }

  /**
   * Tests a bound on runs of this plan, made one by one until the answer is in, and no further. With several threads a few
   * runs are made ahead and not looked at: the result depends on the seeds and their order alone.
   *
   * <p>The plan's seeds are taken in their order and must suffice for {@link
   * dev.stet.replication.BoundPlan#maximum()}; the same seeds give the same result until something changes. Without seeds
   * the runs take children of a seed from the operating system.
   *
   * @param bound the requirement, with its flake budget and the broken value to be caught
   * @return whether it holds, with the runs that were looked at
   * @throws IllegalStateException if something is not declared, or the declared data changed between two runs
   * @throws IllegalArgumentException if the seeds are too few, or a value leaves the declared range
   * @throws java.util.concurrent.CancellationException if this thread is interrupted
   */
  public BoundResult check(Bound bound) {
    return boundCheck(bound).result();
  }

  /**
   * Tests a bound on runs with children of a seed, as many as it takes; otherwise as {@link #check(Bound)} does.
   *
   * @param bound the requirement, with its flake budget and the broken value to be caught
   * @param root the seed they derive from: {@code root.child(0)} and so on
   * @return whether it holds, with the runs that were looked at
   * @throws IllegalArgumentException if the plan has seeds of its own
   */
  public BoundResult check(Bound bound, Seed root) {
    return boundCheck(bound, root).result();
  }

  BoundCheck<C> boundCheck(Bound bound) {
    return BoundCheck.of(execution, seeds, options, bound);
  }

  BoundCheck<C> boundCheck(Bound bound, Seed root) {
    return BoundCheck.of(execution, seeds, options, bound, root);
  }

  /** How many fresh seeds a red verdict is confirmed on; 0 for none. */
  int confirmation() {
    return options.confirmation();
  }

  boolean hasSeeds() {
    return !seeds.isEmpty();
  }

  String experiment() {
    return execution.experiment();
  }
}
