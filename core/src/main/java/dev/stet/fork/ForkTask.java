package dev.stet.fork;

import java.io.Serializable;

/**
 * Work that is sent to another JVM once, and there answers requests one at a time.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ForkTask extends Serializable {
  /**
   * Answers one request, on a thread of its own.
   *
   * @param request what the pool was given
   * @param host the way back to whoever asked
   * @return the answer
   * @throws Exception whatever goes wrong; it travels back
   */
  byte[] run(byte[] request, ForkHost host) throws Exception;
}
