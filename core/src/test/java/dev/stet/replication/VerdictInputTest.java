package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Input at the edge of what makes sense: each has a defined verdict, or an error that says what to do. */
class VerdictInputTest {
  private static final double[] TEN = {1, 2.5, 3.25, 4.5, 5, 6.75, 7.5, 8.25, 9.5, 10.125};
  private static final Margin WIDE = Margin.absolute(1e6);

  static Stream<Method> all() {
    return Stream.of(
        Method.robust(),
        Method.mean(),
        Method.trimmed(),
        Method.mean().byPermutation(),
        Method.trimmed().byPermutation(),
        Method.probabilityOfImprovement(),
        Method.probabilityOfImprovement().byPermutation(),
        Method.exact());
  }

  private static Verdict compare(double[] before, double[] now, Margin margin, Method method) {
    Margin fit = method.location().isInUnits() ? margin : Margin.absolute(0.15);
    return Baseline.of(Sample.of(before)).compare(Sample.of(now), fit, method);
  }

  private static Cause cause(Verdict verdict) {
    return ((Inconclusive) verdict).cause();
  }

  private static double[] repeated(double value, int n) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  /** Whatever it is, it can be explained, has p-values and no NaN where a number is promised. */
  private static void requireSound(Verdict verdict) {
    assertThat(verdict.explain()).isNotBlank().doesNotContain("NaN");
    assertThat(verdict.sentence()).doesNotContain("NaN");
    assertThat(verdict.latexRow()).doesNotContain("NaN");
    if (verdict.evidence().method().isPermuting()) {
      // A p-value inverts some sixty intervals, each of thousands of arrangements: MethodProperties
      // has them for few runs.
      return;
    }
    assertThat(verdict.evidence().differencePValue()).isPositive().isLessThanOrEqualTo(1);
    assertThat(verdict.evidence().equivalencePValue()).isPositive().isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneRunOnASideDecidesNothingThatHasChanceInIt(Method method) {
    boolean exact = method.equals(Method.exact());
    for (double[] now : new double[][] {{1}, {1, 1.5}}) {
      Verdict verdict = compare(new double[] {1}, now, WIDE, method);
      requireSound(verdict);
      if (exact) {
        assertThat(verdict).isInstanceOf(Replicated.class);
      } else {
        assertThat(verdict).isInstanceOf(Inconclusive.class);
      }
    }
    assertThatThrownBy(() -> compare(new double[0], TEN, WIDE, method))
        .hasMessage("a sample must hold at least one run; got none. Run the study first.");
  }

  @ParameterizedTest
  @MethodSource("all")
  void twoRunsASideAreTooFewForRanksAndPermutations(Method method) {
    Verdict verdict = compare(new double[] {1, 2}, new double[] {1.25, 2.5}, WIDE, method);
    requireSound(verdict);
    boolean counted = method.equals(Method.robust())
        || (method.isPermuting() && method.location().isInUnits());
    if (counted) {
      assertThat(cause(verdict)).isEqualTo(Cause.TOO_FEW_RUNS);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void nonFiniteResultsAreFailedRuns(Method method) {
    double[] now = TEN.clone();
    now[0] = Double.NaN;
    now[1] = Double.POSITIVE_INFINITY;
    now[2] = Double.NEGATIVE_INFINITY;
    Verdict verdict = compare(TEN, now, WIDE, method);
    requireSound(verdict);
    assertThat(verdict.evidence().fresh().failed()).isEqualTo(3);
    assertThat(cause(verdict)).isEqualTo(Cause.FAILURES_WITHOUT_DIRECTION);
    Verdict none = compare(TEN, repeated(Double.NaN, 4), WIDE, method);
    requireSound(none);
    assertThat(cause(none)).isEqualTo(Cause.FAILURES_WITHOUT_DIRECTION);
    assertThatThrownBy(() -> compare(repeated(Double.NaN, 4), TEN, WIDE, method))
        .isInstanceOf(BaselineException.class)
        .hasMessageStartingWith("no run of values completed with a finite value, 4 failed");
  }

  @ParameterizedTest
  @MethodSource("all")
  void constantsOnBothSidesReplicateOrDiffer(Method method) {
    Verdict same = compare(repeated(7, 12), repeated(7, 12), Margin.absolute(0.5), method);
    Verdict other = compare(repeated(7, 12), repeated(9, 12), Margin.absolute(0.5), method);
    requireSound(same);
    requireSound(other);
    assertThat(same).isInstanceOf(Replicated.class);
    assertThat(other).isInstanceOf(Differs.class);
    // As an edge that is touched decides nothing, whatever the spread.
    if (method.location().isInUnits() && !method.equals(Method.exact())) {
      Verdict edge = compare(repeated(7, 12), repeated(9, 12), Margin.absolute(2), method);
      assertThat(edge).isInstanceOf(Inconclusive.class);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aConstantOnOneSideIsCompared(Method method) {
    Verdict far = compare(repeated(100, 10), TEN, Margin.absolute(1), method);
    requireSound(far);
    assertThat(far).isInstanceOf(Differs.class);
    Verdict near = compare(repeated(5.5, 10), TEN, Margin.absolute(1), method);
    requireSound(near);
    assertThat(near).isNotInstanceOf(Replicated.class);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theLargestAndTheSmallestNumbersKeepTheVerdictOfOrdinaryOnes(Method method) {
    // Scaling by powers of two is exact: 2^1020 is 1.1e307, and of 2^-1060 fourteen bits are left.
    for (int power : new int[] {1020, -1060}) {
      double unit = Math.scalb(1.0, power);
      double[] before = Arrays.stream(TEN).map(value -> value / 8).toArray();
      for (double shift : new double[] {0, 0.125, 6.25}) {
        double[] now = Arrays.stream(before).map(value -> value + shift).toArray();
        Verdict ordinary = compare(before, now, Margin.absolute(1), method);
        Verdict verdict =
            compare(times(before, unit), times(now, unit), Margin.absolute(unit), method);
        requireSound(verdict);
        assertThat(verdict.getClass()).as("shift %s", shift).isEqualTo(ordinary.getClass());
      }
    }
  }

  private static double[] times(double[] values, double unit) {
    return Arrays.stream(values).map(value -> value * unit).toArray();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMarginBeyondTheWholeRangeReplicates(Method method) {
    double[] now = Arrays.stream(TEN).map(value -> value + 0.25).toArray();
    Verdict verdict = compare(TEN, now, Margin.absolute(Double.MAX_VALUE), method);
    requireSound(verdict);
    if (method.location().isInUnits()) {
      assertThat(verdict).isInstanceOf(Replicated.class);
    }
  }

  @Test
  void seedsThatAreShared() {
    Metric metric = Metric.of("value");
    Sample before = Sample.of("e", metric, runs(0, 10));
    // The same seeds are paired, some of them are not, and bare numbers never are.
    assertThat(paired(before, Sample.of("e", metric, runs(0, 10)))).isTrue();
    assertThat(paired(before, Sample.of("e", metric, runs(5, 15)))).isFalse();
    assertThat(paired(before, Sample.of("e", metric, runs(0, 9)))).isFalse();
    Sample bare = Sample.of("e", metric, List.of(new SampleRun(null, 1, false, null)));
    assertThat(paired(before, bare)).isFalse();
    assertThatThrownBy(() -> Baseline.of(before)
            .compare(before, Margin.absolute(0.3), Method.probabilityOfImprovement()))
        .hasMessage(
            "the probability of improvement is of independent runs, and both sides ran the same seeds. Use"
                + " Method.robust(), which compares them in pairs, or fresh seeds.");
  }

  private static boolean paired(Sample before, Sample now) {
    return Baseline.of(before)
        .compare(now, Margin.absolute(1), Method.robust())
        .evidence()
        .pairs()
        .isPresent();
  }

  private static List<SampleRun> runs(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> SampleRun.completed(Seed.of(i), StrictMath.sqrt(i)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void ratesOfErrorLieAboveZeroAndAtMostAtOneHalf(Method method) {
    for (double alpha : new double[] {0, -0.1, 0.51, 1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> method.withAlpha(alpha))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("alpha must be above 0 and at most 0.5; got " + alpha
              + ". It is the rate of false verdicts, such as 0.05.");
    }
    for (double alpha : new double[] {Double.MIN_VALUE, 1e-300, 9e-13}) {
      assertThatThrownBy(() -> method.withAlpha(alpha))
          .hasMessage("alpha must be at least 1e-12, below which a level is not told from 1; got "
              + alpha + ". It is the rate of false verdicts, such as 0.05.");
    }
    for (double alpha : new double[] {1e-12, 1e-9, 0.5}) {
      requireSound(compare(TEN, TEN, Margin.absolute(2), method.withAlpha(alpha)));
    }
  }
}
