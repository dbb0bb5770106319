package dev.stet.replication;

import java.util.List;
import java.util.Optional;

/**
 * Everything a verdict rests on. Differences are fresh minus baseline.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Evidence {
  private final Testimony said;
  private final List<Guard> guards;
  private final List<Look> looks;

  /**
   * One side of a comparison.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @param runs how many runs, failed ones too
   * @param failed how many of them failed
   * @param location the pseudomedian (median of all averages of two), failed runs ranked worst
   * @param spread the standard deviation of the completed runs; NaN if fewer than two completed
   * @param shape a small histogram of the completed runs, in bins that both sides share; may be empty
   * @since 0.1
   */
  public record Side(int runs, int failed, double location, double spread, String shape) {}

  /**
   * How runs of the same seed compare.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @param runs how many pairs
   * @param identical how many of them completed on both sides with the same digest
   * @param beyond how many of them differ by more than the margin, or failed on one side only
   * @param mostBeyond the upper 95 % bound on the share of all seeds that do
   * @since 0.1
   */
  public record Pairs(int runs, int identical, int beyond, double mostBeyond) {}

  /**
   * What was asked and what the witnesses say, before guards are consulted.
   *
   * @param pairs how the pairs compare; empty unless runs were compared pair by pair
   * @param estimators what the witnesses speak from, in their order
   * @param low the edge below which the difference matters, less the rounding of the values
   * @param high the edge above which it does
   */
  record Testimony(
      Question question,
      Side baseline,
      Side fresh,
      Optional<Pairs> pairs,
      List<Estimator> estimators,
      List<Witness> witnesses,
      double low,
      double high) {
    Testimony {
      estimators = List.copyOf(estimators);
      witnesses = List.copyOf(witnesses);
    }
  }

  Evidence(Testimony said) {
    this(said, List.of(), List.of());
  }

  private Evidence(Testimony said, List<Guard> guards, List<Look> looks) {
    this.said = said;
    this.guards = List.copyOf(guards);
    this.looks = List.copyOf(looks);
  }

  Evidence withGuards(List<Guard> consulted) {
    return new Evidence(said, consulted, looks);
  }

  Evidence withLooks(List<Look> taken) {
    return new Evidence(said, guards, taken);
  }

  /** What was asked, and how it is called in words. */
  Question question() {
    return said.question();
  }

  /**
   * Returns the name of the experiment.
   *
   * @return the name
   */
  public String experiment() {
    return said.question().experiment();
  }

  /**
   * Returns what was compared.
   *
   * @return the metric, as the baseline declares it
   */
  public Metric metric() {
    return said.question().metric();
  }

  /**
   * Returns the name of the baseline's file.
   *
   * @return the file name without directories; empty if it was never in one
   */
  public String baselineName() {
    return said.question().baselineName();
  }

  /**
   * Returns what was declared.
   *
   * @return the margin
   */
  public Margin margin() {
    return said.question().margin();
  }

  /**
   * Returns the margin in units of the difference.
   *
   * @return a positive number
   */
  public double marginSize() {
    return said.question().size();
  }

  /**
   * Returns how the difference was estimated.
   *
   * @return the method
   */
  public Method method() {
    return said.question().method();
  }

  /**
   * Returns the baseline's side.
   *
   * @return counts, location and spread
   */
  public Side baseline() {
    return said.baseline();
  }

  /**
   * Returns the side of this study.
   *
   * @return counts, location and spread
   */
  public Side fresh() {
    return said.fresh();
  }

  /**
   * Returns how the pairs compare.
   *
   * @return the counts of the pairs; empty unless both sides ran the same seeds and were compared pair by pair
   */
  public Optional<Pairs> pairs() {
    return said.pairs();
  }

  /**
   * Returns what the witnesses say; a definitive verdict needs all of them to agree.
   *
   * @return one or more, that of the estimate first, unmodifiable
   */
  public List<Witness> witnesses() {
    return said.witnesses();
  }

  /**
   * Returns the guards that were consulted: all if the location replicates, none otherwise.
   *
   * @return the guards, silent ones too, unmodifiable
   */
  public List<Guard> guards() {
    return guards;
  }

  /**
   * Returns the looks at a study that was declared to stop when it is decided.
   *
   * @return one entry a look, the last for this verdict; empty for a study that was looked at when it was finished
   */
  public List<Look> looks() {
    return looks;
  }

  /**
   * Returns how often the study was looked at before it was extended, undeclared: the nominal error rates do not hold then.
   *
   * @return 0 unless it was finished once and went on
   */
  public int undeclaredLooks() {
    return said.question().origin().looks();
  }

  /**
   * Returns how many runs of this study were executed now.
   *
   * @return all that were not reused; 0 if they were read from a file
   */
  public int executed() {
    return isFromFile() ? 0 : said.fresh().runs() - reused();
  }

  /**
   * Returns how many runs of this study were taken from a record instead.
   *
   * @return 0 to the number of runs
   */
  public int reused() {
    return said.question().origin().reused();
  }

  /** Whether the runs of this study were read from a file, by {@link CsvSamples}. */
  boolean isFromFile() {
    return said.question().origin().fromFile();
  }

  /**
   * Returns what differs among the fingerprints of the runs of one side, such as those of two machines.
   *
   * @return in sentences; empty if nothing does, as far as is known
   */
  public String fingerprintVariation() {
    return said.question().origin().mixed();
  }

  /**
   * Returns what differs between the fingerprints.
   *
   * @return in words; empty if nothing does or one of them is missing
   */
  public String fingerprintChanges() {
    return said.question().origin().changes();
  }

  /**
   * Returns whether all runs were identical, seed by seed, as their digests show.
   *
   * @return true if both sides ran the same seeds, every run completed, and every pair of digests is equal
   */
  public boolean isIdentical() {
    return pairs().isPresent() && pairs().get().identical() == pairs().get().runs();
  }

  /**
   * Returns whether a shift is certain, whatever its size: the wide intervals of all witnesses exclude 0 on the
   * same side.
   *
   * @return true if there is a difference
   */
  public boolean isShiftCertain() {
    int side = first().certainSide();
    return side != 0 && witnesses().stream().allMatch(witness -> witness.certainSide() == side);
  }

  /**
   * Returns the p-value of "the difference is at most the margin", for use beside others: a study that <i>differs</i> at
   * alpha has at most alpha.
   *
   * <p>It is the smallest alpha at which the intervals of all witnesses, of level 1 - alpha, lie wholly beyond the margin on the
   * same side. What else stands in the way of a verdict, such as failed runs, is not in it. By exact equality it is 1e-12 or 1.
   * It is for one look at the data; a {@link Panel} therefore does not take it of a study that was looked at on the way.
   *
   * @return at least 1e-12, at most 1
   */
  public double differencePValue() {
    return new Inversion(this).difference();
  }

  /**
   * Returns the p-value of "the difference is at least the margin": a study that <i>replicates</i> at alpha has at most alpha.
   *
   * <p>It is the smallest alpha at which the intervals of all witnesses, of level 1 - 2 alpha, lie strictly inside the margin.
   * Guards are not in it. By exact equality it is 1e-12 or 1.
   *
   * @return at least 1e-12 and at most 0.5; 1 if an estimate lies outside the margin or there is none
   */
  public double equivalencePValue() {
    return new Inversion(this).equivalence();
  }

  List<Estimator> estimators() {
    return said.estimators();
  }

  /** The edge below which the difference matters, less the rounding of the values. */
  double low() {
    return said.low();
  }

  double high() {
    return said.high();
  }

  /** What the verdict rests on first. */
  Witness first() {
    return said.witnesses().get(0);
  }
}
