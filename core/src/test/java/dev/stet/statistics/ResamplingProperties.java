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
import net.jqwik.api.constraints.IntRange;

class ResamplingProperties {
  private static final Seed SEED = Seed.of(42);

  /** Multiples of an eighth, so that scaling and moving by powers of two is exact; many ties. */
  @Provide
  Arbitrary<double[]> values() {
    return Arbitraries.integers()
        .between(-40, 40)
        .map(i -> i / 8.0)
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(16);
  }

  @Property(seed = "20261125", tries = 150)
  void guardsDependOnNeitherOrderNorSideNorUnit(
      @ForAll("values") double[] x, @ForAll("values") double[] y) {
    double[] turned = reversed(x);
    double[] moved = Arrays.stream(x).map(v -> 4 * v + 8).toArray();
    double[] movedToo = Arrays.stream(y).map(v -> 4 * v + 8).toArray();
    double energy = EnergyDistance.of(x, y).pValue(SEED);
    assertThat(energy).isPositive().isLessThanOrEqualTo(1);
    assertThat(EnergyDistance.of(y, x).pValue(SEED)).isEqualTo(energy);
    assertThat(EnergyDistance.of(turned, y).pValue(SEED)).isEqualTo(energy);
    assertThat(EnergyDistance.of(moved, movedToo).pValue(SEED)).isEqualTo(energy);
    assertThat(EnergyDistance.of(moved, movedToo).distance())
        .isCloseTo(2 * EnergyDistance.of(x, y).distance(), within(1e-12));
    BrownForsythe spread = BrownForsythe.of(x, y);
    assertThat(spread.statistic()).isNotNegative();
    assertThat(spread.pValue()).isPositive().isLessThanOrEqualTo(1);
    assertThat(BrownForsythe.of(y, x).pValue()).isCloseTo(spread.pValue(), within(1e-12));
    assertThat(BrownForsythe.of(turned, y).pValue()).isEqualTo(spread.pValue());
    assertThat(BrownForsythe.of(moved, movedToo).pValue())
        .isCloseTo(spread.pValue(), within(1e-12));
    assertThat(spread.spreadRatio()).isNotNegative();
  }

  @Property(seed = "20261125", tries = 150)
  void pairedGuardsDependOnNeitherOrderNorSideNorEqualPairs(
      @ForAll("values") double[] x, @ForAll("values") double[] other) {
    double[] y = Arrays.copyOf(other, x.length);
    double energy = EnergyDistance.of(x, y).pairedPValue(SEED);
    double spread = BrownForsythe.of(x, y).pairedPValue(SEED);
    assertThat(energy).isPositive().isLessThanOrEqualTo(1);
    assertThat(spread).isPositive().isLessThanOrEqualTo(1);
    assertThat(EnergyDistance.of(y, x).pairedPValue(SEED)).isEqualTo(energy);
    assertThat(EnergyDistance.of(reversed(x), reversed(y)).pairedPValue(SEED)).isEqualTo(energy);
    assertThat(BrownForsythe.of(y, x).pairedPValue(SEED)).isEqualTo(spread);
    assertThat(BrownForsythe.of(reversed(x), reversed(y)).pairedPValue(SEED)).isEqualTo(spread);
    assertThat(EnergyDistance.of(with(x, 1.5), with(y, 1.5)).pairedPValue(SEED)).isEqualTo(energy);
    assertThat(EnergyDistance.of(x, x).pairedPValue(SEED)).isEqualTo(1);
    assertThat(BrownForsythe.of(x, x).pairedPValue(SEED)).isEqualTo(1);
  }

  @Property(seed = "20261125", tries = 150)
  void intervalsHoldTogetherAndMoveWithTheValues(@ForAll("values") double[] x) {
    double[] moved = Arrays.stream(x).map(v -> 4 * v + 8).toArray();
    Bootstrap before = Bootstrap.ofMean(x, 200, SEED);
    Bootstrap after = Bootstrap.ofMean(moved, 200, SEED);
    follows(after.percentile(0.9), before.percentile(0.9));
    follows(after.biasCorrected(0.9), before.biasCorrected(0.9));
    follows(after.studentised(0.9), before.studentised(0.9));
    assertThat(before.percentile(0.99).lower())
        .isLessThanOrEqualTo(before.percentile(0.9).lower());
    assertThat(before.biasCorrected(0.99).upper())
        .isGreaterThanOrEqualTo(before.biasCorrected(0.9).upper());
    assertThat(Bootstrap.ofMean(reversed(x), 200, SEED).studentised(0.9))
        .isEqualTo(before.studentised(0.9));
  }

  private static void follows(Interval after, Interval before) {
    near(after.lower(), 4 * before.lower() + 8);
    near(after.upper(), 4 * before.upper() + 8);
  }

  private static void near(double actual, double expected) {
    if (Double.isInfinite(expected)) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }
  }

  @Property(seed = "20261125", tries = 150)
  void violationsOfBothOrdersAddUpToOne(
      @ForAll("values") double[] x, @ForAll("values") double[] y) {
    double violation = StochasticOrder.of(x, y).violation();
    assertThat(violation + StochasticOrder.of(y, x).violation()).isCloseTo(1, within(1e-12));
    assertThat(StochasticOrder.of(x, y).upperBound(0.95, 100, SEED)).isBetween(violation, 1.0);
    double[][] row = {x};
    double[][] other = {y};
    assertThat(ProbabilityOfImprovement.of(row, other).estimate()).isBetween(0.0, 1.0);
  }

  @Property(seed = "20261125", tries = 200)
  void oneSidedTestsOfRatesMirror(
      @ForAll @IntRange(min = 0, max = 30) int a, @ForAll @IntRange(min = 0, max = 30) int b) {
    Proportion x = new Proportion(a, 30);
    Proportion y = new Proportion(b, 33);
    assertThat(FisherExact.of(x, y).pValue(Alternative.GREATER))
        .isCloseTo(FisherExact.of(y, x).pValue(Alternative.LESS), within(1e-10));
    assertThat(new McNemar(a, b).pValue(Alternative.GREATER))
        .isCloseTo(new McNemar(b, a).pValue(Alternative.LESS), within(1e-10));
    assertThat(FisherExact.of(x, y).pValue(Alternative.TWO_SIDED))
        .isCloseTo(FisherExact.of(y, x).pValue(Alternative.TWO_SIDED), within(1e-10));
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }

  private static double[] with(double[] values, double more) {
    double[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = more;
    return longer;
  }
}
