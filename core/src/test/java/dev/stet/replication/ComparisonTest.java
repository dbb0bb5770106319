package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stet.replication.Comparison.Reading;
import dev.stet.seeds.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Margin MARGIN = Margin.absolute(0.01);

  private static Sample accuracy(int firstSeed, double centre, int n) {
    return VerdictTest.sample(firstSeed, VerdictTest.around(centre, n));
  }

  private static Reading reading(Sample reference, Sample candidate) {
    return Comparison.of(reference, candidate, MARGIN).reading();
  }

  @Test
  void readsBetterWorseEquivalentAndOpen() {
    Sample reference = accuracy(0, 0.94, 20);
    assertThat(reading(reference, accuracy(1000, 0.97, 20))).isEqualTo(Reading.BETTER);
    assertThat(reading(reference, accuracy(1000, 0.91, 20))).isEqualTo(Reading.WORSE);
    assertThat(reading(reference, accuracy(1000, 0.9401, 20))).isEqualTo(Reading.EQUIVALENT);
    assertThat(reading(reference, accuracy(1000, 0.95, 20))).isEqualTo(Reading.OPEN);
  }

  @Test
  void readsALowerLossAsBetter() {
    Metric loss = Metric.of("loss").lowerIsBetter();
    Sample reference = accuracy(0, 0.94, 20).withMetric(loss);
    Sample candidate = accuracy(1000, 0.91, 20).withMetric(loss);
    assertThat(reading(reference, candidate)).isEqualTo(Reading.BETTER);
    assertThat(reading(candidate, reference)).isEqualTo(Reading.WORSE);
  }

  @Test
  void callsTheConfigsByName() {
    Comparison comparison = Comparison.of(accuracy(0, 0.94, 20), accuracy(1000, 0.91, 20), MARGIN)
        .named("lr 0.05", "lr 0.002, cosine");
    assertThat(comparison.verdict().explain()).isEqualTo("""
            accuracy of digits-mlp: lr 0.002, cosine is worse than lr 0.05.

              lr 0.05           0.9400   n = 20    ▁▁▁▄██
              lr 0.002, cosine  0.9100   n = 20    ██▄▁▁▁
              difference       -0.0300   95 % [-0.0340, -0.0260] by ranks, [-0.0338, -0.0262] by means
              margin            0.0100   absolute

              Both intervals lie wholly outside the margin: lr 0.002, cosine is worse. No run failed.""");
    assertThat(comparison)
        .hasToString("accuracy of lr 0.002, cosine against lr 0.05, margin 0.01 absolute");
  }

  @Test
  void comparesTheSameSeedsInPairs() {
    double[] before = VerdictTest.around(0.94, 20);
    double[] now = Arrays.stream(before).map(value -> value - 0.0009).toArray();
    Comparison comparison = Comparison.of(
        VerdictTest.sample(0, before), VerdictTest.sample(0, now), Margin.absolute(0.001));
    assertThat(comparison.reading()).isEqualTo(Reading.EQUIVALENT);
    assertThat(comparison.verdict().reason())
        .contains("Both sides ran the same seeds, compared pair by pair: 0 of 20 identical");
  }

  @Test
  void asksForRunsOnBothSides() {
    Verdict open = Comparison.of(
            accuracy(0, 0.94, 20), accuracy(1000, 0.9401, 20), Margin.absolute(0.0025))
        .verdict();
    Inconclusive.Remedy remedy = ((Inconclusive) open).remedy();
    assertThat(remedy.kind()).isEqualTo(Inconclusive.Remedy.Kind.MORE_ON_BOTH_SIDES);
    assertThat(open.explain())
        .startsWith("accuracy of digits-mlp: open between reference and candidate.")
        .contains(remedy.baselineRuns() + " runs on both sides");
  }

  @Test
  void namesTheSideWhoseRunsFailed() {
    double[] now = VerdictTest.around(0.94, 20);
    now[3] = Double.NaN;
    Verdict open = Comparison.of(accuracy(0, 0.94, 20), VerdictTest.sample(1000, now), MARGIN)
        .verdict();
    assertThat(open.reason())
        .startsWith("1 of 20 runs of candidate failed, and as many are tolerated as failed of"
            + " reference, 0.");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    Sample reference = accuracy(0, 0.94, 20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(reference, reference.withMetric(Metric.of("loss")), MARGIN))
        .withMessage("the samples differ in the metric: the reference has \"accuracy\", the"
            + " candidate \"loss\". Compare results of one metric.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(Sample.of(1, 2), Sample.of(1, 2), MARGIN))
        .withMessageContaining("better and worse need a direction, and value has none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(reference, reference, Margin.relative(0.01)))
        .withMessageContaining("needs an absolute margin; got 0.01 relative");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Comparison.of(reference.withSelection(new Selection(20, true)), reference, MARGIN))
        .withMessageContaining("the reference was chosen by its own seeds");
    Metric steps = Metric.of("accuracy").higherIsBetter().withResolution(0.05);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Comparison.of(reference.withMetric(steps), reference.withMetric(steps), MARGIN)
                .verdict())
        .withMessageContaining("below one step of accuracy");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(reference, reference, MARGIN).named("a", "a"))
        .withMessageContaining("both configs are named \"a\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(reference, reference, MARGIN).named("a", " "))
        .withMessageContaining("must hold a visible character");
  }

  @Test
  void comparesExactValues() {
    Sample one = sample(0.5, 0.25);
    assertThat(Comparison.of(one, one, MARGIN).verdict(Method.exact()))
        .isInstanceOf(Replicated.class);
    Verdict differs = Comparison.of(one, sample(0.5, 0.3), MARGIN).verdict(Method.exact());
    assertThat(differs).isInstanceOf(Differs.class);
    assertThat(differs.reason())
        .startsWith("Values differ by more than the margin: candidate is better.");
    Verdict both = Comparison.of(one, sample(0.53, 0.2), MARGIN).verdict(Method.exact());
    assertThat(both.estimate()).isEqualTo(0.2 - 0.25);
    assertThat(((Differs) both).isBetter()).contains(false);
  }

  private static Sample sample(double first, double second) {
    return Sample.of(
        "exact",
        Metric.of("score").higherIsBetter(),
        List.of(SampleRun.completed(Seed.of(1), first), SampleRun.completed(Seed.of(2), second)));
  }
}
