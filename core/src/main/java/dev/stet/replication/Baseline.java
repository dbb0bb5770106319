package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import dev.stet.statistics.Interval;
import dev.stet.statistics.SignedRank;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A sample frozen in a file that people commit, against which later studies are held.
 *
 * <p>With it are kept its location, from which relative margins are taken, and its <i>anchor</i>: the first
 * sample of the line. {@link #succeededBy} makes a new baseline and keeps the anchor, and every verdict is held
 * against both, so that many small drifts cannot add up unseen.
 *
 * <p>The file is JSON, one run a line, the runs in the order of their seeds: the same sample gives the same
 * bytes. There is no host, user, path or time in it.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Baseline {
  private static final double LEVEL = 0.95;

  private final String name;
  private final Sample sample;
  private final Location location;
  private final @Nullable Baseline anchor;
  private final int successions;

  /** Where the sample lies, failed runs ranked worst, as it was when the baseline was made. */
  record Location(double estimate, double lower, double upper) {
    static Location of(Sample sample) {
      double worst = sample.metric().direction().map(Direction::worst).orElse(Double.NaN);
      double[] values = Double.isNaN(worst) ? sample.completed() : sample.ranked(worst);
      if (values.length == 0) {
        return new Location(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      }
      SignedRank rank = SignedRank.of(values);
      Interval interval = rank.interval(LEVEL);
      return new Location(rank.estimate(), interval.lower(), interval.upper());
    }
  }

  Baseline(
      String name, Sample sample, Location location, @Nullable Baseline anchor, int successions) {
    this.name = name;
    this.sample = sample;
    this.location = location;
    this.anchor = anchor;
    this.successions = successions;
  }

  /**
   * Returns the first baseline of a line, its own anchor.
   *
   * @param sample what was measured
   * @return the baseline, in no file yet
   * @throws BaselineException if no run of the sample completed, or its own seeds chose its config
   */
  public static Baseline of(Sample sample) {
    requireFit(sample);
    return new Baseline("", sample.withReused(0), Location.of(sample), null, 0);
  }

  /** Refuses what could never be compared with now, while the study can still be made again. */
  private static void requireFit(Sample sample) {
    if (sample.completed().length == 0) {
      throw new BaselineException("no run of " + sample.experiment() + " completed with a finite "
          + sample.metric().name() + ", " + sample.failures()
          + " failed: there is nothing to hold a study against. Find out why they failed before"
          + " making a baseline.");
    }
    requireUnchosen(sample, "the sample of " + sample.experiment());
  }

  private static void requireUnchosen(Sample sample, String called) {
    if (sample.selection().isLucky()) {
      throw new BaselineException(
          called + " was chosen by its own seeds: its config is the best of "
              + sample.selection().configsTried()
              + " on the very runs it holds, so its values are better than the config is",
          "Run the chosen config on fresh seeds and use those runs.");
    }
  }

  /**
   * Reads a baseline file.
   *
   * @param file what {@link #write} wrote
   * @return the baseline, named after the file
   * @throws BaselineException if the file is missing, is not a baseline, was written by a newer version or
   *     contradicts itself
   */
  public static Baseline read(Path file) {
    return BaselineFile.read(file);
  }

  /**
   * Writes the baseline to a file, whole or not at all: into a temporary file beside it, which then takes its
   * place. Directories that are missing are made.
   *
   * @param file where to; an existing file is replaced
   * @throws BaselineException if that is not possible
   */
  public void write(Path file) {
    BaselineFile.write(this, file);
  }

  /**
   * Returns a baseline with a new sample and the same anchor.
   *
   * @param next what was measured later, of the same experiment and metric
   * @return the new baseline, in no file yet
   * @throws BaselineException if the sample is of another experiment, metric or reduction, if none of its runs
   *     completed, or if its own seeds chose its config
   */
  public Baseline succeededBy(Sample next) {
    requireSameQuantity(next);
    requireFit(next);
    Baseline first = anchor == null ? this : anchor;
    return new Baseline("", next.withReused(0), Location.of(next), first, successions + 1);
  }

  /**
   * Holds a fresh study against this baseline, and against its anchor.
   *
   * <p>With the same seeds on both sides, runs are compared pair by pair. A study that replicates the baseline and
   * differs from the anchor is <i>inconclusive</i>, with the cause {@link
   * Inconclusive.Cause#DRIFTED_FROM_ANCHOR}. If it cannot be held against the anchor, the reason says why.
   *
   * @param fresh what was measured now, of the same experiment and metric
   * @param margin what was declared before
   * @return the verdict
   * @throws BaselineException if the sample is of another experiment, metric or reduction, if the seeds of either
   *     side chose its config, or if the margin cannot be taken from the baseline
   */
  public Verdict compare(Sample fresh, Margin margin) {
    return compare(fresh, margin, Method.robust());
  }

  /**
   * Holds a fresh study against this baseline, and against its anchor, by a method of your choice.
   *
   * @param fresh what was measured now, of the same experiment and metric
   * @param margin what was declared before
   * @param method how the difference is estimated, chosen before too
   * @return the verdict
   * @throws BaselineException as {@link #compare(Sample, Margin)} does
   */
  public Verdict compare(Sample fresh, Margin margin, Method method) {
    requireNonNull(margin, "margin");
    requireNonNull(method, "method");
    requireComparable(fresh);
    return Looking.marked(
        judge(fresh, margin, method, called(), null).verdict(held(fresh, margin, method, null)));
  }

  /**
   * Begins a comparison whose study may stop early.
   *
   * @param margin what was declared before
   * @param stopping when the study is looked at, declared before too
   * @return the comparison before its first look
   */
  public Sequential untilDecided(Margin margin, Stopping stopping) {
    return untilDecided(margin, stopping, Method.robust());
  }

  /**
   * Begins a comparison whose study may stop early, with error rates of your choice.
   *
   * @param margin what was declared before
   * @param stopping when the study is looked at, declared before too
   * @param method {@link Method#robust()}, with any alpha
   * @return the comparison before its first look
   * @throws IllegalArgumentException if it is another method, whose looks have no known levels
   */
  public Sequential untilDecided(Margin margin, Stopping stopping, Method method) {
    return Sequential.of(this, margin, method, stopping);
  }

  /**
   * Begins an open-ended watch over later runs, which may be asked after every run.
   *
   * @param seed breaks ties between equal results
   * @return the watch before its first run
   * @throws BaselineException if runs of the baseline failed and its metric has no direction
   */
  public Watch watch(Seed seed) {
    return Watch.of(this, seed);
  }

  /** Refuses what measures something else, and what was chosen by its own seeds. */
  void requireComparable(Sample fresh) {
    requireSameQuantity(fresh);
    requireUnchosen(fresh, "this study of " + fresh.experiment());
  }

  /** What one look of a study says. */
  Verdict lookedAt(Sample fresh, Margin margin, Method method, Looking looking) {
    requireComparable(fresh);
    return judge(fresh, margin, method, called(), looking)
        .verdict(held(fresh, margin, method, looking));
  }

  private Judge.Anchor held(Sample fresh, Margin margin, Method method, @Nullable Looking looking) {
    if (anchor == null) {
      return Judge.Anchor.none();
    }
    try {
      Verdict verdict =
          anchor.judge(fresh, margin, method, "the anchor", looking).verdict(Judge.Anchor.none());
      return new Judge.Anchor(Optional.of(verdict), "", successions);
    } catch (BaselineException e) {
      return new Judge.Anchor(Optional.empty(), e.fact(), successions);
    }
  }

  static void requireDirection(Margin margin, Metric metric) {
    boolean needsDirection = margin.isOneSided() || margin.collapse().isPresent();
    if (needsDirection && metric.direction().isEmpty()) {
      throw new BaselineException((margin.isOneSided() ? "\"not worse\"" : "\"collapsed at\"")
          + " needs to know which way worse is, and " + metric.name()
          + " has no direction. Declare higherIsBetter() or lowerIsBetter() on the metric.");
    }
  }

  private Judge judge(
      Sample fresh, Margin margin, Method method, String called, @Nullable Looking looking) {
    requireUnchosen(sample, called);
    requireDirection(margin, sample.metric());
    method.requireFit(margin, sample, fresh);
    double size = size(margin, called);
    if (method.location().isInUnits()) {
      Lattice.belowStep(size, sample, fresh).ifPresent(fact -> {
        throw new BaselineException(fact, Lattice.ADVICE);
      });
    }
    Question question = new Question(
        Question.Names.BASELINE,
        fresh.experiment(),
        sample.metric(),
        name,
        margin,
        size,
        method,
        Question.Origin.of(Question.Names.BASELINE, sample, fresh));
    if (looking == null) {
      return new Judge(question, sample, fresh);
    }
    Sample held = looking.partners(sample, fresh);
    return new Judge(question, held, fresh, looking.levels(held, fresh, method.alpha()));
  }

  /**
   * Returns what a study on fresh seeds can show against this baseline, before it runs.
   *
   * @param margin what was declared
   * @return the outlook, with the spread and the size of this baseline
   * @throws BaselineException if the margin cannot be taken from the baseline
   */
  public Outlook outlook(Margin margin) {
    requireDirection(requireNonNull(margin, "margin"), sample.metric());
    return Outlook.of(this, called(), margin);
  }

  /**
   * Returns a margin in units of the metric: a relative one is its share of the frozen location.
   *
   * @param margin what was declared
   * @return a positive number, the same for ever
   * @throws BaselineException if the margin is relative and the baseline's interval contains 0
   */
  public double size(Margin margin) {
    return size(margin, called());
  }

  private double size(Margin margin, String called) {
    if (!margin.isRelative()) {
      return margin.size();
    }
    boolean clear = location.lower > 0 || location.upper < 0;
    double size = margin.size() * Math.abs(location.estimate);
    if (!clear || !(size > 0 && size < Double.POSITIVE_INFINITY)) {
      throw new BaselineException(
          "a relative margin needs a baseline that is clearly not 0; the location of " + called
              + " is " + shown(location.estimate) + ", 95 % [" + shown(location.lower) + ", "
              + shown(location.upper)
              + "], from " + sample.size()
              + " runs",
          "Use Margin.absolute, or a baseline of more runs (6 at least).");
    }
    return size;
  }

  private static String shown(double value) {
    return Double.isFinite(value) ? Decimals.shortest(value) : Decimals.fixed(value, 0);
  }

  private void requireSameQuantity(Sample other) {
    requireEqual("experiment", sample.experiment(), other.experiment());
    requireEqual("metric", sample.metric().name(), other.metric().name());
    requireEqual("reduction", sample.metric().reduction(), other.metric().reduction());
    requireEqual("direction", direction(sample), direction(other));
    requireEqual("resolution", resolution(sample), resolution(other));
  }

  private static String direction(Sample sample) {
    return sample.metric().direction().map(Direction::toString).orElse("none");
  }

  private static String resolution(Sample sample) {
    OptionalDouble step = sample.metric().resolution();
    return step.isPresent() ? Decimals.shortest(step.getAsDouble()) : "none";
  }

  private void requireEqual(String what, Object mine, Object theirs) {
    if (!mine.equals(theirs)) {
      throw new BaselineException(called() + " is of another " + what + ": it has \"" + mine
          + "\", the study has \"" + theirs + "\". Compare with the baseline of the same " + what
          + ", or delete the file to begin a new line of baselines; its anchor goes with it.");
    }
  }

  private String called() {
    return name.isEmpty() ? "the baseline of " + sample.experiment() : "the baseline " + name;
  }

  /**
   * Returns the name of the file it was read from.
   *
   * @return the file name without directories; empty if it was not read from a file
   */
  public String name() {
    return name;
  }

  /**
   * Returns the sample.
   *
   * @return what was measured
   */
  public Sample sample() {
    return sample;
  }

  /**
   * Returns what was measured, as declared when the baseline was made: for studies that know only its name.
   *
   * @return the metric of the sample, with direction, reduction and resolution
   */
  public Metric metric() {
    return sample.metric();
  }

  /**
   * Returns the seeds of the sample, in its order.
   *
   * @return one seed a run; empty for bare numbers
   */
  public List<Seed> seeds() {
    return sample.runs().stream().map(SampleRun::seed).filter(Objects::nonNull).toList();
  }

  /**
   * Returns the first sample of the line.
   *
   * @return the anchor; the sample itself if this baseline is the first
   */
  public Sample anchor() {
    return anchor == null ? sample : anchor.sample;
  }

  Location location() {
    return location;
  }

  /** How many baselines were made since the anchor. */
  int successions() {
    return successions;
  }

  @Nullable
  Baseline first() {
    return anchor;
  }

  /** Returns the baseline in a line. */
  @Override
  public String toString() {
    return called() + ": " + sample;
  }
}
