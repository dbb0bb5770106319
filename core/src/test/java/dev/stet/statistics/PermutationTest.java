package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {
  private static final Seed SEED = Seed.of(5);
  private static final double[] X = {2.7, 2.7, 1.1, 3.0, 1.9, 3.0, 3.8, 3.8, 0.3, 1.9};
  private static final double[] Y = {6.5, 5.4, 8.1, 3.5, 0.5, 3.8, 6.8, 4.9, 2.5, 1.2};

  @Test
  void countsTheMeansAsSciPyDoes() {
    // p_values.py: permutation_test, all 184,756 arrangements.
    MeanPermutation means = MeanPermutation.of(X, Y);
    assertThat(means.pValue(0, Alternative.TWO_SIDED))
        .isCloseTo(0.041698239840654704, within(1e-12));
    assertThat(means.pValue(0, Alternative.LESS)).isCloseTo(0.020849119920327352, within(1e-12));
    assertThat(means.pValue(0, Alternative.GREATER)).isCloseTo(0.9802875143432419, within(1e-12));
  }

  @Test
  void countsTheMeansAsEnumerationDoes() {
    RandomStream random = SEED.stream();
    for (int round = 0; round < 100; round++) {
      int[] x = tenths(random, 1 + random.nextInt(6));
      int[] y = tenths(random, 1 + random.nextInt(6));
      int[] pooled = Arrays.copyOf(x, x.length + y.length);
      System.arraycopy(y, 0, pooled, x.length, y.length);
      int seen = Arrays.stream(x).sum();
      int total = 0;
      int less = 0;
      int greater = 0;
      for (int set = 0; set < 1 << pooled.length; set++) {
        if (Integer.bitCount(set) == x.length) {
          int sum = 0;
          for (int i = 0; i < pooled.length; i++) {
            sum += (set >> i & 1) * pooled[i];
          }
          total++;
          less += sum <= seen ? 1 : 0;
          greater += sum >= seen ? 1 : 0;
        }
      }
      // Sums of tenths tie as integers do, though as doubles they do not; a shift of 0.3 is taken
      // back.
      double[] moved = Arrays.stream(x).mapToDouble(v -> (v + 3) / 10.0).toArray();
      double[] other = Arrays.stream(y).mapToDouble(v -> v / 10.0).toArray();
      MeanPermutation means = MeanPermutation.of(moved, other);
      assertThat(means.pValue(0.3, Alternative.LESS)).isEqualTo((double) less / total);
      assertThat(means.pValue(0.3, Alternative.GREATER)).isEqualTo((double) greater / total);
    }
  }

  private static int[] tenths(RandomStream random, int n) {
    int[] values = new int[n];
    Arrays.setAll(values, i -> random.nextInt(12));
    return values;
  }

  @Test
  void countsTwentyAgainstTwenty() {
    double[] low = new double[20];
    double[] high = new double[20];
    Arrays.setAll(low, i -> i);
    Arrays.setAll(high, i -> 20 + i);
    double all = 137846528820.0;
    assertThat(MeanPermutation.of(low, high).pValue(0, Alternative.LESS)).isEqualTo(1 / all);
    assertThat(MeanPermutation.of(low, high).pValue(0, Alternative.TWO_SIDED)).isEqualTo(2 / all);
    // Of whole numbers the sum is the rank sum.
    assertThat(MeanPermutation.of(low, high).pValue(-12, Alternative.LESS))
        .isCloseTo(HodgesLehmann.of(low, high).pValue(-12, Alternative.LESS), within(0.03));
  }

  @Test
  void drawsArrangementsWhereTheyAreTooMany() {
    RandomStream random = SEED.stream();
    double[] x = random.doubles(30).toArray();
    double[] y = random.doubles(25).map(v -> v + 0.1).toArray();
    MeanPermutation means = MeanPermutation.of(x, y);
    assertThat(means.isExact()).isFalse();
    double p = means.pValue(0, Alternative.LESS, SEED);
    assertThat(p).isEqualTo(means.pValue(0, Alternative.LESS, SEED));
    assertThat(p).isCloseTo(Welch.of(x, y).pValue(0, Alternative.LESS), within(0.02));
    assertThatThrownBy(() -> means.pValue(0, Alternative.LESS))
        .hasMessage(
            "the arrangements of 30 values against 25 are too many to count. Give a seed, to compare random"
                + " ones.");
    assertThat(MeanPermutation.of(X, Y).pValue(0, Alternative.LESS, SEED))
        .isEqualTo(MeanPermutation.of(X, Y).pValue(0, Alternative.LESS));
  }

  @Test
  void valuesFarFromZeroDoNotTie() {
    double[] x = {1e6 + 1e-7, 1e6 + 2e-7, 1e6 + 3e-7};
    double[] y = {1e6 + 4e-7, 1e6 + 5e-7, 1e6 + 6e-7};
    assertThat(MeanPermutation.of(x, y).pValue(0, Alternative.LESS)).isEqualTo(0.05);
    double[] huge = {1.5e308, 1.6e308, 1.7e308};
    double[] low = {-1.5e308, -1.6e308, -1.7e308};
    assertThat(MeanPermutation.of(huge, low).pValue(-1e308, Alternative.GREATER))
        .isEqualTo(0.05);
    assertThat(MeanPermutation.of(new double[4], new double[3]).pValue(0, Alternative.TWO_SIDED))
        .isEqualTo(1);
  }

  @Test
  void studentisedTestOfFewValuesEnumerates() {
    RandomStream random = SEED.stream();
    for (double trim : new double[] {0, 0.25}) {
      for (int round = 0; round < 30; round++) {
        double[] x = random.doubles(4).toArray();
        double[] y = random.doubles(5).toArray();
        double[] pooled = Arrays.copyOf(x, 9);
        System.arraycopy(y, 0, pooled, 4, 5);
        double seen = t(x, y, trim);
        int greater = 0;
        for (int set = 0; set < 1 << 9; set++) {
          if (Integer.bitCount(set) == 4) {
            greater += t(chosen(pooled, set), chosen(pooled, ~set), trim) >= seen - 1e-9 ? 1 : 0;
          }
        }
        StudentisedPermutation test = StudentisedPermutation.of(x, y, trim, SEED);
        assertThat(test.pValue(0, Alternative.GREATER)).isEqualTo(greater / 126.0);
      }
    }
  }

  private static double[] chosen(double[] pooled, int set) {
    return IntStream.range(0, pooled.length)
        .filter(i -> (set >> i & 1) == 1)
        .mapToDouble(i -> pooled[i])
        .toArray();
  }

  private static double t(double[] x, double[] y, double trim) {
    Yuen yuen = Yuen.of(x, y, trim);
    return yuen.estimate() / yuen.standardError();
  }

  @Test
  void studentisedTestOfFewPairsEnumerates() {
    RandomStream random = SEED.child(2).stream();
    for (double trim : new double[] {0, 0.2}) {
      for (int round = 0; round < 30; round++) {
        double[] d = random.doubles(7).map(v -> v - 0.3).toArray();
        TrimmedT own = TrimmedT.of(d, trim);
        double seen = own.estimate() / own.standardError();
        int less = 0;
        for (int signs = 0; signs < 1 << 7; signs++) {
          double[] flipped = d.clone();
          for (int i = 0; i < 7; i++) {
            flipped[i] = (signs >> i & 1) == 1 ? -d[i] : d[i];
          }
          TrimmedT mean = TrimmedT.of(flipped, trim);
          less += mean.estimate() / mean.standardError() <= seen + 1e-9 ? 1 : 0;
        }
        assertThat(StudentisedPermutation.ofPairs(d, trim, SEED).pValue(0, Alternative.LESS))
            .isEqualTo(less / 128.0);
      }
    }
  }

  @Test
  void theIntervalEndsWhereTheTestTurns() {
    RandomStream random = SEED.child(3).stream();
    for (int n : new int[] {4, 12}) {
      double[] x = random.doubles(n).map(v -> v * v).toArray();
      double[] y = random.doubles(n + 2).toArray();
      turns(StudentisedPermutation.of(x, y, 0, SEED), true);
      turns(StudentisedPermutation.ofPairs(y, 0, SEED), true);
      // With trimmed values an arrangement can turn more than once; the interval then reaches to
      // the outermost.
      turns(StudentisedPermutation.of(x, y, 0.1, SEED), false);
      turns(StudentisedPermutation.ofPairs(y, 0.1, SEED), false);
    }
  }

  private static void turns(StudentisedPermutation test, boolean once) {
    Interval interval = test.interval(0.9);
    double step = 1e-9;
    assertThat(test.pValue(interval.lower() - step, Alternative.GREATER)).isLessThanOrEqualTo(0.05);
    assertThat(test.pValue(interval.lower() + step, Alternative.GREATER))
        .isGreaterThanOrEqualTo(once ? Math.nextUp(0.05) : 0.045);
    assertThat(test.pValue(interval.upper() + step, Alternative.LESS)).isLessThanOrEqualTo(0.05);
    assertThat(test.pValue(interval.upper() - step, Alternative.LESS))
        .isGreaterThanOrEqualTo(once ? Math.nextUp(0.05) : 0.045);
    assertThat(interval.contains(test.estimate())).isTrue();
  }

  @Test
  void tooFewArrangementsBoundNothing() {
    double[] two = {1, 2};
    assertThat(StudentisedPermutation.of(two, two, 0, SEED).interval(0.9).isUnbounded())
        .isTrue();
    StudentisedPermutation one = StudentisedPermutation.of(new double[] {1}, two, 0, SEED);
    assertThat(one.interval(0.5).isUnbounded()).isTrue();
    assertThat(one.pValue(0, Alternative.LESS)).isEqualTo(1);
    assertThat(StudentisedPermutation.ofPairs(new double[] {1}, 0, SEED)
            .interval(0.5)
            .isUnbounded())
        .isTrue();
  }

  @Test
  void constantsHaveAPointAndTheSmallestPValue() {
    double[] ones = {1, 1, 1};
    double[] twos = {2, 2, 2};
    StudentisedPermutation test = StudentisedPermutation.of(twos, ones, 0, SEED);
    assertThat(test.interval(0.9)).isEqualTo(new Interval(1, 1, 0.9));
    assertThat(test.pValue(1, Alternative.TWO_SIDED)).isEqualTo(1);
    assertThat(test.pValue(0, Alternative.GREATER)).isEqualTo(0.05);
    assertThat(test.pValue(0, Alternative.LESS)).isEqualTo(1);
    assertThat(StudentisedPermutation.of(new double[5], new double[5], 0, SEED)
            .pValue(3, Alternative.LESS))
        .isEqualTo(1 / 252.0);
  }

  @Test
  void hugeAndTinyValuesKeepTheirIntervals() {
    double[] x = {1, 1.5, 1.2, 1.7};
    double[] y = {0.1, 0.4, -0.2, 0.3};
    Interval plain = StudentisedPermutation.of(x, y, 0, SEED).interval(0.9);
    double[] hugeX = Arrays.stream(x).map(v -> Math.scalb(v, 1022)).toArray();
    double[] hugeY = Arrays.stream(y).map(v -> Math.scalb(v, 1022)).toArray();
    Interval huge = StudentisedPermutation.of(hugeX, hugeY, 0, SEED).interval(0.9);
    assertThat(Math.scalb(huge.lower(), -1022)).isEqualTo(plain.lower());
    double[] tinyX = Arrays.stream(x).map(v -> Math.rint(v * 10) * 0x1p-1070).toArray();
    double[] tinyY = Arrays.stream(y).map(v -> Math.rint(v * 10) * 0x1p-1070).toArray();
    StudentisedPermutation tiny = StudentisedPermutation.of(tinyX, tinyY, 0, SEED);
    assertThat(Math.scalb(tiny.interval(0.9).lower(), 1070))
        .isCloseTo(10 * plain.lower(), within(0.07));
    assertThat(tiny.pValue(1e300, Alternative.LESS)).isEqualTo(1 / 70.0);
  }

  @Test
  void sameSeedSameAnswerOnEightThreadsAndInAnyOrder() throws Exception {
    double[] x = SEED.child(7).stream().doubles(25).toArray();
    double[] y = SEED.child(8).stream().doubles(20).toArray();
    double[] reversed = new double[25];
    Arrays.setAll(reversed, i -> x[24 - i]);
    Callable<List<Object>> task = () -> List.of(
        StudentisedPermutation.of(reversed, y, 0.1, SEED).interval(0.95),
        StudentisedPermutation.ofPairs(reversed, 0, SEED).interval(0.95),
        MeanPermutation.of(reversed, y).pValue(0.1, Alternative.TWO_SIDED, SEED),
        BrunnerMunzel.of(reversed, y).permutation(SEED).interval(0.95));
    List<Object> expected = List.of(
        StudentisedPermutation.of(x, y, 0.1, SEED).interval(0.95),
        StudentisedPermutation.ofPairs(x, 0, SEED).interval(0.95),
        MeanPermutation.of(x, y).pValue(0.1, Alternative.TWO_SIDED, SEED),
        BrunnerMunzel.of(x, y).permutation(SEED).interval(0.95));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<List<Object>> answer : threads.invokeAll(Collections.nCopies(8, task))) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(StudentisedPermutation.of(x, y, 0.1, Seed.of(6)).interval(0.95))
        .isNotEqualTo(expected.get(0));
  }

  @Test
  void coversAsOftenAsItSays() {
    // Skewed values and 5 against 8: 1,287 arrangements, so exact. 400 intervals of 90 %: a share
    // below 0.85 or above
    // 0.95 has a probability of about 1e-3 if the true one is 0.90.
    RandomStream random = SEED.child(9).stream();
    int covered = 0;
    int paired = 0;
    for (int round = 0; round < 400; round++) {
      double[] x = new double[5];
      double[] y = new double[8];
      Arrays.setAll(x, i -> random.nextExponential() + 2);
      Arrays.setAll(y, i -> random.nextExponential());
      covered += StudentisedPermutation.of(x, y, 0, SEED).interval(0.9).contains(2) ? 1 : 0;
      double[] d = new double[9];
      Arrays.setAll(d, i -> random.nextGaussian() * random.nextExponential());
      paired += StudentisedPermutation.ofPairs(d, 0.2, SEED).interval(0.9).contains(0) ? 1 : 0;
    }
    assertThat(covered / 400.0).isBetween(0.85, 0.95);
    assertThat(paired / 400.0).isBetween(0.85, 0.95);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> StudentisedPermutation.of(X, Y, 0.7, SEED))
        .hasMessageContaining("trim must be at least 0 and below 0.5; got 0.7");
    assertThatThrownBy(() -> StudentisedPermutation.of(new double[0], Y, 0, SEED))
        .hasMessage("x must hold at least one value; got none.");
    assertThatThrownBy(() -> StudentisedPermutation.ofPairs(new double[] {Double.NaN}, 0, SEED))
        .hasMessageContaining("differences must be finite");
    assertThatThrownBy(() -> MeanPermutation.of(X, Y).pValue(Double.NaN, Alternative.LESS))
        .hasMessageContaining("shift must be a finite number; got NaN");
    assertThatThrownBy(() -> MeanPermutation.of(X, new double[0]))
        .hasMessage("y must hold at least one value; got none.");
  }
}
