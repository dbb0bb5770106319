package dev.stet.ledger;

/**
 * A ledger that could not be opened, read or written; the message names the file and says what was lost, if anything.
 *
 * @since 0.1
 */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerException(String message) {
    super(message);
  }

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
