package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.statistics.GroupSequential;
import dev.stet.statistics.Spending;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SequentialTest {
  private static final Margin MARGIN = Margin.absolute(2);
  private static final List<Method> OTHERS =
      List.of(Method.mean(), Method.trimmed(), Method.probabilityOfImprovement(), Method.exact());
  private static final Stopping STOPPING = Stopping.at(5, 10, 15, 20);

  private static double[] normal(long seed, int n, double mean) {
    RandomStream random = Seed.of(seed).stream();
    double[] values = new double[n];
    Arrays.setAll(values, i -> mean + random.nextGaussian());
    return values;
  }

  private static Sample sample(String root, double[] values) {
    return Sample.of(
        "e",
        Metric.of("accuracy"),
        IntStream.range(0, values.length)
            .mapToObj(i -> SampleRun.completed(Seed.of(1).child(root).child(i), values[i]))
            .toList());
  }

  private static Sequential run(
      Baseline baseline, double[] fresh, Stopping stopping, Margin margin) {
    Sequential state = baseline.untilDecided(margin, stopping);
    while (!state.isOver()) {
      assertThat(state.verdict()).isEmpty();
      state = state.look(Sample.of(Arrays.copyOf(fresh, state.nextLook())));
    }
    return state;
  }

  @Test
  void stopsWhenItDiffersAndSaysSo() {
    Baseline baseline = Baseline.of(Sample.of(normal(1, 20, 0)));
    Verdict verdict =
        run(baseline, normal(2, 20, 6), STOPPING, MARGIN).verdict().orElseThrow();
    assertThat(verdict).isInstanceOf(Differs.class);
    assertThat(verdict.reason())
        .endsWith(
            " Stopped at look 1 of 4, after 5 of at most 20 runs; the levels were widened for the looks.");
    assertThat(verdict.evidence().looks()).hasSize(1);
    assertThat(verdict.evidence().looks().get(0).runs()).isEqualTo(5);
    assertThat(verdict.evidence().witnesses())
        .allSatisfy(witness -> assertThat(witness.wide().level()).isGreaterThan(0.98));
  }

  @Test
  void doesNotReplicateBeforeTheGuardsCanSee() {
    Baseline baseline = Baseline.of(Sample.of(normal(1, 20, 0)));
    Verdict verdict =
        run(baseline, normal(3, 20, 0), STOPPING, Margin.absolute(50)).verdict().orElseThrow();
    assertThat(verdict).isInstanceOf(Replicated.class);
    assertThat(verdict.evidence().fresh().runs()).isEqualTo(10);
    assertThat(verdict.evidence().looks()).extracting(Look::runs).containsExactly(5, 10);
    assertThat(verdict.evidence().looks()).extracting(Look::of).containsOnly(20);
    assertThat(verdict.explain()).contains("Stopped at look 2 of 4, after 10 of at most 20");
  }

  @Test
  void aShortStudyMayReplicateAtItsEnd() {
    Baseline baseline = Baseline.of(Sample.of(normal(1, 20, 0)));
    Verdict verdict = run(baseline, normal(3, 8, 0), Stopping.at(4, 8), Margin.absolute(50))
        .verdict()
        .orElseThrow();
    assertThat(verdict).isInstanceOf(Replicated.class);
    assertThat(verdict.reason())
        .contains("Looked at 2 times as declared, the last time after all 8 runs;");
  }

  @Test
  void endsUndecidedAfterTheLastLook() {
    Baseline baseline = Baseline.of(Sample.of(normal(1, 20, 0)));
    Sequential end = run(baseline, normal(4, 20, 0.5), STOPPING, Margin.absolute(0.5));
    Verdict verdict = end.verdict().orElseThrow();
    assertThat(verdict).isInstanceOf(Inconclusive.class);
    assertThat(verdict.evidence().looks()).hasSize(4);
    assertThatThrownBy(end::nextLook)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the comparison is over, after look 4 of 4");
  }

  @Test
  void pairsTheBaselinesOwnSeeds() {
    double[] then = normal(5, 20, 0);
    double[] now = Arrays.stream(then).map(value -> value + 3).toArray();
    now[0] += 0.1;
    Baseline baseline = Baseline.of(sample("own", then));
    Sequential state = baseline.untilDecided(Margin.absolute(1), STOPPING);
    while (!state.isOver()) {
      state = state.look(sample("own", Arrays.copyOf(now, state.nextLook())));
    }
    Evidence evidence = state.verdict().orElseThrow().evidence();
    assertThat(state.verdict()).hasValueSatisfying(v -> assertThat(v).isInstanceOf(Differs.class));
    assertThat(evidence.pairs())
        .hasValueSatisfying(pairs -> assertThat(pairs.runs()).isEqualTo(10));
    Sequential tooMany = baseline.untilDecided(Margin.absolute(1), Stopping.at(5, 30));
    assertThatThrownBy(() -> tooMany.look(sample("own", Arrays.copyOf(now, 5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can have 20 runs at most; got 30. Give the study fresh seeds");
  }

  @Test
  void refusesLooksThatWereNotDeclared() {
    Baseline baseline = Baseline.of(Sample.of(normal(1, 20, 0)));
    Sequential start = baseline.untilDecided(MARGIN, STOPPING);
    assertThatThrownBy(() -> start.look(Sample.of(normal(2, 6, 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the next look is after 5 runs; got 6.");
    Sequential second = start.look(Sample.of(normal(2, 5, 1)));
    assertThat(second)
        .hasToString("undecided after 5 of at most 20 runs, looks after 5, 10, 15, 20 runs");
    assertThatThrownBy(() -> second.look(Sample.of(normal(3, 10, 1))))
        .hasMessageStartingWith("the first 5 runs are not those of the look before.");
  }

  /** The widened levels are known for ranks and means alone. */
  @Test
  void refusesMethodsWhoseLooksHaveNoKnownLevels() {
    Baseline baseline = Baseline.of(Sample.of(normal(1, 20, 0)));
    for (Method method : OTHERS) {
      assertThatThrownBy(() -> baseline.untilDecided(MARGIN, STOPPING, method))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a study can stop early by the method \"" + Method.robust() + "\" alone; got \""
                  + method + "\". Use Method.robust(), or compare the finished study.");
    }
    assertThat(baseline
            .untilDecided(MARGIN, STOPPING, Method.robust().withAlpha(0.01))
            .nextLook())
        .isEqualTo(5);
  }

  /** Differs waits with its error rate, replicated begins with most of its information in. */
  @Test
  void spendsTheTwoErrorRatesInTheirOwnWays() {
    int[] all = IntStream.rangeClosed(5, 20).toArray();
    int[] late = IntStream.rangeClosed(10, 20).toArray();
    Stopping stopping = Stopping.upTo(20);
    GroupSequential differs = GroupSequential.ranks(20, all, Spending.power(2.5), 0.025);
    GroupSequential replicated = GroupSequential.ranks(20, late, Spending.power(1.75), 0.05);
    GroupSequential means = GroupSequential.means(20, late, Spending.power(1.75), 0.05);
    for (int look = 5; look < all.length; look++) {
      List<Levels> levels = stopping.levels(20, look, 0.05);
      assertThat(levels.get(0).wide()).isEqualTo(differs.level(look));
      assertThat(levels.get(0).narrow()).isEqualTo(replicated.level(look - 5));
      assertThat(levels.get(1).narrow()).isEqualTo(means.level(look - 5));
    }
    assertThat(stopping.levels(20, 4, 0.05).get(0).narrow()).isEqualTo(differs.level(4));
  }

  @Test
  void holdsEveryLookAgainstTheAnchorToo() {
    Baseline anchor = Baseline.of(Sample.of(normal(6, 20, 0)));
    Baseline later = anchor.succeededBy(Sample.of(normal(7, 20, 5)));
    Verdict verdict = run(later, normal(8, 20, 5), STOPPING, MARGIN).verdict().orElseThrow();
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Inconclusive.class,
            open -> assertThat(open.cause()).isEqualTo(Inconclusive.Cause.DRIFTED_FROM_ANCHOR));
    assertThat(verdict.evidence().fresh().runs()).isGreaterThanOrEqualTo(10).isLessThan(20);
  }

  @Test
  void planItsLooks() {
    assertThat(Stopping.upTo(20).looks())
        .containsExactlyElementsOf(IntStream.rangeClosed(5, 20).boxed().toList());
    assertThat(Stopping.upTo(40).looks())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(3, 20).map(half -> 2 * half).boxed().toList());
    assertThat(Stopping.upTo(30).looks()).hasSize(26).startsWith(5, 6, 7);
    assertThat(Stopping.upTo(40)).hasToString("looks after 6, 8, ..., 40 runs");
    assertThat(Stopping.at(5, 6, 7, 8, 9, 20)).hasToString("looks after 5, 6, 7, 8, 9, 20 runs");
    assertThat(Stopping.upTo(2).looks()).containsExactly(2);
    for (int max = 2; max < 500; max++) {
      List<Integer> looks = Stopping.upTo(max).looks();
      assertThat(looks.get(looks.size() - 1)).isEqualTo(max);
      assertThat(looks.size()).isBetween(1, 26);
    }
    assertThat(Stopping.at(3, 6).withSpending(Spending.POCOCK)).isNotEqualTo(Stopping.at(3, 6));
    assertThat(Stopping.at(3, 6).withSpending(Spending.power(1.75), Spending.power(2.5)))
        .isEqualTo(Stopping.at(3, 6))
        .hasSameHashCodeAs(Stopping.at(3, 6))
        .isNotEqualTo(Stopping.at(3, 6).withSpending(Spending.power(2.5), Spending.power(1.75)));
    assertThat(Stopping.at(1, 2).firstChance(3)).isEmpty();
    assertThat(STOPPING.firstChance(20)).hasValue(5);
    assertThat(Stopping.at(4).firstChance(0)).isEmpty();
    assertThatThrownBy(() -> Stopping.upTo(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1.");
    assertThatThrownBy(() -> Stopping.at(10, 5)).hasMessageContaining("[10, 5]");
    assertThatThrownBy(() -> Stopping.at()).hasMessageContaining("1 to 200 looks; got 0");
  }

  @Test
  void anExtendedSampleMarksItsVerdict() {
    Baseline baseline = Baseline.of(Sample.of(normal(1, 20, 0)));
    Verdict verdict = baseline.compare(Sample.of(normal(2, 20, 6)).withLooks(2), MARGIN);
    assertThat(verdict.reason())
        .contains(
            " This study was looked at 2 times and then extended, so that the nominal error rates do not hold");
    assertThatThrownBy(() -> Sample.of(1).withLooks(-1))
        .hasMessage("looks must be 0 or more; got -1.");
  }

  /**
   * 150 replicates a row, seeds fixed; the calibration of the benchmarks has the figures. At the edge of the margin
   * each definitive verdict is wrong: at most the rate and three standard errors.
   */
  @Tag("statistical")
  @Test
  void savesRunsAndKeepsTheErrorRates() {
    double[] runs = new double[4];
    int[] replicated = new int[4];
    int[] differs = new int[4];
    double[] shifts = {2, 3, 0, 1};
    for (int i = 0; i < 150; i++) {
      Baseline baseline = Baseline.of(Sample.of(normal(10_000 + i, 20, 0)));
      for (int row = 0; row < 4; row++) {
        double[] fresh = normal(20_000 + i, 20, shifts[row]);
        Margin margin = Margin.absolute(row == 2 ? 1.4 : 1);
        Verdict verdict =
            run(baseline, fresh, Stopping.upTo(20), margin).verdict().orElseThrow();
        runs[row] += verdict.evidence().fresh().runs() / 150.0;
        replicated[row] += verdict instanceof Replicated ? 1 : 0;
        differs[row] += verdict instanceof Differs ? 1 : 0;
      }
    }
    assertThat(runs[0]).isLessThan(0.70 * 20);
    assertThat(runs[1]).isLessThan(0.36 * 20);
    assertThat(runs[2]).isLessThan(0.58 * 20);
    assertThat(differs[0]).isGreaterThan(105);
    assertThat(differs[1]).isEqualTo(150);
    assertThat(replicated[2]).isGreaterThan(138);
    assertThat(replicated[3] / 150.0).isLessThan(0.05 + 3 * Math.sqrt(0.05 * 0.95 / 150));
    assertThat(differs[3] / 150.0).isLessThan(0.025 + 3 * Math.sqrt(0.025 * 0.975 / 150));
  }

  @Test
  void aWatchRaisesItsAlarmForWhatIsWorse() {
    Metric loss = Metric.of("accuracy").higherIsBetter();
    Baseline baseline = Baseline.of(sample("own", normal(1, 20, 0)).withMetric(loss));
    Watch quiet = baseline.watch(Seed.of(1)).see(sample("new", normal(2, 30, 5)).withMetric(loss));
    assertThat(quiet.isRaised()).isFalse();
    Watch watch = baseline.watch(Seed.of(1)).see(SampleRun.failed(Seed.of(3)));
    for (int i = 0; i < 6; i++) {
      watch = watch.see(SampleRun.completed(Seed.of(100 + i), -9 - i));
    }
    assertThat(watch.isRaised()).isTrue();
    assertThat(watch.explain())
        .startsWith("Alarm: accuracy has become worse, after 7 runs: bets against");
    assertThat(quiet.explain())
        .startsWith("No alarm over accuracy after 30 runs:")
        .contains("not a replication");
    assertThatThrownBy(() -> quiet.see(SampleRun.completed(baseline.seeds().get(0), 1)))
        .hasMessageContaining("is one of the baseline");
    Watch undirected = Baseline.of(Sample.of(1, 2, 3)).watch(Seed.of(1));
    assertThatThrownBy(() -> undirected.see(SampleRun.failed(Seed.of(3))))
        .hasMessageContaining("no direction");
    assertThatThrownBy(() -> undirected.see(Sample.of(1).withMetric(Metric.of("other"))))
        .hasMessageContaining("the watch is over");
  }
}
