package dev.stet;

import com.google.common.base.Throwables;
import dev.stet.ledger.RunRecord;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs that are handed out in the order of their seeds, made on one thread or more. The threads work ahead of the run that
 * is waited for by as many runs as there are threads; {@link #close()} stops those that nobody will ask for.
 */
final class OneByOne<C> implements AutoCloseable {
  private final Execution<C> execution;
  private final Attempts<C> attempts;
  private final IntFunction<Holdings.Found> found;
  private final IntFunction<Seed> seeds;
  private final int available;
  private final int ahead;
  private final StudyOptions options;
  private final Progress progress;
  private final @Nullable StopSignal signal;
  private final List<Thread> workers = new ArrayList<>();

  // All below is guarded by this.
  private final Map<Integer, Outcome> ended = new HashMap<>();
  private int next;
  private int asked;
  private int underWay;
  private boolean stopped;

  /** Whether somebody asked to stop: trials under way end by themselves, and no other begins. */
  private boolean leaving;

  private @Nullable Throwable broken;

  OneByOne(
      Execution<C> execution,
      IntFunction<Seed> seeds,
      int available,
      StudyOptions options,
      Runner<C> runner,
      IntFunction<Holdings.Found> found) {
    this.attempts = new Attempts<>(runner, options, this::isStopped, this::isLeaving);
    this.found = found;
    this.options = options;
    this.execution = execution;
    this.seeds = seeds;
    this.available = available;
    this.ahead = Math.min(options.threads(), available);
    this.progress = Progress.onTerminal(execution.experiment(), available, options.shown());
    this.signal = options.record() == null ? null : StopSignal.calling(this::leave);
    for (int i = 0; i < ahead; i++) {
      Thread worker = new Thread(this::work, "stet-" + execution.experiment() + "-" + (i + 1));
      worker.setDaemon(true);
      workers.add(worker);
      worker.start();
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized boolean isLeaving() {
    return leaving;
  }

  private synchronized void leave() {
    leaving = true;
    progress.sayStopping();
    notifyAll();
  }

  /** Waits for the outcome of this index; they are asked for in order, each once. */
  synchronized Outcome outcome(int index) {
    asked = index + 1;
    notifyAll();
    while (!ended.containsKey(index)) {
      if (broken != null) {
        Throwables.throwIfUnchecked(broken);
      }
      if (leaving && underWay == 0) {
        throw cancelled("stopped", index);
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cancelled("interrupted", index);
      }
    }
    Outcome outcome = ended.remove(index);
    if (outcome == null) {
      throw new IllegalStateException("run " + index + " was asked for twice");
    }
    progress.ended(outcome.run());
    return outcome;
  }

  private CancellationException cancelled(String how, int after) {
    return new CancellationException("the study of " + execution.experiment() + " was " + how
        + " after " + Words.count(after, "run") + "." + options.afterwards());
  }

  private void work() {
    for (int index = claimed(); index >= 0; index = claimed()) {
      try {
        Outcome outcome = made(index);
        // Only a test that is over is interrupted from outside; a flag that a body left is that
        // trial's own.
        Thread.interrupted();
        deliver(index, outcome);
      } catch (InterruptedException e) {
        // Nobody asks for this run any more.
        deliver(index, null);
        return;
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }
  }

  /** Null if it was told to stop. */
  private @Nullable Outcome made(int index) throws InterruptedException {
    Holdings.Found known = found.apply(index);
    RunRecord completed = known.completed();
    Outcome reused = completed == null ? null : Outcome.read(completed);
    return reused != null
        ? reused
        : attempts.of(
            new Job<>(execution, 0, index, seeds.apply(index)),
            known.isRunning() ? null : known.begun());
  }

  /** The next run to make, once it is near enough to the one that is waited for; -1 if there is none. */
  private synchronized int claimed() {
    while (!stopped && !leaving && next < available && next >= asked + ahead - 1) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Told to stop: the condition says so.
      }
    }
    if (stopped || leaving || next >= available) {
      return -1;
    }
    underWay++;
    return next++;
  }

  /** Null if the trial has left at a checkpoint, or nobody asks for it any more. */
  private synchronized void deliver(int index, @Nullable Outcome outcome) {
    underWay--;
    if (!stopped && outcome != null) {
      ended.put(index, outcome);
    }
    notifyAll();
  }

  /** What goes wrong outside the body, such as data that is not there, ends the test and not one run. */
  private synchronized void fail(Throwable cause) {
    if (!stopped && broken == null) {
      broken = cause;
    }
    stopped = true;
    notifyAll();
  }

  /** Stops the runs under way and waits for them: a test leaves no thread behind. */
  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    workers.forEach(Thread::interrupt);
    boolean told = false;
    for (int i = 0; i < workers.size(); ) {
      try {
        workers.get(i).join();
        i++;
      } catch (InterruptedException e) {
        told = true;
      }
    }
    progress.close();
    if (signal != null) {
      signal.close();
    }
    if (told) {
      Thread.currentThread().interrupt();
    }
  }
}
