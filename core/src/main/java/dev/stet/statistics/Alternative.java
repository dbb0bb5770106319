package dev.stet.statistics;

/**
 * What a test holds against its null hypothesis.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public enum Alternative {
  /** The true value is another one. */
  TWO_SIDED,
  /** The true value is smaller. */
  LESS,
  /** The true value is greater. */
  GREATER
}
