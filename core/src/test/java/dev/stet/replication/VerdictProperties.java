package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VerdictProperties {
  // The square root keeps the values off a lattice, whose step would refuse small margins.
  @Provide
  Arbitrary<double[]> values() {
    return Arbitraries.integers()
        .between(1, 4000)
        .map(i -> StrictMath.sqrt(i) / 16)
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  private static Verdict compare(double[] before, double[] now, double margin) {
    return Baseline.of(Sample.of(before)).compare(Sample.of(now), Margin.absolute(margin));
  }

  /** -1 differs, 0 inconclusive, 1 replicated. */
  private static int rank(Verdict verdict) {
    return verdict instanceof Replicated ? 1 : verdict instanceof Differs ? -1 : 0;
  }

  @Property(seed = "20261123")
  void aWiderMarginNeverMakesItWorse(
      @ForAll("values") double[] before, @ForAll("values") double[] now) {
    int last = -1;
    for (double margin = 0.01; margin < 100; margin *= 3) {
      int rank = rank(compare(before, now, margin));
      assertThat(rank).isGreaterThanOrEqualTo(last);
      last = rank;
    }
  }

  @Property(seed = "20261123")
  void swappingTheSidesKeepsTheVerdict(
      @ForAll("values") double[] before, @ForAll("values") double[] now) {
    Verdict one = compare(before, now, 0.5);
    Verdict other = compare(now, before, 0.5);
    assertThat(rank(other)).isEqualTo(rank(one));
    assertThat(other.estimate() + one.estimate()).isZero();
  }

  @Property(seed = "20261123")
  void unitsDoNotMatter(@ForAll("values") double[] before, @ForAll("values") double[] now) {
    double[] before8 = Arrays.stream(before).map(value -> value * 8).toArray();
    double[] now8 = Arrays.stream(now).map(value -> value * 8).toArray();
    assertThat(rank(compare(before8, now8, 4))).isEqualTo(rank(compare(before, now, 0.5)));
  }

  @Property(seed = "20261123")
  void orderDoesNotMatter(@ForAll("values") double[] before, @ForAll("values") double[] now) {
    double[] sorted = now.clone();
    Arrays.sort(sorted);
    assertThat(compare(before, sorted, 0.5))
        .hasToString(compare(before, now, 0.5).toString());
    assertThat(compare(before, sorted, 0.5).explain())
        .isEqualTo(compare(before, now, 0.5).explain());
  }
}
