package dev.stet;

import dev.stet.seeds.Seed;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialWatch;
import dev.stet.spi.TrialWatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whoever watches the trials of this JVM, if somebody does. Found once; asked before each trial whether it is active. */
final class Watcher {
  private static final System.Logger LOG = System.getLogger("dev.stet");
  private static final TrialWatch NOBODY = () -> Observation.EMPTY;

  private Watcher() {}

  /** The holder is initialised by the first trial: before that nobody looks. */
  private static final class Found {
    static final Optional<TrialWatcher> WATCHER = find();
  }

  private static Optional<TrialWatcher> find() {
    Set<@Nullable ClassLoader> loaders = new LinkedHashSet<>(Arrays.asList(
        Watcher.class.getClassLoader(), Thread.currentThread().getContextClassLoader()));
    List<TrialWatcher> all = new ArrayList<>();
    for (ClassLoader loader : loaders) {
      try {
        for (TrialWatcher watcher : ServiceLoader.load(TrialWatcher.class, loader)) {
          if (all.stream().noneMatch(known -> known.getClass() == watcher.getClass())) {
            all.add(watcher);
          }
        }
      } catch (ServiceConfigurationError e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a watcher of trials cannot be loaded, so that nothing of it watches: "
                + e.getMessage(),
            e);
      }
    }
    if (all.size() > 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          "several watchers of trials were found, and only the first watches: "
              + all.stream().map(watcher -> watcher.getClass().getName()).toList());
    }
    return all.stream().findFirst();
  }

  /** What it does to this JVM; empty if there is none, or it is not active. */
  static Map<String, Object> settings() {
    return Found.WATCHER.isEmpty() ? Map.of() : Found.WATCHER.get().settings();
  }

  /** What a child JVM needs to be watched alike. */
  static List<String> jvmOptions() {
    return settings().isEmpty() ? List.of() : Found.WATCHER.orElseThrow().jvmOptions();
  }

  /** What it does to a child JVM; empty if it does nothing there. */
  static Map<String, Object> childSettings() {
    return settings().isEmpty() ? Map.of() : Found.WATCHER.orElseThrow().childSettings();
  }

  /** Begins to watch the trial of this thread. */
  static TrialWatch begin(String experiment, Seed seed) {
    if (settings().isEmpty()) {
      return NOBODY;
    }
    TrialWatch watch = Found.WATCHER.orElseThrow().begin(experiment, seed);
    return () -> end(watch);
  }

  /** A watcher that breaks its word must not cost the result of a trial, nor pass for one that saw nothing. */
  private static Observation end(TrialWatch watch) {
    try {
      return watch.end();
    } catch (RuntimeException | LinkageError e) {
      return Observation.EMPTY.withLimits(
          List.of("The watcher of this trial failed, so that what it saw is lost: " + e + "."));
    }
  }
}
