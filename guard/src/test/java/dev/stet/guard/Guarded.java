package dev.stet.guard;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Observation;
import java.util.List;
import java.util.concurrent.Callable;

/** A piece of work, run as a trial in a loader of its own, and what was seen of it. */
record Guarded<T>(T value, Observation seen) {
  static <T> Guarded<T> run(GuardOptions options, long seed, Class<? extends Callable<T>> work) {
    try (GuardedLoader loader = GuardedLoader.of(options, work.getClassLoader())) {
      return run(loader, options, seed, work);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A trial in a loader that may have run others, so that static state is shared. */
  static <T> Guarded<T> run(
      GuardedLoader loader, GuardOptions options, long seed, Class<? extends Callable<T>> work)
      throws Exception {
    Watch watch = Watch.begin(options, Seed.of(seed));
    T value;
    Observation seen;
    try {
      value = loader.call(work);
    } finally {
      seen = watch.end();
    }
    return new Guarded<>(value, seen);
  }

  static <T> T outside(Class<? extends Callable<T>> work) {
    try {
      return Guard.inside(GuardOptions.replace(), work);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  List<Finding> of(Kind kind) {
    return seen.findings().stream().filter(finding -> finding.kind() == kind).toList();
  }
}
