package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.Seed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against SciPy 1.17.1 and plain Python (bounds.py beside bounds.csv). */
class KnownBoundsTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final Percentage SAME = Percentage.withPercentage(1e-8);

  private static List<String> rows(String kind) throws IOException {
    return Rows.of("bounds.csv", kind);
  }

  static Stream<String> binom() throws IOException {
    return rows("binom").stream();
  }

  static Stream<String> fixed() throws IOException {
    return rows("fixed").stream();
  }

  static Stream<String> betting() throws IOException {
    return rows("betting").stream();
  }

  static Stream<String> hedged() throws IOException {
    return rows("hedged").stream();
  }

  static Stream<String> stein() throws IOException {
    return rows("stein").stream();
  }

  static Stream<String> subsets() throws IOException {
    return rows("subsets").stream();
  }

  private static double number(String[] cells, int index) {
    return Double.parseDouble(cells[index]);
  }

  private static double[] values(String[] cells) {
    return Rows.numbers(cells[1]);
  }

  @ParameterizedTest
  @MethodSource("binom")
  void proportions(String row) {
    String[] cells = row.split(",", -1);
    Proportion seen = new Proportion((int) number(cells, 1), (int) number(cells, 2));
    double rate = number(cells, 3);
    assertThat(seen.pValue(rate, Alternative.GREATER)).isCloseTo(number(cells, 4), SAME);
    assertThat(seen.pValue(rate, Alternative.LESS)).isCloseTo(number(cells, 5), SAME);
    assertThat(seen.pValue(rate, Alternative.TWO_SIDED)).isCloseTo(number(cells, 6), SAME);
    assertThat(seen.interval(0.9).lower()).isCloseTo(number(cells, 7), CLOSE);
    assertThat(seen.interval(0.9).upper()).isCloseTo(number(cells, 8), CLOSE);
    assertThat(seen.lowerBound(0.95)).isCloseTo(number(cells, 7), CLOSE);
    assertThat(seen.upperBound(0.95)).isCloseTo(number(cells, 8), CLOSE);
  }

  @ParameterizedTest
  @MethodSource("fixed")
  void fixedPlans(String row) {
    String[] cells = row.split(",", -1);
    SequentialRate test =
        SequentialRate.of(number(cells, 1), number(cells, 2), number(cells, 3), number(cells, 4));
    assertThat(test.fixedTries()).isEqualTo((int) number(cells, 5));
    assertThat(test.fixedCritical()).isEqualTo((int) number(cells, 6));
  }

  @ParameterizedTest
  @MethodSource("betting")
  void bettingTests(String row) {
    String[] cells = row.split(",", -1);
    BoundedMean test =
        BoundedMean.of(number(cells, 2), number(cells, 3), number(cells, 4), number(cells, 5));
    assertThat(test.maximum()).isEqualTo((int) number(cells, 6));
    BoundedMean.Stand stand = test.after(values(cells));
    assertThat(stand.values()).isEqualTo((int) number(cells, 7));
    assertThat(stand.decision()).isEqualTo(Decision.valueOf(cells[8]));
    assertThat(stand.capitalAgainstGood()).isCloseTo(number(cells, 9), SAME);
    assertThat(stand.capitalAgainstBroken()).isCloseTo(number(cells, 10), SAME);
  }

  @ParameterizedTest
  @MethodSource("hedged")
  void hedgedCapital(String row) {
    String[] cells = row.split(",", -1);
    Interval interval = HedgedCapital.of(values(cells)).interval(number(cells, 2));
    // The reference is a grid of 1/200,000.
    assertThat(interval.lower()).isCloseTo(number(cells, 3), within(6e-6));
    assertThat(interval.upper()).isCloseTo(number(cells, 4), within(6e-6));
  }

  @ParameterizedTest
  @MethodSource("stein")
  void steinsTest(String row) {
    String[] cells = row.split(",", -1);
    double[] values = values(cells);
    int first = (int) number(cells, 2);
    SteinTest test = SteinTest.of(Arrays.copyOf(values, first), 0.95, 0.85, 1e-3, 0.1);
    assertThat(test.values()).isEqualTo(number(cells, 3));
    assertThat(test.interval(values, 0.95).lower()).isCloseTo(number(cells, 5), CLOSE);
    assertThat(test.interval(values, 0.95).upper()).isCloseTo(number(cells, 6), CLOSE);
    double mean = Moments.of(Samples.finite(values, "values")).mean();
    Decision expected = mean < number(cells, 4) ? Decision.REJECT : Decision.ACCEPT;
    assertThat(test.decide(values))
        .isEqualTo(values.length < test.values() ? Decision.CONTINUE : expected);
  }

  @ParameterizedTest
  @MethodSource("subsets")
  void subsetStatistics(String row) {
    String[] cells = row.split(",", -1);
    SubsetStatistic means = SubsetStatistic.of(
        values(cells),
        (int) number(cells, 2),
        subset -> Arrays.stream(subset).average().orElseThrow(),
        Seed.of(1));
    double threshold = number(cells, 3);
    assertThat(means.below(threshold)).isCloseTo(number(cells, 4), CLOSE);
    assertThat(means.interval(threshold, 0.95).lower()).isCloseTo(number(cells, 5), CLOSE);
    assertThat(means.interval(threshold, 0.95).upper()).isCloseTo(number(cells, 6), CLOSE);
    assertThat(means.threshold(0.1)).isCloseTo(number(cells, 7), CLOSE);
  }
}
