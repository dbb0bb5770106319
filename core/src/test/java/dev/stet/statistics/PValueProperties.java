package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.Seed;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every test of two samples: x, y, the null hypothesis and the alternative in, a p-value out. */
class PValueProperties {
  private static final Seed SEED = Seed.of(3);

  private record Test(String name, Shifted test) {}

  private interface Shifted {
    double p(double[] x, double[] y, double shift, Alternative alternative);
  }

  private static final Test[] TESTS = {
    new Test("ranks", (x, y, s, a) -> HodgesLehmann.of(x, y).pValue(s, a)),
    new Test("means", (x, y, s, a) -> Welch.of(x, y).pValue(s, a)),
    new Test("trimmed", (x, y, s, a) -> Yuen.of(x, y, 0.2).pValue(s, a)),
    new Test(
        "studentised", (x, y, s, a) -> StudentisedPermutation.of(x, y, 0, SEED).pValue(s, a)),
    new Test("permuted", (x, y, s, a) -> MeanPermutation.of(x, y).pValue(s, a)),
  };

  @Provide
  Arbitrary<double[]> values() {
    return Arbitraries.integers()
        .between(-40, 40)
        .map(i -> i / 8.0)
        .array(double[].class)
        .ofMinSize(2)
        .ofMaxSize(9);
  }

  @Property(seed = "20261125", tries = 150)
  void swappingTheSamplesSwapsTheSides(@ForAll("values") double[] x, @ForAll("values") double[] y) {
    for (Test each : TESTS) {
      assertThat(each.test.p(x, y, 1, Alternative.LESS))
          .as(each.name)
          .isCloseTo(each.test.p(y, x, -1, Alternative.GREATER), within(1e-12));
      assertThat(each.test.p(x, y, 1, Alternative.TWO_SIDED))
          .as(each.name)
          .isCloseTo(each.test.p(y, x, -1, Alternative.TWO_SIDED), within(1e-12));
    }
    assertThat(BrunnerMunzel.of(x, y).permutation(SEED).pValue(0.25, Alternative.LESS))
        .isCloseTo(
            BrunnerMunzel.of(y, x).permutation(SEED).pValue(0.75, Alternative.GREATER),
            within(1e-12));
  }

  @Property(seed = "20261125", tries = 150)
  void neitherOrderNorPlaceNorScaleMatters(
      @ForAll("values") double[] x, @ForAll("values") double[] y) {
    double[] moved = new double[x.length];
    Arrays.setAll(moved, i -> 4 * x[x.length - 1 - i] + 8);
    double[] scaled = Arrays.stream(y).map(value -> 4 * value).toArray();
    for (Test each : TESTS) {
      assertThat(each.test.p(moved, scaled, 12, Alternative.GREATER))
          .as(each.name)
          .isCloseTo(each.test.p(x, y, 1, Alternative.GREATER), within(1e-9));
    }
  }

  @Property(seed = "20261125", tries = 150)
  void isAProbabilityAndNeverZero(@ForAll("values") double[] x, @ForAll("values") double[] y) {
    for (Test each : TESTS) {
      double less = each.test.p(x, y, 0, Alternative.LESS);
      double greater = each.test.p(x, y, 0, Alternative.GREATER);
      double both = each.test.p(x, y, 0, Alternative.TWO_SIDED);
      for (double p : new double[] {less, greater, both}) {
        assertThat(p).as(each.name).isPositive().isLessThanOrEqualTo(1);
      }
      assertThat(less + greater).as(each.name).isGreaterThanOrEqualTo(1 - 1e-12);
      assertThat(both).isEqualTo(Math.min(1, 2 * Math.min(less, greater)));
    }
  }

  @Property(seed = "20261125", tries = 150)
  void theIntervalByRanksHoldsWhatTheTestDoesNotReject(
      @ForAll("values") double[] x, @ForAll("values") double[] y) {
    // A sixteenth between eighths: no ties between the samples, but within them.
    Interval interval = HodgesLehmann.of(x, y).interval(0.9);
    for (double shift = -10.0625; shift < 10.1; shift += 0.125) {
      if (untied(x) && untied(y)) {
        assertThat(HodgesLehmann.of(x, y).pValue(shift, Alternative.TWO_SIDED) > 0.1)
            .isEqualTo(interval.contains(shift));
      }
    }
  }

  private static boolean untied(double[] values) {
    return Arrays.stream(values).distinct().count() == values.length;
  }
}
