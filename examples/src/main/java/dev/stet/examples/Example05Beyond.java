package dev.stet.examples;

import static dev.stet.StetAssertions.assertReplicates;
import static dev.stet.examples.Example01Digits.ACCURACY;
import static dev.stet.examples.Example01Digits.BASELINE;
import static dev.stet.examples.Example01Digits.CONFIG;
import static dev.stet.examples.Example01Digits.DIGITS;

import dev.stet.Study;
import dev.stet.examples.Example01Digits.Config;
import dev.stet.replication.Baseline;
import dev.stet.replication.Comparison;
import dev.stet.replication.CsvSamples;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Panel;
import dev.stet.replication.PublishedBaseline;
import dev.stet.replication.Sample;
import dev.stet.replication.SampleSet;
import dev.stet.replication.Verdict;
import dev.stet.replication.Watch;
import dev.stet.seeds.Seed;
import java.nio.file.Path;
import java.time.Duration;

/** Beyond one baseline: two configs, planning, watching, results from elsewhere, several metrics, a paper. */
public final class Example05Beyond {
  private Example05Beyond() {}

  /**
   * Runs the example.
   *
   * @param args not read
   */
  public static void main(String[] args) {
    Study first = DIGITS.study(CONFIG).seeds(Seed.of(1), 20).threads(2).run();
    Study second = DIGITS.study(CONFIG).seeds(Seed.of(7), 20).threads(2).run();
    twoConfigs(first);
    before();
    during();
    watching(second.metric(ACCURACY));
    elsewhere();
    published(second);
    metrics(first, second);
    dataSets();
    steps(first, second);
    words(second);
  }

  private static void twoConfigs(Study study) {
    Config slower = new Config(0.03, CONFIG.hidden(), CONFIG.epochs());
    Study candidate = DIGITS.study(slower).seeds(Seed.of(1), 20).threads(2).run();
    Comparison comparison = Comparison.of(
            study.metric(ACCURACY), candidate.metric(ACCURACY), Margin.absolute(0.01))
        .named("rate 0.05", "rate 0.03");
    System.out.println(comparison.reading()); // BETTER, WORSE, EQUIVALENT or OPEN
    System.out.println(comparison.verdict().explain());
  }

  private static void before() {
    Baseline baseline = Baseline.read(BASELINE);
    System.out.println(baseline.outlook(Margin.absolute(0.01)).explain(Duration.ofMinutes(3)));
  }

  private static void during() {
    Verdict verdict = assertReplicates(
        BASELINE,
        DIGITS.study(CONFIG).seeds(Seed.of(7), 40).threads(2).untilDecided(40),
        ACCURACY,
        Margin.absolute(0.01));
    System.out.println(verdict.explain());
  }

  private static void watching(Sample lastNight) {
    Watch watch = Baseline.read(BASELINE).watch(Seed.of(1)).see(lastNight);
    System.out.println(watch.isRaised());
    System.out.println(watch.explain());
  }

  private static void elsewhere() {
    CsvSamples results = CsvSamples.read(Path.of("data/results.csv")).where("data", "cifar10");
    Sample before = results.where("version", "1.0").sample("resnet", ACCURACY);
    Sample now = results.where("version", "1.1").sample("resnet", ACCURACY);
    Baseline baseline = Baseline.of(before); // baseline.write(path) makes it a file
    System.out.println(baseline.compare(now, Margin.absolute(0.01)).explain());
  }

  private static void published(Study study) {
    PublishedBaseline paper = PublishedBaseline.of(ACCURACY, 0.912)
        .withStandardDeviation(0.013) // or withStandardError(..), or withInterval(low, high, 0.95)
        .withRuns(10)
        .named("Table 2");
    System.out.println(
        paper.compare(study.metric(ACCURACY), Margin.absolute(0.02)).explain());
  }

  private static void metrics(Study first, Study second) {
    Metric loss = Metric.of("loss").lowerIsBetter();
    Margin margin = Margin.absolute(0.01);
    Verdict accuracy = Baseline.of(first.metric(ACCURACY)).compare(second.metric(ACCURACY), margin);
    Panel panel = Panel.of("metric")
        .withPrimary("accuracy", accuracy)
        .withExploratory(
            "loss", Baseline.of(first.metric(loss)).compare(second.metric(loss), margin));
    System.out.println(panel.outcome()); // REPLICATED only if every primary one is
    System.out.println(panel.explain()); // also panel.markdown() and panel.latex()
  }

  private static SampleSet version(String version) {
    CsvSamples results = CsvSamples.read(Path.of("data/results.csv")).where("version", version);
    return SampleSet.of("data set")
        .with("cifar10", results.where("data", "cifar10").sample("resnet", ACCURACY))
        .with("svhn", results.where("data", "svhn").sample("resnet", ACCURACY));
  }

  private static void dataSets() {
    Panel sets = version("1.0").compare(version("1.1"), Margin.absolute(0.01));
    System.out.println(sets.explain());
  }

  private static void steps(Study first, Study second) {
    Metric loss = Metric.of("loss").lowerIsBetter();
    SampleSet before = first.curve(loss, 1, 4, 9);
    System.out.println(
        before.compare(second.curve(loss, 1, 4, 9), Margin.absolute(0.02)).explain());
  }

  private static void words(Study study) {
    Verdict verdict =
        Baseline.read(BASELINE).compare(study.metric(ACCURACY), Margin.absolute(0.01));
    System.out.println(verdict.sentence());
    System.out.println(Verdict.latexHeader());
    System.out.println(verdict.latexRow());
  }
}
