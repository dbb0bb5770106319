package dev.stet.junit;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialWatch;
import dev.stet.spi.TrialWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A guard that sees what a test tells it to; not active until {@link #on}. For tests of one thread. */
public final class FakeGuard implements TrialWatcher {
  static final List<String> WATCHED = new ArrayList<>();
  private static boolean active;
  private static boolean fails;
  private static Observation next = Observation.EMPTY;

  /** Made by the service loader. */
  public FakeGuard() {}

  static void on() {
    active = true;
    fails = false;
    WATCHED.clear();
    next = Observation.EMPTY;
  }

  static void off() {
    active = false;
  }

  /** As in the mode of a guard that fails trials by itself. */
  static void fail() {
    fails = true;
  }

  static void see(Finding... findings) {
    next = Observation.of(List.of(findings)).withLimits(List.of("One class was not rewritten."));
  }

  @Override
  public Map<String, Object> settings() {
    return active ? Map.of("mode", "fake") : Map.of();
  }

  @Override
  public TrialWatch begin(String experiment, Seed seed) {
    WATCHED.add(experiment + " " + seed);
    next = Observation.EMPTY;
    return () -> next.withFailing(fails && !next.findings().isEmpty());
  }
}
