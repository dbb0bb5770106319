package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.replication.Direction;
import dev.stet.replication.Metric;
import dev.stet.replication.Sample;
import dev.stet.replication.SampleRun;
import dev.stet.replication.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The studies of one experiment with many configs, on the same seeds.
 *
 * <pre>{@code
 * Sweep<Config> sweep = DIGITS.study(base).seeds(Seed.of(7), 5).threads(8).ledger(ledger).sweep(grid.configs());
 * System.out.println(sweep.summary());
 * Sweep.Entry<Config> best = sweep.best(Metric.of("accuracy").higherIsBetter());
 * Study fresh = DIGITS.study(best.config()).freshSeeds(20).run(); // the best of many looks better than it is
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param <C> the type of the config
 * @since 0.1
 */
public final class Sweep<C> {
  /** How many configs are told of one by one. */
  private static final int MOST_CONFIGS = 20;

  private final List<Entry<C>> entries;

  /**
   * One config and its study.
   *
   * @param <C> the type of the config
   * @param config the settings
   * @param study their runs
   * @since 0.1
   */
  public record Entry<C>(C config, Study study) {}

  private Sweep(List<Entry<C>> entries) {
    this.entries = List.copyOf(entries);
  }

  static <C> Sweep<C> of(List<C> configs, List<Study> studies) {
    List<Entry<C>> entries = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      entries.add(new Entry<>(configs.get(i), studies.get(i)));
    }
    return new Sweep<>(entries);
  }

  /**
   * Returns every config with its study.
   *
   * @return one entry a config, in their order, unmodifiable
   */
  public List<Entry<C>> entries() {
    return entries;
  }

  /**
   * Returns every config with its study, the best first: by the median over the seeds, failed runs ranked worst. Their
   * studies say that these seeds chose among so many configs, so no baseline is made of them: run the best one on fresh
   * seeds.
   *
   * @param metric with its direction
   * @return one entry a config, the earlier first among equals, unmodifiable
   * @throws IllegalArgumentException if the metric has no direction, or a completed run did not record it
   */
  public List<Entry<C>> ranking(Metric metric) {
    Direction direction = requireNonNull(metric, "metric")
        .direction()
        .orElseThrow(
            () -> new IllegalArgumentException("the best of a sweep needs a direction; got "
                + metric + ". Say metric.higherIsBetter() or metric.lowerIsBetter()."));
    boolean higher = direction == Direction.HIGHER_IS_BETTER;
    Selection selection = new Selection(entries.size(), true);
    record Ranked<C>(Entry<C> entry, double loss) {}
    return entries.stream()
        .map(entry -> new Ranked<>(
            new Entry<>(entry.config(), entry.study().withSelection(selection)),
            medianLoss(entry.study().metric(metric), higher)))
        .sorted(Comparator.comparingDouble(Ranked::loss))
        .map(Ranked::entry)
        .toList();
  }

  /**
   * Returns the config that did best; see {@link #ranking}.
   *
   * @param metric with its direction
   * @return the first of the ranking
   * @throws IllegalArgumentException if the metric has no direction, or a completed run did not record it
   */
  public Entry<C> best(Metric metric) {
    return ranking(metric).get(0);
  }

  private static double medianLoss(Sample sample, boolean higherIsBetter) {
    double[] losses = new double[sample.size()];
    for (int i = 0; i < losses.length; i++) {
      SampleRun run = sample.runs().get(i);
      double signed = higherIsBetter ? -run.value() : run.value();
      losses[i] = run.failed() ? Double.POSITIVE_INFINITY : signed;
    }
    Arrays.sort(losses);
    int half = losses.length / 2;
    return losses.length % 2 == 1 || losses[half] == losses[half - 1]
        ? losses[half]
        : losses[half - 1] + (losses[half] - losses[half - 1]) / 2;
  }

  /**
   * Returns how many runs were executed now.
   *
   * @return over all configs
   */
  public int executed() {
    return entries.stream().mapToInt(entry -> entry.study().executed()).sum();
  }

  /**
   * Returns how many runs were taken from the ledger instead.
   *
   * @return over all configs
   */
  public int reused() {
    return entries.stream().mapToInt(entry -> entry.study().reused()).sum();
  }

  /**
   * Returns what became of it: counts, and every failed run once, grouped by cause; config by config if there are up to
   * twenty, and otherwise all configs together.
   *
   * @return several lines, without a line break at the end
   */
  public String summary() {
    int runs = entries.stream().mapToInt(entry -> entry.study().runs().size()).sum();
    int failed =
        entries.stream().mapToInt(entry -> entry.study().failed().size()).sum();
    String head = Words.count(entries.size(), "config") + ": " + Words.count(runs, "run") + ", "
        + Words.number(executed()) + " executed now, " + Words.number(reused()) + " reused; "
        + Words.number(runs - failed) + " completed, " + Words.number(failed) + " failed.";
    return head + (entries.size() <= MOST_CONFIGS ? each() : together());
  }

  private String each() {
    StringBuilder page = new StringBuilder();
    for (Entry<C> entry : entries) {
      page.append("\n\n")
          .append(entry.config())
          .append("\n")
          .append(entry.study().summary());
    }
    return page.toString();
  }

  private String together() {
    StudyAccount all = entries.stream()
        .map(entry -> entry.study().account())
        .reduce(StudyAccount.NEW, StudyAccount::and);
    long hopeless =
        entries.stream().filter(entry -> !entry.study().notRun().isEmpty()).count();
    String failures = Failures.explainAll(entries);
    return (failures.isEmpty() ? "" : "\n\n" + failures)
        + (hopeless == 0
            ? ""
            : "\n\n"
                + Words.paragraph(Words.count(all.notRun().size(), "seed") + " of "
                    + Words.count(hopeless, "config")
                    + " were not run, since all runs before them failed."))
        + StudySummary.ranAgain(all);
  }

  @Override
  public String toString() {
    return "sweep of " + Words.count(entries.size(), "config");
  }
}
