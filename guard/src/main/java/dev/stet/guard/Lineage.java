package dev.stet.guard;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a trial's work: its body, or a task that another piece started. Which number it has among the tasks of that
 * piece names it, and not the thread that happens to run it; so what it draws does not depend on threads.
 *
 * <p>One thread at a time runs a piece, and that thread alone uses this object.
 */
final class Lineage {
  private static final String ROOM = "dev.stet.guard";

  final Watch watch;
  private final Seed seed;
  private final Map<Integer, RandomStream> streams = new HashMap<>();
  private long tasks;
  private long threads;
  private @Nullable ThreadSeed thread;

  private Lineage(Watch watch, Seed seed) {
    this.watch = watch;
    this.seed = seed;
  }

  static Lineage body(Watch watch, Seed seed) {
    return new Lineage(watch, seed.child(ROOM));
  }

  /** The next task that this piece starts. */
  Lineage spawn() {
    return new Lineage(watch, seed.child(tasks++));
  }

  /** The next thread that this piece makes; threads have numbers of their own, which shift no task's. */
  Lineage thread() {
    return new Lineage(watch, seed.child("thread").child(threads++));
  }

  /** This piece's stream of a site. */
  RandomStream stream(int site) {
    return streams.computeIfAbsent(site, this::open);
  }

  RandomStream open(int site) {
    return seed.child(Sites.get(site).key()).stream();
  }

  /** The seed for a source that has a name and no site. */
  Seed named(String name) {
    return seed.child(ROOM).child(name);
  }

  /** Begins this piece on the current thread, and returns what {@link #leave} is to be told. */
  @Nullable
  Lineage enter() {
    Lineage before = Trials.lineage();
    Trials.set(this);
    if (before != null) {
      before.watch.pause(before);
    }
    return before;
  }

  /** Ends this piece on the current thread. */
  void leave(@Nullable Lineage before) {
    if (thread != null) {
      requireNonNull(thread).restore();
      thread = null;
    }
    Trials.set(before);
    if (before != null) {
      before.watch.resume(before);
    }
  }

  /** Gives the current thread's hidden generator a state of this piece's, once. */
  void seedThread() {
    if (thread == null && ThreadSeed.isReachable()) {
      thread = ThreadSeed.set(named("ThreadLocalRandom").toLong());
    }
  }
}
