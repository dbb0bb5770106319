package dev.stet;

import dev.stet.fork.ForkException;
import dev.stet.fork.JvmChange;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Runs the trial of a run again, on record if the experiment is. */
final class Rerunning<C> {
  private static final System.Logger LOG = System.getLogger("dev.stet");

  private final Execution<C> execution;
  private final @Nullable Ledger ledger;
  private final Run first;

  Rerunning(Execution<C> execution, @Nullable Ledger ledger, Run first) {
    this.execution = execution;
    this.ledger = ledger;
    this.first = first;
  }

  Rerun rerun(Reruns how) {
    if (!how.fresh()) {
      return RunComparison.whole(first, runs(Runner.onThreads(), how.times()), how);
    }
    try {
      requireTravels();
      return RunComparison.whole(first, runs(FreshJvms.of(JvmChange.NONE, Optional.empty()), how.times()), how);
    } catch (CannotTravel | ForkException e) {
      if (!how.isWish()) {
        throw e;
      }
      Reruns here = Reruns.inThisJvm(how.times());
      LOG.log(
          System.Logger.Level.WARNING,
          "the " + Words.count(how.times(), "rerun") + " of " + first.experiment()
              + " run in this JVM and not in fresh ones: " + e.getMessage());
      return RunComparison.whole(first, runs(Runner.onThreads(), how.times()), here);
    }
  }

  /** Says beforehand, and in its own words, what keeps an experiment here. */
  void requireTravels() {
    try {
      TrialTask.of(execution);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new CannotTravel(e);
    }
  }

  /** An experiment that can run in this JVM only. */
  static final class CannotTravel extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CannotTravel(RuntimeException cause) {
      super(
          "no fresh JVM can run this: " + cause.getMessage()
              + "\nRerun it in this JVM with Reruns.inThisJvm(n), which sees less: what an earlier run left behind stays.",
          cause);
    }
  }

  private List<Run> runs(Runner<C> runner, int times) {
    List<Run> reruns = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      reruns.add(run(runner));
    }
    return reruns;
  }

  /** Runs it once. */
  Run run(Runner<C> runner) {
    try {
      if (ledger == null) {
        return runner.run(execution, first.seed(), Beginning.unnoted());
      }
      Map<Link, String> links =
          first.id().map(id -> Map.of(Link.RERUN_OF, id)).orElse(Map.of());
      return OnRecord.run(ledger, runner, execution, first.seed(), OnRecord.Origin.of(links));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the reruns of " + first.experiment() + " were interrupted.");
    }
  }
}
