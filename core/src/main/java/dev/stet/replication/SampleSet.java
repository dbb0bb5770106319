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
