package dev.stet.fork;

import java.time.Duration;
import java.util.Optional;

/**
 * How a request to another JVM ended.
 *
 * @since 0.1
 */
public sealed interface ForkEnd {
  /**
   * The task returned.
   *
   * @param answer what it returned
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Answered(byte[] answer) implements ForkEnd {}

  /**
   * The task threw.
   *
   * @param failure what it threw, or a {@link ForeignException} in place of what cannot be read here
   */
  record Threw(Throwable failure) implements ForkEnd {}

  /**
   * The JVM ended before the task did.
   *
   * @param begun whether the task had begun; if not, the request had no effect
   * @param how what is known of it in words: exit code, signal, crash report, the last lines of its error output
   */
  record Died(boolean begun, String how) implements ForkEnd {}

  /**
   * The task took longer than allowed; it was interrupted and its JVM killed.
   *
   * @param limit what was allowed
   * @param answer what the task still returned when it was interrupted; empty if it did not heed that
   */
  record TimedOut(Duration limit, Optional<byte[]> answer) implements ForkEnd {}
}
