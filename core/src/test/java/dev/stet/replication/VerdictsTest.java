package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Verdicts read together, and verdicts written for papers. */
class VerdictsTest {
  private static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();
  private static final Metric LOSS = Metric.of("val_loss").lowerIsBetter();
  private static final Metric EPOCHS = Metric.of("epochs");
  private static final Verdict SAME = Baseline.of(sample(ACCURACY, 1, 20, 0.94, 0.004))
      .compare(sample(ACCURACY, 2, 20, 0.94, 0.004), Margin.absolute(0.01));
  private static final Verdict WORSE = Baseline.of(sample(LOSS, 3, 20, 0.30, 0.02))
      .compare(sample(LOSS, 4, 20, 0.36, 0.02), Margin.absolute(0.02));
  private static final Verdict OPEN = Baseline.of(sample(EPOCHS, 5, 20, 30, 5))
      .compare(sample(EPOCHS, 6, 20, 31, 5), Margin.absolute(2));

  static Sample sample(Metric metric, long seed, int n, double mean, double deviation) {
    RandomStream stream = Seed.of(seed).stream();
    List<SampleRun> runs = Stream.generate(
            () -> new SampleRun(null, mean + deviation * stream.nextGaussian(), false, null))
        .limit(n)
        .toList();
    return Sample.of("resnet", metric, runs);
  }

  @Nested
  class InAPanel {
    private final Panel panel = Panel.of("metric")
        .withPrimary("accuracy", SAME)
        .withPrimary("val_loss", WORSE)
        .withExploratory("epochs & more", OPEN);

    @Test
    void areShownOnAPage() {
      assertThat(panel.outcome()).isEqualTo(Panel.Outcome.DIFFERS).hasToString("differs");
      assertThat(panel.differing()).extracting(Panel.Entry::name).containsExactly("val_loss");
      assertThat(panel.explain()).isEqualTo("""
          1 of 2 primary metrics differs: val_loss; 1 is replicated.

            metric         baseline  this study  difference                interval  margin  verdict          p by Holm
            accuracy         0.9396      0.9406      0.0008  90 % [-0.0013, 0.0036]    0.01  replicated       1.0000
            val_loss         0.2970      0.3624      0.0650   95 % [0.0534, 0.0768]    0.02  differs (worse)  < 0.0001
            exploratory, not counted:
            epochs & more     31.33       31.82        0.44      90 % [-1.92, 3.20]       2  inconclusive

            All must hold for the panel to replicate, which needs no correction. Which differ is told with
            Holm's adjustment for 2. Intervals are those of the first witness; all witnesses of a verdict have
            to agree.""");
    }

    @Test
    void areWrittenInMarkdown() {
      assertThat(panel.markdown()).isEqualTo("""
          | metric | baseline | this study | difference | interval | margin | verdict | p by Holm |
          | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |
          | accuracy | 0.9396 | 0.9406 | 0.0008 | 90 % [-0.0013, 0.0036] | 0.01 | replicated | 1.0000 |
          | val\\_loss | 0.2970 | 0.3624 | 0.0650 | 95 % [0.0534, 0.0768] | 0.02 | differs (worse) | \\< 0.0001 |
          | epochs & more (exploratory) | 31.33 | 31.82 | 0.44 | 90 % [-1.92, 3.20] | 2 | inconclusive |  |""");
    }

    @Test
    void areWrittenInLatex() {
      assertThat(panel.latex()).isEqualTo("""
          \\begin{tabular}{lrrrrrll}
          \\hline
          metric & baseline & this study & difference & interval & margin & verdict & p by Holm \\\\
          \\hline
          accuracy & $0.9396$ & $0.9406$ & $0.0008$ & 90\\,\\% $[-0.0013, 0.0036]$ & $0.01$ & replicated & 1.0000 \\\\
          val\\_loss & $0.2970$ & $0.3624$ & $0.0650$ & 95\\,\\% $[0.0534, 0.0768]$ & $0.02$ & differs (worse) & $<$ 0.0001 \\\\
          \\hline
          \\multicolumn{8}{l}{\\emph{exploratory, not counted}} \\\\
          epochs \\& more & $31.33$ & $31.82$ & $0.44$ & 90\\,\\% $[-1.92, 3.20]$ & $2$ & inconclusive &  \\\\
          \\hline
          \\end{tabular}""");
    }

