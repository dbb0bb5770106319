package dev.stet;

import dev.stet.replication.Bound;
import dev.stet.replication.BoundResult;
import dev.stet.replication.Differs;
import dev.stet.replication.Inconclusive;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Replicated;
import dev.stet.replication.Verdict;
import dev.stet.seeds.Seed;
import java.nio.file.Path;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;

/**
 * Assertions for tests: a trial reruns bit for bit, a metric still replicates its baseline.
 *
 * <p>They fail with an {@link AssertionFailedError}, which every JVM test framework and IDE shows as a failed test, and
 * need no framework themselves. They always execute: none answers from a record of earlier runs.
 *
 * <p><b>Baselines.</b> A missing baseline fails and the message gives the command that writes it. Only the system
 * property {@code stet.baseline=write} lets an assertion write one, and that test still fails, so that nobody commits a
 * baseline unread.
 *
 * <p><b>Error rates.</b> {@link #assertReplicates assertReplicates} runs the baseline's own seeds unless the plan has
 * seeds, so that with bit-equal reruns a test gives the same answer until something changes. With seeds of the plan's
 * own the verdict has the error rates of {@link Verdict}, and a suite of many such assertions adds them up.
 *
 * <p><b>Threads.</b> Assertions may run at once on several threads, if each has a baseline file of its own while it is
 * written.
 *
 * @since 0.1
 */
public final class StetAssertions {
  private static final System.Logger LOG = System.getLogger("dev.stet");

  private StetAssertions() {}

  /**
   * Asserts that a trial gives the same bits when it is run again, as {@link Reruns#standard()} says: once more in this
   * JVM; in continuous integration five times in fresh JVMs.
   *
   * @param <C> the type of the config
   * @param experiment the experiment
   * @param config its settings
   * @param seed its seed; {@link Seed#replayable} makes the message print a replay line
   * @return the identical rerun
   * @throws AssertionFailedError if the run failed or recorded nothing, or if a rerun parted or has no order; the
   *     message names the place
   */
  public static <C> Rerun assertReruns(Experiment<C> experiment, C config, Seed seed) {
    return assertReruns(experiment, config, seed, Reruns.standard());
  }

  /**
   * Asserts that a trial gives the same bits when it is run several times more in this JVM.
   *
   * @param <C> the type of the config
   * @param experiment the experiment
   * @param config its settings
   * @param seed its seed
   * @param times how many reruns after the first run, at least 1
   * @return the identical rerun
   * @throws AssertionFailedError if the run failed or recorded nothing, or if a rerun parted or has no order; the
   *     message names the place
   */
  public static <C> Rerun assertReruns(Experiment<C> experiment, C config, Seed seed, int times) {
    return assertReruns(experiment, config, seed, Reruns.inThisJvm(times));
  }

  /**
   * Asserts that a trial gives the same bits when it is run again, such as in fresh JVMs.
   *
   * @param <C> the type of the config
   * @param experiment the experiment
   * @param config its settings
   * @param seed its seed
   * @param how how often after the first run, and where
   * @return the identical rerun
   * @throws AssertionFailedError if the run failed or recorded nothing, or if a rerun parted or has no order; the
   *     message names the place
   * @throws IllegalStateException if fresh JVMs are asked for and the body cannot travel there, or none can be started
   */
  public static <C> Rerun assertReruns(Experiment<C> experiment, C config, Seed seed, Reruns how) {
    Run first = experiment.attempt(config, seed);
    first.failure().ifPresent(failure -> {
      throw new AssertionFailedError(
          first + ".\n\n  A failed run shows nothing of the rest of the loop. To compare failed"
              + " runs, attempt one and rerun it: experiment.rerun(experiment.attempt(config, seed))."
              + replay(seed),
          failure);
    });
    Rerun rerun = experiment.rerun(first, how);
    if (!(rerun instanceof Rerun.Identical identical) || identical.records() == 0) {
      throw new AssertionFailedError(rerun.explain() + replay(seed));
    }
    return rerun;
  }

  private static String replay(Seed seed) {
    return seed.isReplayable() ? "\n\n  Run it again: " + TestCommand.with("stet.seed", seed) : "";
  }

  /**
   * Asserts that a metric replicates its baseline.
   *
   * @param baseline the committed baseline file
   * @param plan what to run; without seeds it takes the baseline's own, and the comparison is paired
   * @param metric the metric's name; direction and reduction are those of the baseline
   * @param margin the smallest difference that would matter
   * @return the verdict, <i>replicated</i>; that of the confirmation if the plan declared one and it was needed
   * @throws AssertionFailedError if the verdict is <i>differs</i> or <i>inconclusive</i>, in different words; if the
   *     baseline is missing; and after it was written on request
   */
  public static Verdict assertReplicates(
      Path baseline, StudyPlan<?> plan, String metric, Margin margin) {
    return replicated(BaselineCheck.of(baseline, plan, metric), margin);
  }

