package dev.stet.guard;

import dev.stet.seeds.Seed;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialWatch;
import dev.stet.spi.TrialWatcher;
import java.util.List;
import java.util.Map;

/**
 * Where trials meet the guard; found by {@link java.util.ServiceLoader}.
 *
 * @since 0.1
 */
public final class GuardWatcher implements TrialWatcher {
  /** Made by {@link java.util.ServiceLoader}. */
  public GuardWatcher() {}

  @Override
  public Map<String, Object> settings() {
    return Guard.settings();
  }

  /**
   * Returns the argument that brought the agent, or one that brings it with the options of what guards this JVM. Classes that
   * were rewritten before need none.
   */
  @Override
  public List<String> jvmOptions() {
    return Guard.jvmOptions();
  }

  @Override
  public Map<String, Object> childSettings() {
    return Guard.childSettings();
  }

  @Override
  public TrialWatch begin(String experiment, Seed seed) {
    GuardOptions options = Guard.options();
    return options == null ? () -> Observation.EMPTY : Watch.begin(options, seed);
  }
}