    @Test
    void replicateOnlyTogether() {
      Panel one = Panel.of("data set").withPrimary("cifar", SAME);
      assertThat(one.outcome()).isEqualTo(Panel.Outcome.REPLICATED);
      assertThat(one.explain()).isEqualTo("""
          The one primary data set is replicated.

            data set  baseline  this study  difference                interval  margin  verdict
            cifar       0.9396      0.9406      0.0008  90 % [-0.0013, 0.0036]    0.01  replicated

            Intervals are those of the first witness; all witnesses of a verdict have to agree.""");
      assertThat(one.withPrimary("svhn", SAME).explain())
          .startsWith("All 2 primary data sets are replicated.\n");
      Panel open = one.withPrimary("svhn", OPEN);
      assertThat(open.outcome()).isEqualTo(Panel.Outcome.INCONCLUSIVE);
      assertThat(open.explain())
          .startsWith("Inconclusive: 1 of 2 primary data sets is replicated.\n");
      assertThat(one.withExploratory("svhn", WORSE).outcome()).isEqualTo(Panel.Outcome.REPLICATED);
    }

    @Test
    void differOnlyIfHolmLetsThem() {
      Verdict barely = barelyDiffering();
      Panel panel = Panel.of("step").withPrimary("1", barely);
      assertThat(panel.outcome()).isEqualTo(Panel.Outcome.DIFFERS);
      for (int step = 2; step <= 5; step++) {
        panel = panel.withPrimary(Integer.toString(step), SAME);
      }
      assertThat(panel.outcome()).isEqualTo(Panel.Outcome.INCONCLUSIVE);
      assertThat(panel.explain())
          .startsWith(
              "Inconclusive: 4 of 5 primary steps are replicated, and 1 differs alone but not beside 4 others.");
      double p = barely.evidence().differencePValue();
      assertThat(panel.adjustedPValues().get("1")).isEqualTo(5 * p);
    }

    /** The margin is moved until the verdict only just differs. */
    private Verdict barelyDiffering() {
      Baseline baseline = Baseline.of(sample(LOSS, 3, 20, 0.30, 0.02));
      Sample fresh = sample(LOSS, 4, 20, 0.36, 0.02);
      double low = WORSE.evidence().witnesses().stream()
          .mapToDouble(witness -> witness.wide().lower())
          .min()
          .orElseThrow();
      Verdict verdict = baseline.compare(fresh, Margin.absolute(low * 0.999));
      assertThat(verdict).isInstanceOf(Differs.class);
      return verdict;
    }

    @Test
    void areNamedOnceAndCountedOrNot() {
      assertThatThrownBy(() -> panel.withPrimary("accuracy", SAME))
          .hasMessage(
              "two verdicts of the panel are called \"accuracy\". Give each a name of its own.");
      assertThatThrownBy(() -> panel.withExploratory("accuracy", SAME))
          .hasMessage(
              "two verdicts of the panel are called \"accuracy\", one primary and one exploratory. Decide which"
                  + " it is: what counts is declared before the data are seen.");
      assertThatThrownBy(() -> panel.withPrimary("a\nb", SAME))
          .hasMessage(
              "the name of a verdict must hold a visible character and no control character; got \"a\nb\". Give"
                  + " one such as \"accuracy\".");
      assertThatThrownBy(() -> Panel.of(" "))
          .hasMessageStartingWith("the subject of a panel must hold a visible character");
      Verdict strict = Baseline.of(sample(ACCURACY, 1, 20, 0.94, 0.004))
          .compare(
              sample(ACCURACY, 2, 20, 0.94, 0.004),
              Margin.absolute(0.01),
              Method.robust().withAlpha(0.01));
      assertThatThrownBy(() -> panel.withPrimary("strict", strict))
          .hasMessage(
              "the primary verdicts of a panel need one alpha; accuracy has 0.05, strict has 0.01. Use the same"
                  + " method for all.");
      assertThat(panel.withExploratory("strict", strict).entries()).hasSize(4);
    }

