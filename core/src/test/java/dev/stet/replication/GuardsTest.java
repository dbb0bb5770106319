package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.replication.Guard.Kind;
import dev.stet.replication.Inconclusive.Cause;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardsTest {
  private static final Margin WIDE = Margin.absolute(5);

  private static double[] normal(int seed, int n, double spread) {
    RandomStream random = Seed.of(seed).stream();
    double[] values = new double[n];
    Arrays.setAll(values, i -> spread * random.nextGaussian());
    return values;
  }

  private static Verdict compare(double[] before, double[] now, Margin margin) {
    return Baseline.of(VerdictTest.sample(0, before))
        .compare(VerdictTest.sample(1000, now), margin);
  }

  private static Guard guard(Verdict verdict, Kind kind) {
    return verdict.evidence().guards().stream()
        .filter(guard -> guard.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void areSilentWhenNothingChanged() {
    Verdict verdict = compare(normal(1, 20, 1), normal(2, 20, 1), WIDE);
    assertThat(verdict).isInstanceOf(Replicated.class);
    assertThat(verdict.evidence().guards())
        .extracting(Guard::kind)
        .containsExactly(Kind.SPREAD, Kind.SHAPE);
    assertThat(verdict.evidence().guards()).noneMatch(Guard::fired);
    assertThat(verdict.explain())
        .contains("The guards are silent: spread (p = ")
        .contains("; a spread 2.2 times as large would show four times in");
  }

  @Test
  void seeASpreadThatGrew() {
    Verdict verdict = compare(normal(1, 20, 1), normal(2, 20, 4), WIDE);
    assertThat(((Inconclusive) verdict).cause()).isEqualTo(Cause.DISTRIBUTION_CHANGED);
    assertThat(guard(verdict, Kind.SPREAD).fired()).isTrue();
    assertThat(verdict.reason())
        .startsWith("The location lies within the margin, but the rest of the distribution changed:"
            + " spread (p = 0.001, standard deviation 1.04 -> 4.43), shape (p = 0.018).");
  }

  @Test
  void seeSeedsThatCollapse() {
    double[] now = normal(2, 20, 1);
    for (int i = 0; i < 5; i++) {
      now[i] -= 8;
    }
    Verdict verdict = compare(normal(1, 20, 1), now, WIDE);
    assertThat(verdict).isInstanceOf(Inconclusive.class);
    assertThat(verdict.evidence().guards()).anyMatch(Guard::fired);
  }

  @Test
  void doNotTakeAShiftForAChangeOfShape() {
    double[] now = Arrays.stream(normal(2, 50, 1)).map(value -> value + 3).toArray();
    Verdict verdict = compare(normal(1, 50, 1), now, WIDE);
    assertThat(verdict).isInstanceOf(Replicated.class);
    assertThat(((Replicated) verdict).isShiftWithinMargin()).isTrue();
  }

  @Test
  void keepALatticeWhenTheyTakeTheShiftOut() {
    double[] before = Arrays.stream(normal(1, 20, 1)).map(Math::rint).toArray();
    double[] now =
        Arrays.stream(normal(2, 21, 1)).map(value -> Math.rint(value) + 1).toArray();
    assertThat(compare(before, now, WIDE)).isInstanceOf(Replicated.class);
  }

  @Test
  void seeNothingInIdenticalPairs() {
    Sample sample = Sample.of(
        "same",
        Metric.of("accuracy").higherIsBetter(),
        List.of(
            SampleRun.completed(Seed.of(1), 1).withDigest("a"),
            SampleRun.completed(Seed.of(2), 2).withDigest("b"),
            SampleRun.completed(Seed.of(3), 3).withDigest("c"),
            SampleRun.completed(Seed.of(4), 4).withDigest("d"),
            SampleRun.completed(Seed.of(5), 5).withDigest("e")));
    Verdict verdict = Baseline.of(sample).compare(sample, WIDE);
    assertThat(((Replicated) verdict).isIdentical()).isTrue();
    assertThat(verdict.evidence().guards()).isEmpty();
  }

  @Test
  void lookAtPairsWithinPairs() {
    double[] before = normal(1, 20, 1);
    double[] now = before.clone();
    RandomStream noise = Seed.of(3).stream();
    for (int i = 0; i < now.length; i++) {
      now[i] = 4 * now[i] + 0.01 * noise.nextGaussian();
    }
    Verdict verdict =
        Baseline.of(VerdictTest.sample(0, before)).compare(VerdictTest.sample(0, now), WIDE);
    assertThat(guard(verdict, Kind.SPREAD).fired()).isTrue();
  }

  @Test
  void countFailuresAndDeclaredCollapses() {
    double[] before = normal(1, 20, 1);
    double[] now = normal(2, 20, 1);
    for (int i = 0; i < 6; i++) {
      now[i] = -4 - 0.01 * i;
    }
    Margin declared = WIDE.collapsedAt(-3.5);
    Verdict verdict = compare(before, now, declared);
    Guard failures = guard(verdict, Kind.FAILURES);
    // Fisher, one-sided: 6 of 20 against 0 of 20, C(20, 6) / C(40, 6).
    assertThat(failures.pValue()).isBetween(0.0100, 0.0102);
    assertThat(failures.fired()).isTrue();
    assertThat(verdict.reason()).contains("failures (p = 0.010, failed or collapsed)");
    assertThat(guard(compare(before, normal(2, 20, 1), declared), Kind.FAILURES).pValue())
        .isEqualTo(1);
  }

  @Test
  void countFailuresOfTheSameSeedsInPairs() {
    double[] before = normal(1, 20, 1);
    double[] now = normal(2, 20, 1);
    Arrays.fill(now, 0, 6, Double.NaN);
    Verdict verdict = Baseline.of(VerdictTest.sample(0, before))
        .compare(VerdictTest.sample(0, now), Margin.absolute(50).toleratingFailures(6));
    // Six discordant pairs, all one way: 2^-6. Ranks alone cannot decide here.
    assertThat(verdict).isInstanceOf(Inconclusive.class);
    assertThat(verdict.evidence().guards()).isEmpty();
    Arrays.fill(now, 0, 6, -4);
    Verdict collapsed = Baseline.of(VerdictTest.sample(0, before))
        .compare(VerdictTest.sample(0, now), Margin.absolute(50).collapsedAt(-3.5));
    assertThat(guard(collapsed, Kind.FAILURES).pValue()).isEqualTo(1.0 / 64);
  }

  @Test
  void areNotAskedWhenTheLocationDoesNotReplicate() {
    assertThat(compare(normal(1, 20, 1), normal(2, 20, 4), Margin.absolute(0.1))
            .evidence()
            .guards())
        .isEmpty();
  }

  @Test
  void giveTheSameAnswerForTheSameSeedAndAnyOrder() {
    Sample before = VerdictTest.sample(0, normal(1, 20, 1));
    double[] values = normal(2, 20, 1);
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    Method method = Method.robust().withSeed(Seed.of(5));
    List<Guard> first = Baseline.of(before)
        .compare(VerdictTest.sample(1000, values), WIDE, method)
        .evidence()
        .guards();
    assertThat(Baseline.of(before)
            .compare(VerdictTest.sample(1000, reversed), WIDE, method)
            .evidence()
            .guards())
        .isEqualTo(first);
  }

  @Test
  void refuseCollapsesThatAreNoNumberOrHaveNoDirection() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WIDE.collapsedAt(Double.NaN))
        .withMessageStartingWith("the value at which a run collapsed must be finite; got NaN");
    assertThatThrownBy(
            () -> Baseline.of(Sample.of(1, 2, 3)).compare(Sample.of(1, 2, 3), WIDE.collapsedAt(0)))
        .isInstanceOf(BaselineException.class)
        .hasMessageStartingWith("\"collapsed at\" needs to know which way worse is");
  }
}
