package dev.stet.replication;

import java.util.Optional;

/**
 * Everything a verdict rests on. Differences are fresh minus baseline.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param experiment the name of the experiment
 * @param metric what was compared
 * @param baselineName the name of the baseline's file; empty if it was never in one
 * @param margin what was declared
 * @param marginSize the margin in units of the metric
 * @param baseline the baseline's side
 * @param fresh the side of this study
 * @param pairs how the pairs compare, if both sides ran the same seeds and were compared pair by pair
 * @param ranks the witness that ranks: Hodges-Lehmann, or signed-rank Hodges-Lehmann of the pairs
 * @param means the witness that averages the completed runs: Welch, or Student's t of the pairs
 * @param reused how many runs of this study were taken from a record instead of executed now
 * @param fingerprintChanges what differs between the fingerprints, in words; empty if nothing does or one of
 *     them is missing
 * @since 0.1
 */
public record Evidence(
    String experiment,
    Metric metric,
    String baselineName,
    Margin margin,
    double marginSize,
    Side baseline,
    Side fresh,
    Optional<Pairs> pairs,
    Witness ranks,
    Witness means,
    int reused,
    String fingerprintChanges) {

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
   * Returns whether all runs were identical, seed by seed, as their digests show.
   *
   * @return true if both sides ran the same seeds, every run completed, and every pair of digests is equal
   */
  public boolean isIdentical() {
    return pairs.isPresent() && pairs.get().identical() == pairs.get().runs();
  }

  /**
   * Returns whether a shift is certain, whatever its size: both 95 % intervals exclude 0 on the same side.
   *
   * @return true if there is a difference
   */
  public boolean isShiftCertain() {
    return (ranks.ninetyFive().lower() > 0 && means.ninetyFive().lower() > 0)
        || (ranks.ninetyFive().upper() < 0 && means.ninetyFive().upper() < 0);
  }
}
