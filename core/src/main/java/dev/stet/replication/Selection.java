package dev.stet.replication;

/**
 * How the config of a sample came to be chosen.
 *
 * <p>The best of 20 configs on 5 seeds each looks .84 spreads better than it is. A sample whose own seeds
 * chose its config is therefore refused on either side of a comparison, and no baseline is made of it.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param configsTried how many configs were tried, at least 1
 * @param bySeedsOfSample whether the runs of the sample itself chose among them
 * @since 0.1
 */
public record Selection(int configsTried, boolean bySeedsOfSample) {
  /**
   * Refuses counts below 1.
   *
   * @param configsTried how many configs were tried, at least 1
   * @param bySeedsOfSample whether the runs of the sample itself chose among them
   */
  public Selection {
    if (configsTried < 1) {
      throw new IllegalArgumentException("configsTried must be at least 1; got " + configsTried
          + ". Count the config of the sample itself.");
    }
  }

  /**
   * Returns the selection of a sample whose config was the only one.
   *
   * @return one config, no choice
   */
  public static Selection none() {
    return new Selection(1, false);
  }

  /** Whether the values of the sample are the luckiest of several. */
  boolean isLucky() {
    return configsTried > 1 && bySeedsOfSample;
  }
}
