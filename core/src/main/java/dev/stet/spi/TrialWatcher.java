package dev.stet.spi;

import dev.stet.seeds.Seed;
import java.util.List;
import java.util.Map;

/**
 * Watches the trials of this JVM for what is not the trial's own: randomness, time, order and inputs that do not come from
 * its seed, its config or its data.
 *
 * <p>It is found by {@link java.util.ServiceLoader}, once per JVM, through the class loader of this library and the context
 * class loader of the thread that runs the first trial. Trials may run on several threads at once.
 *
 * @since 0.1
 */
public interface TrialWatcher {
  /**
   * Returns what the watcher does to this JVM, for the fingerprint: under {@code guard} in the runtime facet.
   *
   * @return canonical values only (texts, numbers, booleans, maps and lists of them); empty while it is not active, and then
   *     it is not asked to watch
   */
  Map<String, Object> settings();

  /**
   * Begins to watch a trial. Called on the trial's thread, just before the body.
   *
   * @param experiment the name of the experiment
   * @param seed the seed of the trial
   * @return what is told when the body is over
   */
  TrialWatch begin(String experiment, Seed seed);

  /**
   * Returns the options by which a child JVM of this program is watched in the same way as this one. It has this one's class
   * path and system properties; agents it has only by these options.
   *
   * @return options for {@code java}, such as {@code -javaagent:guard.jar=mode=replace}; none while the watcher is not
   *     active, or if a child needs none
   */
  default List<String> jvmOptions() {
    return List.of();
  }

  /**
   * Returns what the {@linkplain #settings() settings} are in a child JVM with those options, as far as can be told without
   * one. By them a study finds the runs of earlier children in its ledger; where they are foretold wrongly, trials run again.
   *
   * @return canonical values only; empty if a child is not watched. Those of this JVM unless overridden
   */
  default Map<String, Object> childSettings() {
    return settings();
  }
}
