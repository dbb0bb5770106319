package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Samples side by side: of one experiment on several data sets, or of one metric at several steps of a curve.
 *
 * <pre>{@code
 * Panel curve = before.curve(LOSS, 10, 100, 1000).compare(now.curve(LOSS, 10, 100, 1000), Margin.absolute(0.02));
 * }</pre>
 *
 * <p>{@link #compare(SampleSet, Margin) compare} gives a verdict for each name, {@link #aggregate} one for all together.
 *
 * <p>Immutable and safe for use by several threads. Samples stay in the order in which they were added.
 *
 * @since 0.1
 */
public final class SampleSet {
  private final String subject;
  private final Map<String, Sample> samples;

  private SampleSet(String subject, Map<String, Sample> samples) {
    this.subject = subject;
    this.samples = samples;
  }

  /**
   * Returns a set without samples.
   *
   * @param subject what tells its samples apart, in the singular, such as {@code data set} or {@code step}
   * @return the set
   * @throws IllegalArgumentException if the subject is blank or has a control character
   */
  public static SampleSet of(String subject) {
    return new SampleSet(
        Panel.requireVisible(subject, "the subject of a set", "data set"), Map.of());
  }

  /**
   * Returns a copy with one more sample.
   *
   * @param name what it is of, a name not used yet, such as {@code cifar10}
   * @param sample the sample
   * @return the copy
   * @throws IllegalArgumentException if the name is blank or used already
   */
  public SampleSet with(String name, Sample sample) {
    Panel.requireVisible(name, "the name of a sample", "cifar10");
    requireNonNull(sample, "sample");
    if (samples.containsKey(name)) {
      throw new IllegalArgumentException(
          "two samples of the set are called \"" + name + "\". Give each " + subject + " once.");
    }
    Map<String, Sample> more = new LinkedHashMap<>(samples);
    more.put(name, sample);
    return new SampleSet(subject, Collections.unmodifiableMap(more));
  }

  /**
   * Returns what tells the samples apart.
   *
   * @return the subject, in the singular
   */
  public String subject() {
    return subject;
  }

  /**
   * Returns the names of the samples.
   *
   * @return in the order in which they were added, unmodifiable
   */
  public List<String> names() {
    return List.copyOf(samples.keySet());
  }

  /**
   * Returns one sample, such as for a baseline file of its own.
   *
   * @param name its name
   * @return the sample
   * @throws IllegalArgumentException if there is none of this name
   */
  public Sample sample(String name) {
    Sample sample = samples.get(requireNonNull(name, "name"));
    if (sample == null) {
      throw new IllegalArgumentException("the set has no " + subject + " \"" + name + "\"; it has: "
          + (samples.isEmpty() ? "none" : String.join(", ", samples.keySet())) + ".");
    }
    return sample;
  }

  /**
   * Holds a fresh set against this one, name by name, each as against a baseline of its own.
   *
   * @param fresh the same names, in any order
   * @param margin what was declared before; a relative one is a share of each sample's location
   * @return a primary verdict for each name, in the order of this set
   * @throws IllegalArgumentException if this set is empty, the names are not the same on both sides, or a study was looked at
   *     and then extended
   * @throws BaselineException as {@link Baseline#compare(Sample, Margin)} does
   */
  public Panel compare(SampleSet fresh, Margin margin) {
    return compare(fresh, margin, Method.robust());
  }

  /**
   * Holds a fresh set against this one by a method of your choice.
   *
   * @param fresh the same names, in any order
   * @param margin what was declared before
   * @param method how the differences are estimated, chosen before too
   * @return a primary verdict for each name, in the order of this set
   * @throws IllegalArgumentException if this set is empty, the names are not the same on both sides, or a study was looked at
   *     and then extended
   * @throws BaselineException as {@link Baseline#compare(Sample, Margin)} does
   */
  public Panel compare(SampleSet fresh, Margin margin, Method method) {
    requireSameNames(fresh);
    Panel panel = Panel.of(subject);
    for (Map.Entry<String, Sample> each : samples.entrySet()) {
      Verdict verdict =
          Baseline.of(each.getValue()).compare(fresh.sample(each.getKey()), margin, method);
      panel = panel.withPrimary(each.getKey(), verdict);
    }
    return panel;
  }

  /**
   * Holds a fresh set against this one as a whole: one verdict of one difference over all samples.
   *
   * <p>Runs are resampled within each sample, and never paired: the sides need seeds of their own. With fewer than ten runs of a
   * sample on a side the reason of the verdict warns.
   *
   * @param fresh the same names, in any order
   * @param margin what was declared before, absolute; failed runs are tolerated as many in all as this set has, unless it says
   *     otherwise
   * @param how what is taken of all samples, chosen before too
   * @return the verdict, which rests on resampling and has no guards
   * @throws IllegalArgumentException if this set is empty, the names are not the same on both sides, the samples are of several
   *     metrics, both sides of one ran the same seeds, the margin is relative, counts collapsed runs or is no probability where
   *     it has to be, or (for the interquartile mean) a name has another share of the runs on the other side
   * @throws BaselineException as {@link Baseline#compare(Sample, Margin)} does
   */
  public Verdict aggregate(SampleSet fresh, Margin margin, Aggregate how) {
    requireNonNull(margin, "margin");
    requireNonNull(how, "how");
    requireSameNames(fresh);
    List<Sample> before = List.copyOf(samples.values());
    List<Sample> now = names().stream().map(fresh::sample).toList();
    Metric metric = before.get(0).metric();
    requireFit(fresh, margin, how, metric);
    Question question = new Question(
        Question.Names.BASELINE,
        before.size() + " " + (before.size() == 1 ? subject : PanelText.plural(subject)),
        metric,
        "",
        margin,
        margin.size(),
        how.method(),
        Question.Origin.of(now));
    return Looking.marked(new AggregateJudge(question, how, subject, before, now).verdict());
  }

  private void requireFit(SampleSet fresh, Margin margin, Aggregate how, Metric metric) {
    boolean inUnits = how.method().location().isInUnits();
    if (margin.isRelative() || margin.collapse().isPresent()) {
      throw new IllegalArgumentException(
          "an aggregate needs an absolute margin that counts no collapsed runs; got " + margin
              + (margin.isRelative() ? "" : ", with collapsedAt")
              + ". Give the difference itself, such as Margin.absolute(0.01).");
    }
    if (!inUnits) {
      Method.requireProbability(margin);
    }
    Baseline.requireDirection(margin, metric);
    samples.forEach((name, before) -> {
      Sample now = fresh.sample(name);
      requireSameMetric(metric, name, before);
      Baseline.of(before).requireComparable(now);
      requireOwnSeeds(name, before, now);
      if (inUnits) {
        requireSameShare(fresh, name, before, now);
        Lattice.belowStep(margin.size(), before, now).ifPresent(fact -> {
          throw new BaselineException(fact, Lattice.ADVICE);
        });
      }
    });
  }

  private void requireSameMetric(Metric metric, String name, Sample sample) {
    if (!metric.equals(sample.metric())) {
      throw new IllegalArgumentException(
          "an aggregate is of one metric; " + names().get(0)
              + " has \"" + metric + "\", " + name + " has \"" + sample.metric()
              + "\". Aggregate those of one metric, or compare name by name.");
    }
  }

  private static void requireOwnSeeds(String name, Sample before, Sample now) {
    if (Pairing.isPossible(before, now)) {
      throw new IllegalArgumentException(
          "an aggregate is of independent runs, and both sides of " + name
              + " ran the same seeds. Use compare(fresh, margin), which compares them in pairs, or fresh seeds.");
    }
  }

  /** What has more weight on one side would move the mean without any change. */
  private void requireSameShare(SampleSet fresh, String name, Sample before, Sample now) {
    long all = runs();
    long allNow = fresh.runs();
    if (before.size() * allNow != now.size() * all) {
      throw new IllegalArgumentException(
          "the pooled mean weighs each " + subject
              + " by its runs, and " + name + " has " + before.size() + " of " + all
              + " on one side and " + now.size() + " of " + allNow
              + " on the other. Take the same share of runs on both sides, such as equally many of each.");
    }
  }

  private long runs() {
    return samples.values().stream().mapToLong(Sample::size).sum();
  }

  /** What is missing on one side would count as nothing, and a panel of the rest would look complete. */
  private void requireSameNames(SampleSet fresh) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a set to compare with must hold at least one " + subject
          + "; got none. Add it by with(name, sample).");
    }
    Set<String> missing = new TreeSet<>(samples.keySet());
    missing.removeAll(fresh.samples.keySet());
    Set<String> foreign = new TreeSet<>(fresh.samples.keySet());
    foreign.removeAll(samples.keySet());
    if (!missing.isEmpty() || !foreign.isEmpty()) {
      throw new IllegalArgumentException("both sides must hold the same names (" + subject + "); "
          + (missing.isEmpty() ? "" : "only the first has: " + String.join(", ", missing))
          + (missing.isEmpty() || foreign.isEmpty() ? "" : "; ")
          + (foreign.isEmpty() ? "" : "only the fresh one has: " + String.join(", ", foreign))
          + ". Leave out on both sides what one of them lacks, and say so.");
    }
  }

  /** Returns the set in a line. */
  @Override
  public String toString() {
    return "samples by " + subject + ": "
        + (samples.isEmpty() ? "none" : String.join(", ", samples.keySet()));
  }
}
