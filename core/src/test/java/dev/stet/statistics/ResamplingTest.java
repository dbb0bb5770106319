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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplingTest {
  private static final Seed SEED = Seed.of(42);

  static List<String> known() throws IOException {
    return Rows.of("resampling.csv");
  }

  @ParameterizedTest
  @MethodSource("known")
  void agreesWithScipyAndEnumeration(String line) {
    String[] cells = line.split(",", -1);
    double[][] x = matrix(cells[1]);
    double[][] y = matrix(cells[2]);
    double[] expected = matrix(cells[3])[0];
    double[] actual = switch (cells[0]) {
      case "all" -> ofAllResamples(x[0], y[0][0]);
      case "iqm" -> new double[] {InterquartileMean.of(x).estimate()};
      case "poi" -> new double[] {ProbabilityOfImprovement.of(x, y).estimate()};
      case "aso" -> new double[] {StochasticOrder.of(x[0], y[0]).violation()};
      default -> throw new IllegalArgumentException(line);
    };
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-9));
    }
  }

  private static double[][] matrix(String text) {
    return Stream.of(text.split(";"))
        .map(row -> Stream.of(row.split(" "))
            .filter(cell -> !cell.isEmpty())
            .mapToDouble(Double::parseDouble)
            .toArray())
        .toArray(double[][]::new);
  }

  /** The interval formulas on all n^n resamples; the sums are exact in these values' eighths. */
  private static double[] ofAllResamples(double[] x, double level) {
    int n = x.length;
    double mean = Arrays.stream(x).sum() / n;
    double[] all = new double[(int) Math.pow(n, n)];
    for (int i = 0; i < all.length; i++) {
      double sum = 0;
      for (int code = i, j = 0; j < n; j++, code /= n) {
        sum += x[code % n];
      }
      all[i] = sum / n;
    }
    double[][] influences = {Arrays.stream(x).map(each -> each - mean).toArray()};
    Bootstrap bootstrap =
        new Bootstrap(mean, all, influences, () -> new Bootstrap.Pivots(0, new double[] {0}));
    Interval percentile = bootstrap.percentile(level);
    Interval bca = bootstrap.biasCorrected(level);
    return new double[] {percentile.lower(), percentile.upper(), bca.lower(), bca.upper()};
  }

  // R boot 1.3.28.1 with a million resamples, as in scipy/stats/tests/test_resampling.py; ends to
  // half a per cent.
  private static final double[] SURVIVAL = {
    10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213
  };

  @Test
  void agreesWithBootOfR() {
    Bootstrap bootstrap = Bootstrap.ofMean(SURVIVAL, 200_000, SEED);
    assertThat(bootstrap.estimate()).isCloseTo(Arrays.stream(SURVIVAL).sum() / 16, within(1e-12));
    isNear(bootstrap.percentile(0.95), 28.89375, 84.2, 0.006);
    isNear(bootstrap.biasCorrected(0.95), 32.24375, 91.28125, 0.006);
  }

  private static void isNear(Interval interval, double lower, double upper, double share) {
    assertThat(interval.lower()).isCloseTo(lower, within(share * lower));
    assertThat(interval.upper()).isCloseTo(upper, within(share * upper));
  }

  @Test
  void theMeanAsAnyStatisticIsTheMean() {
    Bootstrap mean = Bootstrap.ofMean(SURVIVAL, 2_000, SEED);
    Bootstrap any = Bootstrap.of(SURVIVAL, v -> Arrays.stream(v).sum() / v.length, 2_000, SEED);
    Bootstrap oneTask = InterquartileMean.of(new double[][] {{1, 2, 30}}).bootstrap(2_000, SEED);
    Bootstrap untrimmed = Bootstrap.ofMean(new double[] {1, 2, 30}, 2_000, SEED);
    for (double level : new double[] {0.8, 0.95}) {
      isNear(any.percentile(level), mean.percentile(level));
      isNear(any.biasCorrected(level), mean.biasCorrected(level));
      isNear(any.studentised(level), mean.studentised(level));
      isNear(oneTask.percentile(level), untrimmed.percentile(level));
      isNear(oneTask.biasCorrected(level), untrimmed.biasCorrected(level));
      assertThat(oneTask.studentised(0.5).upper())
          .isCloseTo(untrimmed.studentised(0.5).upper(), within(1e-9));
    }
  }

  private static void isNear(Interval interval, Interval other) {
    assertThat(interval.lower()).isCloseTo(other.lower(), within(1e-9));
    assertThat(interval.upper()).isCloseTo(other.upper(), within(1e-9));
  }

  private static final List<Function<Bootstrap, Interval>> INTERVALS =
      List.of(b -> b.percentile(0.95), b -> b.biasCorrected(0.95), b -> b.studentised(0.95));

  @Nested
  class Edges {
    @Test
    void equalValuesGiveThePoint() {
      double[] equal = new double[50];
      Arrays.fill(equal, 0.1);
      double[][] tasks = new double[3][];
      Arrays.fill(tasks, equal);
      InterquartileMean iqm = InterquartileMean.of(tasks);
      for (Function<Bootstrap, Interval> interval : INTERVALS) {
        assertThat(interval.apply(Bootstrap.ofMean(equal, 200, SEED)))
            .isEqualTo(new Interval(0.1, 0.1, 0.95));
        assertThat(interval.apply(Bootstrap.of(equal, v -> v[v.length / 2], 200, SEED)))
            .isEqualTo(new Interval(0.1, 0.1, 0.95));
        assertThat(interval.apply(iqm.bootstrap(200, SEED)))
            .isEqualTo(new Interval(0.1, 0.1, 0.95));
        assertThat(interval.apply(iqm.minus(iqm, 200, SEED))).isEqualTo(new Interval(0, 0, 0.95));
        assertThat(interval.apply(ProbabilityOfImprovement.of(tasks, tasks).bootstrap(200, SEED)))
            .isEqualTo(new Interval(0.5, 0.5, 0.95));
      }
      assertThat(StochasticOrder.of(equal, equal).violation()).isEqualTo(0.5);
      assertThat(StochasticOrder.of(equal, equal).upperBound(0.95, 200, SEED)).isEqualTo(0.5);
    }

    @Test
    void oneValueBoundsNothing() {
      double[] one = {3};
      double[][] lone = {{1, 2, 3, 4}, {7}};
      for (Function<Bootstrap, Interval> interval : INTERVALS) {
        assertThat(interval.apply(Bootstrap.ofMean(one, 200, SEED)).isUnbounded())
            .isTrue();
        assertThat(interval.apply(Bootstrap.of(one, v -> v[0], 200, SEED)).isUnbounded())
            .isTrue();
        assertThat(
                interval.apply(InterquartileMean.of(lone).bootstrap(200, SEED)).isUnbounded())
            .isTrue();
        assertThat(interval
                .apply(ProbabilityOfImprovement.of(lone, lone).bootstrap(200, SEED))
                .isUnbounded())
            .isTrue();
      }
      assertThat(StochasticOrder.of(one, new double[] {1, 2}).upperBound(0.95, 200, SEED))
          .isOne();
    }

    @Test
    void theLargestAndSmallestNumbersWork() {
      for (double unit : new double[] {1e306, 0x1p-1060}) {
        double[] large = Arrays.stream(SURVIVAL).map(v -> (v - 60) / 2 * unit).toArray();
        double[] small = Arrays.stream(SURVIVAL).map(v -> (v - 60) / 2).toArray();
        for (Function<Bootstrap, Interval> interval : INTERVALS) {
          Interval scaled = interval.apply(Bootstrap.ofMean(large, 500, SEED));
          Interval plain = interval.apply(Bootstrap.ofMean(small, 500, SEED));
          assertThat(scaled.lower() / unit).isCloseTo(plain.lower(), within(1e-3));
          assertThat(scaled.upper() / unit).isCloseTo(plain.upper(), within(1e-3));
          assertThat(interval.apply(Bootstrap.of(large, v -> v[v.length / 2], 200, SEED)))
              .isNotNull();
        }
        assertThat(
                StochasticOrder.of(large, new double[] {0, 5 * unit, -9 * unit}).violation())
            .isCloseTo(
                StochasticOrder.of(small, new double[] {0, 5, -9}).violation(), within(1e-3));
      }
      double[][] ends = {{Double.MAX_VALUE, Double.MAX_VALUE}, {-Double.MAX_VALUE, 0}};
      InterquartileMean iqm = InterquartileMean.of(ends);
      for (Function<Bootstrap, Interval> interval : INTERVALS) {
        assertThat(interval.apply(iqm.bootstrap(500, SEED)).contains(iqm.estimate()))
            .isTrue();
        assertThat(interval.apply(iqm.minus(iqm, 500, SEED)).contains(0)).isTrue();
      }
    }

    @Test
    void fewRunsAreNotReliable() {
      double[][] nine = {new double[12], new double[9]};
      double[][] ten = {new double[12], new double[10]};
      assertThat(InterquartileMean.of(nine).isReliable()).isFalse();
      assertThat(InterquartileMean.of(ten).isReliable()).isTrue();
      assertThat(ProbabilityOfImprovement.of(ten, nine).isReliable()).isFalse();
      assertThat(ProbabilityOfImprovement.of(ten, ten).isReliable()).isTrue();
    }

    @Test
    void badInputIsNamed() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bootstrap.ofMean(SURVIVAL, 99, SEED))
          .withMessage(
              "the number of resamples must be at least 100, to have tails; got 99. The usual number is"
                  + " 10,000.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bootstrap.of(SURVIVAL, v -> Double.NaN, 100, SEED))
          .withMessageContaining("must be finite")
          .withMessageContaining("NaN");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> InterquartileMean.of(new double[0][]))
          .withMessage(
              "scores must hold at least one task; got none. Give one row of scores for each task.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> InterquartileMean.of(new double[][] {{1}, {}}))
          .withMessage("scores[1] must hold at least one value; got none.");
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              ProbabilityOfImprovement.of(new double[][] {{1}}, new double[][] {{1}, {2}}))
          .withMessageContaining("same tasks; got 1 and 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StochasticOrder.of(SURVIVAL, new double[] {Double.POSITIVE_INFINITY}))
          .withMessageContaining("y must be finite");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> StochasticOrder.of(SURVIVAL, SURVIVAL).upperBound(Double.NaN, 100, SEED))
          .withMessageContaining("level must lie strictly between 0 and 1; got NaN");
    }
  }

  // 600 studies: four standard errors of a coverage of .93 are .042. The rates of percentile and
  // BCa at n = 5 are known
  // to be .82 to .88.
  @Test
  void coversAsOftenAsIsSaid() {
    RandomStream stream = Seed.of(9).stream();
    int[] covered = new int[3];
    int studies = 600;
    for (int study = 0; study < studies; study++) {
      double[] x = new double[10];
      stream.fillGaussian(x);
      Bootstrap bootstrap = Bootstrap.ofMean(x, 500, SEED.child(study));
      for (int i = 0; i < 3; i++) {
        covered[i] += INTERVALS.get(i).apply(bootstrap).contains(0) ? 1 : 0;
      }
    }
    assertThat(covered[0] / (double) studies).isBetween(0.86, 0.94);
    assertThat(covered[1] / (double) studies).isBetween(0.86, 0.94);
    assertThat(covered[2] / (double) studies).isBetween(0.91, 0.98);
  }

  @Test
  void intervalsOverTasksCover() {
    RandomStream stream = Seed.of(10).stream();
    int[] covered = new int[9];
    int studies = 300;
    for (int study = 0; study < studies; study++) {
      double[][] x = scores(stream, 8, 10, 0);
      double[][] y = scores(stream, 8, 10, 0);
      Seed seed = SEED.child(study);
      Bootstrap[] all = {
        InterquartileMean.of(x).bootstrap(400, seed),
        InterquartileMean.of(x).minus(InterquartileMean.of(y), 400, seed),
        ProbabilityOfImprovement.of(x, y).bootstrap(400, seed)
      };
      for (int i = 0; i < 9; i++) {
        double truth = i / 3 == 2 ? 0.5 : 0;
        covered[i] += INTERVALS.get(i % 3).apply(all[i / 3]).contains(truth) ? 1 : 0;
      }
    }
    for (int each : covered) {
      assertThat(each / (double) studies).isBetween(0.88, 0.99);
    }
  }

  private static double[][] scores(RandomStream stream, int tasks, int runs, double shift) {
    double[][] scores = new double[tasks][runs];
    for (double[] task : scores) {
      Arrays.setAll(task, i -> shift + stream.nextGaussian());
    }
    return scores;
  }

  @Test
  void theBoundOnTheViolationGrowsWithTheLevelAndFindsADominance() {
    RandomStream stream = Seed.of(11).stream();
    double[] x = new double[20];
    double[] y = new double[20];
    Arrays.setAll(x, i -> 2 + stream.nextGaussian());
    stream.fillGaussian(y);
    StochasticOrder better = StochasticOrder.of(x, y);
    assertThat(better.upperBound(0.95, 1_000, SEED)).isLessThan(0.2);
    assertThat(StochasticOrder.of(y, x).upperBound(0.95, 1_000, SEED)).isGreaterThan(0.8);
    StochasticOrder close =
        StochasticOrder.of(x, Arrays.stream(y).map(v -> v + 1.8).toArray());
    double last = close.violation();
    for (double level : new double[] {0.95, 0.975, 0.995, 0.9995}) {
      double bound = close.upperBound(level, 1_000, SEED);
      assertThat(bound).isGreaterThanOrEqualTo(last);
      last = bound;
    }
    assertThat(last).isGreaterThan(close.violation());
  }

  @Test
  void orderDoesNotMatterAndExchangingMirrors() {
    RandomStream stream = Seed.of(12).stream();
    double[][] x = scores(stream, 4, 6, 0);
    double[][] y = scores(stream, 4, 7, 0.5);
    double[][] turned = new double[4][];
    double[][] turnedToo = new double[4][];
    Arrays.setAll(turned, i -> reversed(x[3 - i]));
    Arrays.setAll(turnedToo, i -> reversed(y[3 - i]));
    for (Function<Bootstrap, Interval> interval : INTERVALS) {
      assertThat(interval.apply(InterquartileMean.of(turned).bootstrap(300, SEED)))
          .isEqualTo(interval.apply(InterquartileMean.of(x).bootstrap(300, SEED)));
      assertThat(
              interval.apply(ProbabilityOfImprovement.of(turned, turnedToo).bootstrap(300, SEED)))
          .isEqualTo(interval.apply(ProbabilityOfImprovement.of(x, y).bootstrap(300, SEED)));
      assertThat(interval.apply(Bootstrap.ofMean(reversed(x[0]), 300, SEED)))
          .isEqualTo(interval.apply(Bootstrap.ofMean(x[0], 300, SEED)));
    }
    assertThat(ProbabilityOfImprovement.of(x, y).estimate()
            + ProbabilityOfImprovement.of(y, x).estimate())
        .isCloseTo(1, within(1e-12));
    assertThat(StochasticOrder.of(x[0], y[0]).violation()
            + StochasticOrder.of(y[0], x[0]).violation())
        .isCloseTo(1, within(1e-12));
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }

  @Test
  void eightThreadsGetOneAnswer() {
    double[][] x = scores(Seed.of(13).stream(), 3, 10, 0);
    InterquartileMean iqm = InterquartileMean.of(x);
    StochasticOrder order = StochasticOrder.of(x[0], x[1]);
    Bootstrap mean = Bootstrap.ofMean(SURVIVAL, 500, SEED);
    Set<List<Object>> answers = IntStream.range(0, 32)
        .parallel()
        .<List<Object>>mapToObj(i -> List.of(
            iqm.bootstrap(300, SEED).biasCorrected(0.9),
            mean.studentised(0.9),
            Bootstrap.ofMean(SURVIVAL, 500, SEED).studentised(0.9),
            order.upperBound(0.95, 300, SEED)))
        .collect(Collectors.toSet());
    assertThat(answers).hasSize(1);
    assertThat(Bootstrap.ofMean(SURVIVAL, 500, Seed.of(1)).percentile(0.9))
        .isNotEqualTo(Bootstrap.ofMean(SURVIVAL, 500, Seed.of(2)).percentile(0.9));
  }
}
