package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;

/**
 * The ways in which pooled values could have fallen to two samples of given sizes: all of them if they are few,
 * otherwise as many as are worth their time, drawn from a seed.
 */
final class Arrangements {
  /** As many arrangements are enumerated, or drawn, at most. */
  static final int MOST = 9_999;

  private static final int FEWEST = 499;

  /** Steps of a test over large samples: about half a second. */
  private static final int WORK = 100_000_000;

  private Arrangements() {}

  /** A statistic of the positions, among the sorted pooled values, that belong to the first sample. */
  interface Statistic {
    double of(boolean[] first);
  }

  /** How many are drawn if each takes so many steps. */
  static int drawn(int steps) {
    return Math.max(FEWEST, Math.min(MOST, WORK / Math.max(1, steps)));
  }

  /** How many there are, or some number above {@link #MOST}. */
  static long count(int size, int taken) {
    long count = 1;
    for (int i = 1; i <= Math.min(taken, size - taken) && count <= MOST; i++) {
      count = count * (size - i + 1) / i;
    }
    return count;
  }

  /** The chance of a statistic that reaches the threshold. */
  static double pValue(int size, int taken, double threshold, Statistic statistic, Seed seed) {
    return count(size, taken) <= MOST
        ? enumerate(size, taken, threshold, statistic)
        : draw(size, taken, threshold, statistic, seed);
  }

  private static double enumerate(int size, int taken, double threshold, Statistic statistic) {
    int[] chosen = new int[taken];
    Arrays.setAll(chosen, i -> i);
    boolean[] first = new boolean[size];
    long reached = 0;
    long all = 0;
    do {
      Arrays.fill(first, false);
      for (int position : chosen) {
        first[position] = true;
      }
      reached += statistic.of(first) >= threshold ? 1 : 0;
      all++;
    } while (next(chosen, size));
    return PValue.exact(reached, all);
  }

  /** Makes it the next choice in lexical order; false, and as it was, if it was the last. */
  static boolean next(int[] chosen, int size) {
    int i = chosen.length - 1;
    while (i >= 0 && chosen[i] == size - chosen.length + i) {
      i--;
    }
    if (i < 0) {
      return false;
    }
    chosen[i]++;
    for (int j = i + 1; j < chosen.length; j++) {
      chosen[j] = chosen[j - 1] + 1;
    }
    return true;
  }

  private static double draw(
      int size, int taken, double threshold, Statistic statistic, Seed seed) {
    RandomStream stream = seed.stream();
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    boolean[] first = new boolean[size];
    int draws = drawn(size);
    long reached = 0;
    for (int draw = 0; draw < draws; draw++) {
      for (int i = 0; i < taken; i++) {
        int other = i + stream.nextInt(size - i);
        int position = order[other];
        order[other] = order[i];
        order[i] = position;
        first[position] = true;
      }
      reached += statistic.of(first) >= threshold ? 1 : 0;
      for (int i = 0; i < taken; i++) {
        first[order[i]] = false;
      }
    }
    return PValue.drawn(reached, draws);
  }
}
