package dev.stet.spi;

/**
 * One trial, watched.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TrialWatch {
  /**
   * Ends the watch. Called once, on the trial's thread, after the body, whatever became of it.
   *
   * @return what was seen; it never throws
   */
  Observation end();
}
