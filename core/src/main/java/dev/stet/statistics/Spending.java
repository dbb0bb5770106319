package dev.stet.statistics;

/**
 * How much of an error rate may be spent when a share of the information is in: the rule by which a study that is
 * looked at several times keeps the rate of one that is looked at once.
 *
 * <p>References: Lan and DeMets 1983, doi:10.1093/biomet/70.3.659; Kim and DeMets 1987,
 * doi:10.1093/biomet/74.1.149.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public enum Spending {
  /** {@code rate * t²}, of Kim and DeMets: little early, most at the end. A good default. */
  SQUARED,
  /** {@code 2 - 2 Phi(z / sqrt(t))}, like O'Brien and Fleming: almost nothing early, the end almost untouched. */
  OBRIEN_FLEMING,
  /** {@code rate * ln(1 + (e - 1) t)}, like Pocock: about the same at every look, at the price of the end. */
  POCOCK;

  /**
   * Returns how much is spent.
   *
   * @param rate the one-sided error rate, above 0 and at most 0.5
   * @param share the share of the information that is in, above 0 and at most 1
   * @return above 0 unless it is too small for a double, and exactly the rate at a share of 1
   */
  public double spent(double rate, double share) {
    requireRate(rate);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of the information must be above 0 and at most 1; got " + share + ".");
    }
    if (share == 1) {
      return rate;
    }
    return switch (this) {
      case SQUARED -> rate * share * share;
      case OBRIEN_FLEMING ->
        2 * Quantiles.below(-Quantiles.normal(rate / 2) / StrictMath.sqrt(share));
      case POCOCK -> rate * StrictMath.log1p((StrictMath.E - 1) * share);
    };
  }

  static void requireRate(double rate) {
    if (!(rate > 0 && rate <= 0.5)) {
      throw new IllegalArgumentException("an error rate must be above 0 and at most 0.5; got "
          + rate + ". The usual rate is 0.05.");
    }
  }
}
