package dev.stet.statistics;

import org.jspecify.annotations.Nullable;

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
public final class Spending {
  /** {@code rate * t²}, of Kim and DeMets: little early, most at the end. A good default. */
  public static final Spending SQUARED = new Spending(Family.POWER, 2);

  /** {@code 2 - 2 Phi(z / sqrt(t))}, like O'Brien and Fleming: almost nothing early, the end almost untouched. */
  public static final Spending OBRIEN_FLEMING = new Spending(Family.OBRIEN_FLEMING, 0);

  /** {@code rate * ln(1 + (e - 1) t)}, like Pocock: about the same at every look, at the price of the end. */
  public static final Spending POCOCK = new Spending(Family.POCOCK, 0);

  private static final double LEAST_EXPONENT = 0.5;
  private static final double LARGEST_EXPONENT = 10;

  private final Family family;
  private final double exponent;

  private enum Family {
    POWER,
    OBRIEN_FLEMING,
    POCOCK
  }

  private Spending(Family family, double exponent) {
    this.family = family;
    this.exponent = exponent;
  }

  /**
   * Spends {@code rate * t^exponent}, of Kim and DeMets: the larger the exponent, the later.
   *
   * @param exponent from 0.5 to 10; with 1 each share of the information may spend the same
   * @return the rule
   */
  public static Spending power(double exponent) {
    if (!(exponent >= LEAST_EXPONENT && exponent <= LARGEST_EXPONENT)) {
      throw new IllegalArgumentException("the exponent of a spending rule must be from "
          + LEAST_EXPONENT + " to " + LARGEST_EXPONENT + "; got " + exponent
          + ". The usual exponents are 1 to 3; larger ones spend later.");
    }
    return new Spending(Family.POWER, exponent);
  }

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
    return switch (family) {
      case POWER -> rate * StrictMath.pow(share, exponent);
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Spending that && family == that.family && exponent == that.exponent;
  }

  @Override
  public int hashCode() {
    return 31 * family.hashCode() + Double.hashCode(exponent);
  }

  /** Returns the rule in words, such as {@code rate * t^2.0}. */
  @Override
  public String toString() {
    return switch (family) {
      case POWER -> "rate * t^" + exponent;
      case OBRIEN_FLEMING -> "like O'Brien and Fleming";
      case POCOCK -> "like Pocock";
    };
  }
}
