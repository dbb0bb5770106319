package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Means and trimmed means against R (PairedData, multicon), SAS and SciPy, as SciPy's test_stats.py names them. */
class LocationPValueTest {
  private static final double[] ONE = {56, 128.6, 12, 123.8, 64.34, 78, 763.3};
  private static final double[] THREE = {1.1, 2.9, 4.2};
  private static final double[] A = {2.7, 2.7, 1.1, 3.0, 1.9, 3.0, 3.8, 3.8, 0.3, 1.9, 1.9};
  private static final double[] B = {6.5, 5.4, 8.1, 3.5, 0.5, 3.8, 6.8, 4.9, 9.5, 6.2, 4.1};
  private static final double[] SAS_A = {12, 14, 18, 25, 32, 44, 12, 14, 18, 25, 32, 44};
  private static final double[] SAS_B = {17, 22, 14, 12, 30, 29, 19, 17, 22, 14, 12, 30, 29, 19};
  private static final double[] U = {
    0.88236329,
    0.97318744,
    0.4549262,
    0.97893335,
    0.0606677,
    0.44013366,
    0.55806018,
    0.40151434,
    0.14453315,
    0.25860601,
    0.20202162
  };
  private static final double[] V = {
    0.93455277,
    0.42680603,
    0.49751939,
    0.14152846,
    0.711435,
    0.77669667,
    0.20507578,
    0.78702772,
    0.94691855,
    0.32464958,
    0.3873582,
    0.35187468,
    0.21731811
  };

  private static void yuen(double[] a, double[] b, double trim, double t, double p, double tol) {
    Yuen yuen = Yuen.of(a, b, trim);
    assertThat(yuen.estimate() / yuen.standardError()).isCloseTo(t, within(tol));
    assertThat(yuen.pValue(0, Alternative.TWO_SIDED)).isCloseTo(p, within(tol));
  }

  @Test
  void agreesWithRAndSasOnTrimmedMeans() {
    yuen(new double[] {1, 2, 3}, THREE, 0.2, -0.6864951273557258, 0.5361949075312673, 1e-9);
    yuen(ONE, THREE, 0.2, 4.591598691181999, 0.00998909252078421, 1e-9);
    yuen(ONE, THREE, 0.32, 2.832256715395378, 0.10512380092302633, 1e-9);
    yuen(A, B, 0.2, -4.2461168970325, 0.002878909511344, 1e-9);
    yuen(A, B, 0.25, -4.246116897032512, 0.0028789095113439965, 1e-9);
    yuen(SAS_A, SAS_B, 0.09, 0.669169, 0.514522, 1e-6);
    yuen(U, V, 0.2, -0.2452886, 0.8105823, 1e-6);
    yuen(U, V, 0, -0.2314607, 0.8193209, 1e-6);
    assertThat(Yuen.of(A, B, 0.2).pValue(0, Alternative.LESS))
        .isCloseTo(0.001439454755672, within(1e-9));
  }

  @Test
  void agreesWithRAndSciPyOnTheirIntervals() {
    isNear(Yuen.of(U, V, 0.2).interval(0.9), -0.34057446, 0.25847383, 1e-7);
    isNear(Yuen.of(U, V, 0).interval(0.9), -0.247220294, 0.188729943, 1e-7);
    Interval interval = Yuen.of(new double[] {1, 2, 3}, THREE, 0.2).interval(0.95);
    isNear(interval, -3.912777195645217, 2.44611052897855, 1e-9);
  }

  @Test
  void agreesWithTukeyAndMcLaughlinOnOneSample() {
    // p_values.py
    TrimmedT trimmed =
        TrimmedT.of(new double[] {0.3, 1.1, 1.9, 1.9, 1.9, 2.7, 2.7, 3.0, 3.0, 3.8, 9.5}, 0.2);
    assertThat(trimmed.estimate()).isCloseTo(2.4428571428571426, within(1e-12));
    assertThat(trimmed.standardError()).isCloseTo(0.2603693679990175, within(1e-12));
    isNear(trimmed.interval(0.95), 1.8057562506252185, 3.0799580350890667, 1e-10);
    assertThat(trimmed.pValue(2, Alternative.TWO_SIDED))
        .isCloseTo(0.13986955615656194, within(1e-10));
  }

  private static void isNear(Interval interval, double lower, double upper, double tolerance) {
    assertThat(interval.lower()).isCloseTo(lower, within(tolerance));
    assertThat(interval.upper()).isCloseTo(upper, within(tolerance));
  }

