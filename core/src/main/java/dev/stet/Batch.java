package dev.stet;

import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The trials of one study or of several that differ in their config, run together. */
final class Batch<C> {
  private final List<Execution<C>> executions;
  private final List<Seed> seeds;
  private final StudyOptions options;

  Batch(List<Execution<C>> executions, List<Seed> seeds, StudyOptions options) {
    this.executions = executions;
    this.seeds = seeds;
    this.options = options;
  }

  /** Runs them and returns one study for each config. */
  List<Study> run(Runner<C> runner) {
    List<Job<C>> jobs = jobs();
    Known known = known(jobs);
    List<Holdings.Found> found = known.trials();
    List<@Nullable Outcome> outcomes =
        new Workers<>(jobs, options, runner).run(Workers.Plan.of(known));
    List<Study> studies = new ArrayList<>();
    for (int i = 0; i < executions.size(); i++) {
      int from = i * seeds.size();
      int to = from + seeds.size();
      studies.add(study(outcomes.subList(from, to), found.subList(from, to)));
    }
    return studies;
  }

  /** What is on record of each trial, and which runs the study has. */
  record Known(List<Holdings.Found> trials, Membership membership) {}

  Known known() {
    return known(jobs());
  }

  private List<Job<C>> jobs() {
    List<Job<C>> jobs = new ArrayList<>();
    for (int study = 0; study < executions.size(); study++) {
      for (int place = 0; place < seeds.size(); place++) {
        jobs.add(new Job<>(executions.get(study), study, place, seeds.get(place)));
      }
    }
    return jobs;
  }

  private Known known(List<Job<C>> jobs) {
    StudyOptions.Recording record = options.record();
    if (record == null) {
      return new Known(jobs.stream().map(job -> Holdings.Found.NOTHING).toList(), Membership.NONE);
    }
    Membership membership = options.membership(executions.get(0).experiment());
    Holdings<C> holdings = Holdings.of(record, jobs, options.forked());
    return new Known(jobs.stream().map(holdings::of).toList(), membership);
  }

  /** The study of some of its trials, from the first one on. */
  Study study(List<@Nullable Outcome> outcomes, List<Holdings.Found> found) {
    List<Run> runs = new ArrayList<>();
    List<Seed> notRun = new ArrayList<>();
    Map<String, Integer> reasons = new TreeMap<>();
    int reused = 0;
    int retried = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome == null) {
        notRun.add(seeds.get(i));
        continue;
      }
      runs.add(outcome.run());
      reused += outcome.reused() ? 1 : 0;
      retried += outcome.attempts() > 1 ? 1 : 0;
      String reason = found.get(i).completed() == null
          ? found.get(i).reason()
          : "its trace cannot be read any more";
      if (!outcome.reused() && !reason.isEmpty()) {
        reasons.merge(reason, 1, Integer::sum);
      }
    }
    StudyAccount account = new StudyAccount(reused, retried, List.copyOf(notRun), reasons);
    return new Study(executions.get(0).experiment(), runs, options.selection(), account);
  }
}
