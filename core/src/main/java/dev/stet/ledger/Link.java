package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What one run is to another that is already on record.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public enum Link {
  /** The same recipe again, to see whether the bits are the same. */
  RERUN_OF,
  /** The same experiment with another seed or elsewhere, to see whether the result stands. */
  REPLICATE_OF,
  /** Another try of a run that did not complete. */
  RETRY_OF,
  /** The continuation of a run from its checkpoint. */
  RESUMES;

  /**
   * Returns the link in lower case, as messages print it.
   *
   * @return such as {@code rerun of}
   */
  public String label() {
    return text().replace('_', ' ');
  }

  /** The link as files spell it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Link parse(String text) {
    requireNonNull(text, "text");
    for (Link link : values()) {
      if (link.text().equals(text)) {
        return link;
      }
    }
    throw new IllegalArgumentException("there is no link \"" + text + "\"");
  }
}
