package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;

/**
 * How far x is from being stochastically larger than y: almost stochastic order.
 *
 * <p>x is stochastically larger if each of its quantiles is at least that of y. The violation is the share of the
 * squared distance between the two quantile functions, {@code ∫ (F⁻¹ - G⁻¹)²}, that lies where the quantile of x is
 * the smaller one: 0 if x is larger throughout, 1 if y is. It is computed exactly, as a finite sum over the steps of
 * both functions. Below 0.5, x is the larger one more than not; a bound below 0.2 is often asked for.
 *
 * <p>The upper bound adds to the violation the normal quantile of the level times the standard deviation of the
 * violation in resampled pairs of samples. It is right for large samples only: for normal values of spreads 1 and 2
 * and a true violation of .17, a nominal 95 % bound lay below it 12 % of the time at n = 20, 11 % at 100, 9 % at 300 and
 * 5.5 % at 3,000. It answers whether x is better, never whether the two are equal within a margin; no verdict of {@code
 * dev.stet.replication} rests on it.
 *
 * <ul>
 *   <li>Small samples: with fewer than two values on a side nothing is known of its variation; the bound is 1.
 *   <li>Equal samples violate neither order: the violation is 0.5. The violations of x over y and of y over x add
 *       up to 1.
 *   <li>Several comparisons: for k of them ask for the level 1 - alpha / k (Bonferroni), such as 0.995 for ten at
 *       0.05; the bound grows with the level.
 *   <li>Ties need no rule. Infinities and NaN are refused.
 * </ul>
 *
 * <p>References: del Barrio, Cuesta-Albertos and Matrán 2018, doi:10.1007/978-3-319-73848-2_3; Dror, Shlomov and
 * Reichart 2019, doi:10.18653/v1/P19-1266.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class StochasticOrder {
  private final double[] x;
  private final double[] y;

  private StochasticOrder(double[] x, double[] y) {
    Scale scale = Scale.of(x, y);
    this.x = scale.shrink(x);
    this.y = scale.shrink(y);
  }

  /**
   * Compares two samples.
   *
   * @param x the finite values of one sample, at least one
   * @param y the finite values of the other, at least one
   * @return how far x is from being stochastically larger than y
   * @throws IllegalArgumentException if a sample is empty or holds a value that is not finite
   */
  public static StochasticOrder of(double[] x, double[] y) {
    Samples.requireSome(x, "x");
    Samples.requireSome(y, "y");
    return new StochasticOrder(Samples.finite(x, "x"), Samples.finite(y, "y"));
  }

  /**
   * Returns the share of the distance where y is the larger one.
   *
   * @return a number from 0, if x is larger throughout, to 1
   */
  public double violation() {
    return violation(x, y);
  }

  /** Over the steps of both quantile functions, whose places are multiples of 1 / (n m). */
  private static double violation(double[] x, double[] y) {
    double whole = 0;
    double violated = 0;
    long from = 0;
    for (int i = 0, j = 0; i < x.length && j < y.length; ) {
      long endX = (i + 1L) * y.length;
      long endY = (j + 1L) * x.length;
      long to = Math.min(endX, endY);
      double difference = x[i] - y[j];
      double part = difference * difference * (to - from);
      whole += part;
      violated += difference < 0 ? part : 0;
      i += to == endX ? 1 : 0;
      j += to == endY ? 1 : 0;
      from = to;
    }
    return whole == 0 ? 0.5 : violated / whole;
  }

  /**
   * Returns an upper confidence bound on the violation.
   *
   * @param level the confidence level, between 0 and 1, such as 0.95
   * @param resamples how many pairs of samples to draw, at least 100, such as 1,000
   * @param seed where they are drawn from; the same seed gives the same answer
   * @return a number from 0 to 1, for levels above a half at least the violation
   * @throws IllegalArgumentException if the level is not between 0 and 1, or there are too few resamples
   */
  public double upperBound(double level, int resamples, Seed seed) {
    Interval.requireLevel(level);
    Resamples.requireEnough(resamples);
    if (x.length < 2 || y.length < 2) {
      return 1;
    }
    double bound = violation() + Quantiles.normal(1 - level) * deviation(resamples, seed.stream());
    return Math.max(0, Math.min(1, bound));
  }

  private double deviation(int resamples, RandomStream stream) {
    Sample one = new Sample(x);
    Sample other = new Sample(y);
    double[] violations = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      violations[i] = violation(one.draw(stream), other.draw(stream));
    }
    Arrays.sort(violations);
    return Moments.of(violations).deviation();
  }

  /** Draws sorted samples from sorted values. */
  private static final class Sample {
    private final double[] values;
    private final double[] drawn;
    private final int[] positions;
    private final int[] counts;

    Sample(double[] values) {
      this.values = values;
      drawn = new double[values.length];
      counts = new int[values.length];
      positions = new int[values.length];
      Arrays.setAll(positions, i -> i);
    }

    double[] draw(RandomStream stream) {
      Arrays.fill(counts, 0);
      Resamples.count(stream, positions, counts);
      for (int i = 0, at = 0; i < values.length; i++) {
        for (int times = counts[i]; times > 0; times--) {
          drawn[at++] = values[i];
        }
      }
      return drawn;
    }
  }
}
