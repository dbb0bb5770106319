package dev.stet.spi;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What a watcher saw of one trial, and what it could not see.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Observation implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing was watched, so nothing is known. */
  public static final Observation EMPTY = new Observation(List.of(), List.of(), "", false);

  /** Worst first. */
  @SuppressWarnings("serial") // an unmodifiable list of the JDK, which is serialisable
  private final List<Finding> findings;

  /** What could not be seen, in sentences. */
  @SuppressWarnings("serial") // as above
  private final List<String> limits;

  /** The digest of the rewritten classes, or empty. */
  private final String classes;

  /** Whether the trial fails of it. */
  private final boolean fails;

  private Observation(List<Finding> findings, List<String> limits, String classes, boolean fails) {
    this.findings = findings;
    this.limits = limits;
    this.classes = classes;
    this.fails = fails;
  }

  /**
   * Holds findings.
   *
   * @param findings in any order
   * @return an observation that knows no limits, rewrote nothing and does not fail the trial
   */
  public static Observation of(Collection<Finding> findings) {
    requireNonNull(findings, "findings");
    return new Observation(findings.stream().sorted().toList(), List.of(), "", false);
  }

  /**
   * Returns the same observation with what the watcher could not see.
   *
   * @param sentences each a whole sentence
   * @return a copy
   */
  public Observation withLimits(Collection<String> sentences) {
    return new Observation(findings, List.copyOf(sentences), classes, fails);
  }

  /**
   * Returns the same observation with the identity of the classes that were rewritten for it.
   *
   * @param digest a hexadecimal digest; empty if no class was rewritten
   * @return a copy
   */
  public Observation withClasses(String digest) {
    return new Observation(findings, limits, requireNonNull(digest, "digest"), fails);
  }

  /**
   * Returns the same observation, which fails the trial or does not.
   *
   * @param failing whether the trial must end as a failed one because of the findings
   * @return a copy
   */
  public Observation withFailing(boolean failing) {
    return new Observation(findings, limits, classes, failing);
  }

  /**
   * Returns what was found.
   *
   * @return the findings, worst first
   */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * Returns what the watcher could not see.
   *
   * @return whole sentences; empty if nothing is known to have been missed
   */
  public List<String> limits() {
    return limits;
  }

  /**
   * Returns the identity of the classes that were rewritten.
   *
   * @return a hexadecimal digest; empty if no class was
   */
  public String classes() {
    return classes;
  }

  /**
   * Says whether the trial must end as a failed one because of the findings.
   *
   * @return true in the mode that forbids what was found
   */
  public boolean fails() {
    return fails;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Observation that
        && findings.equals(that.findings)
        && limits.equals(that.limits)
        && classes.equals(that.classes)
        && fails == that.fails;
  }

  @Override
  public int hashCode() {
    return Objects.hash(findings, limits, classes, fails);
  }

  @Override
  public String toString() {
    return findings.size() + " findings, " + limits.size() + " limits" + (fails ? ", fails" : "");
  }
}
