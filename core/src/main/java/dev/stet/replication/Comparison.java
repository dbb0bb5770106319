package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Two configs held against each other on one metric, each with many seeds: is the candidate better than the
 * reference, worse, or equivalent within the margin?
 *
 * <p>It is the verdict of a replication, with neither side frozen in a file: <i>differs</i> reads as better or
 * worse, <i>replicated</i> as equivalent, <i>inconclusive</i> as open. Give both configs the same seeds: they are
 * then compared pair by pair, which takes out what the seed does to both.
 *
 * <p>The margin is absolute. A share of the reference would move with the reference's own noise, which makes false
 * verdicts up to three times as frequent.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Comparison {
  private final Sample reference;
  private final Sample candidate;
  private final Margin margin;
  private final Question.Names names;

  /**
   * How a verdict between two configs reads.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @since 0.1
   */
  public enum Reading {
    /** The candidate is better by more than the margin. */
    BETTER,
    /** The candidate is worse by more than the margin. */
    WORSE,
    /** The difference is smaller than the margin. */
    EQUIVALENT,
    /** The runs at hand do not decide, or a guard shows that more than the location differs. */
    OPEN;

    /**
     * Reads a verdict on a metric with a direction.
     *
     * @param verdict fresh against baseline, or candidate against reference
     * @return the reading
     * @throws IllegalArgumentException if it differs and the metric has no direction
     */
    public static Reading of(Verdict verdict) {
      if (verdict instanceof Differs differs) {
        boolean better = differs
            .isBetter()
            .orElseThrow(() ->
                new IllegalArgumentException(needsDirection(verdict.evidence().metric())));
        return better ? BETTER : WORSE;
      }
      return verdict instanceof Replicated ? EQUIVALENT : OPEN;
    }
  }

  private Comparison(Sample reference, Sample candidate, Margin margin, Question.Names names) {
    this.reference = reference;
    this.candidate = candidate;
    this.margin = margin;
    this.names = names;
  }

  /**
   * Prepares the comparison of two samples of one metric.
   *
   * @param reference the results of the config that is known
   * @param candidate the results of the config that is new
   * @param margin the smallest difference that would matter, absolute
   * @return the comparison
   * @throws IllegalArgumentException if the samples measure different things, the metric has no direction, the
   *     margin is relative, or a config was chosen by the very seeds of its sample
   */
  public static Comparison of(Sample reference, Sample candidate, Margin margin) {
    requireNonNull(margin, "margin");
    requireSame("metric", reference.metric().name(), candidate.metric().name());
    requireSame("declaration of the metric", reference.metric(), candidate.metric());
    if (reference.metric().direction().isEmpty()) {
      throw new IllegalArgumentException(needsDirection(reference.metric()));
    }
    if (margin.isRelative()) {
      throw new IllegalArgumentException(
          "a comparison of two configs needs an absolute margin; got " + margin
              + ". A share of the reference would move with its noise: give the difference itself, such as"
              + " Margin.absolute(0.01).");
    }
    requireUnchosen(reference, "reference");
    requireUnchosen(candidate, "candidate");
    return new Comparison(
        reference, candidate, margin, new Question.Names("reference", "candidate"));
  }

  private static String needsDirection(Metric metric) {
    return "better and worse need a direction, and " + metric.name()
        + " has none. Declare higherIsBetter() or lowerIsBetter() on the metric.";
  }

  private static void requireSame(String what, Object one, Object other) {
    if (!one.equals(other)) {
      throw new IllegalArgumentException(
          "the samples differ in the " + what + ": the reference has \"" + one
              + "\", the candidate \"" + other + "\". Compare results of one metric.");
    }
  }

  private static void requireUnchosen(Sample sample, String called) {
    if (sample.selection().isLucky()) {
      throw new IllegalArgumentException(
          "the " + called + " was chosen by its own seeds: its config is the best of "
              + sample.selection().configsTried()
              + " on the very runs it holds, so its values are better than the config is. Run the chosen"
              + " config on fresh seeds and use those runs.");
    }
  }

  /**
   * Returns a copy that calls the configs by name.
   *
   * @param newReference what the reference is called, such as {@code "lr 0.1"}
   * @param newCandidate what the candidate is called, another name
   * @return the copy
   * @throws IllegalArgumentException if a name is blank or has a control character, or both are equal
   */
  public Comparison named(String newReference, String newCandidate) {
    for (String name : List.of(newReference, newCandidate)) {
      if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "the name of a config must hold a visible character and no control character; got \""
                + name + "\".");
      }
    }
    if (newReference.equals(newCandidate)) {
      throw new IllegalArgumentException("both configs are named \"" + newReference
          + "\". Give them different names, such as the settings in which they differ.");
    }
    return new Comparison(
        reference, candidate, margin, new Question.Names(newReference, newCandidate));
  }

  /**
   * Returns the verdict by ranks and means.
   *
   * @return differences are candidate minus reference
   * @throws IllegalArgumentException if the margin is below one step of the metric or does not fit the method
   */
  public Verdict verdict() {
    return verdict(Method.robust());
  }

  /**
   * Returns the verdict by a method of your choice.
   *
   * @param method how the difference is estimated, chosen before the data were seen
   * @return differences are candidate minus reference
   * @throws IllegalArgumentException if the margin is below one step of the metric or does not fit the method
   */
  public Verdict verdict(Method method) {
    requireNonNull(method, "method").requireFit(margin, reference, candidate);
    if (method.location().isInUnits()) {
      Lattice.belowStep(margin.size(), reference, candidate).ifPresent(fact -> {
        throw new IllegalArgumentException(fact + ". " + Lattice.ADVICE);
      });
    }
    Question question = new Question(
        names,
        candidate.experiment(),
        reference.metric(),
        "",
        margin,
        margin.size(),
        method,
        Question.Origin.of(names, reference, candidate)
            .withLooks(Math.max(reference.looks(), candidate.looks())));
    return Looking.marked(new Judge(question, reference, candidate).verdict(Judge.Anchor.none()));
  }

  /**
   * Returns how the verdict by ranks and means reads.
   *
   * @return better, worse, equivalent or open
   */
  public Reading reading() {
    return Reading.of(verdict());
  }

  /** Returns the comparison in a line, without its verdict. */
  @Override
  public String toString() {
    return reference.metric().name() + " of " + names.second() + " against " + names.first()
        + ", margin " + margin;
  }
}
