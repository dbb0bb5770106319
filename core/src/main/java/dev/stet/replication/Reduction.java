package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the series of values that a run recorded becomes its one result. It is declared, and recorded in the
 * baseline, since the maximum over 200 epochs is another quantity than the last value.
 *
 * <p>NaN in a series: {@link #last()} keeps it, so the run counts as failed; the others skip it, and give NaN
 * only if there is nothing else.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Reduction {
  private static final Reduction LAST = new Reduction(Kind.LAST, null, 0);
  private static final Reduction MAXIMUM = new Reduction(Kind.MAXIMUM, null, 0);
  private static final Reduction MINIMUM = new Reduction(Kind.MINIMUM, null, 0);

  private enum Kind {
    LAST("last"),
    MAXIMUM("maximum"),
    MINIMUM("minimum"),
    AT_HIGHEST("at highest "),
    AT_LOWEST("at lowest "),
    AT_STEP("at step ");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * The result of a run.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @param value the one number; NaN if the run has none
   * @param looks how many values were looked at to choose it; 1 if none was chosen
   * @since 0.1
   */
  public record Result(double value, int looks) {}

  /**
   * A series with its steps. Immutable and safe for use by several threads.
   *
   * @since 0.1
   */
  public static final class Points {
    private final long[] steps;
    private final double[] values;

    private Points(long[] steps, double[] values) {
      this.steps = steps;
      this.values = values;
    }

    /**
     * Returns a series; the arrays are copied.
     *
     * @param steps the steps in the order of recording; a step may occur twice
     * @param values one value for each step
     * @return the series
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Points of(long[] steps, double[] values) {
      if (steps.length != values.length) {
        throw new IllegalArgumentException("a series must have as many steps as values; got "
            + steps.length + " steps and " + values.length + " values.");
      }
      return new Points(steps.clone(), values.clone());
    }
  }

  private final Kind kind;
  private final @Nullable String validation;
  private final long step;

  private Reduction(Kind kind, @Nullable String validation, long step) {
    this.kind = kind;
    this.validation = validation;
    this.step = step;
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
        validationMetric,
        0);
  }

  /**
   * Returns the value at a declared step, the last one recorded there: a point of the run's curve.
   *
   * @param step the step, as recorded
   * @return the value at that step
   */
  public static Reduction atStep(long step) {
    return new Reduction(Kind.AT_STEP, null, step);
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
        String rest = text.substring(kind.words.length());
        return kind == Kind.AT_STEP ? atStep(step(text, rest)) : new Reduction(kind, rest, 0);
      }
      if (!named && text.equals(kind.words)) {
        return new Reduction(kind, null, 0);
      }
    }
    throw noReduction(text);
  }

  private static long step(String text, String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw noReduction(text);
    }
  }

  private static IllegalArgumentException noReduction(String text) {
    return new IllegalArgumentException(
        "a reduction is last, maximum, minimum, \"at highest METRIC\", \"at lowest METRIC\" or"
            + " \"at step NUMBER\"; got \"" + text + "\".");
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
   * Returns the declared step.
   *
   * @return the step of {@link #atStep}; empty for any other reduction
   */
  public OptionalLong step() {
    return kind == Kind.AT_STEP ? OptionalLong.of(step) : OptionalLong.empty();
  }

  /**
   * Reduces a series with its steps, on its own.
   *
   * @param series the metric, at least one value
   * @return the result and how many values were looked at
   * @throws IllegalArgumentException if there is no value, or none at the declared step
   * @throws IllegalStateException if this reduction needs a validation metric
   */
  public Result reduce(Points series) {
    if (kind != Kind.AT_STEP) {
      return reduce(series.values);
    }
    requireSome(series.values, "the metric");
    for (int i = series.steps.length - 1; i >= 0; i--) {
      if (series.steps[i] == step) {
        return new Result(series.values[i], 1);
      }
    }
    long[] sorted = series.steps.clone();
    Arrays.sort(sorted);
    throw new IllegalArgumentException("the metric has no value at step " + step + "; its "
        + sorted.length + " values lie at steps " + sorted[0] + " to " + sorted[sorted.length - 1]
        + ". Declare a step at which every run records it.");
  }

  /**
   * Reduces a series on its own.
   *
   * @param values the recorded values in order, at least one
   * @return the result and how many values were looked at
   * @throws IllegalArgumentException if there is no value
   * @throws IllegalStateException if this reduction needs a validation metric or the steps
   */
  public Result reduce(double[] values) {
    if (kind == Kind.AT_STEP) {
      throw new IllegalStateException(
          "\"" + this + "\" needs the steps of the series. Call reduce(Points).");
    }
    if (validation != null) {
      throw new IllegalStateException("\"" + this + "\" needs the series of " + validation
          + " too. Call reduce(series, validationSeries).");
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
   * @param series the metric; the last value counts where a step occurs twice
   * @param validationSeries the validation metric
   * @return the result and how many validation values were looked at
   * @throws IllegalArgumentException if a series is empty, or the metric has no value at the step
   */
  public Result reduce(Points series, Points validationSeries) {
    if (validation == null) {
      return reduce(series);
    }
    requireSome(series.values, "the metric");
    double[] guide = validationSeries.values;
    requireSome(guide, validation);
    int best = best(guide, kind == Kind.AT_HIGHEST);
    if (Double.isNaN(guide[best])) {
      return new Result(Double.NaN, guide.length);
    }
    long step = validationSeries.steps[best];
    for (int i = series.steps.length - 1; i >= 0; i--) {
      if (series.steps[i] == step) {
        return new Result(series.values[i], guide.length);
      }
    }
    throw new IllegalArgumentException("the metric has no value at step " + step + ", where "
        + validation + " is best. Record both at the same steps.");
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reduction that
        && kind == that.kind
        && step == that.step
        && Objects.equals(validation, that.validation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, validation, step);
  }

  /** Returns the reduction in words that {@link #parse} reads. */
  @Override
  public String toString() {
    if (kind == Kind.AT_STEP) {
      return kind.words + step;
    }
    return validation == null ? kind.words : kind.words + validation;
  }
}
