package dev.stet;

/**
 * Says that the JVM of a forked trial ended before the trial did: {@code System.exit}, a crash, a kill. It is the failure
 * of that run; it is not thrown. The first line of the message holds the exit code and the signal, those after it the
 * place of a crash report and the last lines of the error output, if there are any.
 *
 * @since 0.1
 */
public final class LostTrialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostTrialException(String how) {
    super("the JVM of this trial ended before the trial did: " + how, null, true, false);
  }
}
