package dev.stet.statistics;

/**
 * Centred data and their rearrangements under a hypothesis: that the true location lies {@code offset} away from the
 * estimate.
 */
interface Rearranged {
  /** How many arrangements there are; number 0 is the data. */
  int count();

  /** The standard error of the estimate. */
  double error();

  /** The studentised statistic of each arrangement, if the hypothesis is true. */
  Statistic at(double offset);

  /** Holds scratch space: for one thread. */
  interface Statistic {
    double of(int arrangement);
  }

  static double studentised(double distance, double squaredError) {
    return distance == 0 ? 0 : distance / Math.sqrt(squaredError);
  }
}
