package dev.stet;

import dev.stet.ledger.RunFailure;
import dev.stet.ledger.RunStatus;
import java.io.PrintStream;
import java.io.PrintWriter;

/** Stands for what a run threw in another process: the record holds its texts and not itself. It is not thrown. */
final class RecordedFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RunFailure failure;
  private final RunStatus status;

  RecordedFailure(RunFailure failure, RunStatus status) {
    super(failure.message(), null, false, false);
    this.failure = failure;
    this.status = status;
  }

  RunStatus status() {
    return status;
  }

  RunFailure failure() {
    return failure;
  }

  /** The stack trace on record; the words alone if there is none. */
  private String trace() {
    return failure.stackTrace().isEmpty() ? toString() : failure.stackTrace().stripTrailing();
  }

  @Override
  public void printStackTrace(PrintStream out) {
    out.println(trace());
  }

  @Override
  public void printStackTrace(PrintWriter out) {
    out.println(trace());
  }

  /** As the throwable itself gave it, so that outcomes compare equal. */
  @Override
  @SuppressWarnings(
      "OverrideThrowableToString") // the type in front of the message is the original's
  public String toString() {
    return failure.toString();
  }
}
