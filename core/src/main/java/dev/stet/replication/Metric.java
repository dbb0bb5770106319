package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is compared: the name of a series, which way it is better, how it becomes one number, and the step
 * between neighbouring values if it has one.
 *
 * <p>Without a direction a verdict can say that something differs, not that it is worse; and a failed run,
 * which ranks worst, then makes every verdict inconclusive.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Metric {
  private final String name;
  private final @Nullable Direction direction;
  private final Reduction reduction;
  private final double resolution;

  private Metric(
      String name, @Nullable Direction direction, Reduction reduction, double resolution) {
    this.name = name;
    this.direction = direction;
    this.reduction = reduction;
    this.resolution = resolution;
  }

  /**
   * Returns a metric without direction, reduced to its last value.
   *
   * @param name the name under which the experiment records it
   * @return the metric
   * @throws IllegalArgumentException if the name is blank or has a line break
   */
  public static Metric of(String name) {
    return new Metric(requireName(name), null, Reduction.last(), 0);
  }

  /**
   * Returns a copy for which higher values are better.
   *
   * @return the copy
   */
  public Metric higherIsBetter() {
    return new Metric(name, Direction.HIGHER_IS_BETTER, reduction, resolution);
  }

  /**
   * Returns a copy for which lower values are better.
   *
   * @return the copy
   */
  public Metric lowerIsBetter() {
    return new Metric(name, Direction.LOWER_IS_BETTER, reduction, resolution);
  }

  /**
   * Returns a copy with another reduction.
   *
   * @param newReduction how the series of a run becomes its result
   * @return the copy
   */
  public Metric reducedBy(Reduction newReduction) {
    return new Metric(name, direction, requireNonNull(newReduction, "reduction"), resolution);
  }

  /**
   * Returns a copy that says how far neighbouring values are apart, such as 1.0 / 360 for the share of 360
   * examples. A margin below it is refused.
   *
   * @param step the smallest possible difference, positive and finite
   * @return the copy
   * @throws IllegalArgumentException if the step is not a positive, finite number
   */
  public Metric withResolution(double step) {
    if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "resolution must be a positive, finite number; got " + step
              + ". Give the distance of neighbouring values, such as 1.0 / 360 for the share of 360 examples.");
    }
    return new Metric(name, direction, reduction, step);
  }

  /**
   * Returns the name.
   *
   * @return the name of the series
   */
  public String name() {
    return name;
  }

  /**
   * Returns which way the metric is better.
   *
   * @return the direction; empty if none was declared
   */
  public Optional<Direction> direction() {
    return Optional.ofNullable(direction);
  }

  /**
   * Returns how the series of a run becomes its result.
   *
   * @return the reduction
   */
  public Reduction reduction() {
    return reduction;
  }

  /**
   * Returns how far neighbouring values are apart.
   *
   * @return the declared step; empty if none was declared
   */
  public OptionalDouble resolution() {
    return resolution > 0 ? OptionalDouble.of(resolution) : OptionalDouble.empty();
  }

  static String requireName(String name) {
    if (requireNonNull(name, "name").isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the name of a metric must hold a visible character and no control" + " character; got \""
              + name + "\". Give the name under which it is recorded, such as \"accuracy\".");
    }
    return name;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Metric that
        && name.equals(that.name)
        && direction == that.direction
        && reduction.equals(that.reduction)
        && Double.compare(resolution, that.resolution) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, direction, reduction, resolution);
  }

  /** Returns the metric in words, such as {@code accuracy (last, higher is better)}. */
  @Override
  public String toString() {
    return name + " (" + reduction + (direction == null ? ")" : ", " + direction + ")");
  }
}
