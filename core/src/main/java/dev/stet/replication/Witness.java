package dev.stet.replication;

import dev.stet.statistics.Interval;

/**
 * What one way of estimating says about the difference, fresh minus baseline. A definitive verdict needs all
 * witnesses of its {@link Method} to agree.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param name how it estimates, such as {@code ranks} or {@code means}
 * @param estimate its estimate; infinite if one side failed altogether, NaN if it has none
 * @param narrow the interval of level 1 - 2 alpha, usually 90 %, on which <i>replicated</i> rests
 * @param wide the interval of level 1 - alpha, usually 95 %, on which <i>differs</i> rests
 * @since 0.1
 */
public record Witness(String name, double estimate, Interval narrow, Interval wide) {
  /** Whether the interval for <i>replicated</i> lies strictly inside the bounds. */
  boolean isInside(double low, double high) {
    return narrow.isInside(low, high);
  }

  /** Beyond which bound the interval for <i>differs</i> lies wholly: 1, -1, or 0 for neither. */
  int side(double low, double high) {
    if (wide.lower() > high) {
      return 1;
    }
    return wide.upper() < low ? -1 : 0;
  }

  /** On which side of 0 the difference certainly lies: 1, -1, or 0 for neither. */
  int certainSide() {
    return side(0, 0);
  }
}
