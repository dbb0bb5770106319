package dev.stet.guard;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** All call sites that were rewritten in this JVM, by number. A class that is rewritten again keeps its numbers. */
final class Sites {
  private static final Map<String, Site> BY_KEY = new HashMap<>();
  private static final Map<String, TreeMap<String, Integer>> BY_CLASS = new HashMap<>();
  private static volatile Site[] byId = new Site[256];
  private static volatile int count;

  private Sites() {}

  /**
   * Returns the site of a key and a line, made if it is new. Two versions of a class in two loaders share what is alike.
   */
  static synchronized Site of(String key, int line, IntFunction<Site> made) {
    return BY_KEY.computeIfAbsent(key + '@' + line, k -> add(made));
  }

  private static Site add(IntFunction<Site> made) {
    int id = count;
    Site site = made.apply(id);
    Site[] sites = byId;
    if (id == sites.length) {
      sites = Arrays.copyOf(sites, 2 * id);
    }
    sites[id] = site;
    byId = sites;
    count = id + 1;
    BY_CLASS.computeIfAbsent(site.className(), c -> new TreeMap<>()).put(site.key(), id);
    return site;
  }

  static Site get(int id) {
    return byId[id];
  }

  static int count() {
    return count;
  }

  /** Returns the keys of all sites of a class, in their own order. */
  static synchronized String[] keysOf(String className) {
    TreeMap<String, Integer> keys = BY_CLASS.get(className);
    return keys == null ? new String[0] : keys.keySet().toArray(new String[0]);
  }
}
