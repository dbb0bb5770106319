package dev.stet.junit;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialWatch;
import dev.stet.spi.TrialWatcher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A guard that sees in the innermost trial of a thread what a test tells it to; not active until {@link #on}. */
public final class FakeGuard implements TrialWatcher {
  static final List<String> WATCHED = new CopyOnWriteArrayList<>();
  private static final ThreadLocal<Observation> NEXT =
      ThreadLocal.withInitial(() -> Observation.EMPTY);
  private static volatile boolean active;
  private static volatile boolean fails;

  /** Made by the service loader. */
  public FakeGuard() {}

  static void on() {
    active = true;
    fails = false;
    WATCHED.clear();
    NEXT.remove();
  }

  static void off() {
    active = false;
  }

  /** As in the mode of a guard that fails trials by itself. */
  static void fail() {
    fails = true;
  }

  static void see(Finding... findings) {
    NEXT.set(Observation.of(List.of(findings)).withLimits(List.of("One class was not rewritten.")));
  }

  @Override
  public Map<String, Object> settings() {
    return active ? Map.of("mode", "fake") : Map.of();
  }

  @Override
  public TrialWatch begin(String experiment, Seed seed) {
    WATCHED.add(experiment + " " + seed);
    Observation outside = NEXT.get();
    NEXT.set(Observation.EMPTY);
    return () -> {
      Observation seen = NEXT.get();
      NEXT.set(outside);
      return seen.withFailing(fails && !seen.findings().isEmpty());
    };
  }
}
