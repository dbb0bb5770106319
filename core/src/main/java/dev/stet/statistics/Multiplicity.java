package dev.stet.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How the p-values of several tests are raised for their being several.
 *
 * <p>Both methods go through the p-values in order of size, p(1) to p(m), and return one adjusted value for each: a
 * hypothesis is rejected at a level when its adjusted p-value is at most that level.
 *
 * <ul>
 *   <li>Ties: equal p-values get equal adjusted ones.
 *   <li>One p-value stays as it is, and so does none.
 *   <li>NaN, and what lies outside [0, 1], is refused.
 * </ul>
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public enum Multiplicity {
  /**
   * The chance of any false rejection stays at most the level, whatever the dependence between the tests: the largest
   * {@code (m - i + 1) p(i)} so far, at most 1. Reference: Holm 1979, Scandinavian Journal of Statistics 6, 65-70,
   * <a href="https://www.jstor.org/stable/4615733">jstor 4615733</a>.
   */
  HOLM {
    @Override
    double[] ascending(double[] sorted) {
      int m = sorted.length;
      double[] adjusted = new double[m];
      double largest = 0;
      for (int i = 0; i < m; i++) {
        largest = Math.max(largest, (m - i) * sorted[i]);
        adjusted[i] = Math.min(1, largest);
      }
      return adjusted;
    }
  },

  /**
   * The expected share of false rejections among all rejections stays at most the level, for tests that are independent or
   * positively dependent: the smallest {@code m p(j) / j} from j = i on, at most 1. It is for screening many, where some
   * false ones are expected among those found. Reference: Benjamini and Hochberg 1995,
   * doi:10.1111/j.2517-6161.1995.tb02031.x.
   */
  BENJAMINI_HOCHBERG {
    @Override
    double[] ascending(double[] sorted) {
      int m = sorted.length;
      double[] adjusted = new double[m];
      double smallest = 1;
      for (int i = m - 1; i >= 0; i--) {
        // Rounding must not lower what is only to be raised.
        double raised = Math.max(sorted[i], sorted[i] * m / (i + 1));
        smallest = Math.min(smallest, raised);
        adjusted[i] = smallest;
      }
      return adjusted;
    }
  };

  /** The adjusted values of p-values in ascending order. */
  abstract double[] ascending(double[] sorted);

  /**
   * Adjusts p-values.
   *
   * @param pValues one for each test, each in [0, 1]; not changed
   * @return the adjusted p-values, in the order of the tests
   * @throws IllegalArgumentException if one is NaN or outside [0, 1]
   */
  public double[] adjust(double... pValues) {
    for (int i = 0; i < pValues.length; i++) {
      if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
        throw new IllegalArgumentException("p-values must lie between 0 and 1; got " + pValues[i]
            + " at index " + i + ". Leave out tests that have none.");
      }
    }
    int[] order = IntStream.range(0, pValues.length)
        .boxed()
        .sorted((i, j) -> Double.compare(pValues[i] + 0.0, pValues[j] + 0.0))
        .mapToInt(Integer::intValue)
        .toArray();
    double[] ascending =
        ascending(Arrays.stream(order).mapToDouble(i -> pValues[i] + 0.0).toArray());
    double[] adjusted = new double[pValues.length];
    for (int i = 0; i < order.length; i++) {
      adjusted[order[i]] = ascending[i];
    }
    return adjusted;
  }
}
