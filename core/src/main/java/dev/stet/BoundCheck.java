package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.ledger.RunStatus;
import dev.stet.replication.Bound;
import dev.stet.replication.BoundPlan;
import dev.stet.replication.BoundResult;
import dev.stet.replication.SampleRun;
import dev.stet.seeds.Seed;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** A study's plan and a bound: runs one by one until the answer is in. */
final class BoundCheck<C> {
  /** Where the runs of a first stage say how many there will be. */
  private static final int MOST_DERIVED = 100_000;

  private final Execution<C> execution;
  private final List<Seed> seeds;
  private final StudyOptions options;
  private final Bound bound;
  private final @Nullable Seed root;

  private BoundCheck(
      Execution<C> execution,
      List<Seed> seeds,
      StudyOptions options,
      Bound bound,
      @Nullable Seed root) {
    this.execution = execution;
    this.seeds = seeds;
    this.options = options;
    this.bound = requireNonNull(bound, "bound");
    this.root = root;
  }

  /** On the plan's own seeds; if it has none, on children of a fresh one that a message can give again. */
  static <C> BoundCheck<C> of(
      Execution<C> execution, List<Seed> seeds, StudyOptions options, Bound bound) {
    Seed root = seeds.isEmpty() ? Seed.replayable(Seed.fresh()) : null;
    return new BoundCheck<>(execution, seeds, options, bound, root);
  }

  /** On children of a seed, as many as it takes. */
  static <C> BoundCheck<C> of(
      Execution<C> execution, List<Seed> seeds, StudyOptions options, Bound bound, Seed root) {
    requireNonNull(root, "root");
    if (!seeds.isEmpty()) {
      throw new IllegalArgumentException("the study of " + execution.experiment() + " has "
          + Words.count(seeds.size(), "seed") + " of its own and a root for more; got " + root
          + ". Give one of both.");
    }
    return new BoundCheck<>(execution, seeds, options, bound, root);
  }

  BoundResult result() {
    BoundPlan plan = bound.plan();
    int available = available(plan.maximum());
    IntFunction<Seed> seedOf = root == null ? seeds::get : root::child;
    options.membership(execution.experiment());
    Results results = new Results();
    try (Runner<C> runner = options.runner(execution);
        OneByOne<C> runs = new OneByOne<>(
            execution, seedOf, available, options, runner, i -> Holdings.Found.NOTHING)) {
      return plan.decide(
          execution.experiment(), available, i -> results.of(runs.outcome(i).run()));
    }
  }

  private int available(OptionalInt maximum) {
    if (root != null) {
      return maximum.orElse(MOST_DERIVED);
    }
    if (maximum.isPresent() && seeds.size() < maximum.getAsInt()) {
      throw new IllegalArgumentException("the bound that " + bound + " may take "
          + Words.count(maximum.getAsInt(), "run") + ", and the study of "
          + execution.experiment() + " has " + Words.count(seeds.size(), "seed")
          + ". Give it more, or none, and it derives as many as it takes.");
    }
    return maximum.orElse(seeds.size());
  }

  /** Runs as the bound measures them, all on the same data. */
  private final class Results {
    private @Nullable Run first;

    SampleRun of(Run run) {
      first = first == null ? run : first;
      Study.requireSameData(first, run);
      return bound
          .metric()
          .map(metric -> Study.result(run, metric))
          .orElseGet(() -> completed(run));
    }
  }

  private static SampleRun completed(Run run) {
    SampleRun result = run.status() != RunStatus.COMPLETED
        ? SampleRun.failed(run.seed())
        : SampleRun.completed(run.seed(), 1);
    return result.withDigest(run.trace().digest());
  }

  BoundResult held() {
    BoundResult result = result();
    if (result.outcome() != BoundResult.Outcome.HOLDS) {
      throw new AssertionFailedError(result.explain() + again());
    }
    return result;
  }

  private String again() {
    return root != null && root.isReplayable()
        ? "\n\n  Run it again: " + TestCommand.with(Seed.PROPERTY, root)
        : "";
  }
}
