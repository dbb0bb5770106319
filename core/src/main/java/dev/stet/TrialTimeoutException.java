package dev.stet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says that a trial took longer than its study allows and was ended. It is the failure of a run that timed out; it is not
 * thrown.
 *
 * @since 0.1
 */
public final class TrialTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrialTimeoutException(Duration limit, @Nullable Throwable cause) {
    super(
        "the trial took longer than " + Words.duration(limit) + " and was ended",
        cause,
        true,
        false);
  }
}
