package dev.stet.replication;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is declared before the fresh data: the smallest difference that would matter, and how many failed runs
 * are tolerated.
 *
 * <p>A relative margin is a share of the baseline's location, which is frozen when the baseline is made; so it
 * is the same number in every comparison with that baseline.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Margin {
  private static final int AS_THE_BASELINE = -1;

  private final double size;
  private final boolean relative;
  private final boolean oneSided;
  private final int failures;
  private final double collapse;

  private Margin(double size, boolean relative, boolean oneSided, int failures, double collapse) {
    this.size = size;
    this.relative = relative;
    this.oneSided = oneSided;
    this.failures = failures;
    this.collapse = collapse;
  }

  /**
   * Returns a margin in units of the metric.
   *
   * @param size the smallest difference that would matter, positive and finite
   * @return the margin
   * @throws IllegalArgumentException if the size is not a positive, finite number
   */
  public static Margin absolute(double size) {
    return new Margin(requirePositive(size, "absolute"), false, false, AS_THE_BASELINE, Double.NaN);
  }

  /**
   * Returns a margin as a share of the baseline's location.
   *
   * @param share such as 0.01 for one per cent, positive and finite
   * @return the margin
   * @throws IllegalArgumentException if the share is not a positive, finite number
   */
  public static Margin relative(double share) {
    return new Margin(requirePositive(share, "relative"), true, false, AS_THE_BASELINE, Double.NaN);
  }

  /**
   * Returns a copy for the one-sided question "not worse than the baseline by this much": a study that is
   * better by any amount then replicates. The metric needs a direction.
   *
   * @return the copy
   */
  public Margin notWorse() {
    return new Margin(size, relative, true, failures, collapse);
  }

  /**
   * Returns a copy that tolerates this many failed runs in the fresh study. Without it, as many as the baseline
   * has. More forbid <i>replicated</i>.
   *
   * @param newFailures 0 or more
   * @return the copy
   */
  public Margin toleratingFailures(int newFailures) {
    if (newFailures < 0) {
      throw new IllegalArgumentException(
          "tolerated failures must be 0 or more; got " + newFailures + ".");
    }
    return new Margin(size, relative, oneSided, newFailures, collapse);
  }

  /**
   * Returns a copy for which a run collapsed if its result is this or worse. Significantly more failed and
   * collapsed runs than before forbid <i>replicated</i>, by Fisher's test or, of the same seeds, by that of
   * McNemar. The metric needs a direction. No value is assumed unless declared: any that is derived from few
   * runs calls some healthy ones collapsed.
   *
   * @param value a finite result in units of the metric, such as the accuracy of guessing
   * @return the copy
   * @throws IllegalArgumentException if the value is not finite
   */
  public Margin collapsedAt(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("the value at which a run collapsed must be finite; got "
          + value + ". Runs without a finite result count as failed anyway.");
    }
    return new Margin(size, relative, oneSided, failures, value);
  }

  /**
   * Returns the declared number.
   *
   * @return units of the metric, or a share if {@link #isRelative()}
   */
  public double size() {
    return size;
  }

  /**
   * Returns whether the size is a share of the baseline's location.
   *
   * @return true for a relative margin
   */
  public boolean isRelative() {
    return relative;
  }

  /**
   * Returns whether only a worse study matters.
   *
   * @return true for "not worse than"
   */
  public boolean isOneSided() {
    return oneSided;
  }

  /**
   * Returns how many failed runs are tolerated.
   *
   * @return the declared number; empty if as many as the baseline has
   */
  public OptionalInt toleratedFailures() {
    return failures == AS_THE_BASELINE ? OptionalInt.empty() : OptionalInt.of(failures);
  }

  /**
   * Returns from which result on a run collapsed.
   *
   * @return the declared value; empty if none was declared
   */
  public OptionalDouble collapse() {
    return Double.isNaN(collapse) ? OptionalDouble.empty() : OptionalDouble.of(collapse);
  }

  private static double requirePositive(double size, String factory) {
    if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("margin must be a positive, finite number; got " + size
          + ". Give the smallest difference that would matter to you, such as Margin." + factory
          + "(0.01).");
    }
    return size;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Margin that
        && Double.compare(size, that.size) == 0
        && relative == that.relative
        && oneSided == that.oneSided
        && failures == that.failures
        && Double.compare(collapse, that.collapse) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(size, relative, oneSided, failures, collapse);
  }

  /** Returns the margin in words, such as {@code 0.01 absolute} or {@code 0.01 relative, not worse}. */
  @Override
  public String toString() {
    return Decimals.shortest(size)
        + (relative ? " relative" : " absolute")
        + (oneSided ? ", not worse" : "");
  }
}