  /**
   * Asserts that a metric replicates its baseline.
   *
   * @param baseline the committed baseline file
   * @param plan what to run; without seeds it takes the baseline's own, and the comparison is paired
   * @param metric the metric as it is declared in the baseline
   * @param margin the smallest difference that would matter
   * @return the verdict, <i>replicated</i>; that of the confirmation if the plan declared one and it was needed
   * @throws AssertionFailedError if the verdict is <i>differs</i> or <i>inconclusive</i>, in different words; if the
   *     baseline is missing; and after it was written on request
   */
  public static Verdict assertReplicates(
      Path baseline, StudyPlan<?> plan, Metric metric, Margin margin) {
    return replicated(BaselineCheck.of(baseline, plan, metric), margin);
  }

  private static Verdict replicated(BaselineCheck check, Margin margin) {
    Verdict verdict = check.verdict(margin);
    if (verdict instanceof Replicated) {
      return verdict;
    }
    Optional<Verdict> confirmation = check.confirmation(margin);
    String both = verdict.explain()
        + confirmation
            .map(
                again -> "\n\nConfirmation on fresh seeds, declared beforehand: " + again.explain())
            .orElse("");
    if (confirmation.isPresent() && confirmation.get() instanceof Replicated replicated) {
      LOG.log(System.Logger.Level.WARNING, both);
      return replicated;
    }
    throw failure(verdict, both);
  }

  /**
   * Asserts that a metric does not differ from its baseline. An <i>inconclusive</i> verdict passes, with a warning to
   * the system logger {@code dev.stet}, if {@linkplain Inconclusive#isOpen() nothing is known to be wrong}: no difference
   * was shown, and neither was that there is none.
   *
   * @param baseline the committed baseline file
   * @param plan what to run; without seeds it takes the baseline's own, and the comparison is paired
   * @param metric the metric's name
   * @param margin the smallest difference that would matter
   * @return the verdict, <i>replicated</i>; that of the confirmation if the plan declared one and it was needed or <i>inconclusive</i>
   * @throws AssertionFailedError if the verdict is <i>differs</i>; if runs failed or the study drifted from the anchor; if
   *     the baseline is missing; and after it was written
   *     on request
   */
  public static Verdict assertDoesNotDiffer(
      Path baseline, StudyPlan<?> plan, String metric, Margin margin) {
    return notDiffering(BaselineCheck.of(baseline, plan, metric), margin);
  }

  /**
   * Asserts that a metric does not differ from its baseline, as {@link #assertDoesNotDiffer(Path, StudyPlan, String,
   * Margin)} does.
   *
   * @param baseline the committed baseline file
   * @param plan what to run; without seeds it takes the baseline's own, and the comparison is paired
   * @param metric the metric as it is declared in the baseline
   * @param margin the smallest difference that would matter
   * @return the verdict, <i>replicated</i>; that of the confirmation if the plan declared one and it was needed or <i>inconclusive</i>
   * @throws AssertionFailedError if the verdict is <i>differs</i>; if runs failed or the study drifted from the anchor; if
   *     the baseline is missing; and after it was written
   *     on request
   */
  public static Verdict assertDoesNotDiffer(
      Path baseline, StudyPlan<?> plan, Metric metric, Margin margin) {
    return notDiffering(BaselineCheck.of(baseline, plan, metric), margin);
  }

  private static Verdict notDiffering(BaselineCheck check, Margin margin) {
    Verdict verdict = check.verdict(margin);
    if (verdict instanceof Inconclusive open && open.isOpen()) {
      LOG.log(System.Logger.Level.WARNING, verdict.explain());
    } else if (!(verdict instanceof Replicated)) {
      throw failure(verdict, verdict.explain());
    }
    return verdict;
  }

  /**
   * Asserts that a number keeps its bound: a mean, a quantile or a success rate, with the flake budget and the broken value
   * that the bound declares. Runs are made one by one until the answer is in.
   *
   * @param plan what to run; its seeds must suffice for the bound's plan. Without seeds the runs take children of a seed
   *     from the operating system, which the message gives with the command that runs them again
   * @param bound the requirement
   * @return the result, <i>holds</i>
   * @throws AssertionFailedError if the bound is broken, or the runs of a normal mean do not decide
   * @throws IllegalStateException if the flake budget, the broken value or the range of a mean is not declared
   */
  public static BoundResult assertHolds(StudyPlan<?> plan, Bound bound) {
    return plan.boundCheck(bound).held();
  }

  /**
   * Asserts that a number keeps its bound, on runs with children of a seed, as many as it takes.
   *
   * @param plan what to run, without seeds of its own
   * @param bound the requirement
   * @param root the seed they derive from; {@link Seed#replayable} makes the message print a replay line
   * @return the result, <i>holds</i>
   * @throws AssertionFailedError if the bound is broken, or the runs of a normal mean do not decide
   * @throws IllegalStateException if the flake budget, the broken value or the range of a mean is not declared
   */
  public static BoundResult assertHolds(StudyPlan<?> plan, Bound bound, Seed root) {
    return plan.boundCheck(bound, root).held();
  }

  private static AssertionFailedError failure(Verdict verdict, String explanation) {
    String next = verdict instanceof Differs
        ? "\n\n  If the change is meant, write a new baseline, review it and commit it: "
            + TestCommand.with("stet.baseline", "write")
        : "";
    return new AssertionFailedError(explanation + next);
  }
}
