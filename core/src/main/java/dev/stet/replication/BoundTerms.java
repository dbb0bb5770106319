package dev.stet.replication;

import dev.stet.replication.Bound.Statistic;
import dev.stet.replication.Bound.Terms;
import java.math.BigDecimal;

/** Holds what is declared beside a bound against the bound, and says what does not fit. */
record BoundTerms(Statistic statistic, boolean atLeast, double value, Terms terms) {
  void check() {
    checkExpected();
    checkBroken();
    checkKind();
    checkRange();
  }

  private void checkExpected() {
    double expected = terms.expected();
    if (Double.isNaN(expected)) {
      return;
    }
    requireShare("expected", expected);
    if (!(atLeast ? expected >= value : expected <= value)) {
      throw new IllegalArgumentException(
          "the expected value must meet the bound, " + side() + "; got "
              + Decimals.shortest(expected)
              + ". It is the value when nothing is wrong: declare a better one, or another bound.");
    }
  }

  private void checkBroken() {
    double broken = terms.broken();
    if (Double.isNaN(broken)) {
      return;
    }
    requireShare("broken", broken);
    if (!(atLeast ? broken < value : broken > value)) {
      throw new IllegalArgumentException(
          "the broken value must lie on the wrong side of the bound, which is "
              + side() + "; got " + Decimals.shortest(broken)
              + ". Declare a value that " + (atLeast ? "is lower" : "is higher")
              + " and that the test must catch.");
    }
    if (!statistic.isMean() && broken == 0) {
      throw new IllegalArgumentException(
          "the broken rate must be above 0; got 0.0. Declare the best rate that must be caught, such as 0.5.");
    }
  }

  private void requireShare(String what, double rate) {
    if (!statistic.isMean() && !(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("the " + what + " value of a "
          + (statistic.isQuantile() ? "quantile" : "success rate")
          + " is a rate of runs, between 0 and 1; got "
          + Decimals.shortest(rate) + ". Give the share of runs that " + statistic.success() + ".");
    }
  }

  private String side() {
    return (atLeast ? "at least " : "at most ") + Decimals.shortest(value);
  }

  private void checkKind() {
    boolean range = !Double.isNaN(terms.low());
    if (!statistic.isMean() && (range || terms.firstStage() > 0)) {
      throw new IllegalArgumentException(
          "only a mean needs a range or a normal shape; this bound is that " + new Statement(this)
              + ". Leave it out: rates hold for every shape.");
    }
    if (range && terms.firstStage() > 0) {
      throw new IllegalArgumentException(
          "a mean is tested either within a range or as normal; both were declared. Keep the range: it holds"
              + " for every shape.");
    }
  }

  /** The words of a bound before there is one. */
  private record Statement(BoundTerms terms) {
    @Override
    public String toString() {
      return "at least " + Chance.declared(terms.value) + " of runs " + terms.statistic.success();
    }
  }

  private void checkRange() {
    double low = terms.low();
    if (Double.isNaN(low)) {
      return;
    }
    requireInside("bound", value);
    requireInside("expected value", terms.expected());
    requireInside("broken value", terms.broken());
  }

  /** A mean at an end of the range can only be met by values that are all equal to it. */
  private void requireInside(String what, double number) {
    if (number <= terms.low() || number >= terms.high()) {
      throw new IllegalArgumentException(
          "the " + what + " must lie strictly inside the declared range "
              + Decimals.shortest(terms.low()) + " to " + Decimals.shortest(terms.high()) + "; got "
              + Decimals.shortest(number)
              + ". Only values that all equal an end have their mean there; test those as a rate.");
    }
  }

  static double requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("the " + what + " must be a finite number; got " + value
          + ". Give it in units of the metric, such as 0.9.");
    }
    return value;
  }

  static double requireRate(double value, boolean atLeast) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "a success rate is required to be at least a number above 0 and at most 1;" + " got "
              + value + ". Give the share of runs that must succeed, such as 0.85.");
    }
    if (!atLeast) {
      throw new IllegalArgumentException(
          "a success rate has no upper bound, as a run that fails would help to meet it;"
              + " got at most " + Decimals.shortest(value)
              + ". Say what success is the other way round, and require at least "
              + Decimals.shortest(complement(value)) + " of it.");
    }
    return value;
  }

  static double requireBudget(double probability) {
    if (!(probability > 0 && probability <= 0.5)) {
      throw new IllegalArgumentException(
          "the flake budget must be above 0 and at most 0.5; got " + probability
              + ". Give how often the test may be red while nothing is wrong, such as 0.001.");
    }
    return probability;
  }

  static double requireDetection(double probability) {
    if (!(probability >= 0.5 && probability < 1)) {
      throw new IllegalArgumentException(
          "the detection must be at least 0.5 and below 1; got " + probability
              + ". Give how often the test must be red at the broken value, such as 0.9.");
    }
    return probability;
  }

  static void requireRange(double low, double high) {
    if (!(low < high && high - low < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a range must be finite and its low end below its high end; got " + low + " to " + high
              + ". Give the smallest and the largest value that a run can have, such as within(0, 1).");
    }
  }

  /** 1 - share as the decimal number that was meant: 1 - 0.1 is 0.9. */
  static double complement(double share) {
    return BigDecimal.ONE.subtract(new BigDecimal(Decimals.shortest(share))).doubleValue();
  }
}
