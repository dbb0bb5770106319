package dev.stet.replication;

import static dev.stet.replication.VerdictTest.around;
import static dev.stet.replication.VerdictTest.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
  @TempDir
  Path folder;

  /** The baseline of the file that version 0.1 wrote. */
  private static Baseline golden() {
    Metric metric =
        Metric.of("loss").lowerIsBetter().reducedBy(Reduction.minimum()).withResolution(0.25);
    List<SampleRun> runs = List.of(
        new SampleRun(Seed.of(3), 0.1 + 0.2, false, "0a"),
        new SampleRun(Seed.of(1), -0.0, false, null),
        new SampleRun(Seed.of(2), Double.NaN, true, "ff"),
        new SampleRun(Seed.of(4), Double.POSITIVE_INFINITY, true, null),
        new SampleRun(Seed.of(5), Double.parseDouble("2e23"), false, null));
    Sample first =
        Sample.of("a \"quoted\" experiment", metric, runs).withSelection(new Selection(3, false));
    return Baseline.of(first)
        .succeededBy(Sample.of("a \"quoted\" experiment", metric, runs.subList(0, 2)));
  }

  private static String goldenText() throws IOException {
    try (InputStream in = BaselineTest.class.getResourceAsStream("baseline-0.1.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Baseline read(String text) {
    try {
      return Baseline.read(Files.writeString(folder.resolve("base.json"), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Nested
  class InAFile {
    @Test
    void isTheTextThatVersion01Wrote() throws IOException {
      assertThat(BaselineFile.text(golden())).isEqualTo(goldenText());
    }

    @Test
    void readsWhatVersion01Wrote() throws IOException {
      Baseline baseline = read(goldenText());
      assertThat(baseline.name()).isEqualTo("base.json");
      assertThat(baseline.anchor().size()).isEqualTo(5);
      assertThat(baseline.anchor().failures()).isEqualTo(2);
      assertThat(baseline.anchor().selection()).isEqualTo(new Selection(3, false));
      assertThat(baseline.sample().metric()).isEqualTo(golden().sample().metric());
      assertThat(BaselineFile.text(baseline)).isEqualTo(goldenText());
    }

    @Test
    void doesNotDependOnTheOrderOfRuns() {
      List<SampleRun> runs = new ArrayList<>(sample(0, around(1, 20)).runs());
      String text = BaselineFile.text(Baseline.of(Sample.of("e", Metric.of("m"), runs)));
      Collections.reverse(runs);
      assertThat(BaselineFile.text(Baseline.of(Sample.of("e", Metric.of("m"), runs))))
          .isEqualTo(text);
    }

    @Test
    void replacesAnOldFileAndLeavesNothingElse() throws IOException {
      Path file = folder.resolve("deep/base.json");
      golden().write(file);
      Baseline.of(sample(0, 1, 2)).write(file);
      assertThat(Baseline.read(file).sample().size()).isEqualTo(2);
      try (var files = Files.list(file.getParent())) {
        assertThat(files).containsExactly(file);
      }
    }

    @Test
    void keepsTheFingerprintWithoutSeedAndPrivateThings() {
      Fingerprint fingerprint = Fingerprint.of(
          Map.of(Facet.RUNTIME, Map.of("java", "17"), Facet.SEED, Map.of("root", "1")),
          Map.of("user", "anna"));
      Baseline baseline = read(
          BaselineFile.text(Baseline.of(sample(0, around(1, 6)).withFingerprint(fingerprint))));
      assertThat(baseline.sample().fingerprint())
          .contains(fingerprint.without(Facet.SEED).withoutInformational());
      assertThat(BaselineFile.text(baseline)).doesNotContain("anna");
      Fingerprint later = Fingerprint.of(Map.of(Facet.RUNTIME, Map.of("java", "25")), Map.of());
      Verdict verdict =
          baseline.compare(sample(9, around(1, 6)).withFingerprint(later), Margin.absolute(1));
      assertThat(verdict.explain())
          .contains("  The fingerprints differ in: runtime (java 17 -> 25).");
    }
  }

  @Nested
  class ThatCannotBeRead {
    private void refuses(String text, String message) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(BaselineException.class)
          .hasMessage(message);
    }

    @Test
    void isMissing() {
      assertThatThrownBy(() -> Baseline.read(folder.resolve("none.json")))
          .hasMessage("there is no baseline none.json: no file "
              + folder.resolve("none.json").toAbsolutePath()
              + ". Check the path and the working directory, or write one by Baseline.of(sample).write(path),"
              + " review it and commit it.");
    }

    @Test
    void isEmpty() {
      refuses(
          " \n",
          "the baseline base.json is empty. Restore it from version control, or write it anew.");
    }

    @Test
    void isTruncatedAnywhere() throws IOException {
      String text = goldenText().strip();
      for (int length = 1; length < text.length(); length += 7) {
        String part = text.substring(0, length);
        assertThatThrownBy(() -> read(part))
            .isInstanceOf(BaselineException.class)
            .hasMessageStartingWith("the baseline base.json is not whole JSON: ")
            .hasMessageEndingWith(". Restore it from version control, or write it anew.");
      }
    }

    @Test
    void isSomethingElse() {
      refuses(
          "{}",
          "base.json is not a baseline: \"format\" must be \"stet-baseline\". Is it the right file?");
      refuses(
          "[1]",
          "base.json is not a baseline: \"format\" must be \"stet-baseline\". Is it the right file?");
    }

    @Test
    void isOfANewerFormat() throws IOException {
      refuses(
          goldenText().replace("\"version\": 1", "\"version\": 2"),
          "the baseline base.json is of format 2, and this version of Stet reads up to 1. Update Stet.");
    }

    @Test
    void wasEditedByHand() throws IOException {
      String end =
          ". It may have been edited by hand: restore it from version control, or write it anew.";
      String start = "the baseline base.json contradicts itself or its format: ";
      refuses(
          goldenText().replace("\"runs\": 5", "\"runs\": 6"),
          start + "\"anchor.counts.runs\" says 6, and it holds 5 runs" + end);
      refuses(
          goldenText().replace("\"failed\": 2", "\"failed\": 1"),
          start + "\"anchor.counts.failed\" says 1, and it holds 2 failed runs" + end);
      refuses(
          goldenText().replace("\"reduction\": \"minimum\"", "\"reduction\": 7"),
          start + "\"reduction\" must be a text; got 7" + end);
      String seed = "\"seed\": \"" + Seed.of(3) + "\"";
      refuses(
          goldenText().replace(seed, "\"seed\": \"" + Seed.of(1) + "\""),
          start + "seed " + Seed.of(1)
              + " occurs twice in the sample. Equal seeds give equal runs, which count once: leave one out."
              + end);
    }
  }

  @Nested
  class HeldAgainstAStudy {
    private final Baseline baseline = Baseline.of(sample(0, around(0.94, 20)));

    private void refuses(Sample fresh, String message) {
      assertThatThrownBy(() -> baseline.compare(fresh, Margin.absolute(0.01)))
          .isInstanceOf(BaselineException.class)
          .hasMessage(message);
    }

    @Test
    void refusesAnotherQuantity() {
      Sample fresh = sample(50, around(0.94, 20));
      refuses(
          Sample.of("other", fresh.metric(), fresh.runs()),
          "the baseline of digits-mlp is of another experiment: it has \"digits-mlp\", the study has \"other\"."
              + " Compare with the baseline of the same experiment, or delete the file to begin a new line of"
              + " baselines; its anchor goes with it.");
      refuses(
          fresh.withMetric(Metric.of("loss")),
          "the baseline of digits-mlp is of another metric: it has \"accuracy\", the study has \"loss\". Compare"
              + " with the baseline of the same metric, or delete the file to begin a new line of baselines; its"
              + " anchor goes with it.");
      refuses(
          fresh.withMetric(fresh.metric().reducedBy(Reduction.maximum())),
          "the baseline of digits-mlp is of another reduction: it has \"last\", the study has \"maximum\". Compare"
              + " with the baseline of the same reduction, or delete the file to begin a new line of baselines; its"
              + " anchor goes with it.");
    }

    @Test
    void refusesAStudyChosenByItsOwnSeeds() {
      refuses(
          sample(50, around(0.94, 20)).withSelection(new Selection(20, true)),
          "this study of digits-mlp was chosen by its own seeds: its config is the best of 20 on the very runs it"
              + " holds, so its values are better than the config is. Run the chosen config on fresh seeds and use those"
              + " runs.");
      Sample remeasured = sample(50, around(0.94, 20)).withSelection(new Selection(20, false));
      assertThat(baseline.compare(remeasured, Margin.absolute(0.01)))
          .isInstanceOf(Replicated.class);
    }

    @Test
    void refusesAFileChosenByItsOwnSeeds() {
      Baseline lucky = read(BaselineFile.text(baseline)
          .replace(
              "\"configsTried\": 1, \"bySeedsOfSample\": false",
              "\"configsTried\": 20, \"bySeedsOfSample\": true"));
      assertThatThrownBy(() -> lucky.compare(sample(50, around(0.94, 20)), Margin.absolute(0.01)))
          .hasMessage(
              "the baseline base.json was chosen by its own seeds: its config is the best of 20 on the very runs"
                  + " it holds, so its values are better than the config is. Run the chosen config on fresh seeds and use"
                  + " those runs.");
    }

    @Test
    void refusesAMarginBelowOneStep() {
      Sample fresh = sample(50, around(0.94, 20));
      Baseline stepped = Baseline.of(fresh.withMetric(fresh.metric().withResolution(0.0625)));
      assertThatThrownBy(() -> stepped.compare(
              fresh.withMetric(fresh.metric().withResolution(0.0625)), Margin.absolute(0.05)))
          .hasMessage(
              "margin 0.05 is below one step of accuracy, 0.0625 as declared: no value lies that near"
                  + " another. Give a margin of at least one step, or declare the true one by Metric.withResolution.");
      double[] quarters = {1, 1.25, 1.5, 1.75, 2, 1, 1.25, 1.5, 1.75, 2};
      assertThatThrownBy(() -> VerdictTest.compare(quarters, quarters, 0.2))
          .hasMessage(
              "margin 0.2 is below one step of accuracy, 0.25 as its values show: no value lies that near"
                  + " another. Give a margin of at least one step, or declare the true one by Metric.withResolution.");
    }

    @Test
    void takesARelativeMarginFromItsFrozenLocation() {
      assertThat(Baseline.of(sample(0, 2, 2, 2, 2, 2, 2)).size(Margin.relative(0.01)))
          .isEqualTo(0.02);
      assertThatThrownBy(
              () -> Baseline.of(sample(0, -3, -2, -1, 1, 2, 3)).size(Margin.relative(0.01)))
          .hasMessage(
              "a relative margin needs a baseline that is clearly not 0; the location of the baseline of"
                  + " digits-mlp is 0.0, 95 % [-3.0, 3.0], from 6 runs. Use Margin.absolute, or a baseline of more runs"
                  + " (6 at least).");
    }

    @Test
    void refusesOneSideWithoutADirection() {
      assertThatThrownBy(() -> Baseline.of(Sample.of(1, 2, 3))
              .compare(Sample.of(1, 2, 3), Margin.absolute(1).notWorse()))
          .hasMessage(
              "\"not worse\" needs to know which way worse is, and value has no direction. Declare"
                  + " higherIsBetter() or lowerIsBetter() on the metric.");
    }

    @Test
    void givesItsMetric() {
      assertThat(baseline.metric()).isEqualTo(Metric.of("accuracy").higherIsBetter());
    }
  }

  @Nested
  class Made {
    @Test
    void refusesASampleChosenByItsOwnSeeds() {
      Sample lucky = sample(0, around(0.94, 20)).withSelection(new Selection(20, true));
      String message =
          "the sample of digits-mlp was chosen by its own seeds: its config is the best of 20 on the very"
              + " runs it holds, so its values are better than the config is. Run the chosen config on fresh seeds and use"
              + " those runs.";
      assertThatThrownBy(() -> Baseline.of(lucky))
          .isInstanceOf(BaselineException.class)
          .hasMessage(message);
      Baseline line = Baseline.of(sample(0, around(0.94, 20)));
      assertThatThrownBy(() -> line.succeededBy(lucky)).hasMessage(message);
    }

    @Test
    void refusesASampleOfWhichNoRunCompleted() {
      Sample failed = sample(0, Double.NaN, Double.POSITIVE_INFINITY);
      String message =
          "no run of digits-mlp completed with a finite accuracy, 2 failed: there is nothing to hold a study"
              + " against. Find out why they failed before making a baseline.";
      assertThatThrownBy(() -> Baseline.of(failed))
          .isInstanceOf(BaselineException.class)
          .hasMessage(message);
      Baseline line = Baseline.of(sample(0, around(0.94, 20)));
      assertThatThrownBy(() -> line.succeededBy(failed)).hasMessage(message);
    }
  }

  @Nested
  class WithAnAnchor {
    private Baseline drifted(int times, double step) {
      Baseline line = Baseline.of(sample(0, around(0.94, 20)));
      for (int i = 1; i <= times; i++) {
        line = line.succeededBy(sample(100 * i, around(0.94 - step * i, 20)));
      }
      return read(BaselineFile.text(line));
    }

    @Test
    void smallDriftsThatAddUpDoNotReplicate() {
      Verdict verdict =
          drifted(5, 0.005).compare(sample(900, around(0.91, 20)), Margin.absolute(0.01));
      assertThat(verdict.anchor().orElseThrow()).isInstanceOf(Differs.class);
      Inconclusive inconclusive = (Inconclusive) verdict;
      assertThat(inconclusive.cause()).isEqualTo(Inconclusive.Cause.DRIFTED_FROM_ANCHOR);
      assertThat(inconclusive.isOpen()).isFalse();
      assertThat(verdict.explain()).isEqualTo("""
              accuracy replicates the baseline base.json but differs from its anchor.

                baseline    0.9150   n = 20    ▁▆█▇▇▇
                this study  0.9100   n = 20    ▇▇▇█▆▁
                difference -0.0050   90 % [-0.0080, -0.0020] by ranks, [-0.0082, -0.0018] by means
                                     95 % [-0.0090, -0.0010] by ranks, [-0.0088, -0.0012] by means
                margin      0.0100   absolute

                Both intervals lie strictly inside the margin. There is a difference, but one too small to matter.
                But both intervals against the anchor lie wholly outside the margin: the anchor is the first
                baseline of this line, 5 baselines ago, and small drifts have added up since. Find the changes
                that brought them. If all of the drift is meant, delete the file of the baseline to begin a new
                line; its anchor goes with it. All 20 runs were executed now; none failed.
                The guards are silent: spread (p = 1.000; a spread 2.2 times as large would show four times in
                five), shape (p = 1.000).
                Against the anchor, the first baseline: differs, -0.0300 95 % [-0.0340, -0.0260], margin 0.0100, n
                = 20 against 20.""");
      assertThat(verdict)
          .hasToString(
              "accuracy of digits-mlp: inconclusive (it drifted from the anchor), -0.0050 90 % [-0.0080, -0.0020],"
                  + " margin 0.0100, n = 20 against 20");
    }

    @Test
    void whatReplicatesBothSaysBoth() {
      Verdict verdict =
          drifted(1, 0.001).compare(sample(900, around(0.9395, 20)), Margin.absolute(0.01));
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(verdict.explain()).isEqualTo("""
              accuracy replicates the baseline base.json.

                baseline    0.9390   n = 20    █▇▇█▇▇
                this study  0.9395   n = 20    ▇▇█▇▇█
                difference  0.0005   90 % [-0.0025, 0.0035] by ranks, [-0.0027, 0.0037] by means
                margin      0.0100   absolute

                Both intervals lie strictly inside the margin. All 20 runs were executed now; none failed.
                The guards are silent: spread (p = 1.000; a spread 2.2 times as large would show four times in
                five), shape (p = 1.000).
                Against the anchor, the first baseline: replicated, -0.0005 90 % [-0.0035, 0.0025], margin 0.0100,
                n = 20 against 20.""");
    }

    @Test
    void whatDiffersFromTheBaselineDiffers() {
      assertThat(drifted(1, 0.03).compare(sample(900, around(0.94, 20)), Margin.absolute(0.01)))
          .isInstanceOf(Differs.class);
    }

    @Test
    void whatIsTooWideIsNotOpenIfItDiffersFromTheAnchor() {
      Inconclusive verdict = (Inconclusive)
          drifted(5, 0.006).compare(sample(900, around(0.900, 20)), Margin.absolute(0.01));
      assertThat(verdict.cause()).isEqualTo(Inconclusive.Cause.TOO_WIDE);
      assertThat(verdict.cause().isOpen()).isTrue();
      assertThat(verdict.isOpen()).isFalse();
    }

    @Test
    void anAnchorThatGivesNoMarginIsTold() {
      Baseline line = Baseline.of(sample(0, -3, -2, -1, 1, 2, 3.5))
          .succeededBy(sample(50, 2, 2.001, 2.002, 2.003, 2.0041, 2.0053));
      Verdict verdict =
          line.compare(sample(90, 2, 2.001, 2.002, 2.003, 2.0041, 2.0053), Margin.relative(0.01));
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(verdict.anchor()).isEmpty();
      assertThat(verdict.reason())
          .isEqualTo(
              "Both intervals lie strictly inside the margin. It cannot be held against the anchor, because a"
                  + " relative margin needs a baseline that is clearly not 0; the location of the anchor is 0.0, 95 %"
                  + " [-3.0, 3.5], from 6 runs.");
    }

    @Test
    void anAnchorOnACoarserLatticeIsTold() {
      Baseline line = Baseline.of(sample(0, 1, 1.25, 1.5, 1.75, 2, 1, 1.25, 1.5, 1.75, 2))
          .succeededBy(sample(50, 1.25, 1.25, 1.25, 1.25, 1.25));
      Verdict verdict =
          line.compare(sample(90, 1.25, 1.25, 1.25, 1.25, 1.25), Margin.absolute(0.1));
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(verdict.reason())
          .endsWith(
              " It cannot be held against the anchor, because margin 0.1 is below one step of accuracy,"
                  + " 0.25 as its values show: no value lies that near another.");
    }
  }
}
