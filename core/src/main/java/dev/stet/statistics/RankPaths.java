package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;

/**
 * Rank statistics at several looks, if nothing has changed: their joint distribution does not depend on that of
 * the values, and is drawn here from random orders.
 *
 * <p>Each order gives two paths, as every order is as likely as its reverse.
 */
final class RankPaths {
  /** Some milliseconds to half a second, once a design. */
  private static final int ORDERS = 250_000;

  private static final int MOST_COUNTS = 8_000_000;

  /** Errors of the simulation are allowed for by this many standard errors, on the safe side. */
  private static final double SAFETY = 2;

  private static final Seed SEED = Seed.of(20261125).child("rank-paths");

  /** The statistic of each path at each look, and the sum of both tails there. */
  private final int[][] counts;

  private final long[] whole;

  private RankPaths(int[][] counts, long[] whole) {
    this.counts = counts;
    this.whole = whole;
  }

  /** How many pairs of a fresh value and one of the m baseline values the fresh one wins. */
  static RankPaths unpaired(int m, int[] looks) {
    int orders = Math.min(ORDERS, MOST_COUNTS / looks.length);
    int[][] counts = new int[looks.length][orders];
    int last = looks[looks.length - 1];
    int[] label = new int[m + last];
    for (int i = 0, look = 0; i < last; i++) {
      look += i >= looks[look] ? 1 : 0;
      label[m + i] = look + 1;
    }
    RandomStream random = SEED.child("unpaired").stream();
    int[] won = new int[looks.length + 1];
    for (int order = 0; order < orders; order++) {
      Arrays.fill(won, 0);
      int below = 0;
      for (int i = 0; i < label.length; i++) {
        int j = i + random.nextInt(label.length - i);
        int chosen = label[j];
        label[j] = label[i];
        label[i] = chosen;
        below += chosen == 0 ? 1 : 0;
        won[chosen] += below;
      }
      for (int look = 0, sum = 0; look < looks.length; look++) {
        sum += won[look + 1];
        counts[look][order] = sum;
      }
    }
    long[] whole = new long[looks.length];
    Arrays.setAll(whole, look -> (long) looks[look] * m);
    return new RankPaths(counts, whole);
  }

  /** The sum of the ranks of the positive differences among the absolute ones. */
  static RankPaths paired(int[] looks) {
    int orders = Math.min(ORDERS, MOST_COUNTS / looks.length);
    int[][] counts = new int[looks.length][orders];
    int last = looks[looks.length - 1];
    int[] age = new int[last];
    Arrays.setAll(age, i -> i);
    RandomStream random = SEED.child("paired").stream();
    int[] rank = new int[looks.length];
    int[] first = new int[last];
    for (int i = 0, look = 0; i < last; i++) {
      look += i >= looks[look] ? 1 : 0;
      first[i] = look;
    }
    int[] sum = new int[looks.length];
    for (int order = 0; order < orders; order++) {
      Arrays.fill(rank, 0);
      Arrays.fill(sum, 0);
      for (int i = 0; i < last; i++) {
        int j = i + random.nextInt(last - i);
        int chosen = age[j];
        age[j] = age[i];
        age[i] = chosen;
        if (random.nextBoolean()) {
          for (int look = first[chosen]; look < looks.length; look++) {
            sum[look] += ++rank[look];
          }
        } else {
          for (int look = first[chosen]; look < looks.length; look++) {
            rank[look]++;
          }
        }
      }
      for (int look = 0; look < looks.length; look++) {
        counts[look][order] = sum[look];
      }
    }
    long[] whole = new long[looks.length];
    Arrays.setAll(whole, look -> (long) looks[look] * (looks[look] + 1) / 2);
    return new RankPaths(counts, whole);
  }

  /**
   * For each look the k at which its interval ends: the largest for which the paths that have fallen below k at this
   * look or an earlier one are within what may be spent.
   *
   * @param first the largest k of the first look, which is known exactly
   */
  long[] critical(long first, double[] spent) {
    int looks = counts.length;
    long paths = 2L * counts[0].length;
    boolean[] low = new boolean[counts[0].length];
    boolean[] high = new boolean[counts[0].length];
    long[] critical = new long[looks];
    long crossed = cross(0, first, low, high);
    critical[0] = first;
    for (int look = 1; look < looks; look++) {
      double allowed = spent[look];
      double error = StrictMath.sqrt(allowed * (1 - allowed) / paths);
      long most = (long) Math.floor((allowed - SAFETY * error) * paths) - crossed;
      critical[look] = most < 0 ? 0 : largest(look, most, low, high);
      crossed += cross(look, critical[look], low, high);
    }
    return critical;
  }

  private long cross(int look, long k, boolean[] low, boolean[] high) {
    long crossed = 0;
    for (int order = 0; order < low.length; order++) {
      int count = counts[look][order];
      if (!low[order] && count < k) {
        low[order] = true;
        crossed++;
      }
      if (!high[order] && whole[look] - count < k) {
        high[order] = true;
        crossed++;
      }
    }
    return crossed;
  }

  private long largest(int look, long most, boolean[] low, boolean[] high) {
    long[] histogram = new long[(int) whole[look] + 2];
    for (int order = 0; order < low.length; order++) {
      int count = counts[look][order];
      histogram[count] += low[order] ? 0 : 1;
      histogram[(int) whole[look] - count] += high[order] ? 0 : 1;
    }
    long sum = 0;
    for (int k = 0; k < histogram.length; k++) {
      sum += histogram[k];
      if (sum > most) {
        return k;
      }
    }
    return whole[look];
  }
}
