package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against SciPy 1.17.1 (intervals.py beside intervals.csv) and published values. */
class KnownIntervalsTest {
  // NCSS manual, chapters 197 and 198; by way of TOSTER 069b601, tests/testthat/test-NCSS1.R.
  private static final double[] YIELD_A = {
    452, 874, 554, 447, 356, 754, 558, 574, 664, 682, 547, 435, 245
  };
  private static final double[] YIELD_B = {
    546, 547, 774, 465, 459, 665, 467, 365, 589, 534, 456, 651, 654, 665, 546, 537
  };

  static List<String> rows() throws IOException {
    return Rows.of("intervals.csv");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithSciPy(String row) {
    String[] cells = row.split(",", -1);
    double level = Double.parseDouble(cells[1]);
    double[] x = Rows.numbers(cells[2]);
    double[] y = Rows.numbers(cells[3]);
    Interval interval;
    double estimate;
    switch (cells[0]) {
      case "hl" -> {
        interval = HodgesLehmann.of(x, y).interval(level);
        estimate = HodgesLehmann.of(x, y).estimate();
      }
      case "welch" -> {
        interval = Welch.of(x, y).interval(level);
        estimate = Welch.of(x, y).estimate();
      }
      case "signedrank" -> {
        interval = SignedRank.of(x).interval(level);
        estimate = SignedRank.of(x).estimate();
      }
      default -> {
        interval = PairedT.of(x).interval(level);
        estimate = PairedT.of(x).estimate();
      }
    }
    near(estimate, Double.parseDouble(cells[4]));
    near(interval.lower(), Double.parseDouble(cells[5]));
    near(interval.upper(), Double.parseDouble(cells[6]));
  }

  private static void near(double actual, double expected) {
    if (Double.isInfinite(expected)) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-10 * Math.max(1, Math.abs(expected))));
    }
  }

  @Test
  void agreesWithThePublishedYields() {
    Interval interval = Welch.of(YIELD_A, YIELD_B).interval(0.95);
    assertThat(interval.lower()).isCloseTo(-120.27336, within(1e-3));
    assertThat(interval.upper()).isCloseTo(104.04259, within(1e-3));
    assertThat(Welch.of(YIELD_A, YIELD_B).standardError()).isCloseTo(53.618547, within(1e-5));
  }

  // TOSTER 069b601, tests/testthat/test-known_results.R: summaries, of which samples are made that
  // have them.
  @Test
  void agreesWithTosterOnOneSample() {
    PairedT one = PairedT.of(with(100, 0.54 - 0.5, 1.2));
    isNear(one.interval(0.90), -0.1592469, 0.2392469);
    isNear(one.interval(0.95), -0.198106, 0.278106);
  }

  @Test
  void agreesWithTosterOnTwoSamples() {
    Welch welch = Welch.of(with(95, 5.25, 0.95), with(89, 5.22, 0.83));
    isNear(welch.interval(0.90), -0.1870843, 0.2470843);
    isNear(welch.interval(0.95), -0.2290799, 0.2890799);
  }

  @Test
  void agreesWithTosterOnPairs() {
    double deviation = Math.sqrt(1.17 * 1.17 + 1.30 * 1.30 - 2 * 0.745 * 1.17 * 1.30);
    isNear(PairedT.of(with(65, 5.83 - 5.75, deviation)).interval(0.90), -0.1043032, 0.2643032);
  }

  private static void isNear(Interval interval, double lower, double upper) {
    assertThat(interval.lower()).isCloseTo(lower, within(1e-4));
    assertThat(interval.upper()).isCloseTo(upper, within(1e-4));
  }

  /** Evenly spaced values with this mean and standard deviation. */
  private static double[] with(int n, double mean, double deviation) {
    double step = deviation / Math.sqrt(n * (n + 1) / 12.0);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = mean + step * (i - (n - 1) / 2.0);
    }
    return values;
  }

  @Test
  void keepsDigitsThatNaiveSumsLose() {
    // NIST StRD NumAcc4 (higher difficulty): mean 10000000.2, standard deviation 0.1, as the
    // doubles have it.
    double[] values = new double[1001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == 0 ? 10000000.2 : i % 2 == 1 ? 10000000.1 : 10000000.3;
    }
    assertThat(PairedT.of(values).estimate()).isCloseTo(10000000.2, within(1e-8));
    assertThat(PairedT.of(values).standardError() * Math.sqrt(1001)).isCloseTo(0.1, within(1e-8));
  }

  @Test
  void boundsAProportionAsTheBinomialDoes() {
    // R: binom.test(3, 20, alternative = "less")$conf.int; 1 - 0.05^(1/20) for none seen.
    assertThat(new Proportion(3, 20).upperBound(0.95)).isCloseTo(0.34366, within(1e-5));
    assertThat(new Proportion(0, 20).upperBound(0.95))
        .isCloseTo(1 - Math.pow(0.05, 1.0 / 20), within(1e-12));
    assertThat(new Proportion(20, 20).upperBound(0.95)).isEqualTo(1);
  }
}