    @Test
    void enterWithAlphaIfTheyWereLookedAtOnTheWay() {
      Verdict looked = lookedAt(0.33);
      assertThat(looked).isInstanceOf(Differs.class);
      assertThat(looked.evidence().differencePValue()).isLessThan(0.02);
      Panel alone = Panel.of("metric").withPrimary("looked at", looked);
      assertThat(alone.adjustedPValues()).containsEntry("looked at", 0.05);
      assertThat(alone.outcome()).isEqualTo(Panel.Outcome.DIFFERS);
      Panel two = alone.withPrimary("accuracy", SAME);
      assertThat(two.adjustedPValues()).containsEntry("looked at", 0.1);
      assertThat(two.outcome()).isEqualTo(Panel.Outcome.INCONCLUSIVE);
      assertThat(two.explain().replaceAll("\\s+", " "))
          .contains(
              "Holm's adjustment for 2. One study was looked at on the way and may have stopped early; one that"
                  + " differs enters with alpha as its p. Intervals");
      // Beside one that differs clearly, alpha is enough for the last step of Holm's.
      Panel clear = alone.withPrimary("val_loss", WORSE);
      assertThat(clear.differing()).hasSize(2);
      Verdict same = lookedAt(0.30);
      assertThat(same).isInstanceOf(Replicated.class);
      Panel replicated = Panel.of("metric").withPrimary("looked at", same);
      assertThat(replicated.adjustedPValues()).containsEntry("looked at", 1.0);
      assertThat(replicated.withPrimary("accuracy", SAME).outcome())
          .isEqualTo(Panel.Outcome.REPLICATED);
    }

    private Verdict lookedAt(double mean) {
      Sample now = sample(LOSS, 4, 20, mean, 0.005);
      Sequential state = Baseline.of(sample(LOSS, 3, 20, 0.30, 0.005))
          .untilDecided(Margin.absolute(0.02), Stopping.at(5, 10, 20));
      while (!state.isOver()) {
        state = state.look(Sample.of("resnet", LOSS, now.runs().subList(0, state.nextLook())));
      }
      return state.verdict().orElseThrow();
    }

    @Test
    void areNotPrimaryIfTheirStudyWasExtended() {
      Sample extended = sample(ACCURACY, 2, 20, 0.94, 0.004).withLooks(1);
      Margin margin = Margin.absolute(0.01);
      Sample before = sample(ACCURACY, 1, 20, 0.94, 0.004);
      Verdict verdict = Baseline.of(before).compare(extended, margin);
      assertThat(verdict.evidence().undeclaredLooks()).isEqualTo(1);
      assertThatThrownBy(() -> panel.withPrimary("longer", verdict))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the study of \"longer\" was looked at once and then extended, so that its verdict has no known error"
                  + " rate and cannot be primary. Show it by withExploratory, or declare the looks beforehand, with"
                  + " untilDecided.");
      assertThat(panel.withExploratory("longer", verdict).entries()).hasSize(4);
      // However it is held against something else, its verdict says so.
      String mark = "This study was looked at once and then extended";
      assertThat(verdict.reason()).contains(mark);
      assertThat(Comparison.of(before, extended, margin).verdict().reason()).contains(mark);
      assertThat(PublishedBaseline.of(ACCURACY, 0.94).compare(extended, margin).reason())
          .contains(mark);
    }

