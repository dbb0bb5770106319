package dev.stet;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Sequential;
import dev.stet.replication.Stopping;
import dev.stet.replication.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a study from look to look until it is decided. With several threads a few runs are made ahead, so that frequent
 * looks do not make them wait, and are not looked at if the decision comes first.
 */
final class Watched<C> {
  private final StudyPlan<C> plan;
  private final Stopping stopping;

  Watched(StudyPlan<C> plan, Stopping stopping) {
    this.plan = plan;
    this.stopping = stopping;
  }

  Verdict verdict(Baseline baseline, Metric metric, Margin margin) {
    Sequential state = baseline.untilDecided(margin, stopping);
    List<Run> runs = new ArrayList<>();
    try (OneByOne<C> made = plan.oneByOne(stopping.max())) {
      while (!state.isOver()) {
        while (runs.size() < state.nextLook()) {
          runs.add(made.run(runs.size()));
        }
        state = state.look(plan.studyOf(runs).metric(metric));
      }
    }
    return state.verdict().orElseThrow();
  }
}
