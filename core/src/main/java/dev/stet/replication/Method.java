package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What "the difference" means and how it is estimated: the location, its witnesses, and the rate of false
 * verdicts that is allowed.
 *
 * <p>{@link #robust()} is what comparisons use unless told otherwise. A method is chosen before the data are
 * seen: the one whose verdict pleases most has no error rate.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Method {
  private static final double USUAL_ALPHA = 0.05;
  private static final double LEAST_ALPHA = 1e-12;
  private static final Seed USUAL_SEED = Seed.of(0).child("dev.stet.replication.Method");
  private static final Method ROBUST = new Method(Location.ROBUST, false, USUAL_ALPHA, USUAL_SEED);

  private final Location location;
  private final boolean permuting;
  private final double alpha;
  private final Seed seed;

  private Method(Location location, boolean permuting, double alpha, Seed seed) {
    this.location = location;
    this.permuting = permuting;
    this.alpha = alpha;
    this.seed = seed;
  }

  /**
   * Returns the default: the median of all differences by ranks and the difference of the means, which must
   * agree. Hodges-Lehmann with exact Mann-Whitney intervals and Welch; with the same seeds on both sides the
   * signed ranks and Student's t of the pairs.
   *
   * @return the method of two witnesses
   */
  public static Method robust() {
    return ROBUST;
  }

  /**
   * Returns the comparison of the means alone, for claims about an average: Welch, or Student's t of the pairs.
   *
   * <p>There is no second witness. With few runs, skewed or two-peaked values and unequal sizes its verdicts are
   * false far more often than alpha says; see {@code docs/calibration.md}.
   *
   * @return the method of one witness
   */
  public static Method mean() {
    return new Method(Location.MEAN, false, USUAL_ALPHA, USUAL_SEED);
  }

  /**
   * Returns the comparison of means without the smallest and the largest fifth of the runs of each side: Yuen, or
   * the trimmed t of the pairs.
   *
   * @return the method of one witness
   */
  public static Method trimmed() {
    return new Method(Location.TRIMMED, false, USUAL_ALPHA, USUAL_SEED);
  }

  /**
   * Returns the comparison by how often a fresh run is higher than one of the baseline, ties counted half, less
   * one half: Brunner-Munzel. The margin is a difference of probability, such as 0.1 for 40 to 60 %. Samples of the same
   * seeds are refused, as their runs are not independent.
   *
   * @return the method of one witness
   */
  public static Method probabilityOfImprovement() {
    return new Method(Location.PROBABILITY, false, USUAL_ALPHA, USUAL_SEED);
  }

  /**
   * Returns the comparison of values that have no chance in them, such as those of a deterministic metric:
   * <i>replicated</i> if every value lies within the margin of every baseline value (of the same seed, if the
   * seeds are the same), <i>differs</i> otherwise.
   *
   * @return the method without error rates
   */
  public static Method exact() {
    return new Method(Location.EXACT, false, USUAL_ALPHA, USUAL_SEED);
  }

  /** Welch alone, for a baseline of which only a summary is known. */
  static Method summary() {
    return new Method(Location.SUMMARY, false, USUAL_ALPHA, USUAL_SEED);
  }

  /** Of several samples together. */
  static Method over(Location location) {
    return new Method(location, false, USUAL_ALPHA, USUAL_SEED);
  }

  /**
   * Returns a copy with another rate of false verdicts: <i>replicated</i> is false with at most this
   * probability, and <i>differs</i> with at most half of it on either side.
   *
   * @param newAlpha at least 1e-12, at most 0.5; 0.05 unless told otherwise
   * @return the copy
   * @throws IllegalArgumentException if it lies outside
   */
  public Method withAlpha(double newAlpha) {
    if (!(newAlpha > 0 && newAlpha <= 0.5)) {
      throw new IllegalArgumentException("alpha must be above 0 and at most 0.5; got " + newAlpha
          + ". It is the rate of false verdicts, such as 0.05.");
    }
    if (newAlpha < LEAST_ALPHA) {
      throw new IllegalArgumentException(
          "alpha must be at least 1e-12, below which a level is not told from 1; got " + newAlpha
              + ". It is the rate of false verdicts, such as 0.05.");
    }
    return new Method(location, permuting, newAlpha, seed);
  }

  /**
   * Returns a copy that takes its intervals from permutations of the studentised difference, of all if they are at
   * most 10,000 and of 9,999 otherwise, instead of Student's distribution.
   *
   * @return the copy
   * @throws IllegalStateException unless this is {@link #mean()}, {@link #trimmed()} or {@link
   *     #probabilityOfImprovement()}
   */
  public Method byPermutation() {
    if (!location.canPermute()) {
      throw new IllegalStateException(
          "a comparison by " + location.words()
              + " has nothing to permute. Choose Method.mean(), trimmed() or probabilityOfImprovement().");
    }
    return new Method(location, true, alpha, seed);
  }

  /**
   * Returns a copy whose permutations are drawn from another seed. The same seed gives the same verdict.
   *
   * @param newSeed where resampling draws from
   * @return the copy
   */
  public Method withSeed(Seed newSeed) {
    return new Method(location, permuting, alpha, requireNonNull(newSeed, "seed"));
  }

  /**
   * Returns the rate of false verdicts.
   *
   * @return above 0, at most 0.5
   */
  public double alpha() {
    return alpha;
  }

  Levels levels() {
    return Levels.of(alpha);
  }

  Location location() {
    return location;
  }

  boolean isPermuting() {
    return permuting;
  }

  /** Refuses margins and samples that mean nothing to this method. */
  void requireFit(Margin margin, Sample baseline, Sample fresh) {
    if (location.isOverAll()) {
      throw new IllegalArgumentException(
          "\"" + location.words()
              + "\" is of several samples together. Use SampleSet.aggregate, or another method for one.");
    }
    if (location.isInUnits()) {
      return;
    }
    requireProbability(margin);
    if (Pairing.isPossible(baseline, fresh)) {
      throw new IllegalArgumentException(
          "the probability of improvement is of independent runs, and both sides ran the same seeds."
              + " Use Method.robust(), which compares them in pairs, or fresh seeds.");
    }
  }

  static void requireProbability(Margin margin) {
    if (margin.isRelative() || !(margin.size() < 0.5)) {
      throw new IllegalArgumentException(
          "the margin of a probability must be absolute and below 0.5; got " + margin
              + ". Margin.absolute(0.1) takes probabilities of 0.4 to 0.6 as equivalent.");
    }
  }

  Seed seed() {
    return seed;
  }

  List<Estimator> estimators(Data data) {
    return location.estimators(data, this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Method that
        && location == that.location
        && permuting == that.permuting
        && Double.compare(alpha, that.alpha) == 0
        && seed.equals(that.seed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(location, permuting, alpha, seed);
  }

  /** Returns the method in words, such as {@code ranks and means} or {@code trimmed means, permuted}. */
  @Override
  public String toString() {
    return location.words()
        + (permuting ? ", permuted" : "")
        + (alpha == USUAL_ALPHA ? "" : ", alpha " + Decimals.shortest(alpha));
  }
}
