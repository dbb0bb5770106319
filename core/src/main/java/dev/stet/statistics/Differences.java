package dev.stet.statistics;

import java.util.Arrays;

/** All differences between a value of x and a value of y. */
final class Differences implements PairCounts {
  private final double[] x;
  private final double[] y;
  private final long below;
  private final long above;
  private final long open;

  Differences(double[] sortedX, double[] sortedY) {
    long xLow = count(sortedX, Double.NEGATIVE_INFINITY);
    long xHigh = count(sortedX, Double.POSITIVE_INFINITY);
    long yLow = count(sortedY, Double.NEGATIVE_INFINITY);
    long yHigh = count(sortedY, Double.POSITIVE_INFINITY);
    x = Arrays.copyOfRange(sortedX, (int) xLow, (int) (sortedX.length - xHigh));
    y = Arrays.copyOfRange(sortedY, (int) yLow, (int) (sortedY.length - yHigh));
    below = xLow * (y.length + yHigh) + x.length * yHigh;
    above = xHigh * (y.length + yLow) + x.length * yLow;
    open = xLow * yLow + xHigh * yHigh;
  }

  static long count(double[] sorted, double value) {
    long count = 0;
    for (double each : sorted) {
      if (each == value) {
        count++;
      }
    }
    return count;
  }

  @Override
  public long finite() {
    return (long) x.length * y.length;
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
    int j = y.length;
    // As x grows, fewer of the largest y stay close enough. Subtraction rounds monotonically, so
    // this is exact.
    for (double each : x) {
      int low = y.length - j;
      while (low < y.length && each - y[low] > value) {
        low++;
      }
      j = y.length - low;
      count += j;
      if (j == 0) {
        break;
      }
    }
    return count;
  }

  @Override
  public double smallest() {
    return x[0] - y[y.length - 1];
  }

  @Override
  public double largest() {
    return x[x.length - 1] - y[0];
  }
}
