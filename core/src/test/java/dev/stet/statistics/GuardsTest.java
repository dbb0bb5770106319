package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardsTest {
  private static final Seed SEED = Seed.of(42);

  static List<String> known() throws IOException {
    return Rows.of("guards.csv");
  }

  @ParameterizedTest
  @MethodSource("known")
  void agreesWithScipyAndEnumeration(String line) {
    String[] cells = line.split(",", -1);
    double[] x = Rows.numbers(cells[1]);
    double[] y = Rows.numbers(cells[2]);
    double[] expected = Rows.numbers(cells[3]);
    double[] actual = switch (cells[0]) {
      case "levene" -> {
        BrownForsythe test = BrownForsythe.of(x, y);
        yield new double[] {test.statistic(), test.pValue()};
      }
      case "energy" -> new double[] {EnergyDistance.of(x, y).distance()};
      case "energyp" -> new double[] {EnergyDistance.of(x, y).pValue(SEED)};
      case "energypairs" -> new double[] {EnergyDistance.of(x, y).pairedPValue(SEED)};
      case "spreadpairs" -> new double[] {BrownForsythe.of(x, y).pairedPValue(SEED)};
      case "fisher" ->
        all(a -> FisherExact.of(
                new Proportion((int) x[0], (int) x[1]), new Proportion((int) y[0], (int) y[1]))
            .pValue(a));
      case "mcnemar" -> all(a -> new McNemar((int) x[0], (int) y[0]).pValue(a));
      default -> throw new IllegalArgumentException(line);
    };
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-10 * Math.max(1, expected[i])));
    }
  }

  private static double[] all(ToDoubleFunction<Alternative> p) {
    return Arrays.stream(Alternative.values()).mapToDouble(p).toArray();
  }

  // scipy/stats/tests/test_stats.py, TestEnergyDistance: the energy distances with closed forms.
  @Test
  void givesTheDistancesOfScipysOwnTests() {
    assertThat(distance(new double[] {0, 1, 2}, new double[] {1, 2, 3}))
        .isCloseTo(0.816496580927726, within(1e-15));
    assertThat(distance(new double[] {0}, new double[] {1})).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(distance(new double[] {-5}, new double[] {5}))
        .isCloseTo(4.47213595499958, within(1e-14));
    assertThat(distance(new double[] {1, 2, 3}, new double[] {2, 1, 3})).isZero();
  }

  private static double distance(double[] x, double[] y) {
    return EnergyDistance.of(x, y).distance();
  }

  // The first and the sixth batch of the gear data, NIST/SEMATECH e-Handbook 1.3.5.9 (GEAR.DAT),
  // with SciPy's answer.
  @Test
  void agreesOnTheGearsOfNist() {
    double[] one = {1.006, 0.996, 0.998, 1.000, 0.992, 0.993, 1.002, 0.999, 0.994, 1.000};
    double[] six = {1.009, 1.013, 1.009, 0.997, 0.988, 1.002, 0.995, 0.998, 0.981, 0.996};
    BrownForsythe test = BrownForsythe.of(one, six);
    assertThat(test.statistic()).isCloseTo(GEAR_W, within(1e-9));
    assertThat(test.pValue()).isCloseTo(GEAR_P, within(1e-9));
  }

  private static final double GEAR_W = 3.548546081813692;
  private static final double GEAR_P = 0.07585630858071227;

  @Nested
  class Edges {
    private final double[] constant = {3, 3, 3, 3, 3};
    private final double[] spread = {1, 2, 3, 4, 9};

    @Test
    void constantSamplesHaveAnAnswer() {
      BrownForsythe equal = BrownForsythe.of(constant, new double[] {7, 7, 7});
      assertThat(equal.statistic()).isZero();
      assertThat(equal.pValue()).isEqualTo(1);
      assertThat(equal.spreadRatio()).isEqualTo(1);
      assertThat(BrownForsythe.of(constant, constant).pairedPValue(SEED)).isEqualTo(1);
      BrownForsythe one = BrownForsythe.of(spread, constant);
      assertThat(one.statistic()).isPositive().isFinite();
      assertThat(one.pValue()).isBetween(0.01, 0.2);
      assertThat(one.spreadRatio()).isInfinite();
      assertThat(BrownForsythe.of(constant, spread).spreadRatio()).isZero();
    }

    @Test
    void deviationsWithoutVariationAreCountedAsArrangements() {
      BrownForsythe two = BrownForsythe.of(new double[] {0, 2}, new double[] {0, 8});
      assertThat(two.statistic()).isInfinite();
      // 2 of the 6 ways to choose two of four.
      assertThat(two.pValue()).isCloseTo(1 / 3.0, within(1e-12));
      BrownForsythe more =
          BrownForsythe.of(new double[] {0.1, 0.3}, new double[] {5, 5, 5, 5, 5, 5});
      assertThat(more.pValue()).isCloseTo(1 / 28.0, within(1e-12));
      assertThat(
              BrownForsythe.of(new double[] {0.1, 0.3}, new double[] {0.5, 0.7}).pValue())
          .isEqualTo(1);
    }

    @Test
    void oneValueHasNoSpread() {
      assertThat(BrownForsythe.of(new double[] {1}, spread).pValue()).isEqualTo(1);
      assertThat(BrownForsythe.of(new double[] {1}, new double[] {2}).pairedPValue(SEED))
          .isEqualTo(1);
      assertThat(EnergyDistance.of(new double[] {1}, new double[] {2}).pValue(SEED))
          .isEqualTo(1);
      assertThat(EnergyDistance.of(new double[] {1}, new double[] {2}).pairedPValue(SEED))
          .isEqualTo(1);
    }

    @Test
    void equalSamplesAreNotApart() {
      EnergyDistance same = EnergyDistance.of(spread, spread);
      assertThat(same.distance()).isZero();
      assertThat(same.pValue(SEED)).isEqualTo(1);
      assertThat(same.pairedPValue(SEED)).isEqualTo(1);
      double[] many = new double[40];
      assertThat(EnergyDistance.of(many, many).pValue(SEED)).isEqualTo(1);
    }

    @Test
    void theLargestAndTheSmallestNumbersWork() {
      double[] x = {1, 2, 3, 4, 5, 7, 9, 12};
      double[] y = {2, 3, 3, 5, 5, 50, 80, 99};
      for (double unit : new double[] {1e306, 0x1p-1070, 1e-300}) {
        double[] one = Arrays.stream(x).map(value -> value * unit).toArray();
        double[] other = Arrays.stream(y).map(value -> value * unit).toArray();
        assertThat(BrownForsythe.of(one, other).pValue())
            .isCloseTo(BrownForsythe.of(x, y).pValue(), within(1e-9));
        assertThat(EnergyDistance.of(one, other).pValue(SEED))
            .isEqualTo(EnergyDistance.of(x, y).pValue(SEED));
        assertThat(EnergyDistance.of(one, other).pairedPValue(SEED))
            .isEqualTo(EnergyDistance.of(x, y).pairedPValue(SEED));
        assertThat(EnergyDistance.of(one, other).distance() / Math.sqrt(Math.abs(unit)))
            .isCloseTo(EnergyDistance.of(x, y).distance(), within(1e-9));
      }
      EnergyDistance ends =
          EnergyDistance.of(new double[] {Double.MAX_VALUE}, new double[] {-Double.MAX_VALUE});
      assertThat(ends.distance())
          .isCloseTo(Math.sqrt(2) * Math.sqrt(2) * Math.sqrt(Double.MAX_VALUE), within(1e140));
    }

    @Test
    void largeSamplesTakeBoundedWork() {
      RandomStream stream = SEED.stream();
      double[] x = new double[100_000];
      double[] y = new double[100_000];
      stream.fillGaussian(x);
      stream.fillGaussian(y);
      assertThat(EnergyDistance.of(x, y).pValue(SEED)).isBetween(0.002, 1.0);
      Arrays.setAll(y, i -> y[i] * 1.1);
      assertThat(EnergyDistance.of(x, y).pValue(SEED)).isEqualTo(1 / 501.0);
      assertThat(BrownForsythe.of(x, y).pairedPValue(SEED)).isLessThan(0.01);
      assertThat(BrownForsythe.of(x, y).pValue()).isPositive().isLessThan(1e-10);
    }

    @Test
    void noPValueIsZero() {
      double[] x = new double[3000];
      double[] y = new double[3000];
      SEED.stream().fillGaussian(x);
      Arrays.setAll(y, i -> 1e9 * x[i]);
      assertThat(BrownForsythe.of(x, y).pValue()).isPositive();
      assertThat(new McNemar(9000, 0).pValue(Alternative.TWO_SIDED)).isPositive();
      assertThat(FisherExact.of(new Proportion(9000, 9000), new Proportion(0, 9000))
              .pValue(Alternative.TWO_SIDED))
          .isPositive();
    }

    @Test
    void badInputIsNamed() {
      double[] bad = {1, Double.NaN};
      assertThatIllegalArgumentException()
          .isThrownBy(() -> EnergyDistance.of(spread, bad))
          .withMessage(
              "y must be finite, as a mean needs every value; got NaN at index 1. Leave it out, or use a rank"
                  + " method.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BrownForsythe.of(new double[] {}, spread))
          .withMessage("x must hold at least one value; got none.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BrownForsythe.of(bad, spread))
          .withMessageContaining("x must be finite");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> EnergyDistance.of(spread, new double[] {1}).pairedPValue(SEED))
          .withMessage(
              "pairs need as many values of x as of y; got 5 and 1. Leave out the values that have no partner,"
                  + " or compare two samples.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new McNemar(-1, 2))
          .withMessageContaining("got -1 and 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BrownForsythe.detectableRatio(0, 5))
          .withMessageContaining("n must be at least 1; got 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FisherExact.detectableRate(new Proportion(0, 5), 0))
          .withMessageContaining("got 0");
    }
  }

  @Nested
  class SilentGuards {
    @Test
    void sayWhichRatioOfSpreadsTheyFind() {
      // Simulated apart, 20,000 samples each, the harder side: 7 v 7 11.5, 8 v 8 5.9, 10 v 10 3.87,
      // 5 v 20 6.8,
      // 10 v 50 2.42, 20 v 20 2.17, 50 v 50 1.57, 100 v 100 1.36, 5 v 100 3.65.
      double[][] table = {
        {8, 8, 5.9},
        {10, 10, 3.87},
        {5, 20, 6.8},
        {20, 5, 6.8},
        {10, 50, 2.42},
        {20, 20, 2.17},
        {50, 50, 1.57},
        {100, 100, 1.36},
        {5, 100, 3.65}
      };
      for (double[] row : table) {
        double ratio = BrownForsythe.detectableRatio((int) row[0], (int) row[1]);
        assertThat(ratio).isCloseTo(row[2], within(0.1 * row[2]));
      }
      assertThat(BrownForsythe.detectableRatio(7, 7)).isBetween(9.0, 14.0);
      assertThat(BrownForsythe.detectableRatio(3, 3)).isInfinite();
      assertThat(BrownForsythe.detectableRatio(1, 50)).isInfinite();
      assertThat(BrownForsythe.detectableRatio(1_000_000, 1_000_000)).isBetween(1.001, 1.01);
    }

    @Test
    void sayWhichRateOfFailuresTheyFind() {
      // 0 of 20 against 20: 5 failures are significant (p = .0236), and Binomial(20, p) reaches 5
      // with .8 at .3052.
      double rate = FisherExact.detectableRate(new Proportion(0, 20), 20);
      assertThat(binomialAtLeast(20, 5, rate)).isCloseTo(0.8, within(1e-9));
      assertThat(FisherExact.detectableRate(new Proportion(0, 2), 2)).isInfinite();
      assertThat(FisherExact.detectableRate(new Proportion(20, 20), 20)).isInfinite();
      assertThat(FisherExact.detectableRate(new Proportion(0, 3), 3)).isBetween(0.9, 1.0);
    }

    private double binomialAtLeast(int n, int k, double p) {
      double sum = 0;
      double coefficient = 1;
      for (int i = 0; i <= n; i++) {
        if (i >= k) {
          sum += coefficient * Math.pow(p, i) * Math.pow(1 - p, n - i);
        }
        coefficient = coefficient * (n - i) / (i + 1);
      }
      return sum;
    }
  }

  @Nested
  class ErrorRates {
    private static final int STUDIES = 1_000;

    // Binomial(1000, .05): four standard errors are .028.
    @Test
    void equalDistributionsAreRejectedAsOftenAsTheLevelSays() {
      assertThat(rejected(1, 0, this::energy)).isBetween(0.022, 0.078);
      assertThat(rejected(1, 0, this::energyPairs)).isBetween(0.022, 0.078);
      assertThat(rejected(1, 0, this::spread)).isBetween(0.012, 0.078);
      assertThat(rejected(1, 0, this::spreadPairs)).isBetween(0.015, 0.078);
    }

    @Test
    void aShiftAloneIsNoChangeOfSpread() {
      assertThat(rejected(1, 3, this::spread)).isBetween(0.012, 0.078);
      assertThat(rejected(1, 3, this::spreadPairs)).isBetween(0.015, 0.078);
    }

    // Simulated apart, normal 20 v 20, spread doubled: energy .27, Brown-Forsythe .72.
    @Test
    void aDoubledSpreadIsFound() {
      assertThat(rejected(2, 0, this::spread)).isBetween(0.66, 0.78);
      assertThat(rejected(2, 0, this::energy)).isBetween(0.2, 0.34);
      assertThat(rejected(2, 0, this::spreadPairs)).isGreaterThan(0.6);
    }

    private double rejected(double ratio, double shift, ToDoubleBiFunction<double[], double[]> p) {
      RandomStream stream = Seed.of(7).stream();
      int rejected = 0;
      for (int study = 0; study < STUDIES; study++) {
        double[] x = new double[20];
        double[] y = new double[20];
        stream.fillGaussian(x);
        Arrays.setAll(y, i -> shift + ratio * stream.nextGaussian());
        rejected += p.applyAsDouble(x, y) <= 0.05 ? 1 : 0;
      }
      return rejected / (double) STUDIES;
    }

    private double energy(double[] x, double[] y) {
      return EnergyDistance.of(x, y).pValue(SEED);
    }

    private double energyPairs(double[] x, double[] y) {
      return EnergyDistance.of(x, y).pairedPValue(SEED);
    }

    private double spread(double[] x, double[] y) {
      return BrownForsythe.of(x, y).pValue();
    }

    private double spreadPairs(double[] x, double[] y) {
      return BrownForsythe.of(x, y).pairedPValue(SEED);
    }
  }

  @Test
  void eightThreadsGetOneAnswer() {
    double[] x = new double[30];
    double[] y = new double[30];
    SEED.child("x").stream().fillGaussian(x);
    SEED.child("y").stream().fillGaussian(y);
    BrownForsythe spread = BrownForsythe.of(x, y);
    EnergyDistance energy = EnergyDistance.of(x, y);
    Set<List<Double>> answers = IntStream.range(0, 64)
        .parallel()
        .mapToObj(
            i -> List.of(spread.pairedPValue(SEED), energy.pValue(SEED), energy.pairedPValue(SEED)))
        .collect(Collectors.toSet());
    assertThat(answers).hasSize(1);
    assertThat(energy.pValue(Seed.of(1))).isNotEqualTo(energy.pValue(Seed.of(2)));
  }
}
