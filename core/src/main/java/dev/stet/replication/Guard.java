package dev.stet.replication;

/**
 * A test of what a location does not show, which can forbid <i>replicated</i>.
 *
 * <p>A guard that is silent is no evidence that nothing changed: {@link #sees} says how large a change would
 * have to be for this many runs to show it four times in five.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param kind what it looks at
 * @param pValue the p-value of "nothing changed"
 * @param fired whether that is at most .05
 * @param sees what it would see four times in five, in words; empty if that is not known
 * @since 0.1
 */
public record Guard(Kind kind, double pValue, boolean fired, String sees) {
  /**
   * What a guard looks at.
   *
   * <p>Immutable and safe for use by several threads.
   *
   * @since 0.1
   */
  public enum Kind {
    /** How far results spread, by the test of Brown and Forsythe. */
    SPREAD("spread"),
    /** The whole distribution about its location, by the energy distance. */
    SHAPE("shape"),
    /** How many runs failed or collapsed, by Fisher's test or that of McNemar. */
    FAILURES("failures");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Returns the kind in a word. */
    @Override
    public String toString() {
      return word;
    }
  }
}
