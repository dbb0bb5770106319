package dev.stet;

import com.google.common.base.Throwables;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Runs the trials of one study on its threads; each result lands at the place of its seed. */
final class Workers<C> {
  private final Execution<C> execution;
  private final int threads;
  private final Runner<C> runner;

  Workers(Execution<C> execution, int threads, Runner<C> runner) {
    this.execution = execution;
    this.threads = threads;
    this.runner = runner;
  }

  List<Run> run(List<Seed> seeds) {
    Batch batch = new Batch(seeds);
    try (Progress progress = Progress.onTerminal(execution.experiment(), seeds.size())) {
      batch.workOn(Math.min(threads, seeds.size()), progress);
    }
    return batch.results();
  }

  /** The seeds of one call and what came of them; the threads share nothing but the next index and the results. */
  private final class Batch {
    private final List<Seed> seeds;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable Run> runs;
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private volatile boolean interrupted;

    Batch(List<Seed> seeds) {
      this.seeds = seeds;
      this.runs = new AtomicReferenceArray<>(seeds.size());
    }

    void work(Progress progress) {
      for (int i = next.getAndIncrement();
          i < seeds.size() && !interrupted;
          i = next.getAndIncrement()) {
        Run run = runOf(seeds.get(i));
        // Only the study is interrupted from outside; a flag that a body left on its thread is that
        // trial's own.
        Thread.interrupted();
        if (run == null || interrupted) {
          // A run that was told to stop is no result of its seed.
          return;
        }
        runs.set(i, run);
        progress.ended(run);
      }
    }

    /** What goes wrong outside the body, such as data that is not there, ends the study and not one run. */
    private @Nullable Run runOf(Seed seed) {
      try {
        return runner.run(execution, seed, Beginning.unnoted());
      } catch (InterruptedException e) {
        // The study was told to stop: it says so itself.
        Thread.currentThread().interrupt();
        return null;
      } catch (RuntimeException | Error e) {
        broken.compareAndSet(null, e);
        interrupted = true;
        return null;
      }
    }

    void workOn(int count, Progress progress) {
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Thread worker =
            new Thread(() -> work(progress), "stet-" + execution.experiment() + "-" + (i + 1));
        worker.setDaemon(true);
        workers.add(worker);
      }
      workers.forEach(Thread::start);
      join(workers);
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

    List<Run> results() {
      Throwable cause = broken.get();
      if (cause != null) {
        Throwables.throwIfUnchecked(cause);
      }
      Run[] results = new Run[runs.length()];
      int ended = 0;
      for (int i = 0; i < results.length; i++) {
        results[i] = runs.get(i);
        ended += results[i] == null ? 0 : 1;
      }
      if (ended < results.length) {
        throw new CancellationException(
            "the study of " + execution.experiment() + " was interrupted after " + ended + " of "
                + Words.count(results.length, "run") + ".");
      }
      return Arrays.asList(results);
    }
  }
}
