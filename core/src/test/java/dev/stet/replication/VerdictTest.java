package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.replication.Inconclusive.Remedy;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();
  private static final double NAN = Double.NaN;

  /** Twenty values about a centre, with a spread of about 6 thousandths. */
  static double[] around(double centre, int n) {
    double[] values = new double[n];
    Arrays.setAll(
        values, i -> centre + 0.001 * ((i * 7 + 3) % n - (n - 1) / 2.0) + 1e-5 * StrictMath.sin(i));
    return values;
  }

  static Sample sample(int firstSeed, double... values) {
    List<SampleRun> runs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      runs.add(SampleRun.completed(Seed.of(firstSeed + i), values[i]));
    }
    return Sample.of("digits-mlp", ACCURACY, runs);
  }

  static Verdict compare(double[] before, double[] now, double margin) {
    return Baseline.of(sample(0, before)).compare(sample(1000, now), Margin.absolute(margin));
  }

  private static Cause cause(Verdict verdict) {
    return ((Inconclusive) verdict).cause();
  }

  @Nested
  class OnThePage {
    @Test
    void saysThatItDiffers() {
      Verdict verdict = compare(around(0.94, 20), around(0.917, 20), 0.01);
      assertThat(verdict).isInstanceOf(Differs.class);
      assertThat(((Differs) verdict).isBetter()).contains(false);
      assertThat(verdict.explain()).isEqualTo("""
              accuracy differs from the baseline of digits-mlp.

                baseline    0.9400   n = 20    ▁▁▁▇██
                this study  0.9170   n = 20    ██▇▁▁▁
                difference -0.0230   95 % [-0.0270, -0.0190] by ranks, [-0.0268, -0.0192] by means
                margin      0.0100   absolute

                Both intervals lie wholly outside the margin: this study is worse. All 20 runs were executed now;
                none failed.""");
      assertThat(verdict)
          .hasToString(
              "accuracy of digits-mlp: differs, -0.0230 95 % [-0.0270, -0.0190], margin 0.0100, n = 20"
                  + " against 20");
    }

    @Test
    void saysThatItReplicates() {
      Verdict verdict = compare(around(0.94, 20), around(0.9401, 20), 0.01);
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(verdict.explain()).isEqualTo("""
              accuracy replicates the baseline of digits-mlp.

                baseline    0.9400   n = 20    █▇▇▇▇█
                this study  0.9401   n = 20    █▇▇▇▇█
                difference  0.0001   90 % [-0.0029, 0.0031] by ranks, [-0.0031, 0.0033] by means
                margin      0.0100   absolute

                Both intervals lie strictly inside the margin. All 20 runs were executed now; none failed.
                The guards are silent: spread (p = 1.000; a spread 2.2 times as large would show four times in
                five), shape (p = 1.000).""");
    }

    @Test
    void saysWhatWouldSettleIt() {
      Verdict verdict = compare(around(0.94, 20), around(0.9401, 20), 0.0025);
      assertThat(cause(verdict)).isEqualTo(Cause.TOO_WIDE);
      Remedy remedy = ((Inconclusive) verdict).remedy();
      assertThat(remedy.kind()).isEqualTo(Remedy.Kind.ENLARGE_BASELINE);
      assertThat(verdict.reason())
          .isEqualTo(
              "The intervals are too wide: differences inside and outside the margin are both possible. No"
                  + " number of fresh runs makes up for the noise of the baseline: enlarge it. If difference and spread"
                  + " stay as they are, " + remedy.baselineRuns()
                  + " runs on both sides would settle it.");
    }
  }

  @Nested
  class WithSmallOrEqualSamples {
    @Test
    void twoRunsAreTooFew() {
      Verdict verdict = compare(new double[] {1, 2}, new double[] {1.1, 2.1}, 5);
      assertThat(cause(verdict)).isEqualTo(Cause.TOO_FEW_RUNS);
      assertThat(verdict.reason())
          .startsWith(
              "Runs are too few for any verdict: 2 against 2. Equal sizes take 3 against 3 to replicate and"
                  + " 4 against 4 to differ.");
    }

    @Test
    void oneRunIsTooFewAgainstAny() {
      assertThat(cause(compare(around(1, 50), new double[] {1}, 5))).isEqualTo(Cause.TOO_FEW_RUNS);
    }

    @Test
    void threeEqualRunsReplicateExactly() {
      double[] three = {0.9, 0.9, 0.9};
      assertThat(compare(three, three, 1e-9)).isInstanceOf(Replicated.class);
    }

    @Test
    void constantsThatAreApartDiffer() {
      double[] before = {0.9, 0.9, 0.9, 0.9, 0.9};
      double[] now = {0.8, 0.8, 0.8, 0.8, 0.8};
      assertThat(compare(before, now, 0.05)).isInstanceOf(Differs.class);
      assertThat(compare(before, now, 0.2)).isInstanceOf(Replicated.class);
    }

    @Test
    void aDifferenceOfExactlyTheMarginIsNeither() {
      double[] before = {0.94, 0.94, 0.94, 0.94, 0.94};
      double[] now = {0.95, 0.95, 0.95, 0.95, 0.95};
      // 0.95 - 0.94 is 0.010000000000000009.
      Verdict verdict = compare(before, now, 0.01);
      assertThat(cause(verdict)).isEqualTo(Cause.TOO_WIDE);
      assertThat(((Inconclusive) verdict).remedy().kind())
          .isEqualTo(Remedy.Kind.NONE_WITH_THIS_MARGIN);
    }

    @Test
    void unequalSizesWithUnequalSpreadsAreNotJudged() {
      double[] wide = {0.90, 0.92, 0.94, 0.96, 0.98};
      Verdict verdict = compare(around(0.94, 20), wide, 0.5);
      assertThat(cause(verdict)).isEqualTo(Cause.UNEQUAL_SPREADS);
      assertThat(verdict.reason())
          .isEqualTo(
              "The sides have 20 and 5 runs, and one spreads more than twice as much as the other: with"
                  + " unequal sizes no interval can be trusted then. Take 20 runs on both sides.");
    }
  }

  @Nested
  class WithFailedRuns {
    @Test
    void moreThanTheBaselineHadNeverReplicates() {
      double[] now = around(0.94, 20);
      now[4] = NAN;
      Verdict verdict = compare(around(0.94, 20), now, 0.05);
      assertThat(cause(verdict)).isEqualTo(Cause.FAILED_RUNS);
      assertThat(verdict.reason())
          .isEqualTo(
              "1 of 20 runs failed, and as many are tolerated as failed in the baseline, 0. With more than"
                  + " that nothing replicates: find out why they failed.");
    }

    @Test
    void asManyAsDeclaredAreTolerated() {
      double[] now = around(0.94, 20);
      now[4] = Double.NEGATIVE_INFINITY;
      Verdict verdict = Baseline.of(sample(0, around(0.94, 20)))
          .compare(sample(1000, now), Margin.absolute(0.05).toleratingFailures(1));
      assertThat(verdict).isInstanceOf(Replicated.class);
    }

    @Test
    void allFailedDiffersFromABaselineThatCompleted() {
      Verdict verdict = compare(around(0.94, 5), new double[] {NAN, NAN, NAN, NAN, NAN}, 0.01);
      assertThat(verdict).isInstanceOf(Differs.class);
      assertThat(verdict.estimate()).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(((Differs) verdict).isBetter()).contains(false);
    }

    @Test
    void allFailedOnBothSidesIsNoComparison() {
      double[] failed = {NAN, NAN, NAN, NAN, NAN};
      // Only a file can hold such a baseline: Baseline.of refuses it.
      Sample sample = sample(0, failed);
      Verdict verdict = new Baseline("", sample, Baseline.Location.of(sample), null, 0)
          .compare(sample(1000, failed), Margin.absolute(1));
      assertThat(cause(verdict)).isEqualTo(Cause.NOTHING_COMPLETED);
      assertThat(verdict.reason())
          .isEqualTo("No run completed on either side: there is nothing to compare.");
      assertThat(verdict.explain()).contains("n = 5, 5 failed");
    }

    @Test
    void withoutADirectionWorstIsUnknown() {
      Verdict verdict =
          Baseline.of(Sample.of(1, 2, 3, 4)).compare(Sample.of(1, 2, 3, NAN), Margin.absolute(9));
      assertThat(cause(verdict)).isEqualTo(Cause.FAILURES_WITHOUT_DIRECTION);
      assertThat(verdict.reason())
          .isEqualTo(
              "Runs failed (0 of 4 in the baseline, 1 of 4 now). A failed run ranks worst, and value does not"
                  + " say which way worse is: declare higherIsBetter() or lowerIsBetter() on the metric.");
    }

    @Test
    void saysThemOnThePage() {
      double[] now = around(0.94, 20);
      now[4] = NAN;
      assertThat(compare(around(0.94, 20), now, 0.05).explain()).isEqualTo("""
              accuracy is inconclusive against the baseline of digits-mlp.

                baseline    0.9400   n = 20              █▇▇▇▇█
                this study  0.9395   n = 20, 1 failed    █▇▇▅▇█
                difference -0.0010   90 % [-0.0040, 0.0030] by ranks, [-0.0033, 0.0032] by means
                                     95 % [-0.0050, 0.0040] by ranks, [-0.0040, 0.0038] by means
                margin      0.0500   absolute

                1 of 20 runs failed, and as many are tolerated as failed in the baseline, 0. With more than that
                nothing replicates: find out why they failed. All 20 runs were executed now; 1 failed.""");
    }

    @Test
    void tooManyOfThemAreNeverAnOpenQuestion() {
      double[] one = new double[20];
      Arrays.fill(one, NAN);
      double[] before = around(0.94, 20);
      for (int completed = 0; completed < 20; completed++) {
        Verdict verdict = compare(before, one, 0.05);
        boolean open = verdict instanceof Inconclusive inconclusive && inconclusive.isOpen();
        assertThat(open).as("%d completed", completed).isFalse();
        assertThat(verdict).isNotInstanceOf(Replicated.class);
        one[completed] = before[completed];
      }
    }

    @Test
    void noNumberOfRunsIsProjectedFromOpenEnds() {
      double[] now = around(0.94, 20);
      Arrays.fill(now, 0, 8, NAN);
      Verdict verdict = Baseline.of(sample(0, around(0.94, 20)))
          .compare(sample(1000, now), Margin.absolute(0.05).toleratingFailures(8));
      assertThat(((Inconclusive) verdict).remedy().kind()).isEqualTo(Remedy.Kind.SEE_REASON);
      assertThat(verdict.reason())
          .isEqualTo(
              "The intervals by ranks and by means do not agree: only one of them decides. Failed runs rank"
                  + " beyond every number and add nothing to a mean, so that no number of runs can be projected: find out"
                  + " why they failed.");
    }

    @Test
    void makeSizesUnequal() {
      double[] now = {0.90, 0.92, 0.94, 0.96, 0.98, 0.91, 0.93, NAN};
      Verdict verdict = Baseline.of(sample(0, around(0.94, 8)))
          .compare(sample(1000, now), Margin.absolute(0.5).toleratingFailures(1));
      assertThat(cause(verdict)).isEqualTo(Cause.UNEQUAL_SPREADS);
      assertThat(verdict.reason())
          .isEqualTo(
              "The sides have 8 and 8 runs, of which 8 and 7 completed, and one spreads more than twice as much"
                  + " as the other: with unequal sizes no interval can be trusted then. Failed runs rank beyond every number"
                  + " and add nothing to a mean, so that no number of runs can be projected: find out why they failed.");
    }
  }

  @Nested
  class WithTheSameSeeds {
    private final double[] before = around(0.94, 20);

    private Sample digested(double[] values, int changed) {
      List<SampleRun> runs = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        runs.add(
            SampleRun.completed(Seed.of(i), values[i]).withDigest(i < changed ? "ff" : "a" + i));
      }
      return Sample.of("digits-mlp", ACCURACY, runs);
    }

    @Test
    void identicalRunsReplicate() {
      Verdict verdict =
          Baseline.of(digested(before, 0)).compare(digested(before, 0), Margin.absolute(1e-6));
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(((Replicated) verdict).isIdentical()).isTrue();
      assertThat(verdict.reason())
          .isEqualTo(
              "Both intervals lie strictly inside the margin. Every run is identical to the baseline's run of"
                  + " the same seed.");
    }

    @Test
    void failedPairsAreNotIdentical() {
      List<SampleRun> runs = new ArrayList<>(digested(before, 0).runs());
      runs.set(0, SampleRun.failed(Seed.of(0)).withDigest("a0"));
      Sample failed = Sample.of("digits-mlp", ACCURACY, runs);
      Verdict oneSide = Baseline.of(digested(before, 0))
          .compare(failed, Margin.absolute(0.05).toleratingFailures(1));
      assertThat(oneSide.evidence().pairs().orElseThrow().identical()).isEqualTo(19);
      Verdict both = Baseline.of(failed).compare(failed, Margin.absolute(0.05));
      assertThat(both.evidence().isIdentical()).isFalse();
      assertThat(both.reason())
          .isEqualTo(
              "Both intervals lie strictly inside the margin. The seeds are the baseline's, compared pair by"
                  + " pair: 19 of 20 identical, 0 beyond the margin (at most 14 % of the population).");
    }

    @Test
    void saysPairsOnThePage() {
      double[] now = before.clone();
      now[0] = now[1] = now[2] = 0.1;
      assertThat(Baseline.of(digested(before, 0))
              .compare(digested(now, 3), Margin.absolute(0.01))
              .explain())
          .isEqualTo("""
              accuracy is inconclusive against the baseline of digits-mlp.

                baseline    0.9400   n = 20    ▁▁▁▁▁█
                this study  0.9377   n = 20    ▃▁▁▁▁█
                difference  0.0000   90 % [0.0000, 0.0000] by ranks, [-0.2451, -0.0070] by means
                                     95 % [-0.4168, 0.0000] by ranks, [-0.2702, 0.0180] by means
                margin      0.0100   absolute

                The intervals by ranks and by means do not agree: only one of them decides. The seeds are the
                baseline's, compared pair by pair: 17 of 20 identical, 3 beyond the margin (at most 35 % of the
                population). If difference and spread stay as they are, 8122 seeds on both sides would settle it.
                All 20 runs were executed now; none failed.""");
    }

    @Test
    void threeCollapsesAmongSeventeenIdenticalAreNotOverlooked() {
      double[] now = before.clone();
      now[0] = now[1] = now[2] = 0.1;
      Verdict verdict =
          Baseline.of(digested(before, 0)).compare(digested(now, 3), Margin.absolute(0.01));
      assertThat(verdict.evidence().witnesses().get(0).narrow().lower()).isZero();
      assertThat(cause(verdict)).isEqualTo(Cause.WITNESSES_DISAGREE);
      assertThat(verdict.reason())
          .startsWith(
              "The intervals by ranks and by means do not agree: only one of them decides. The seeds are the"
                  + " baseline's, compared pair by pair: 17 of 20 identical, 3 beyond the margin (at most 35 % of the"
                  + " population).");
    }

    @Test
    void mostlyEqualPairsNeedEnoughOfThemToReplicate() {
      double[] five = Arrays.copyOf(before, 5);
      Sample then = sample(0, five);
      Inconclusive few = (Inconclusive) Baseline.of(then).compare(then, Margin.absolute(0.01));
      assertThat(few.cause()).isEqualTo(Cause.EQUAL_PAIRS);
      assertThat(few.reason())
          .startsWith("At least half of the pairs have equal values")
          .contains("It takes at least 9 pairs");
      // .707 ^ 8 = .0625, .707 ^ 9 = .0442.
      Sample eight = sample(0, Arrays.copyOf(before, 8));
      Sample nine = sample(0, Arrays.copyOf(before, 9));
      assertThat(Baseline.of(eight).compare(eight, Margin.absolute(0.01)))
          .isInstanceOf(Inconclusive.class);
      assertThat(Baseline.of(nine).compare(nine, Margin.absolute(0.01)))
          .isInstanceOf(Replicated.class);
    }

    @Test
    void fewPairsOfUnequalSpreadsDoNotReplicate() {
      double[] nine = around(0.94, 9);
      double[] narrow =
          Arrays.stream(nine).map(value -> 0.94 + (value - 0.94) / 3).toArray();
      Inconclusive few = (Inconclusive)
          Baseline.of(sample(0, nine)).compare(sample(0, narrow), Margin.absolute(0.5));
      assertThat(few.cause()).isEqualTo(Cause.UNEQUAL_SPREADS);
      assertThat(few.reason())
          .startsWith(
              "One side spreads more than twice as much as the other, and 9 pairs are too few")
          .endsWith("Take 10 runs on both sides.");
      double[] lower = Arrays.stream(narrow).map(value -> value - 1).toArray();
      assertThat(Baseline.of(sample(0, nine)).compare(sample(0, lower), Margin.absolute(0.5)))
          .isInstanceOf(Differs.class);
    }

    @Test
    void pairsShowWhatIndependentSamplesHide() {
      double[] now = Arrays.stream(before).map(value -> value - 0.0009).toArray();
      assertThat(compare(before, now, 0.001)).isInstanceOf(Inconclusive.class);
      Verdict paired =
          Baseline.of(digested(before, 0)).compare(digested(now, 20), Margin.absolute(0.001));
      assertThat(paired).isInstanceOf(Replicated.class);
      assertThat(((Replicated) paired).isShiftWithinMargin()).isTrue();
    }
  }

  @Nested
  class OnOneSide {
    @Test
    void muchBetterIsNotWorse() {
      Baseline baseline = Baseline.of(sample(0, around(0.94, 20)));
      Margin margin = Margin.absolute(0.01).notWorse();
      assertThat(baseline.compare(sample(1000, around(0.99, 20)), margin))
          .isInstanceOf(Replicated.class);
      assertThat(baseline.compare(sample(1000, around(0.90, 20)), margin))
          .isInstanceOf(Differs.class);
    }
  }
}
