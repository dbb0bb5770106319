package dev.stet.statistics;

import dev.stet.seeds.Seed;

/** Two centred, sorted samples; the values of both, moved together, are dealt out anew. */
final class Regrouped implements Rearranged {
  private final double[] x;
  private final double[] y;
  private final double trim;
  private final double error;
  private final Markings arrangements;

  Regrouped(double[] x, double[] y, double trim, Seed seed) {
    this.x = x;
    this.y = y;
    this.trim = trim;
    error = Math.sqrt(new TrimmedMean(x.length, trim).read(x).squaredError()
        + new TrimmedMean(y.length, trim).read(y).squaredError());
    arrangements = Markings.sets(x.length + y.length, x.length, seed);
  }

  @Override
  public int count() {
    return arrangements.count();
  }

  @Override
  public double error() {
    return error;
  }

  @Override
  public Statistic at(double offset) {
    int size = x.length + y.length;
    double[] values = new double[size];
    int[] items = new int[size];
    int i = 0;
    int j = 0;
    for (int at = 0; at < size; at++) {
      boolean first = j == y.length || (i < x.length && x[i] - offset <= y[j]);
      values[at] = first ? x[i] - offset : y[j];
      items[at] = first ? i++ : x.length + j++;
    }
    // One more than needed: the next value is written to both.
    double[] one = new double[size + 1];
    double[] other = new double[size + 1];
    TrimmedMean first = new TrimmedMean(x.length, trim);
    TrimmedMean second = new TrimmedMean(y.length, trim);
    return arrangement -> {
      int taken = 0;
      for (int at = 0; at < size; at++) {
        int mark = arrangements.marked(arrangement, items[at]);
        one[taken] = values[at];
        other[at - taken] = values[at];
        taken += mark;
      }
      first.read(one);
      second.read(other);
      return Rearranged.studentised(
          first.mean() - second.mean(), first.squaredError() + second.squaredError());
    };
  }
}
