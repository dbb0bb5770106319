package dev.stet;

import org.jspecify.annotations.Nullable;

/**
 * Carries a failed run to whoever catches what its body threw: it is attached to that throwable as suppressed and is
 * never thrown itself. A throwable without suppression cannot carry it; {@link Experiment#attempt} returns the run always.
 *
 * @since 0.1
 */
public final class FailedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private transient volatile @Nullable Run run;

  private FailedRunException(Run run) {
    super(
        "the run that failed: " + run.experiment() + ", seed " + run.seed() + ", after "
            + Words.count(run.trace().size(), "record"),
        null,
        false,
        false);
    this.run = run;
  }

  /**
   * Returns the failed run.
   *
   * @return the run with everything recorded until it failed
   * @throws IllegalStateException if this exception was read from a serialised form, which does not hold the run
   */
  public Run run() {
    Run last = run;
    if (last == null) {
      throw new IllegalStateException(
          "the run did not travel with its exception; read it where it was thrown.");
    }
    return last;
  }

  /** Throws the user's very throwable, checked or not; declared to return so that callers can say {@code throw}. */
  static RuntimeException attachedTo(Throwable failure, Run run) {
    for (Throwable suppressed : failure.getSuppressed()) {
      if (suppressed instanceof FailedRunException known) {
        // A throwable that is thrown again and again, such as a constant, holds its last run and
        // not all of them.
        known.run = run;
        throw FailedRunException.<RuntimeException>unchecked(failure);
      }
    }
    failure.addSuppressed(new FailedRunException(run));
    throw FailedRunException.<RuntimeException>unchecked(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }
}
