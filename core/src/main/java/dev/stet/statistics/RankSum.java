package dev.stet.statistics;

/**
 * Two samples ranked in one order, and how likely a rank sum as extreme as theirs is if every arrangement of these
 * midranks is equally likely.
 */
final class RankSum {
  /** The number of values of x. */
  private final int n;

  /** The doubled midranks of all values, ascending. */
  private final int[] ranks;

  /** Those of x, added. */
  private final long sum;

  /** Whether values are equal. */
  private final boolean tied;

  private RankSum(int n, int[] ranks, long sum, boolean tied) {
    this.n = n;
    this.ranks = ranks;
    this.sum = sum;
    this.tied = tied;
  }

  /** Ranks x minus the shift among y, both sorted. */
  static RankSum of(double[] x, double[] y, double shift) {
    double factor = Shifted.factor(shift, x, y);
    double[] pooled = new double[x.length + y.length];
    boolean[] first = new boolean[pooled.length];
    int i = 0;
    int j = 0;
    boolean tied = false;
    for (int at = 0; at < pooled.length; at++) {
      double own = i < x.length ? x[i] * factor - shift * factor : 0;
      first[at] = j == y.length || (i < x.length && own <= y[j] * factor);
      pooled[at] = first[at] ? own : y[j] * factor;
      i += first[at] ? 1 : 0;
      j += first[at] ? 0 : 1;
      tied |= at > 0 && pooled[at] == pooled[at - 1];
    }
    int[] ranks = Midranks.doubled(pooled);
    long sum = 0;
    for (int at = 0; at < ranks.length; at++) {
      sum += first[at] ? ranks[at] : 0;
    }
    return new RankSum(x.length, ranks, sum, tied);
  }

  int[] ranks() {
    return ranks;
  }

  long sum() {
    return sum;
  }

  Tails tails() {
    int m = ranks.length - n;
    if (!RankSumNull.isExact(n, m)) {
      return normal();
    }
    if (!tied) {
      return RankSumNull.tails(n, m, (sum - (long) n * (n + 1)) / 2);
    }
    int few = Math.min(n, m);
    long all = (long) ranks.length * (ranks.length + 1);
    long own = few == n ? sum : all - sum;
    Tails tails = tied(few, own);
    return few == n ? tails : tails.swapped();
  }

  private Tails tied(int few, long own) {
    if (RankSets.fits(ranks.length, few)) {
      return new RankSets(ranks, few).tails(own);
    }
    if (SubsetSums.fits(ranks.length, few)) {
      double[] values = new double[ranks.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = ranks[i];
      }
      return new SubsetSums(values, few).tails((double) own, 0);
    }
    return few == n ? normal() : normal().swapped();
  }

  /** In doubled ranks, of which a step is 2: a continuity correction of 1. */
  private Tails normal() {
    double size = ranks.length;
    double squares = 0;
    for (int rank : ranks) {
      squares += (rank - (size + 1)) * (rank - (size + 1));
    }
    if (squares == 0) {
      return Tails.NOTHING;
    }
    double deviation = StrictMath.sqrt(n * (size - n) / (size * (size - 1)) * squares);
    double distance = sum - n * (size + 1);
    return new Tails(
        Quantiles.normalTail(-(distance + 1) / deviation),
        Quantiles.normalTail((distance - 1) / deviation));
  }
}
