package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IntervalProperties {
  @Provide
  Arbitrary<double[]> ranked() {
    Arbitrary<Double> value = Arbitraries.oneOf(
        Arbitraries.doubles().between(-1e6, 1e6),
        Arbitraries.integers().between(-3, 3).map(Integer::doubleValue),
        Arbitraries.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    return value.array(double[].class).ofMinSize(1).ofMaxSize(14);
  }

  @Provide
  Arbitrary<double[]> finite() {
    return Arbitraries.integers()
        .between(-1000, 1000)
        .map(i -> i / 8.0)
        .array(double[].class)
        .ofMinSize(2)
        .ofMaxSize(14);
  }

  @Property(seed = "20261123")
  void selectsTheDifferencesThatSortingWould(
      @ForAll("ranked") double[] x, @ForAll("ranked") double[] y) {
    double[] low = new double[x.length * y.length];
    double[] high = new double[x.length * y.length];
    for (int i = 0; i < low.length; i++) {
      double difference = x[i / y.length] - y[i % y.length];
      low[i] = Double.isNaN(difference) ? Double.NEGATIVE_INFINITY : difference + 0.0;
      high[i] = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference + 0.0;
    }
    Arrays.sort(low);
    Arrays.sort(high);
    Differences differences = new Differences(Samples.ranked(x, "x"), Samples.ranked(y, "y"));
    for (int k = 1; k <= low.length; k++) {
      assertThat(differences.low(k)).isEqualTo(low[k - 1]);
      assertThat(differences.high(k)).isEqualTo(high[high.length - k]);
    }
  }

  @Property(seed = "20261123")
  void selectsTheAveragesThatSortingWould(@ForAll("ranked") double[] x) {
    double[] low = new double[x.length * (x.length + 1) / 2];
    double[] high = low.clone();
    int at = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = i; j < x.length; j++) {
        double average = x[i] / 2 + x[j] / 2;
        low[at] = Double.isNaN(average) ? Double.NEGATIVE_INFINITY : average + 0.0;
        high[at++] = Double.isNaN(average) ? Double.POSITIVE_INFINITY : average + 0.0;
      }
    }
    Arrays.sort(low);
    Arrays.sort(high);
    WalshAverages averages = new WalshAverages(Samples.ranked(x, "x"));
    for (int k = 1; k <= low.length; k++) {
      assertThat(averages.low(k)).isEqualTo(low[k - 1]);
      assertThat(averages.high(k)).isEqualTo(high[high.length - k]);
    }
  }

  @Property(seed = "20261123")
  void swappingTheSamplesMirrorsTheIntervals(
      @ForAll("finite") double[] x, @ForAll("finite") double[] y) {
    mirrored(HodgesLehmann.of(x, y).interval(0.9), HodgesLehmann.of(y, x).interval(0.9));
    mirrored(Welch.of(x, y).interval(0.9), Welch.of(y, x).interval(0.9));
    assertThat(HodgesLehmann.of(x, y).estimate() + HodgesLehmann.of(y, x).estimate())
        .isZero();
  }

  private static void mirrored(Interval one, Interval other) {
    assertThat(one.lower() + 0.0).isEqualTo(0.0 - other.upper());
    assertThat(one.upper() + 0.0).isEqualTo(0.0 - other.lower());
  }

  @Property(seed = "20261123")
  void movesAndScalesWithTheValues(@ForAll("finite") double[] x, @ForAll("finite") double[] y) {
    double[] moved = Arrays.stream(x).map(value -> 4 * value + 8).toArray();
    double[] scaled = Arrays.stream(y).map(value -> 4 * value).toArray();
    Interval before = HodgesLehmann.of(x, y).interval(0.9);
    Interval after = HodgesLehmann.of(moved, scaled).interval(0.9);
    assertThat(after.lower()).isEqualTo(4 * before.lower() + 8);
    assertThat(after.upper()).isEqualTo(4 * before.upper() + 8);
    Interval centre = SignedRank.of(x).interval(0.9);
    assertThat(SignedRank.of(moved).interval(0.9).upper()).isEqualTo(4 * centre.upper() + 8);
  }

  @Property(seed = "20261123")
  void orderDoesNotMatter(@ForAll("finite") double[] x, @ForAll("finite") double[] y) {
    double[] reversed = new double[x.length];
    Arrays.setAll(reversed, i -> x[x.length - 1 - i]);
    assertThat(Welch.of(reversed, y).interval(0.95)).isEqualTo(Welch.of(x, y).interval(0.95));
    assertThat(PairedT.of(reversed).interval(0.95)).isEqualTo(PairedT.of(x).interval(0.95));
    assertThat(HodgesLehmann.of(reversed, y).interval(0.95))
        .isEqualTo(HodgesLehmann.of(x, y).interval(0.95));
  }
}
