package dev.stet;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Sequential;
import dev.stet.replication.Stopping;
import dev.stet.replication.Verdict;

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
    Study study = null;
    try (Runner<C> runner = plan.runner()) {
      while (!state.isOver()) {
        Study more =
            plan.part(runner, study == null ? 0 : study.runs().size(), state.nextLook());
        study = study == null ? more : study.and(more);
        state = state.look(study.metric(metric));
      }
    }
    return state.verdict().orElseThrow();
  }
}
