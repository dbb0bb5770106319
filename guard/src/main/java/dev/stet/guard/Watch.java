package dev.stet.guard;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialWatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One trial that runs, and what it has used so far. */
final class Watch implements TrialWatch {
  final GuardOptions options;
  final boolean replacing;
  private final Thread home = Thread.currentThread();
  private final Lineage body;
  private final @Nullable Lineage before;

  /**
   * The body's thread while it runs the body itself and not a task that came to it. Only that thread writes it; another
   * that reads it, early or late, never finds itself.
   */
  private @Nullable Thread owner;

  private Tally[] own = new Tally[64];
  private final Counts tasks = new Counts();
  private final Counts orphans = new Counts();
  private final Counts late = new Counts();
  private final Map<Input, LongAdder> inputs = new ConcurrentHashMap<>();
  private final Statics statics;
  private final Probe probe;
  private volatile boolean over;
  private volatile boolean shared;

  /** One value of the environment that was read. */
  record Input(int site, String what, boolean orphan) {}

  private Watch(GuardOptions options, Seed seed) {
    this.options = options;
    this.replacing = options.replaces();
    this.body = Lineage.body(this, seed);
    this.before = body.enter();
    this.statics = Statics.before(this);
    this.probe = Probe.start();
  }

  static Watch begin(GuardOptions options, Seed seed) {
    Watch watch = new Watch(options, seed);
    watch.owner = watch.home;
    Trials.opened(watch);
    return watch;
  }

  /** Another trial runs at the same time. */
  void share() {
    shared = true;
  }

  boolean isOver() {
    return over;
  }

  // --- uses

  /** Counts a use. */
  void note(int site) {
    if (owner == Thread.currentThread()) {
      own(site).count++;
    } else {
      elsewhere(site);
    }
  }

  /** Whether a use on this thread is the body's own and nothing is put in its place. */
  boolean onlyCounts() {
    return !replacing && owner == Thread.currentThread();
  }

  /** Counts a use where {@link #onlyCounts()} holds. */
  void count(int site) {
    own(site).count++;
  }

  /** Counts a use, and returns the stream to draw from instead; null if nothing is replaced. */
  @Nullable
  RandomStream draw(int site) {
    if (owner == Thread.currentThread()) {
      Tally tally = own(site);
      tally.count++;
      if (!replacing) {
        return null;
      }
      return stream(tally, site);
    }
    Lineage piece = elsewhere(site);
    return piece != null && piece.watch.replacing ? piece.watch.stream(piece, site) : null;
  }

  /**
   * As {@link #draw}, for what makes a generator. One that a task makes and its thread keeps goes on to serve whichever task
   * that thread runs next: it cannot be connected with the task.
   */
  @Nullable
  RandomStream make(int site) {
    if (owner == Thread.currentThread()) {
      return draw(site);
    }
    Lineage piece = Trials.here();
    if (piece == null || piece == piece.watch.body || !isKeptByThread()) {
      return draw(site);
    }
    piece.watch.orphans.add(site);
    return piece.watch.replacing ? piece.stream(site) : null;
  }

  private static boolean isKeptByThread() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .limit(20)
            .anyMatch(frame -> frame.getClassName().equals("java.lang.ThreadLocal")));
  }

  /** Counts a use, and returns the trial whose it is; null if that is not known. */
  @Nullable
  Watch use(int site) {
    if (owner == Thread.currentThread()) {
      own(site).count++;
      return this;
    }
    Lineage piece = elsewhere(site);
    return piece == null ? null : piece.watch;
  }

  /** Counts a use of a thread's hidden generator, and sees that it is in a state of the trial's. */
  void current(int site) {
    note(site);
    Lineage piece = Trials.here();
    if (piece != null && piece.watch.replacing) {
      piece.seedThread();
    }
  }

  void input(int site, String what) {
    Lineage piece = owner == Thread.currentThread() ? body : Trials.lineage();
    Watch trial = piece == null ? this : piece.watch;
    if (!trial.over) {
      trial
          .inputs
          .computeIfAbsent(new Input(site, what, piece == null), i -> new LongAdder())
          .increment();
    }
  }

  private RandomStream stream(Lineage piece, int site) {
    if (piece != body) {
      return piece.stream(site);
    }
    return stream(own(site), site);
  }

  private RandomStream stream(Tally tally, int site) {
    RandomStream stream = tally.stream;
    if (stream == null) {
      stream = body.open(site);
      tally.stream = stream;
    }
    return stream;
  }

  private Tally own(int site) {
    Tally[] all = own;
    if (site < all.length) {
      Tally tally = all[site];
      if (tally != null) {
        return tally;
      }
    }
    return added(site);
  }

  private Tally added(int site) {
    if (site >= own.length) {
      own = Arrays.copyOf(own, Math.max(site + 1, 2 * own.length));
    }
    Tally tally = new Tally();
    own[site] = tally;
    return tally;
  }

  /** A use on another thread than this trial's own. */
  private static @Nullable Lineage elsewhere(int site) {
    Lineage piece = Trials.lineage();
    if (piece == null) {
      Trials.open().forEach(trial -> trial.orphans.add(site));
      return null;
    }
    Watch trial = piece.watch;
    if (trial.over) {
      Trials.open().forEach(other -> other.late.add(site));
      return null;
    }
    if (piece == trial.body) {
      trial.own(site).count++;
    } else {
      trial.tasks.add(site);
    }
    return piece;
  }

  /** The seed of a generator that outlives the trial: the same whichever piece makes it, and in every trial of the seed. */
  long staticSeed(String name) {
    return body.named("static " + name).toLong();
  }

  // --- the body's thread runs a task

  void pause(Lineage piece) {
    if (piece == body) {
      owner = null;
    }
  }

  void resume(Lineage piece) {
    if (piece == body && !over) {
      owner = home;
    }
  }

  // --- the end

  @Override
  public Observation end() {
    if (over) {
      return Observation.EMPTY;
    }
    over = true;
    owner = null;
    Trials.closed(this);
    body.leave(before);
    try {
      return Findings.of(this);
    } catch (RuntimeException | LinkageError e) {
      return Observation.EMPTY.withLimits(
          List.of("The guard could not tell what it saw: " + e + "."));
    } finally {
      if (before != null && !before.watch.over) {
        statics.giveBack(); // the trial around this one goes on with what it had
      }
    }
  }

  Statics statics() {
    return statics;
  }

  Probe probe() {
    return probe;
  }

  boolean wasShared() {
    return shared;
  }

  Map<Input, LongAdder> inputs() {
    return inputs;
  }

  /** Uses on the body's thread and in its tasks. */
  Map<Integer, Long> known() {
    Map<Integer, Long> all = new TreeMap<>();
    for (int site = 0; site < own.length; site++) {
      Tally tally = own[site];
      if (tally != null && tally.count > 0) {
        all.put(site, tally.count);
      }
    }
    tasks.forEach((site, count) -> all.merge(site, count, Long::sum));
    return all;
  }

  Counts orphans() {
    return orphans;
  }

  Counts late() {
    return late;
  }
}