  @Test
  void withoutTrimmingTheyAreTheMeans() {
    isNear(Yuen.of(A, B, 0).interval(0.9), Welch.of(A, B).interval(0.9));
    isNear(TrimmedT.of(A, 0).interval(0.9), PairedT.of(A).interval(0.9));
  }

  private static void isNear(Interval one, Interval other) {
    isNear(one, other.lower(), other.upper(), 1e-12);
  }

  @Test
  void thePValueOfAnEndIsWhatTheIntervalLeavesOut() {
    Interval interval = Welch.of(A, B).interval(0.95);
    assertThat(Welch.of(A, B).pValue(interval.lower(), Alternative.TWO_SIDED))
        .isCloseTo(0.05, within(1e-9));
    assertThat(Welch.of(A, B).pValue(interval.upper(), Alternative.LESS))
        .isCloseTo(0.025, within(1e-9));
    Interval mean = PairedT.of(A).interval(0.9);
    assertThat(PairedT.of(A).pValue(mean.lower(), Alternative.GREATER))
        .isCloseTo(0.05, within(1e-9));
  }

  @Test
  void trimmingReadsTheDecimalNumberThatWasMeant() {
    assertThat(TrimmedMean.cut(100, 0.29)).isEqualTo(29);
    assertThat(TrimmedMean.cut(10, 0.3)).isEqualTo(3);
    assertThat(TrimmedMean.cut(3, 0.2)).isZero();
    assertThat(TrimmedMean.cut(2, Math.nextDown(0.5))).isZero();
  }

  @Test
  void withoutVarianceOnlyTheEstimateStands() {
    double[] twos = {2, 2, 2};
    double[] ones = {1, 1, 1};
    Welch welch = Welch.of(twos, ones);
    assertThat(welch.pValue(1, Alternative.TWO_SIDED)).isEqualTo(1);
    assertThat(welch.pValue(0, Alternative.GREATER)).isEqualTo(Double.MIN_VALUE);
    assertThat(welch.pValue(0, Alternative.LESS)).isEqualTo(1);
    assertThat(TrimmedT.of(twos, 0.2).pValue(1, Alternative.TWO_SIDED)).isPositive();
    assertThat(Yuen.of(twos, ones, 0.2).interval(0.9)).isEqualTo(new Interval(1, 1, 0.9));
  }

  @Test
  void oneValueOnASideSaysNothing() {
    Yuen yuen = Yuen.of(new double[] {1, 2}, new double[] {3}, 0.2);
    assertThat(yuen.interval(0.9).isUnbounded()).isTrue();
    assertThat(yuen.pValue(0, Alternative.LESS)).isEqualTo(1);
    // Of three values 0.4 leaves one.
    assertThat(TrimmedT.of(new double[] {1, 2, 3}, 0.4).interval(0.9).isUnbounded())
        .isTrue();
    assertThat(PairedT.of(new double[] {1}).pValue(0, Alternative.GREATER)).isEqualTo(1);
  }

  @Test
  void hugeAndTinyNumbersKeepTheirPValues() {
    double[] huge = {1e308, 1.2e308, 1.4e308};
    double[] tiny = {1e-310, 1.2e-310, 1.4e-310};
    double[] plain = {1, 1.2, 1.4};
    double expected = PairedT.of(plain).pValue(1.1, Alternative.GREATER);
    assertThat(PairedT.of(huge).pValue(1.1e308, Alternative.GREATER))
        .isCloseTo(expected, within(1e-9));
    assertThat(TrimmedT.of(tiny, 0).pValue(1.1e-310, Alternative.GREATER))
        .isCloseTo(expected, within(1e-9));
    assertThat(PairedT.of(huge).pValue(-1.7e308, Alternative.GREATER)).isBetween(1e-9, 0.01);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Yuen.of(A, B, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "trim must be at least 0 and below 0.5; got 0.5. It is the share of values left out at either"
                + " end, such as 0.2; 0 is the mean.");
    assertThatThrownBy(() -> TrimmedT.of(A, Double.NaN)).hasMessageContaining("got NaN");
    assertThatThrownBy(() -> TrimmedT.of(new double[0], 0.2))
        .hasMessageContaining("at least one value");
    assertThatThrownBy(() -> Yuen.of(A, new double[] {Double.NaN}, 0.2))
        .hasMessageContaining("y must be finite");
    assertThatThrownBy(() -> Welch.of(A, B).pValue(Double.NaN, Alternative.LESS))
        .hasMessageContaining("shift must be a finite number");
  }
}
