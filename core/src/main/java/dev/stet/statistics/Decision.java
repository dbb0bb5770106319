package dev.stet.statistics;

/**
 * What a sequential test says after the values seen so far.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public enum Decision {
  /** The values seen so far do not decide: take one more. */
  CONTINUE,
  /** The test ends in favour of its null hypothesis. */
  ACCEPT,
  /** The test ends against its null hypothesis. */
  REJECT
}
