package dev.stet.statistics;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * What was computed lately, up to a total weight; what was not asked for the longest goes first. Safe for use by several
 * threads, of which two may compute the same.
 */
final class Recent<K, V> {
  private final long most;
  private final Function<K, V> compute;
  private final ToIntFunction<V> weigh;
  private final Map<K, V> known = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  Recent(long most, Function<K, V> compute, ToIntFunction<V> weigh) {
    this.most = most;
    this.compute = compute;
    this.weigh = weigh;
  }

  V get(K key) {
    synchronized (known) {
      V value = known.get(key);
      if (value != null) {
        return value;
      }
    }
    V value = compute.apply(key);
    synchronized (known) {
      if (known.putIfAbsent(key, value) == null) {
        weight += weigh.applyAsInt(value);
        forget();
      }
    }
    return value;
  }

  private void forget() {
    Iterator<V> oldest = known.values().iterator();
    while (weight > most) {
      weight -= weigh.applyAsInt(oldest.next());
      oldest.remove();
    }
  }
}
