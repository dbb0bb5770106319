package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the series of values that a run recorded becomes its one result. It is declared, and recorded in the
 * baseline, since the maximum over 200 epochs is another quantity than the last value.
 *
 * <p>NaN in a series: {@link #last()} keeps it, so the run counts as failed; the others skip it, and give NaN
 * only if there is nothing else.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Reduction {
  private static final Reduction LAST = new Reduction(Kind.LAST, null);
  private static final Reduction MAXIMUM = new Reduction(Kind.MAXIMUM, null);
  private static final Reduction MINIMUM = new Reduction(Kind.MINIMUM, null);

  private enum Kind {
    LAST("last"),
    MAXIMUM("maximum"),
    MINIMUM("minimum"),
    AT_HIGHEST("at highest "),
    AT_LOWEST("at lowest ");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * The result of a run.
   *
   * @param value the one number; NaN if the run has none
   * @param looks how many values were looked at to choose it; 1 if none was chosen
   */
  public record Result(double value, int looks) {}

  private final Kind kind;
  private final @Nullable String validation;

  private Reduction(Kind kind, @Nullable String validation) {
    this.kind = kind;
    this.validation = validation;
  }

  /**
   * Returns the default: the value recorded last.
   *
   * @return the last value
   */
  public static Reduction last() {
    return LAST;
  }

  /**
   * Returns the largest value of the series. The best of many looks is optimistic: the number of looks is kept.
   *
   * @return the maximum
   */
  public static Reduction maximum() {
    return MAXIMUM;
  }

  /**
   * Returns the smallest value of the series. The best of many looks is optimistic: the number of looks is kept.
   *
   * @return the minimum
   */
  public static Reduction minimum() {
    return MINIMUM;
  }

  /**
   * Returns the value at the step where another metric was best, the first such step if several are.
   *
   * @param validationMetric the name of the other metric
   * @param direction which way the other metric is better
   * @return the value at the best validation step
   */
  public static Reduction atBest(String validationMetric, Direction direction) {
    requireNonNull(direction, "direction");
    Metric.requireName(validationMetric);
    return new Reduction(
        direction == Direction.HIGHER_IS_BETTER ? Kind.AT_HIGHEST : Kind.AT_LOWEST,
        validationMetric);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param text such as {@code last} or {@code at lowest validation-loss}
   * @return the reduction
   * @throws IllegalArgumentException if the text is none
   */
  public static Reduction parse(String text) {
    for (Kind kind : Kind.values()) {
      boolean named = kind.words.endsWith(" ");
      if (named && text.startsWith(kind.words) && text.length() > kind.words.length()) {
        return new Reduction(kind, text.substring(kind.words.length()));
      }
      if (!named && text.equals(kind.words)) {
        return new Reduction(kind, null);
      }
    }
    throw new IllegalArgumentException(
        "a reduction is last, maximum, minimum, \"at highest METRIC\" or"
            + " \"at lowest METRIC\"; got \"" + text + "\".");
  }

  /**
   * Returns the name of the metric that chooses the step.
   *
   * @return the validation metric; empty if this reduction needs none
   */
  public Optional<String> validationMetric() {
    return Optional.ofNullable(validation);
  }

  /**
   * Reduces a series on its own.
   *
   * @param values the recorded values in order, at least one
   * @return the result and how many values were looked at
   * @throws IllegalArgumentException if there is no value
   * @throws IllegalStateException if this reduction needs a validation metric
   */
  public Result reduce(double[] values) {
    if (validation != null) {
      throw new IllegalStateException("\"" + this + "\" needs the series of " + validation
          + " too. Call reduce(steps, values, validationSteps, validationValues).");
    }
    requireSome(values, "the metric");
    return switch (kind) {
      case MAXIMUM -> new Result(values[best(values, true)], values.length);
      case MINIMUM -> new Result(values[best(values, false)], values.length);
      default -> new Result(values[values.length - 1], 1);
    };
  }

  /**
   * Reduces a series at the best step of another. A reduction without validation metric ignores the other.
   *
   * @param steps the steps of the metric
   * @param values its values, one for each step; the last one counts where a step occurs twice
   * @param validationSteps the steps of the validation metric
   * @param validationValues its values, one for each step
   * @return the result and how many validation values were looked at
   * @throws IllegalArgumentException if a series is empty, lengths differ, or the metric has no value at the step
   */
  public Result reduce(
      long[] steps, double[] values, long[] validationSteps, double[] validationValues) {
    if (validation == null) {
      return reduce(values);
    }
    requireSome(values, "the metric");
    requireSome(validationValues, validation);
    requireSameLength(steps, values, "the metric");
    requireSameLength(validationSteps, validationValues, validation);
    int best = best(validationValues, kind == Kind.AT_HIGHEST);
    if (Double.isNaN(validationValues[best])) {
      return new Result(Double.NaN, validationValues.length);
    }
    for (int i = steps.length - 1; i >= 0; i--) {
      if (steps[i] == validationSteps[best]) {
        return new Result(values[i], validationValues.length);
      }
    }
    throw new IllegalArgumentException("the metric has no value at step " + validationSteps[best]
        + ", where " + validation + " is best. Record both at the same steps.");
  }

  /** The first index of the best value; 0 if all are NaN. */
  private static int best(double[] values, boolean highest) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      boolean better = highest ? values[i] > values[best] : values[i] < values[best];
      if (better || (Double.isNaN(values[best]) && !Double.isNaN(values[i]))) {
        best = i;
      }
    }
    return best;
  }

  private static void requireSome(double[] values, String name) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          name + " has no recorded value. Record at least one in every run that completes.");
    }
  }

  private static void requireSameLength(long[] steps, double[] values, String name) {
    if (steps.length != values.length) {
      throw new IllegalArgumentException(name + " must have as many steps as values; got "
          + steps.length + " steps and " + values.length + " values.");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reduction that
        && kind == that.kind
        && Objects.equals(validation, that.validation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, validation);
  }

  /** Says the reduction in words that {@link #parse} reads. */
  @Override
  public String toString() {
    return validation == null ? kind.words : kind.words + validation;
  }
}
