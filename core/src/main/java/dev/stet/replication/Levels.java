package dev.stet.replication;

/**
 * The levels of the two intervals of a witness.
 *
 * @param narrow of the interval on which <i>replicated</i> rests, 1 - 2 alpha
 * @param wide of the interval on which <i>differs</i> rests, 1 - alpha
 */
record Levels(double narrow, double wide) {
  /** Below this a level is not told from 0, the level of the bare estimate. */
  private static final double LEAST = 1e-12;

  static Levels of(double alpha) {
    return new Levels(Math.max(LEAST, 1 - 2 * alpha), 1 - alpha);
  }
}
