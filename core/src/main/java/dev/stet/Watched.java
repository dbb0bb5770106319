package dev.stet;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Sequential;
import dev.stet.replication.Stopping;
import dev.stet.replication.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a study batch by batch, from look to look, until it is decided. */
final class Watched<C> {
  private final StudyPlan<C> plan;
  private final Stopping stopping;

  Watched(StudyPlan<C> plan, Stopping stopping) {
    this.plan = plan;
    this.stopping = stopping;
  }

  /** Runs no seed more than the decision takes. */
  Verdict verdict(Baseline baseline, Metric metric, Margin margin) {
    Sequential state = baseline.untilDecided(margin, stopping);
    Batch<C> trials = plan.first(stopping.max());
    Batch.Known known = trials.known();
    List<Holdings.Found> found = known.trials();
    List<@Nullable Outcome> outcomes = new ArrayList<>();
    try (Runner<C> runner = plan.runner();
        OneByOne<C> made = plan.oneByOne(runner, found)) {
      while (!state.isOver()) {
        while (outcomes.size() < state.nextLook()) {
          outcomes.add(made.outcome(outcomes.size()));
        }
        known.membership().note(outcomes);
        state = state.look(trials.study(outcomes, found).metric(metric));
      }
    }
    return state.verdict().orElseThrow();
  }
}
