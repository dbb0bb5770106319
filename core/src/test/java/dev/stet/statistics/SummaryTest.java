package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against SciPy 1.17.1 (summaries.py beside summaries.csv). */
class SummaryTest {
  private static final double NAN = Double.NaN;

  static List<String> rows() throws IOException {
    return Rows.of("summaries.csv");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithSciPy(String row) {
    String[] cells = row.split(",", -1);
    double level = Double.parseDouble(cells[1]);
    Summary x = summary(cells, 2);
    Interval interval = cells[0].equals("welch")
        ? Welch.ofSummaries(x, summary(cells, 5)).interval(level)
        : x.prediction(Integer.parseInt(cells[7]), level);
    double lower = Double.parseDouble(cells[8]);
    double upper = Double.parseDouble(cells[9]);
    double close = 1e-10 * (upper - lower);
    assertThat(interval.lower()).isCloseTo(lower, within(close));
    assertThat(interval.upper()).isCloseTo(upper, within(close));
  }

  private static Summary summary(String[] cells, int at) {
    return new Summary(
        Double.parseDouble(cells[at]),
        Double.parseDouble(cells[at + 1]),
        Integer.parseInt(cells[at + 2]));
  }

  @Property(tries = 200)
  void knowsAsMuchOfTheMeansAsTheSamples(
      @ForAll @Size(min = 1, max = 9) List<@DoubleRange(min = -1e3, max = 1e3) Double> xs,
      @ForAll @Size(min = 1, max = 9) List<@DoubleRange(min = -1e3, max = 1e3) Double> ys) {
    double[] x = xs.stream().mapToDouble(Double::doubleValue).toArray();
    double[] y = ys.stream().mapToDouble(Double::doubleValue).toArray();
    Welch whole = Welch.of(x, y);
    Welch summed = Welch.ofSummaries(Summary.of(x), Summary.of(y));
    assertThat(summed.estimate()).isEqualTo(whole.estimate());
    assertThat(summed.interval(0.9)).isEqualTo(whole.interval(0.9));
  }

  /** 95 % of the means of three further values lie within; 4,000 tries, three standard errors .0103. */
  @Test
  void predictsFurtherValuesAsOftenAsItSays() {
    RandomStream stream = Seed.of(20261125).stream();
    int within = 0;
    for (int i = 0; i < 4_000; i++) {
      Interval interval = Summary.of(gaussians(stream, 5)).prediction(3, 0.95);
      within += interval.contains(Summary.of(gaussians(stream, 3)).mean()) ? 1 : 0;
    }
    assertThat(within / 4_000.0).isCloseTo(0.95, within(0.0103));
  }

  private static double[] gaussians(RandomStream stream, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 10 + 3 * stream.nextGaussian();
    }
    return values;
  }

  @Test
  void readsStandardErrorsAndIntervals() {
    double[] values = {3, 5, 4, 8};
    Summary whole = Summary.of(values);
    assertThat(whole.interval(0.95)).isEqualTo(PairedT.of(values).interval(0.95));
    assertThat(Summary.ofStandardError(5, whole.standardError(), 4).deviation())
        .isCloseTo(whole.deviation(), within(1e-15));
    // 1.959963984540054 is the normal quantile of .975; the longer arm of an uneven interval
    // counts.
    assertThat(Summary.ofInterval(5, 5 - 1.959963984540054, 5.5, 0.95, 4).deviation())
        .isCloseTo(2, within(1e-11));
    assertThat(Summary.ofInterval(5, 5, 5, 0.95, 4).deviation()).isZero();
    for (double[] wrong :
        new double[][] {{5.5, 6}, {4, 4.5}, {NAN, 6}, {4, NAN}, {Double.NEGATIVE_INFINITY, 6}}) {
      assertThatThrownBy(() -> Summary.ofInterval(5, wrong[0], wrong[1], 0.95, 4))
          .hasMessage(
              "a confidence interval must hold its mean and have finite ends; got mean 5.0 and ["
                  + wrong[0] + ", " + wrong[1] + "].");
    }
  }

  @Test
  void endsWhereLittleIsKnown() {
    Summary one = Summary.of(new double[] {5});
    assertThat(one).isEqualTo(new Summary(5, NAN, 1));
    assertThat(one.standardError()).isNaN();
    assertThat(one.prediction(1, 0.95).isUnbounded()).isTrue();
    assertThat(Welch.ofSummaries(one, new Summary(5, 1, 9)).interval(0.9).isUnbounded())
        .isTrue();
    Summary constant = Summary.of(new double[] {0.5, 0.5, 0.5});
    assertThat(constant).isEqualTo(new Summary(0.5, 0, 3));
    assertThat(constant.prediction(1, 0.95)).isEqualTo(new Interval(0.5, 0.5, 0.95));
    assertThat(Welch.ofSummaries(constant, new Summary(0.25, 0, 2)).interval(0.9))
        .isEqualTo(new Interval(0.25, 0.25, 0.9));
    Summary huge = Summary.of(new double[] {1.7e308, -1.7e308});
    assertThat(huge.mean()).isZero();
    assertThat(huge.prediction(1, 0.95).isUnbounded()).isTrue();
    assertThat(Welch.ofSummaries(huge, new Summary(5, 1, 9)).interval(0.9).isUnbounded())
        .isTrue();
    assertThat(new Summary(1, Double.MIN_VALUE, 4).prediction(2, 0.9).contains(1))
        .isTrue();
  }

  @Test
  void refusesWhatNoSampleHas() {
    assertThatThrownBy(() -> new Summary(NAN, 1, 5))
        .hasMessage(
            "the mean of a summary must be finite; got NaN. Leave out the values that are not.");
    assertThatThrownBy(() -> new Summary(0, 1, 0))
        .hasMessage(
            "a summary must be of at least one value; got n = 0. Count the values behind the mean.");
    assertThatThrownBy(() -> new Summary(0, 0.1, 1))
        .hasMessage(
            "one value has no standard deviation; got 0.1 with n = 1. Give the number of values behind the"
                + " mean, or NaN for the deviation.");
    for (double wrong : new double[] {NAN, -1, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> new Summary(0, wrong, 5))
          .hasMessage("the standard deviation of a summary must be at least 0; got " + wrong
              + ". It is NaN for n = 1 only.");
    }
    assertThatThrownBy(() -> new Summary(0, 1, 5).prediction(0, 0.95))
        .hasMessage(
            "a prediction must be of at least one further value; got m = 0. Give 1 for a single value.");
    assertThatThrownBy(() -> new Summary(0, 1, 5).prediction(1, 1))
        .hasMessage("level must lie strictly between 0 and 1; got 1.0. The usual level is 0.95.");
    assertThatThrownBy(() -> Summary.of(new double[0]))
        .hasMessage("values must hold at least one value; got none.");
  }
}
