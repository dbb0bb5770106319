package dev.stet.trace;

import static java.util.Objects.requireNonNull;

/**
 * A recorded value that is not compared, such as a duration or a memory size.
 *
 * @param name what it is
 * @param value a {@code Double}, a {@code String} or a {@code java.time.Duration}
 * @since 0.1
 */
public record Note(String name, Object value) {
  /**
   * Refuses nulls.
   *
   * @param name what it is
   * @param value a {@code Double}, a {@code String} or a {@code java.time.Duration}
   */
  public Note {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }
}
