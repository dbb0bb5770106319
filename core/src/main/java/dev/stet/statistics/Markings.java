package dev.stet.statistics;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;

/**
 * Marks on n items, many times over: which belong to the first of two groups, or which change their sign. All of
 * them if there are at most 10,000, else the data as they are and 9,999 random ones. Number 0 is always the data as
 * they are, so that a share of arrangements is a valid p-value, (b + 1) / (B + 1), and never 0.
 */
final class Markings {
  static final int MOST = 10_000;
  private static final int MOST_ITEMS = 10_000_000;

  private final int words;
  private final long[] bits;
  private final int count;

  private Markings(int items, int count) {
    if (items > MOST_ITEMS) {
      throw new IllegalArgumentException("at most " + MOST_ITEMS + " values can be rearranged; got "
          + items + ". Use a method without permutations.");
    }
    this.count = count;
    words = (items + Long.SIZE - 1) / Long.SIZE;
    bits = new long[words * count];
  }

  /** Sets of {@code size} of the items; number 0 is the first of them. */
  static Markings sets(int items, int size, Seed seed) {
    double all = binomial(items, size);
    return all <= MOST ? allSets(items, size, (int) all) : randomSets(items, size, seed.stream());
  }

  /** C(n, k), as far as it is needed: infinite if it is large. */
  static double binomial(int n, int k) {
    double result = 1;
    for (int i = 1; i <= Math.min(k, n - k) && result <= 1e15; i++) {
      result = result * (n - Math.min(k, n - k) + i) / i;
    }
    return result <= 1e15 ? result : Double.POSITIVE_INFINITY;
  }

  private static Markings allSets(int items, int size, int count) {
    Markings sets = new Markings(items, count);
    int[] members = new int[size];
    for (int i = 0; i < size; i++) {
      members[i] = i;
    }
    boolean more = true;
    for (int each = 0; more; each++) {
      for (int member : members) {
        sets.mark(each, member);
      }
      more = Arrangements.next(members, items);
    }
    return sets;
  }

  private static Markings randomSets(int items, int size, RandomStream random) {
    Markings sets = new Markings(items, MOST);
    int[] order = new int[items];
    for (int i = 0; i < items; i++) {
      order[i] = i;
      if (i < size) {
        sets.mark(0, i);
      }
    }
    for (int each = 1; each < MOST; each++) {
      draw(order, size, random);
      for (int i = 0; i < size; i++) {
        sets.mark(each, order[i]);
      }
    }
    return sets;
  }

  /** Puts a random set in front, whatever the order was before. */
  static void draw(int[] order, int size, RandomStream random) {
    for (int i = 0; i < size; i++) {
      int j = i + random.nextInt(order.length - i);
      int item = order[i];
      order[i] = order[j];
      order[j] = item;
    }
  }

  /** Patterns of signs; number 0 changes none. */
  static Markings signs(int items, Seed seed) {
    boolean all = items < 31 && 1 << items <= MOST;
    Markings signs = new Markings(items, all ? 1 << items : MOST);
    RandomStream random = seed.stream();
    for (int at = signs.words; at < signs.bits.length; at++) {
      signs.bits[at] = all ? at : random.nextLong();
    }
    return signs;
  }

  private void mark(int arrangement, int item) {
    bits[arrangement * words + (item >> 6)] |= 1L << item;
  }

  int count() {
    return count;
  }

  /** 1 if the item is marked, else 0. */
  int marked(int arrangement, int item) {
    return (int) (bits[arrangement * words + (item >> 6)] >>> item) & 1;
  }
}
