package dev.stet.seeds;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.RandomAccess;

/** Shuffles and samples: all of Fisher and Yates, in the forms of Durstenfeld, Comm. ACM 7 (1964) 420. */
final class Order {
  /** Below one in this many, a sample keeps only what it has moved. */
  private static final int SPARSE = 16;

  @FunctionalInterface
  private interface Swap {
    void swap(int i, int j);
  }

  private Order() {}

  static void shuffle(RandomStream random, List<?> list) {
    if (list instanceof RandomAccess) {
      shuffle(random, list.size(), (i, j) -> Collections.swap(list, i, j));
    } else {
      shuffleLinked(random, list);
    }
  }

  private static <T> void shuffleLinked(RandomStream random, List<T> list) {
    @SuppressWarnings("unchecked")
    T[] values = (T[]) list.toArray();
    shuffle(random, values);
    ListIterator<T> at = list.listIterator();
    for (T value : values) {
      at.next();
      at.set(value);
    }
  }

  static void shuffle(RandomStream random, Object[] a) {
    shuffle(random, a.length, (i, j) -> {
      Object x = a[i];
      a[i] = a[j];
      a[j] = x;
    });
  }

  static void shuffle(RandomStream random, int[] a) {
    shuffle(random, a.length, (i, j) -> {
      int x = a[i];
      a[i] = a[j];
      a[j] = x;
    });
  }

  static void shuffle(RandomStream random, long[] a) {
    shuffle(random, a.length, (i, j) -> {
      long x = a[i];
      a[i] = a[j];
      a[j] = x;
    });
  }

  static void shuffle(RandomStream random, float[] a) {
    shuffle(random, a.length, (i, j) -> {
      float x = a[i];
      a[i] = a[j];
      a[j] = x;
    });
  }

  static void shuffle(RandomStream random, double[] a) {
    shuffle(random, a.length, (i, j) -> {
      double x = a[i];
      a[i] = a[j];
      a[j] = x;
    });
  }

  private static void shuffle(RandomStream random, int size, Swap swap) {
    for (int i = size - 1; i > 0; i--) {
      swap.swap(i, random.nextInt(i + 1));
    }
  }

  static int[] permutation(RandomStream random, int n) {
    int[] order = identity(n);
    shuffle(random, order);
    return order;
  }

  static int[] sample(RandomStream random, int n, int k) {
    return k < n / SPARSE ? sampleSparse(random, n, k) : sampleDense(random, n, k);
  }

  private static int[] sampleDense(RandomStream random, int n, int k) {
    int[] pool = identity(n);
    int[] sample = new int[k];
    for (int i = 0; i < k; i++) {
      int j = i + random.nextInt(n - i);
      sample[i] = pool[j];
      pool[j] = pool[i];
    }
    return sample;
  }

  /** The same numbers, without the pool. */
  private static int[] sampleSparse(RandomStream random, int n, int k) {
    Map<Integer, Integer> moved = new HashMap<>();
    int[] sample = new int[k];
    for (int i = 0; i < k; i++) {
      int j = i + random.nextInt(n - i);
      sample[i] = moved.getOrDefault(j, j);
      moved.put(j, moved.getOrDefault(i, i));
    }
    return sample;
  }

  private static int[] identity(int n) {
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    return values;
  }
}
