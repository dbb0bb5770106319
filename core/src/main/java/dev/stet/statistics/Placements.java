package dev.stet.statistics;

/**
 * Two samples in one order, as groups of equal values, and how a value of one lies among the other: its placement,
 * the values below it and half of its equals, doubled to an integer.
 */
final class Placements {
  /** Where the groups of equal values end in the order. */
  private final int[] ends;

  private final int groups;

  /** Which values are of the first sample, in order. */
  private final int[] items;

  private final int n;
  private final int m;

  Placements(double[] x, double[] y) {
    n = x.length;
    m = y.length;
    items = new int[n + m];
    ends = new int[n + m];
    int i = 0;
    int j = 0;
    int count = 0;
    double last = Double.NaN;
    for (int at = 0; at < n + m; at++) {
      boolean first = j == m || (i < n && x[i] <= y[j]);
      double value = first ? x[i] : y[j];
      items[at] = first ? i++ : n + j++;
      if (value != last && at > 0) {
        ends[count++] = at;
      }
      last = value;
    }
    ends[count++] = n + m;
    groups = count;
  }

  /** Of the data as they are. */
  Effect seen() {
    return of(item -> item < n ? 1 : 0);
  }

  /** Of the same values, dealt out anew. */
  Effect of(Markings arrangements, int arrangement) {
    return of(item -> arrangements.marked(arrangement, item));
  }

  private interface Member {
    int of(int item);
  }

  private Effect of(Member member) {
    Sums x = new Sums();
    Sums y = new Sums();
    long xBelow = 0;
    long yBelow = 0;
    int from = 0;
    for (int group = 0; group < groups; group++) {
      int own = 0;
      for (int at = from; at < ends[group]; at++) {
        own += member.of(items[at]);
      }
      int others = ends[group] - from - own;
      x.add(own, 2 * yBelow + others);
      y.add(others, 2 * xBelow + own);
      xBelow += own;
      yBelow += others;
      from = ends[group];
    }
    // Doubled placements over twice the size of the other sample are shares of it.
    double a = x.variance(n) / (4.0 * m * m) / n;
    double b = y.variance(m) / (4.0 * n * n) / m;
    return new Effect(x.sum / (2.0 * n * m), a, b);
  }

  private static final class Sums {
    private double sum;
    private double squares;
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;

    void add(int count, long placement) {
      if (count > 0) {
        sum += (double) count * placement;
        squares += (double) count * placement * placement;
        least = Math.min(least, placement);
        most = Math.max(most, placement);
      }
    }

    /** Exactly 0 if all are equal, as one value is. */
    double variance(int size) {
      return least == most ? 0 : (squares - sum * sum / size) / (size - 1);
    }
  }

  /** The estimated probability, and the parts of its squared error that are due to x and to y. */
  record Effect(double probability, double a, double b) {
    /** The distance from one half in standard errors. */
    double statistic() {
      return Rearranged.studentised(probability - 0.5, a + b);
    }
  }
}
