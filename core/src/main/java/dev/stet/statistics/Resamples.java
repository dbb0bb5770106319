package dev.stet.statistics;

import dev.stet.seeds.RandomStream;

/** Draws with replacement, two from one word of the stream. */
final class Resamples {
  /** Up to this size a draw from 32 bits favours no value by more than 2^-16 of its chance. */
  private static final int SMALL = 1 << 16;

  private static final int FEWEST = 100;

  private Resamples() {}

  static void requireEnough(int resamples) {
    if (resamples < FEWEST) {
      throw new IllegalArgumentException("the number of resamples must be at least " + FEWEST
          + ", to have tails; got " + resamples + ". The usual number is 10,000.");
    }
  }

  /** Adds 1 at the position of each value drawn, as many times as there are positions. */
  static void count(RandomStream stream, int[] positions, int[] counts) {
    int size = positions.length;
    if (size > SMALL) {
      for (int i = 0; i < size; i++) {
        counts[positions[stream.nextInt(size)]]++;
      }
      return;
    }
    for (int i = 1; i < size; i += 2) {
      long word = stream.nextLong();
      counts[positions[first(word, size)]]++;
      counts[positions[second(word, size)]]++;
    }
    if ((size & 1) == 1) {
      counts[positions[first(stream.nextLong(), size)]]++;
    }
  }

  /** The sum of as many drawn values as there are. */
  static double sum(RandomStream stream, double[] values) {
    int size = values.length;
    double sum = 0;
    if (size > SMALL) {
      for (int i = 0; i < size; i++) {
        sum += values[stream.nextInt(size)];
      }
      return sum;
    }
    double other = 0;
    for (int i = 1; i < size; i += 2) {
      long word = stream.nextLong();
      sum += values[first(word, size)];
      other += values[second(word, size)];
    }
    return (size & 1) == 1 ? sum + other + values[first(stream.nextLong(), size)] : sum + other;
  }

  private static int first(long word, int size) {
    return (int) (((word >>> 32) * size) >>> 32);
  }

  private static int second(long word, int size) {
    return (int) (((word & 0xffffffffL) * size) >>> 32);
  }
}
