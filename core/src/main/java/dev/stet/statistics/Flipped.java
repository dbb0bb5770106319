package dev.stet.statistics;

import dev.stet.seeds.Seed;

/** Centred, sorted differences, moved together; each keeps its sign or changes it. */
final class Flipped implements Rearranged {
  private final double[] differences;
  private final double trim;
  private final Markings arrangements;

  Flipped(double[] differences, double trim, Seed seed) {
    this.differences = differences;
    this.trim = trim;
    arrangements = Markings.signs(differences.length, seed);
  }

  @Override
  public int count() {
    return arrangements.count();
  }

  @Override
  public double error() {
    return Math.sqrt(new TrimmedMean(differences.length, trim).read(differences).squaredError());
  }

  @Override
  public Statistic at(double offset) {
    int n = differences.length;
    int[] order = byDistance(offset);
    double[] flipped = new double[n];
    TrimmedMean mean = new TrimmedMean(n, trim);
    return arrangement -> {
      int low = 0;
      int high = n - 1;
      for (int at = n - 1; at >= 0; at--) {
        double value = differences[order[at]] - offset;
        double signed = arrangements.marked(arrangement, order[at]) == 1 ? -value : value;
        if (signed < 0) {
          flipped[low++] = signed;
        } else {
          flipped[high--] = signed;
        }
      }
      mean.read(flipped);
      return Rearranged.studentised(mean.mean(), mean.squaredError());
    };
  }

  /** From the nearest to the farthest: sorted values have their nearest in the middle. */
  private int[] byDistance(double offset) {
    int n = differences.length;
    int[] order = new int[n];
    int low = 0;
    int high = n - 1;
    for (int at = n - 1; at >= 0; at--) {
      boolean lower = Math.abs(differences[low] - offset) >= Math.abs(differences[high] - offset);
      order[at] = lower ? low++ : high--;
    }
    return order;
  }
}
