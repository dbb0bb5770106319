package dev.stet.replication;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The step of a discrete metric, as the values show it: the largest number of which all their distances are
 * multiples.
 *
 * <p>Careful, since a wrong guess refuses a good margin: it takes ten values, three of them different, whose
 * distances are whole multiples to a millionth of the step, and at most 10,000 steps from the smallest to the
 * largest. Values stored as {@code float} are not recognised; their step can be declared.
 */
final class Lattice {
  private static final int FEWEST_VALUES = 10;
  private static final int FEWEST_DISTINCT = 3;
  private static final double MOST_STEPS = 1e4;
  private static final double TOLERANCE = 1e-6;

  private Lattice() {}

  /** What to do about a margin below a step. */
  static final String ADVICE =
      "Give a margin of at least one step, or declare the true one by Metric.withResolution.";

  /** What is wrong with a margin for these samples; empty if it is at least one step of their metric. */
  static Optional<String> belowStep(double margin, Sample sample, Sample other) {
    OptionalDouble declared = sample.metric().resolution();
    OptionalDouble step = declared.isPresent()
        ? declared
        : step(
            DoubleStream.concat(Arrays.stream(sample.completed()), Arrays.stream(other.completed()))
                .toArray());
    // A step that was computed, as 1.0 / 360 is, may be off in its last bits.
    if (step.isEmpty() || margin >= step.getAsDouble() * (1 - 1e-9)) {
      return Optional.empty();
    }
    return Optional.of("margin " + Decimals.shortest(margin) + " is below one step of "
        + sample.metric().name() + ", " + Decimals.shortest(step.getAsDouble())
        + (declared.isPresent() ? " as declared" : " as its values show")
        + ": no value lies that near another");
  }

  static OptionalDouble step(double[] values) {
    if (values.length < FEWEST_VALUES) {
      return OptionalDouble.empty();
    }
    double[] distinct = Arrays.stream(values).sorted().distinct().toArray();
    if (distinct.length < FEWEST_DISTINCT) {
      return OptionalDouble.empty();
    }
    double smallest = (distinct[distinct.length - 1] - distinct[0]) / MOST_STEPS;
    double step = distinct[1] - distinct[0];
    for (int i = 2; i < distinct.length && step >= smallest; i++) {
      step = commonDivisor(step, distinct[i] - distinct[i - 1], smallest);
    }
    return step >= smallest && fits(distinct, step)
        ? OptionalDouble.of(step)
        : OptionalDouble.empty();
  }

  private static double commonDivisor(double a, double b, double smallest) {
    double large = Math.max(a, b);
    double small = Math.min(a, b);
    while (small >= smallest) {
      double rest = Math.abs(large - small * Math.rint(large / small));
      if (rest <= TOLERANCE * small) {
        return small;
      }
      large = small;
      small = rest;
    }
    return 0;
  }

  private static boolean fits(double[] distinct, double step) {
    for (double value : distinct) {
      double steps = (value - distinct[0]) / step;
      if (!(Math.abs(steps - Math.rint(steps)) <= TOLERANCE)) {
        return false;
      }
    }
    return true;
  }
}
