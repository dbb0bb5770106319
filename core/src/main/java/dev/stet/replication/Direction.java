package dev.stet.replication;

/**
 * Which way a metric is better.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public enum Direction {
  /** Such as accuracy. */
  HIGHER_IS_BETTER("higher is better"),
  /** Such as loss. */
  LOWER_IS_BETTER("lower is better");

  private final String words;

  Direction(String words) {
    this.words = words;
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param text {@code higher is better} or {@code lower is better}
   * @return the direction
   * @throws IllegalArgumentException if the text is neither
   */
  public static Direction parse(String text) {
    for (Direction direction : values()) {
      if (direction.words.equals(text)) {
        return direction;
      }
    }
    throw new IllegalArgumentException(
        "a direction is \"higher is better\" or \"lower is better\"; got \"" + text + "\".");
  }

  /** The rank of a failed run: beyond every number, on the worse side. */
  double worst() {
    return this == HIGHER_IS_BETTER ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  boolean isBetter(double difference) {
    return this == HIGHER_IS_BETTER ? difference > 0 : difference < 0;
  }

  /** Returns the direction in words, as baseline files do. */
  @Override
  public String toString() {
    return words;
  }
}
