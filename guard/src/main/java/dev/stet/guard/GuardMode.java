package dev.stet.guard;

import java.util.Locale;

/**
 * What the guard does about what it sees in a trial.
 *
 * @since 0.1
 */
public enum GuardMode {
  /** Reports it with the run. */
  OBSERVE,
  /** Reports it, and the trial ends as a failed one if anything was found that may make runs differ. */
  FAIL,
  /** Gives it numbers of the trial's own, where that can be done, and reports it. */
  REPLACE;

  static GuardMode parse(String text) {
    for (GuardMode mode : values()) {
      if (mode.name().equals(text.toUpperCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "mode must be observe, fail or replace; got \"" + text + "\".");
  }
}
