package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Arrays;

/**
 * The ways in which the two values of each pair could have been swapped: all of them for up to 13 pairs,
 * otherwise drawn from a seed.
 */
final class PairSwaps {
  /** 2^13 is the largest power of two that {@link Arrangements#MOST} allows. */
  private static final int ENUMERATED = 13;

  private PairSwaps() {}

  /** A statistic of the pairs that are swapped: pair i if bit i % 64 of word i / 64 is set. */
  interface Statistic {
    double of(long[] swapped);
  }

  /** -1 for a pair that is swapped, otherwise 1; without a branch that could not be foreseen. */
  static int sign(long[] swapped, int pair) {
    return 1 - 2 * (int) (swapped[pair >> 6] >>> pair & 1);
  }

  /** A pattern that swaps no pair. */
  static long[] none(int pairs) {
    return new long[(pairs + 63) / 64];
  }

  static void swap(long[] swapped, int pair) {
    swapped[pair >> 6] |= 1L << pair;
  }

  /** The chance of a statistic that reaches the threshold; {@code steps} is what one of them costs. */
  static double pValue(int pairs, int steps, double threshold, Statistic statistic, Seed seed) {
    if (pairs == 0) {
      return 1;
    }
    return pairs <= ENUMERATED
        ? enumerate(pairs, threshold, statistic)
        : draw(pairs, steps, threshold, statistic, seed);
  }

  private static double enumerate(int pairs, double threshold, Statistic statistic) {
    long[] swapped = none(pairs);
    long reached = 0;
    for (long pattern = 0; pattern < 1L << pairs; pattern++) {
      swapped[0] = pattern;
      reached += statistic.of(swapped) >= threshold ? 1 : 0;
    }
    return PValue.exact(reached, 1L << pairs);
  }

  private static double draw(
      int pairs, int steps, double threshold, Statistic statistic, Seed seed) {
    RandomStream stream = seed.stream();
    long[] swapped = none(pairs);
    int draws = Arrangements.drawn(steps);
    long reached = 0;
    for (int draw = 0; draw < draws; draw++) {
      Arrays.setAll(swapped, i -> stream.nextLong());
      reached += statistic.of(swapped) >= threshold ? 1 : 0;
    }
    return PValue.drawn(reached, draws);
  }
}
