package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

/**
 * Stands in a facet where a value should be, and says why it is not there.
 *
 * <p>Two of them are never equal evidence: what was not captured cannot be compared.
 *
 * <p>Immutable and safe for any number of threads.
 *
 * @param reason why, in words that follow "not captured: ", such as {@code git is not installed}
 * @since 0.1
 */
public record NotCaptured(String reason) {
  /**
   * Refuses a null reason.
   *
   * @param reason why, in words that follow "not captured: "
   */
  public NotCaptured {
    requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return "not captured: " + reason;
  }
}
