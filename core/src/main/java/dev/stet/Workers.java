package dev.stet;

import com.google.common.base.Throwables;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Runs the trials of studies on threads; each result lands at its own place, whichever thread made it and when. */
final class Workers<C> {
  private final String experiment;
  private final List<Job<C>> jobs;
  private final StudyOptions options;
  private final StopRule rule;
  private final Attempts<C> attempts;
  private final AtomicReferenceArray<@Nullable Outcome> outcomes;
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

  /** Whether this thread was interrupted, or something outside the trials went wrong: those under way are interrupted. */
  private volatile boolean interrupted;

  /** Whether somebody asked to stop: trials under way end by themselves. */
  private volatile boolean leaving;

  Workers(List<Job<C>> jobs, StudyOptions options, Runner<C> runner) {
    this.experiment = jobs.get(0).execution().experiment();
    this.jobs = jobs;
    this.options = options;
    int studies = jobs.get(jobs.size() - 1).study() + 1;
    this.rule = new StopRule(options.hopeless(), studies, jobs.size() / studies);
    this.attempts = new Attempts<>(runner, options, () -> interrupted, () -> leaving);
    this.outcomes = new AtomicReferenceArray<>(jobs.size());
  }

  /**
   * Runs them and waits.
   *
   * @return one outcome a job, in their order; null for a trial of a study that was given up before it
   * @throws CancellationException if this thread was interrupted, or on Ctrl-C
   */
  List<@Nullable Outcome> run(Plan plan) {
    try (Progress progress = Progress.onTerminal(experiment, jobs.size(), options.shown())) {
      StopSignal signal = signal(progress);
      try {
        plan.known.forEach(index -> reuse(plan, index, progress));
        plan.membership.note(kept(plan.known));
        workOn(plan, plan.now, progress);
        workOn(plan, plan.later, progress);
        plan.membership.note(kept(plan.later));
      } finally {
        if (signal != null) {
          signal.close();
        }
      }
    }
    return results();
  }

  /**
   * Which trials need not run, which run now, and which once the others have: those that another process was at.
   *
   * @param holdings what is on record, one entry a job
   * @param membership which runs the study has
   */
  record Plan(
      List<Holdings.Found> holdings,
      Membership membership,
      List<Integer> known,
      List<Integer> now,
      List<Integer> later) {
    static Plan of(Batch.Known record) {
      List<Holdings.Found> holdings = record.trials();
      Plan plan = new Plan(
          holdings, record.membership(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < holdings.size(); i++) {
        Holdings.Found found = holdings.get(i);
        (found.completed() != null ? plan.known : found.isRunning() ? plan.later : plan.now).add(i);
      }
      return plan;
    }
  }

  private @Nullable StopSignal signal(Progress progress) {
    if (options.record() == null) {
      return null;
    }
    return StopSignal.calling(() -> {
      leaving = true;
      progress.sayStopping();
    });
  }

  private void reuse(Plan plan, int index, Progress progress) {
    RunRecord record = plan.holdings.get(index).completed();
    Outcome outcome = record == null ? null : Outcome.read(record);
    if (outcome == null) {
      plan.now.add(index);
    } else {
      keep(index, outcome);
      progress.known(outcome.run());
    }
  }

  private List<@Nullable Outcome> kept(List<Integer> indices) {
    List<@Nullable Outcome> kept = new ArrayList<>();
    indices.forEach(index -> kept.add(outcomes.get(index)));
    return kept;
  }

  private void keep(int index, Outcome outcome) {
    Job<C> job = jobs.get(index);
    outcomes.set(index, outcome);
    rule.ended(job.study(), job.place(), outcome.run().status() != RunStatus.COMPLETED);
  }

  private void workOn(Plan plan, List<Integer> order, Progress progress) {
    AtomicInteger next = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(options.threads(), order.size()); i++) {
      Thread worker =
          new Thread(() -> work(plan, order, next, progress), "stet-" + experiment + "-" + (i + 1));
      worker.setDaemon(true);
      workers.add(worker);
    }
    workers.forEach(Thread::start);
    join(workers);
  }

  private void work(Plan plan, List<Integer> order, AtomicInteger next, Progress progress) {
    for (int i = next.getAndIncrement();
        i < order.size() && !interrupted && !leaving;
        i = next.getAndIncrement()) {
      int index = order.get(i);
      Job<C> job = jobs.get(index);
      if (rule.counts(job.study(), job.place())) {
        one(index, plan.holdings.get(index), progress);
      } else {
        progress.known(null);
      }
    }
  }

  private void one(int index, Holdings.Found found, Progress progress) {
    progress.begun();
    Outcome outcome = outcome(jobs.get(index), found);
    // Only the study is interrupted from outside; a flag that a body left on its thread is that
    // trial's own.
    Thread.interrupted();
    if (outcome != null) {
      keep(index, outcome);
      progress.ended(outcome.run());
    }
  }

  /** What goes wrong outside the body, such as data that is not there, ends the study and not one run. */
  private @Nullable Outcome outcome(Job<C> job, Holdings.Found found) {
    try {
      Holdings.Found latest = found.isRunning() ? again(job) : found;
      Outcome known = found.isRunning() ? readAgain(latest) : null;
      if (known != null) {
        return known;
      }
      // What another process is at, perhaps from the same checkpoint, is begun anew.
      return attempts.of(job, latest.isRunning() ? null : latest.begun());
    } catch (InterruptedException e) {
      return null;
    } catch (RuntimeException | Error e) {
      broken.compareAndSet(null, e);
      interrupted = true;
      return null;
    }
  }

  /** Another process was at this trial when the study began: it may have ended since. */
  private Holdings.Found again(Job<C> job) {
    StudyOptions.Recording record = options.record();
    return record == null
        ? Holdings.Found.NOTHING
        : Holdings.of(record, List.of(job), options.forked()).of(job);
  }

  private static @Nullable Outcome readAgain(Holdings.Found found) {
    RunRecord completed = found.completed();
    return completed == null ? null : Outcome.read(completed);
  }

  private void join(List<Thread> workers) {
    boolean told = false;
    for (int i = 0; i < workers.size(); ) {
      try {
        workers.get(i).join();
        i++;
      } catch (InterruptedException e) {
        told = true;
        interrupted = true;
        workers.forEach(Thread::interrupt);
      }
    }
    if (told) {
      Thread.currentThread().interrupt();
    }
  }

  private List<@Nullable Outcome> results() {
    Throwable cause = broken.get();
    if (cause != null) {
      Throwables.throwIfUnchecked(cause);
    }
    List<@Nullable Outcome> results = new ArrayList<>();
    int ended = 0;
    int needed = 0;
    for (int i = 0; i < jobs.size(); i++) {
      boolean counts = rule.counts(jobs.get(i).study(), jobs.get(i).place());
      Outcome outcome = outcomes.get(i);
      ended += outcome == null ? 0 : 1;
      needed += counts ? 1 : 0;
      results.add(counts ? outcome : null);
      if (counts && outcome == null) {
        interrupted = true;
      }
    }
    if (interrupted || (leaving && ended < needed)) {
      throw new CancellationException("the study of " + experiment + " was "
          + (leaving ? "stopped" : "interrupted") + " after " + ended + " of "
          + Words.count(jobs.size(), "run") + "." + options.afterwards());
    }
    return results;
  }
}
