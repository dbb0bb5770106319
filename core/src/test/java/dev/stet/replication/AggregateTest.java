package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.statistics.Bootstrap;
import dev.stet.statistics.InterquartileMean;
import dev.stet.statistics.Interval;
import dev.stet.statistics.ProbabilityOfImprovement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AggregateTest {
  private static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();
  private static final Margin MARGIN = Margin.absolute(0.01);
  private static final Aggregate MEAN = Aggregate.interquartileMean();
  private static final Aggregate IMPROVEMENT = Aggregate.probabilityOfImprovement();
  private static final SampleSet BEFORE = set(1, 12, 0, 0, 0);

  /** Three data sets of different levels, each moved by its shift. */
  private static SampleSet set(int seed, int n, double... shifts) {
    SampleSet set = SampleSet.of("data set");
    double[] levels = {0.9, 0.91, 0.92, 0.89};
    for (int i = 0; i < shifts.length; i++) {
      set = set.with(
          "task" + i,
          VerdictsTest.sample(ACCURACY, 10L * seed + i, n, levels[i] + shifts[i], 0.005));
    }
    return set;
  }

  private static SampleSet set(double[]... values) {
    SampleSet set = SampleSet.of("task");
    for (int i = 0; i < values.length; i++) {
      set = set.with("task" + i, Sample.of(values[i]).withMetric(ACCURACY));
    }
    return set;
  }

  private static double[][] scores(SampleSet set) {
    return set.names().stream().map(name -> set.sample(name).completed()).toArray(double[][]::new);
  }

  private static Cause cause(Verdict verdict) {
    return ((Inconclusive) verdict).cause();
  }

  @Nested
  class OfTheInterquartileMean {
    @Test
    void replicatesOnThreeIntervals() {
      Verdict verdict = BEFORE.aggregate(set(2, 12, 0, 0, 0), MARGIN, MEAN);
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(verdict.explain()).isEqualTo("""
          accuracy replicates the baseline of 3 data sets.

            baseline    0.9109   n = 36    ▄▅▆█▆▇
            this study  0.9100   n = 36    █▄▆▅█▆
            difference -0.0009   90 % [-0.0031, 0.0012] by percentile, [-0.0029, 0.0014] by BCa, [-0.0031, 0.0014] by bootstrap-t
            margin      0.0100   absolute

            All intervals lie strictly inside the margin. It speaks about other seeds on these 3 data sets,
            not about others, and one that falls can hide behind the rest: read it beside the verdicts of
            each. All 36 runs were executed now; none failed.""");
      assertThat(verdict.sentence())
          .isEqualTo(
              "Accuracy replicated the baseline: difference -0.0009, 90 % CI [-0.0031, 0.0012], margin 0.01, n ="
                  + " 36 vs 36 runs (interquartile mean over all 3 data sets: percentile, BCa and bootstrap-t).");
    }

    @Test
    void takesItsIntervalsFromTheStratifiedBootstrap() {
      SampleSet now = set(2, 12, 0.002, 0, 0);
      Seed seed = Seed.of(9);
      Evidence evidence = BEFORE
          .aggregate(now, MARGIN, MEAN.withSeed(seed).withAlpha(0.1).withResamples(500))
          .evidence();
      InterquartileMean fresh = InterquartileMean.of(scores(now));
      Bootstrap bootstrap =
          fresh.minus(InterquartileMean.of(scores(BEFORE)), 500, seed.child("aggregate"));
      assertThat(evidence.witnesses())
          .containsExactly(
              witness(
                  "percentile", bootstrap, bootstrap.percentile(0.8), bootstrap.percentile(0.9)),
              witness("BCa", bootstrap, bootstrap.biasCorrected(0.8), bootstrap.biasCorrected(0.9)),
              witness(
                  "bootstrap-t",
                  bootstrap,
                  bootstrap.studentised(0.8),
                  bootstrap.studentised(0.9)));
      assertThat(evidence.fresh().location()).isEqualTo(fresh.estimate());
    }

    private Witness witness(String name, Bootstrap bootstrap, Interval narrow, Interval wide) {
      return new Witness(name, bootstrap.estimate(), narrow, wide);
    }

    @Test
    void differsAndSaysWhichWay() {
      Verdict verdict = BEFORE.aggregate(set(2, 12, -0.03, -0.03, -0.03), MARGIN, MEAN);
      assertThat(verdict).isInstanceOf(Differs.class);
      assertThat(verdict.reason())
          .startsWith(
              "All intervals lie wholly outside the margin: this study is worse. It speaks");
      assertThat(BEFORE.aggregate(set(2, 12, 0.03, 0.03, 0.03), MARGIN.notWorse(), MEAN))
          .isInstanceOf(Replicated.class);
      assertThat(BEFORE.aggregate(set(2, 12, -0.01, -0.01, -0.01), MARGIN, MEAN))
          .isInstanceOf(Inconclusive.class);
    }

    @Test
    void warnsBelowTenRuns() {
      String warning =
          "Warning: with 9 runs of some data set on a side (fewer than 10), resampling makes"
              + " intervals too narrow, and a false verdict is more likely than alpha says.";
      assertThat(set(1, 9, 0, 0).aggregate(set(2, 9, 0, 0), MARGIN, MEAN).reason())
          .endsWith(warning);
      assertThat(set(1, 10, 0, 0).aggregate(set(2, 10, 0, 0), MARGIN, MEAN).reason())
          .doesNotContain("Warning");
      assertThat(set(1, 10, 0, 0).aggregate(set(2, 9, 0, 0), MARGIN, MEAN).reason())
          .endsWith(warning);
      Verdict one = set(1, 12, 0, 0).aggregate(set(2, 1, 0, 0), MARGIN, MEAN);
      assertThat(cause(one)).isEqualTo(Cause.TOO_FEW_RUNS);
      assertThat(one.reason())
          .startsWith(
              "Too few runs completed for any verdict: some data set has 1 on a side, which shows"
                  + " no variation. It takes 2 at least. It speaks about");
    }

    @Test
    void refusesSidesThatWeighTheirTasksDifferently() {
      SampleSet skewed = set(1, 12, 0, 0).with("task2", BEFORE.sample("task2"));
      SampleSet now = set(2, 12, 0, 0).with("task2", set(2, 6, 0, 0, 0).sample("task2"));
      assertThatThrownBy(() -> skewed.aggregate(now, MARGIN, MEAN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the pooled mean weighs each data set by its runs, and task0 has 12 of 36 on one side and 12 of 30 on"
                  + " the other. Take the same share of runs on both sides, such as equally many of each.");
      // Half as many of each are the same shares; and each task counts alike in a probability.
      assertThat(BEFORE
              .aggregate(set(2, 6, 0, 0, 0), MARGIN, MEAN)
              .evidence()
              .fresh()
              .runs())
          .isEqualTo(18);
      assertThat(skewed.aggregate(now, Margin.absolute(0.3), IMPROVEMENT)).isNotNull();
    }
  }

  @Nested
  class OfTheProbabilityOfImprovement {
    @Test
    void needsNoCommonScale() {
      SampleSet now = set(2, 20, 0, 0, 0);
      SampleSet scaled = SampleSet.of("data set");
      SampleSet scaledNow = scaled;
      SampleSet before = set(1, 20, 0, 0, 0);
      for (String name : now.names()) {
        double factor = name.equals("task1") ? 1024 : 1;
        scaled = scaled.with(name, times(before.sample(name), factor));
        scaledNow = scaledNow.with(name, times(now.sample(name), factor));
      }
      Verdict verdict = before.aggregate(now, Margin.absolute(0.2), IMPROVEMENT);
      Verdict same = scaled.aggregate(scaledNow, Margin.absolute(0.2), IMPROVEMENT);
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(same.explain()).isEqualTo(verdict.explain());
      assertThat(verdict.explain()).startsWith("""
              accuracy replicates the baseline of 3 data sets.

                baseline      none   n = 60
                this study    none   n = 60
                P - 1/2     -0.031   90 % [-0.117, 0.057] by percentile, [-0.120, 0.054] by BCa, [-0.119, 0.058] by bootstrap-t
                margin       0.200   of a probability
              """);
      assertThat(verdict.estimate())
          .isEqualTo(ProbabilityOfImprovement.of(scores(now), scores(before)).estimate() - 0.5);
    }

    private Sample times(Sample sample, double factor) {
      return Sample.of(
          sample.experiment(),
          sample.metric(),
          sample.runs().stream()
              .map(run -> new SampleRun(null, factor * run.value(), false, null))
              .toList());
    }

    /** Nothing varies in resamples then, and a point would be certain of what three runs cannot know. */
    @Test
    void isNotCertainOfAWholeSeparation() {
      double[] low = {1, 2, 3};
      double[] high = {4, 5, 6};
      Verdict one = set(low).aggregate(set(high), Margin.absolute(0.1), IMPROVEMENT);
      assertThat(one.evidence().first().name()).isEqualTo("separation");
      // P(three of three) is .025 at .025^(1/3) = .2924, and .05 at .3684.
      assertThat(one.evidence().first().wide().lower()).isCloseTo(0.2924 - 0.5, within(1e-4));
      assertThat(one.evidence().first().narrow().lower()).isCloseTo(0.3684 - 0.5, within(1e-4));
      assertThat(one.evidence().first().wide().upper()).isEqualTo(0.5);
      assertThat(one).isInstanceOf(Inconclusive.class);
      double[][] lows = {low, low, low, low};
      double[][] highs = {high, high, high, high};
      assertThat(set(lows).aggregate(set(highs), Margin.absolute(0.1), IMPROVEMENT))
          .isInstanceOf(Differs.class);
      // Two up and two down, or all equal, are on average even; twelve pairs are too few to say so.
      Verdict even = set(low, low, high, high)
          .aggregate(set(high, high, low, low), Margin.absolute(0.2), IMPROVEMENT);
      assertThat(even.estimate()).isZero();
      assertThat(even).isInstanceOf(Inconclusive.class);
      double[] ties = {1, 1, 1};
      assertThat(set(ties).aggregate(set(ties), Margin.absolute(0.2), IMPROVEMENT))
          .isInstanceOf(Inconclusive.class);
      double[] many = new double[30];
      assertThat(set(many).aggregate(set(many), Margin.absolute(0.2), IMPROVEMENT))
          .isInstanceOf(Replicated.class);
    }

    @Test
    void ranksFailedRunsWorst() {
      double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
      double[] failed = {Double.NaN, Double.NaN, 3, 4, 5, 6, 7, 8, 9, 10};
      double[] lowest = {-9, -9, 3, 4, 5, 6, 7, 8, 9, 10};
      Margin margin = Margin.absolute(0.3);
      assertThat(set(ten).aggregate(set(failed), margin, IMPROVEMENT).estimate())
          .isEqualTo(set(ten).aggregate(set(lowest), margin, IMPROVEMENT).estimate());
    }

    @Test
    void takesAProbabilityForAMargin() {
      assertThatThrownBy(
              () -> BEFORE.aggregate(set(2, 12, 0, 0, 0), Margin.absolute(0.5), IMPROVEMENT))
          .hasMessageStartingWith(
              "the margin of a probability must be absolute and below 0.5; got 0.5");
    }
  }

  @Nested
  class Anyhow {
    @Test
    void givesTheSameAnswerFromTheSameSeedOnAnyThreadAndInAnyOrder() throws Exception {
      SampleSet now = set(2, 12, 0.001, 0, 0);
      SampleSet turned = SampleSet.of("data set");
      for (int i = 2; i >= 0; i--) {
        Sample sample = now.sample("task" + i);
        List<SampleRun> runs = new ArrayList<>(sample.runs());
        Collections.reverse(runs);
        turned = turned.with("task" + i, Sample.of("resnet", ACCURACY, runs));
      }
      SampleSet reversed = turned;
      for (Aggregate how : List.of(MEAN, IMPROVEMENT)) {
        Margin margin = how.equals(MEAN) ? MARGIN : Margin.absolute(0.2);
        String expected = BEFORE.aggregate(now, margin, how).explain();
        assertThat(BEFORE.aggregate(reversed, margin, how).explain()).isEqualTo(expected);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
          List<Future<String>> answers = IntStream.range(0, 8)
              .mapToObj(
                  i -> threads.submit(() -> BEFORE.aggregate(now, margin, how).explain()))
              .toList();
          for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo(expected);
          }
        } finally {
          threads.shutdown();
        }
        assertThat(BEFORE
                .aggregate(now, margin, how.withSeed(Seed.of(77)))
                .evidence()
                .witnesses())
            .isNotEqualTo(BEFORE.aggregate(now, margin, how).evidence().witnesses());
      }
    }

    @Test
    void countsFailedRuns() {
      double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10.5};
      double[] failed = {Double.NaN, 2, 3, 4, 5, 6, 7, 8, 9, 10.5};
      Margin margin = Margin.absolute(9);
      Verdict verdict = set(ten).aggregate(set(failed), margin, MEAN);
      assertThat(cause(verdict)).isEqualTo(Cause.FAILED_RUNS);
      assertThat(verdict.reason())
          .startsWith(
              "1 of 10 runs failed, and as many are tolerated as failed in the baseline, 0. With more than that"
                  + " nothing replicates: find out why they failed.");
      assertThat(set(ten).aggregate(set(failed), margin.toleratingFailures(1), MEAN))
          .isInstanceOf(Replicated.class);
      SampleSet undirected = SampleSet.of("task").with("task0", Sample.of(ten));
      SampleSet undirectedNow = SampleSet.of("task").with("task0", Sample.of(failed));
      assertThat(cause(undirected.aggregate(undirectedNow, margin, MEAN)))
          .isEqualTo(Cause.FAILURES_WITHOUT_DIRECTION);
      double[] all = {Double.NaN, Double.NaN};
      assertThat(cause(set(new double[] {1, 2}).aggregate(set(all), margin, MEAN)))
          .isEqualTo(Cause.FAILED_RUNS);
      assertThatThrownBy(() -> set(all).aggregate(set(all), margin, MEAN))
          .isInstanceOf(BaselineException.class)
          .hasMessageStartingWith("no run of values completed with a finite accuracy, 2 failed");
    }

    @Test
    void livesWithTheLargestAndTheSmallestNumbers() {
      double[] huge = new double[10];
      double[] low = new double[10];
      for (int i = 0; i < 10; i++) {
        huge[i] = 1e308 + i * 1e306;
        low[i] = -huge[i];
      }
      double[] tiny = {1e-320, 2e-320, 3e-320, 4e-320};
      Margin wide = Margin.absolute(1e307);
      assertThat(set(huge).aggregate(set(huge), wide, MEAN)).isInstanceOf(Replicated.class);
      assertThat(cause(set(low).aggregate(set(huge), wide, MEAN))).isEqualTo(Cause.TOO_FEW_RUNS);
      assertThat(set(low).aggregate(set(huge), wide, MEAN).reason())
          .startsWith("The values are too large, or the resamples too much alike");
      assertThat(set(tiny).aggregate(set(tiny), Margin.absolute(1e-319), MEAN))
          .isInstanceOf(Verdict.class);
      double[] same = {7, 7, 7};
      assertThat(set(same).aggregate(set(same), MARGIN, MEAN)).isInstanceOf(Replicated.class);
      assertThat(set(same).aggregate(set(new double[] {8, 8, 8}), MARGIN, MEAN))
          .isInstanceOf(Differs.class);
    }

    @Test
    void refusesWhatCannotBePutTogether() {
      SampleSet now = set(2, 12, 0, 0, 0);
      assertThatThrownBy(() -> BEFORE.aggregate(set(2, 12, 0, 0), MARGIN, MEAN))
          .hasMessage(
              "both sides must hold the same names (data set); only the first has: task2. Leave out on both sides"
                  + " what one of them lacks, and say so.");
      assertThatThrownBy(() -> BEFORE.aggregate(now, Margin.relative(0.1), MEAN))
          .hasMessage(
              "an aggregate needs an absolute margin that counts no collapsed runs; got 0.1 relative. Give the"
                  + " difference itself, such as Margin.absolute(0.01).");
      assertThatThrownBy(() -> BEFORE.aggregate(now, MARGIN.collapsedAt(0.1), MEAN))
          .hasMessageContaining("got 0.01 absolute, with collapsedAt.");
      SampleSet mixed = SampleSet.of("metric")
          .with("a", Sample.of(1, 2))
          .with("b", Sample.of(1, 2).withMetric(ACCURACY));
      assertThatThrownBy(() -> mixed.aggregate(mixed, MARGIN, MEAN))
          .hasMessage(
              "an aggregate is of one metric; a has \"value (last)\", b has \"accuracy (last, higher is better)\"."
                  + " Aggregate those of one metric, or compare name by name.");
      SampleSet seeded = SampleSet.of("task")
          .with(
              "a",
              Sample.of(
                  "e",
                  ACCURACY,
                  List.of(SampleRun.completed(Seed.of(1), 1), SampleRun.completed(Seed.of(2), 2))));
      assertThatThrownBy(() -> seeded.aggregate(seeded, MARGIN, MEAN))
          .hasMessage(
              "an aggregate is of independent runs, and both sides of a ran the same seeds. Use compare(fresh,"
                  + " margin), which compares them in pairs, or fresh seeds.");
      SampleSet steps = set(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
      assertThatThrownBy(() -> steps.aggregate(steps, MARGIN, MEAN))
          .isInstanceOf(BaselineException.class)
          .hasMessageStartingWith(
              "margin 0.01 is below one step of accuracy, 1.0 as its values show");
      Verdict verdict = BEFORE.aggregate(now, MARGIN, MEAN);
      Method method = verdict.evidence().method();
      assertThatThrownBy(() ->
              Baseline.of(BEFORE.sample("task0")).compare(now.sample("task0"), MARGIN, method))
          .hasMessage(
              "\"interquartile mean over all\" is of several samples together. Use SampleSet.aggregate, or another"
                  + " method for one.");
      assertThatThrownBy(() -> MEAN.withAlpha(0.001))
          .hasMessage(
              "alpha 0.001 needs at least 20000 resamples, ten beyond either end; got 10000. Call withResamples"
                  + " before withAlpha if both change.");
      assertThat(MEAN.withResamples(20_000).withAlpha(0.001))
          .hasToString("interquartile mean over all, alpha 0.001, 20000 resamples");
      assertThatThrownBy(() -> MEAN.withAlpha(Double.NaN)).hasMessageStartingWith("alpha must be");
      assertThat(MEAN.withSeed(Seed.of(1))).isNotEqualTo(MEAN).isEqualTo(MEAN.withSeed(Seed.of(1)));
    }

    /** Of 200 resamples none lies beyond a tail of a thousandth: that is no evidence of a billionth. */
    @Test
    void hasNoPValueBelowWhatItsResamplesCanSee() {
      Verdict verdict = BEFORE.aggregate(
          set(2, 12, -0.1, -0.1, -0.1), MARGIN, MEAN.withAlpha(0.2).withResamples(200));
      assertThat(verdict).isInstanceOf(Differs.class);
      assertThat(verdict.evidence().differencePValue()).isCloseTo(2.0 / 201, within(1e-6));
      Panel panel = Panel.of("view").withPrimary("all", verdict);
      assertThat(panel.outcome()).isEqualTo(Panel.Outcome.DIFFERS);
    }
  }

  /**
   * At an edge of the margin: replicated at most .05, differs at most .025 on a side, plus three standard errors of 400 tries
   * (.0327 and .0234). One percentile interval alone replicates 10 % of three runs a task.
   */
  @Tag("statistical")
  @Test
  void staysWithinTheNominalRates() {
    Aggregate fast = MEAN.withResamples(400);
    for (int n : new int[] {3, 10}) {
      double margin = n == 3 ? 1.1 : 0.62;
      int replicated = 0;
      int differs = 0;
      int percentile = 0;
      RandomStream stream = Seed.of(20261125).child("aggregate").child(n).stream();
      for (int i = 0; i < 400; i++) {
        Verdict verdict = normal(stream, n, 0)
            .aggregate(
                normal(stream, n, margin), Margin.absolute(margin), fast.withSeed(Seed.of(i)));
        replicated += verdict instanceof Replicated ? 1 : 0;
        differs += verdict instanceof Differs ? 1 : 0;
        percentile += verdict.evidence().first().narrow().isInside(-margin, margin) ? 1 : 0;
      }
      assertThat(replicated / 400.0).as("replicated, n = %s", n).isBetween(0.005, 0.0827);
      assertThat(differs / 400.0).as("differs, n = %s", n).isBetween(0.002, 0.0484);
      assertThat(percentile).isGreaterThanOrEqualTo(replicated);
    }
  }

  private static SampleSet normal(RandomStream stream, int n, double shift) {
    SampleSet set = SampleSet.of("task");
    for (int task = 0; task < 5; task++) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = 0.3 * task + shift + stream.nextGaussian();
      }
      set = set.with("task" + task, Sample.of(values));
    }
    return set;
  }
}
