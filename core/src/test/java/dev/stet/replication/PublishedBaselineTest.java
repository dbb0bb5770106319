package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.replication.Inconclusive.Remedy;
import dev.stet.statistics.Summary;
import dev.stet.statistics.Welch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedBaselineTest {
  private static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();
  private static final Margin MARGIN = Margin.absolute(0.01);
  private static final PublishedBaseline BARE =
      PublishedBaseline.of(ACCURACY, 0.9412).named("Table 2");
  private static final PublishedBaseline PAPER =
      BARE.withStandardDeviation(0.004).withRuns(10);
  private static final Sample SAME = VerdictsTest.sample(ACCURACY, 1, 20, 0.94, 0.004);
  private static final Sample WORSE = VerdictsTest.sample(ACCURACY, 1, 20, 0.92, 0.004);

  @Test
  void replicatesByMeansAlone() {
    Verdict verdict = PAPER.compare(SAME, MARGIN);
    assertThat(verdict).isInstanceOf(Replicated.class);
    assertThat(verdict.explain()).isEqualTo("""
        accuracy replicates the baseline Table 2.

          baseline    0.9412   n = 10
          this study  0.9393   n = 20    ▅▁█▅█▄
          difference -0.0019   90 % [-0.0047, 0.0008] by means
          margin      0.0100   absolute

          The interval lies strictly inside the margin. The baseline is a published summary of 10 runs: by
          means alone, without ranks, pairs or guards. All 20 runs were executed now; none failed.""");
    assertThat(verdict.sentence())
        .isEqualTo(
            "Accuracy replicated the baseline Table 2: difference -0.0019, 90 % CI [-0.0047, 0.0008], margin"
                + " 0.01, n = 20 vs 10 runs (Welch).");
    assertThat(verdict.evidence().method()).hasToString("means of a summary");
    Welch welch = Welch.ofSummaries(Summary.of(SAME.completed()), new Summary(0.9412, 0.004, 10));
    assertThat(verdict.evidence().witnesses())
        .containsExactly(
            new Witness("means", welch.estimate(), welch.interval(0.9), welch.interval(0.95)));
  }

  @Test
  void differsByMeansAlone() {
    Verdict verdict = PAPER.compare(WORSE, MARGIN);
    assertThat(verdict).isInstanceOf(Differs.class);
    assertThat(verdict.reason())
        .isEqualTo(
            "The interval lies wholly outside the margin: this study is worse. The baseline is a published"
                + " summary of 10 runs: by means alone, without ranks, pairs or guards.");
    assertThat(PAPER.compare(SAME, MARGIN.notWorse())).isInstanceOf(Replicated.class);
    assertThat(BARE.withStandardDeviation(0.004).withRuns(10).compare(better(), MARGIN.notWorse()))
        .isInstanceOf(Replicated.class);
  }

  private static Sample better() {
    return VerdictsTest.sample(ACCURACY, 1, 20, 0.99, 0.004);
  }

  @Test
  void readsTheSpreadAsItIsDeclared() {
    double half = 1.959963984540054 * 0.004 / Math.sqrt(10);
    Witness witness = PAPER.compare(SAME, MARGIN).evidence().first();
    for (PublishedBaseline same : new PublishedBaseline[] {
      BARE.withRuns(10).withStandardError(0.004 / Math.sqrt(10)),
      BARE.withInterval(0.9412 - half, 0.9412 + half, 0.95).withRuns(10),
      BARE.withStandardError(9).withRuns(3).withStandardDeviation(0.004).withRuns(10)
    }) {
      Witness other = same.compare(SAME, MARGIN).evidence().first();
      assertThat(other.narrow().lower()).isCloseTo(witness.narrow().lower(), within(1e-9));
      assertThat(other.wide().upper()).isCloseTo(witness.wide().upper(), within(1e-9));
    }
  }

  @Test
  void isOnlyCompatibleWithoutRunsOrSpread() {
    Inconclusive verdict = (Inconclusive) BARE.compare(SAME, MARGIN);
    assertThat(verdict.cause()).isEqualTo(Cause.ONLY_COMPATIBLE);
    assertThat(verdict.isOpen()).isTrue();
    assertThat(verdict.remedy().kind()).isEqualTo(Remedy.Kind.SEE_REASON);
    assertThat(verdict.explain()).isEqualTo("""
        accuracy is inconclusive against the baseline Table 2.

          baseline    0.9412   n unknown
          this study  0.9393   n = 20    ▅▁█▅█▄
          difference -0.0019   90 % [-0.0093, 0.0054] by prediction
                               95 % [-0.0108, 0.0070] by prediction
          margin      0.0100   absolute

          The published value is compatible with this study: it lies within the 95 % prediction interval of
          one further run, [0.9304, 0.9482]. That is all it can be. The baseline is a published value of an
          unknown number of runs. All 20 runs were executed now; none failed.""");
    assertThat(verdict.sentence())
        .isEqualTo(
            "Accuracy was inconclusive against the baseline Table 2 (only compatible): difference -0.0019,"
                + " 95 % prediction interval [-0.0108, 0.0070], margin 0.01, n = 20 vs an unknown number of runs (by the"
                + " spread of this study).");
    assertThat(verdict.latexRow())
        .isEqualTo(
            "accuracy & $0.9412$ & $0.9393$ & $-0.0019$ & 95\\,\\% $[-0.0108, 0.0070]$ & $0.01$ & ? / 20 &"
                + " inconclusive \\\\");
    assertThat(BARE.withRuns(5).compare(SAME, MARGIN).reason())
        .isEqualTo(
            "The published value is compatible with this study: it lies within the 95 % prediction interval of"
                + " the mean of 5 further runs, [0.9349, 0.9436]. That is all it can be. The baseline is a published value"
                + " without spread.");
  }

  @Test
  void takesAnotherAlphaThroughout() {
    PublishedBaseline strict = PAPER.withAlpha(0.01);
    Verdict verdict = strict.named("Table 3").withRuns(10).compare(SAME, MARGIN);
    assertThat(verdict.evidence().method()).hasToString("means of a summary, alpha 0.01");
    assertThat(verdict.evidence().first().narrow().level()).isEqualTo(0.98);
    assertThat(verdict.evidence().first().wide().level()).isEqualTo(0.99);
    assertThat(verdict.sentence()).contains("98 % CI [");
    Margin tight = Margin.absolute(0.005);
    assertThat(PAPER.compare(SAME, tight)).isInstanceOf(Replicated.class);
    assertThat(strict.compare(SAME, tight)).isInstanceOf(Inconclusive.class);
    assertThat(BARE.withAlpha(0.2).compare(SAME, MARGIN).reason())
        .startsWith(
            "The published value is compatible with this study: it lies within the 80 % prediction interval of one"
                + " further run");
    Sample off = VerdictsTest.sample(ACCURACY, 1, 20, 0.934, 0.004);
    assertThat(cause(BARE, off)).isEqualTo(Cause.ONLY_COMPATIBLE);
    assertThat(cause(BARE.withAlpha(0.2), off)).isEqualTo(Cause.NOT_COMPATIBLE);
    assertThatThrownBy(() -> PAPER.withAlpha(0.6))
        .hasMessage(
            "alpha must be above 0 and at most 0.5; got 0.6. It is the rate of false verdicts, such as 0.05.");
    Panel panel = Panel.of("metric").withPrimary("one", verdict);
    assertThatThrownBy(() -> panel.withPrimary("two", PAPER.compare(SAME, MARGIN)))
        .hasMessageStartingWith("the primary verdicts of a panel need one alpha");
  }

  @Test
  void isNotCompatibleOutsideThePrediction() {
    Inconclusive verdict =
        (Inconclusive) BARE.withRuns(1).withStandardDeviation(0.004).compare(WORSE, MARGIN);
    assertThat(verdict.cause()).isEqualTo(Cause.NOT_COMPATIBLE);
    assertThat(verdict.isOpen()).isFalse();
    assertThat(verdict.reason())
        .isEqualTo(
            "The published value is not compatible with this study: it lies outside the 95 % prediction interval"
                + " of one further run, [0.9104, 0.9282]. By how much the two differ cannot be told. The baseline is a"
                + " published value of a single run.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.01, 1, 1e9})
  void neverReplicatesASingleValueWhateverTheMargin(double margin) {
    for (int runs : new int[] {0, 1}) {
      PublishedBaseline single = runs == 0 ? BARE : BARE.withRuns(1);
      assertThat(single.withStandardDeviation(0).compare(SAME, Margin.absolute(margin)))
          .isInstanceOf(Inconclusive.class);
    }
  }

  @Test
  void saysWhatWouldSettleIt() {
    Inconclusive few = (Inconclusive)
        PAPER.compare(VerdictsTest.sample(ACCURACY, 3, 4, 0.936, 0.005), Margin.absolute(0.006));
    assertThat(few.cause()).isEqualTo(Cause.TOO_WIDE);
    assertThat(few.remedy()).isEqualTo(new Remedy(Remedy.Kind.MORE_FRESH_RUNS, 10, 52));
    assertThat(few.reason())
        .isEqualTo(
            "The interval is too wide: differences inside and outside the margin are both possible. If"
                + " difference and spread stay as they are, a study of 52 runs (48 more) would settle it. The baseline is a"
                + " published summary of 10 runs: by means alone, without ranks, pairs or guards.");
    Inconclusive never = (Inconclusive) PAPER.compare(SAME, Margin.absolute(0.001));
    assertThat(never.remedy().kind()).isEqualTo(Remedy.Kind.NONE_WITH_THIS_MARGIN);
    assertThat(never.reason())
        .contains("No number of runs makes up for the noise of the published mean at this margin.");
  }

  @Test
  void letsFailedRunsAndUnequalSpreadsStandInTheWay() {
    assertThat(cause(PAPER, Sample.of(0.94).withMetric(ACCURACY))).isEqualTo(Cause.TOO_FEW_RUNS);
    assertThat(cause(PAPER, Sample.of(0.94, 0.94, 0.941, Double.NaN).withMetric(ACCURACY)))
        .isEqualTo(Cause.FAILED_RUNS);
    assertThat(cause(BARE, Sample.of(0.94, 0.94, 0.942, Double.NaN).withMetric(ACCURACY)))
        .isEqualTo(Cause.FAILED_RUNS);
    assertThat(cause(PAPER, Sample.of(Double.NaN, Double.NaN).withMetric(ACCURACY)))
        .isEqualTo(Cause.FAILED_RUNS);
    Metric undirected = Metric.of("accuracy");
    assertThat(cause(
            PublishedBaseline.of(undirected, 1), Sample.of(1, Double.NaN).withMetric(undirected)))
        .isEqualTo(Cause.FAILURES_WITHOUT_DIRECTION);
    Inconclusive spread =
        (Inconclusive) PAPER.compare(VerdictsTest.sample(ACCURACY, 9, 20, 0.94, 0.02), MARGIN);
    assertThat(spread.cause()).isEqualTo(Cause.UNEQUAL_SPREADS);
    assertThat(spread.reason())
        .startsWith(
            "The published 10 runs and these 20 spread very differently, one more than twice as much as the"
                + " other: with unequal sizes no interval can be trusted then. Take 10 runs.");
    assertThat(PAPER.compare(
            Sample.of(0.94, 0.943, 0.938, 0.945, Double.NaN).withMetric(ACCURACY),
            MARGIN.toleratingFailures(1)))
        .isInstanceOf(Replicated.class);
  }

  private static Cause cause(PublishedBaseline baseline, Sample fresh) {
    return ((Inconclusive) baseline.compare(fresh, MARGIN)).cause();
  }

  @Test
  void takesRelativeMarginsOfThePublishedMean() {
    assertThat(PAPER.compare(SAME, Margin.relative(0.01)).evidence().marginSize())
        .isEqualTo(0.009412);
    Metric drift = Metric.of("drift");
    PublishedBaseline zero =
        PublishedBaseline.of(drift, 0.001).withStandardDeviation(0.01).withRuns(5);
    assertThatThrownBy(
            () -> zero.compare(Sample.of(0, 0.1).withMetric(drift), Margin.relative(0.1)))
        .isInstanceOf(BaselineException.class)
        .hasMessage(
            "a relative margin needs a baseline that is clearly not 0; the published baseline is 0.001 with its"
                + " spread. Use Margin.absolute.");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatThrownBy(() -> PAPER.compare(Sample.of(1, 2), MARGIN))
        .isInstanceOf(BaselineException.class)
        .hasMessage(
            "the published baseline Table 2 is of another metric: it has \"accuracy (last, higher is better)\","
                + " the study has \"value (last)\". Measure what was published: study.metric(published.metric()).");
    assertThatThrownBy(() -> PAPER.compare(SAME.withSelection(new Selection(20, true)), MARGIN))
        .isInstanceOf(BaselineException.class)
        .hasMessageContaining("was chosen by its own seeds");
    PublishedBaseline lattice = PublishedBaseline.of(ACCURACY.withResolution(0.1), 0.9);
    assertThatThrownBy(() -> lattice.compare(SAME.withMetric(ACCURACY.withResolution(0.1)), MARGIN))
        .isInstanceOf(BaselineException.class)
        .hasMessageStartingWith("margin 0.01 is below one step of accuracy, 0.1 as declared");
    assertThatThrownBy(() -> PAPER.compare(SAME, MARGIN.collapsedAt(0.1)))
        .isInstanceOf(BaselineException.class)
        .hasMessage(
            "the published baseline Table 2 does not tell how many of its runs collapsed. Leave out collapsedAt,"
                + " or compare with the runs themselves.");
    PublishedBaseline undirected = PublishedBaseline.of(Metric.of("value"), 1);
    assertThatThrownBy(() -> undirected.compare(Sample.of(1, 2), MARGIN.notWorse()))
        .isInstanceOf(BaselineException.class)
        .hasMessageStartingWith("\"not worse\" needs to know which way worse is");
  }

  @Test
  void refusesWhatNoPaperCanSay() {
    assertThatThrownBy(() -> PublishedBaseline.of(ACCURACY, Double.NaN))
        .hasMessage(
            "the published mean must be a finite number; got NaN. Give it in the units of the metric.");
    assertThatThrownBy(() -> BARE.withRuns(0))
        .hasMessage(
            "the number of published runs must be at least 1; got 0. Leave withRuns out if the paper does not"
                + " tell it.");
    assertThatThrownBy(() -> BARE.withStandardDeviation(-0.1))
        .hasMessage(
            "the published standard deviation must be at least 0 and finite; got -0.1. Give it as printed, or"
                + " leave it out if the paper does not tell it.");
    assertThatThrownBy(() -> BARE.withStandardError(Double.NaN))
        .hasMessageStartingWith(
            "the published standard error must be at least 0 and finite; got NaN.");
    assertThatThrownBy(() -> BARE.withInterval(0.95, 0.96, 0.95))
        .hasMessage(
            "a confidence interval must hold its mean and have finite ends; got mean 0.9412 and [0.95, 0.96].");
    assertThatThrownBy(() -> BARE.withInterval(0.9, 0.96, 95))
        .hasMessageStartingWith("level must lie strictly between 0 and 1; got 95.0.");
    assertThatThrownBy(() -> BARE.named(" "))
        .hasMessage(
            "the name of a published value must hold a visible character and no control character; got \" \"."
                + " Give one such as \"Table 2\".");
  }

  @Test
  void isReadInALine() {
    assertThat(BARE)
        .hasToString(
            "the published baseline Table 2: accuracy 0.9412, number of runs unknown, spread unknown");
    assertThat(PAPER).hasToString("the published baseline Table 2: accuracy 0.9412, 10 runs");
  }
}