    @Test
    void sayNothingIfNoneCounts() {
      for (Panel empty :
          List.of(Panel.of("metric"), Panel.of("metric").withExploratory("accuracy", SAME))) {
        assertThatThrownBy(empty::outcome)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "the panel has no primary metric, so that nothing counts. Add one by withPrimary(name,"
                    + " verdict).");
        assertThatThrownBy(empty::explain).isInstanceOf(IllegalStateException.class);
      }
      assertThat(panel).hasToString("panel of 2 primary and 1 exploratory verdicts by metric");
    }
  }

  @Nested
  class InASet {
    private final SampleSet before = SampleSet.of("data set")
        .with("cifar", sample(ACCURACY, 1, 20, 0.94, 0.004))
        .with("svhn", sample(ACCURACY, 7, 20, 0.90, 0.004));

    @Test
    void areComparedNameByName() {
      Panel panel = before.compare(
          SampleSet.of("data set")
              .with("svhn", sample(ACCURACY, 8, 20, 0.86, 0.004))
              .with("cifar", sample(ACCURACY, 2, 20, 0.94, 0.004)),
          Margin.absolute(0.01));
      assertThat(panel.entries()).extracting(Panel.Entry::name).containsExactly("cifar", "svhn");
      assertThat(panel.outcome()).isEqualTo(Panel.Outcome.DIFFERS);
      assertThat(panel.explain())
          .startsWith("1 of 2 primary data sets differs: svhn; 1 is replicated.");
    }

    @Test
    void areRefusedIfOneSideHasLess() {
      SampleSet fresh = SampleSet.of("data set")
          .with("mnist", before.sample("svhn"))
          .with("cifar", before.sample("cifar"));
      assertThatThrownBy(() -> before.compare(fresh, Margin.absolute(0.01)))
          .hasMessage(
              "both sides must hold the same names (data set); only the first has: svhn; only the fresh one has:"
                  + " mnist. Leave out on both sides what one of them lacks, and say so.");
      assertThatThrownBy(() -> SampleSet.of("step").compare(fresh, Margin.absolute(0.01)))
          .hasMessage(
              "a set to compare with must hold at least one step; got none. Add it by with(name, sample).");
      assertThatThrownBy(() -> before.with("svhn", before.sample("cifar")))
          .hasMessage("two samples of the set are called \"svhn\". Give each data set once.");
      assertThatThrownBy(() -> before.sample("mnist"))
          .hasMessage("the set has no data set \"mnist\"; it has: cifar, svhn.");
      assertThat(before).hasToString("samples by data set: cifar, svhn");
    }
  }

  @Nested
  class ForAPaper {
    @Test
    void areSentences() {
      assertThat(SAME.sentence())
          .isEqualTo(
              "Accuracy replicated the baseline: difference 0.0008, 90 % CI [-0.0013, 0.0036], margin 0.01, n ="
                  + " 20 vs 20 runs (Hodges-Lehmann and Welch).");
      assertThat(WORSE.sentence())
          .isEqualTo(
              "val_loss differed from the baseline and was worse: difference 0.0650, 95 % CI [0.0534, 0.0768],"
                  + " margin 0.02, n = 20 vs 20 runs (Hodges-Lehmann and Welch).");
      assertThat(OPEN.sentence())
          .isEqualTo(
              "Epochs was inconclusive against the baseline (too wide): difference 0.44, 90 % CI [-1.92, 3.20],"
                  + " margin 2, n = 20 vs 20 runs (Hodges-Lehmann and Welch).");
    }

    @Test
    void nameConfigsPairsFailuresAndSides() {
      Verdict better = Comparison.of(
              sample(ACCURACY, 1, 20, 0.90, 0.004),
              sample(ACCURACY, 2, 20, 0.94, 0.004),
              Margin.absolute(0.01))
          .named("lr 0.1", "lr 0.2")
          .verdict();
      assertThat(better.sentence())
          .startsWith(
              "Accuracy of lr 0.2 was better than that of lr 0.1: difference 0.0408, 95 % CI [");
      List<SampleRun> runs = Stream.iterate(1, i -> i + 1)
          .limit(12)
          .map(i -> i == 12
              ? SampleRun.failed(Seed.of(i))
              : SampleRun.completed(Seed.of(i), 0.9 + i / 1000.0))
          .toList();
      Sample paired = Sample.of("resnet", ACCURACY, runs);
      assertThat(Baseline.of(paired)
              .compare(paired, Margin.absolute(0.01).notWorse())
              .sentence())
          .isEqualTo(
              "Accuracy replicated the baseline: difference 0.0000, 90 % CI [0.0000, 0.0000], margin 0.01 on the"
                  + " worse side, n = 12 paired seeds, of which 1 and 1 failed (signed-rank Hodges-Lehmann and paired t).");
    }

    @Test
    void areRowsOfALatexTable() {
      assertThat(Verdict.latexHeader())
          .isEqualTo(
              "Metric & Baseline & This study & Difference & Interval & Margin & Runs & Verdict \\\\");
      assertThat(WORSE.latexRow())
          .isEqualTo(
              "val\\_loss & $0.2970$ & $0.3624$ & $0.0650$ & 95\\,\\% $[0.0534, 0.0768]$ & $0.02$ & 20 / 20 &"
                  + " differs (worse) \\\\");
      for (Verdict verdict : List.of(SAME, WORSE, OPEN)) {
        assertThat(verdict.latexRow().split(" & "))
            .hasSameSizeAs(Verdict.latexHeader().split(" & "));
      }
    }

    @Test
    void escapeWhatLatexReads() {
      assertThat(LatexText.escape("a_b&c%d$e#f{g}h~i^j\\k<l>m|n\"o"))
          .isEqualTo(
              "a\\_b\\&c\\%d\\$e\\#f\\{g\\}h\\textasciitilde{}i\\textasciicircum{}j\\textbackslash{}k"
                  + "\\textless{}l\\textgreater{}m\\textbar{}n''o");
      assertThat(LatexText.number("-infinity")).isEqualTo("$-\\infty$");
      assertThat(LatexText.number("none")).isEqualTo("--");
      assertThat(LatexText.number("-1.500e+13")).isEqualTo("$-1.500 \\times 10^{13}$");
      assertThat(LatexText.number("2.000e-10")).isEqualTo("$2.000 \\times 10^{-10}$");
    }
  }

  /** The p-value is at most alpha exactly when the verdict, at that alpha, is definitive. */
  @Property(tries = 150)
  void pValuesAgreeWithVerdicts(
      @ForAll @LongRange(min = 0, max = 10_000) long seed,
      @ForAll @IntRange(min = 3, max = 12) int n,
      @ForAll @DoubleRange(min = -3, max = 3) double shift,
      @ForAll @DoubleRange(min = 0.01, max = 0.4) double alpha) {
    Method method = Method.robust().withAlpha(alpha);
    Verdict verdict = Baseline.of(sample(ACCURACY, seed, n, 10, 1))
        .compare(sample(ACCURACY, seed + 1, n, 10 + shift, 1), Margin.absolute(1), method);
    double differs = verdict.evidence().differencePValue();
    double equal = verdict.evidence().equivalencePValue();
    assertThat(differs).isBetween(1e-12, 1.0);
    assertThat(equal).isBetween(1e-12, 1.0);
    assertThat(differs <= alpha).isEqualTo(verdict instanceof Differs);
    boolean guarded =
        verdict instanceof Inconclusive open && open.cause().name().equals("DISTRIBUTION_CHANGED");
    assertThat(equal <= alpha).isEqualTo(verdict instanceof Replicated || guarded);
  }

  @Test
  void aPValueOfThreeAgainstThreeIsOneInTwenty() {
    Sample before = Sample.of(0, 0.0001, 0.0002).withMetric(ACCURACY);
    Sample now = Sample.of(0, 0.0001, 0.0002).withMetric(ACCURACY);
    Verdict verdict = Baseline.of(before).compare(now, Margin.absolute(1));
    assertThat(verdict).isInstanceOf(Replicated.class);
    assertThat(verdict.evidence().equivalencePValue()).isEqualTo(0.05);
    assertThat(verdict.evidence().differencePValue()).isEqualTo(1);
  }

  @Test
  void exactEqualityHasNoChanceInIt() {
    Sample values = Sample.of(1, 1, 1).withMetric(ACCURACY);
    Baseline baseline = Baseline.of(values);
    Evidence same =
        baseline.compare(values, Margin.absolute(0.1), Method.exact()).evidence();
    assertThat(same.differencePValue()).isEqualTo(1);
    assertThat(same.equivalencePValue()).isEqualTo(1e-12);
    Evidence other = baseline
        .compare(Sample.of(2, 1, 1).withMetric(ACCURACY), Margin.absolute(0.1), Method.exact())
        .evidence();
    assertThat(other.differencePValue()).isEqualTo(1e-12);
    assertThat(other.equivalencePValue()).isEqualTo(1);
  }

  /**
   * Five metrics, each exactly at the margin: any false "differs" at most .05 of the time, and by Holm far less as both
   * witnesses must agree. 1,000 tries, three standard errors .021.
   */
  @Test
  void aPanelKeepsTheChanceOfAnyFalseAlarm() {
    int alarms = 0;
    for (int i = 0; i < 1_000; i++) {
      SampleSet before = SampleSet.of("metric");
      SampleSet now = SampleSet.of("metric");
      for (int j = 0; j < 5; j++) {
        before = before.with("m" + j, sample(ACCURACY, 100_000 + 10 * i + j, 8, 10, 1));
        now = now.with("m" + j, sample(ACCURACY, 200_000 + 10 * i + j, 8, 11, 1));
      }
      Panel panel = before.compare(now, Margin.absolute(1));
      alarms += panel.outcome() == Panel.Outcome.DIFFERS ? 1 : 0;
    }
    assertThat(alarms / 1_000.0).isBetween(0.001, 0.05);
  }
}
