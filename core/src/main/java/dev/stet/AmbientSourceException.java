package dev.stet;

import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import java.util.List;

/**
 * Says that a trial took something that is not its own, such as numbers of an unseeded generator, while the guard forbids
 * that. It is the failure of a run whose body returned.
 *
 * @since 0.1
 */
public final class AmbientSourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What was found, worst first. */
  @SuppressWarnings("serial") // an unmodifiable list of the JDK, which is serialisable
  private final List<Finding> findings;

  AmbientSourceException(String experiment, Observation seen) {
    super(FindingsPage.failure(experiment, seen), null, true, false);
    this.findings = seen.findings();
  }

  /**
   * Returns what was found.
   *
   * @return the findings, worst first
   */
  public List<Finding> findings() {
    return findings;
  }
}
