package dev.stet.statistics;

import java.util.Arrays;

/** All averages of two values, each with itself included: n (n + 1) / 2 of them. */
final class WalshAverages implements PairCounts {
  private final double[] halves;
  private final long below;
  private final long above;
  private final long open;

  WalshAverages(double[] sorted) {
    long low = Differences.count(sorted, Double.NEGATIVE_INFINITY);
    long high = Differences.count(sorted, Double.POSITIVE_INFINITY);
    halves = Arrays.copyOfRange(sorted, (int) low, (int) (sorted.length - high));
    for (int i = 0; i < halves.length; i++) {
      halves[i] /= 2;
    }
    below = low * (low + 1) / 2 + low * halves.length;
    above = high * (high + 1) / 2 + high * halves.length;
    open = low * high;
  }

  @Override
  public long finite() {
    return (long) halves.length * (halves.length + 1) / 2;
  }

  @Override
  public long below() {
    return below;
  }

  @Override
  public long above() {
    return above;
  }

  @Override
  public long open() {
    return open;
  }

  @Override
  public long atMost(double value) {
    long count = 0;
    int last = halves.length - 1;
    for (int i = 0; i <= last; i++) {
      while (last >= i && halves[i] + halves[last] > value) {
        last--;
      }
      count += last - i + 1;
    }
    return count;
  }

  @Override
  public double smallest() {
    return halves[0] + halves[0];
  }

  @Override
  public double largest() {
    return halves[halves.length - 1] + halves[halves.length - 1];
  }
}
