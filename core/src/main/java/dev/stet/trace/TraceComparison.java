package dev.stet.trace;

import java.util.List;

/**
 * How two traces compare: {@link Identical}, {@link Diverged} or {@link Unordered}.
 *
 * @since 0.1
 */
public sealed interface TraceComparison {
  /**
   * Every record has the same bits.
   *
   * @param records how many records were compared
   */
  record Identical(int records) implements TraceComparison {}

  /**
   * The traces part.
   *
   * @param divergence where and how
   */
  record Diverged(Divergence divergence) implements TraceComparison {}

  /**
   * What has an order is equal, but some series have none.
   *
   * @param metrics their names
   */
  record Unordered(List<String> metrics) implements TraceComparison {
    /**
     * Copies the list.
     *
     * @param metrics their names
     */
    public Unordered {
      metrics = List.copyOf(metrics);
    }
  }
}
