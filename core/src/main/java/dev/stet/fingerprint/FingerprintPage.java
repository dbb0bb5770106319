package dev.stet.fingerprint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fingerprint on a page: a line for each facet, then what was not captured. */
final class FingerprintPage {
  private static final int WIDTH = 72;
  private static final int MOST_MISSING = 6;

  /** What a reader looks for first in facets of many entries; the rest follows in the order of its names. */
  private static final Map<Facet, List<String>> FIRST = Map.of(
      Facet.EXPERIMENT, List.of("name"),
      Facet.SEED, List.of("seed"),
      Facet.DEPENDENCIES, List.of("artifacts"),
      Facet.RUNTIME,
          List.of("java.runtime.version", "java.vm.vendor", "processors", "garbageCollectors"),
      Facet.HARDWARE, List.of("processor", "architecture", "operatingSystem"),
      Facet.SETTINGS, List.of("locale", "timeZone", "charset"));

  private FingerprintPage() {}

  static String of(Fingerprint fingerprint) {
    StringBuilder page = new StringBuilder("fingerprint ").append(Words.of(fingerprint.digest()));
    List<String> missing = new ArrayList<>();
    for (Facet facet : fingerprint.facets()) {
      CanonicalForm form = fingerprint.form(facet);
      page.append(String.format(
              Locale.ROOT,
              "%n  %-12s  %s  %s",
              facet.label(),
              Words.of(form.digest()),
              summary(facet, form.value()))
          .stripTrailing());
      collectMissing(facet.label(), form.value(), missing);
    }
    missing.stream().limit(MOST_MISSING).forEach(line -> page.append("\n  ").append(line));
    if (missing.size() > MOST_MISSING) {
      page.append("\n  and ").append(missing.size() - MOST_MISSING).append(" more not captured");
    }
    return page.toString().replace("\r\n", "\n");
  }

  private static String summary(Facet facet, @Nullable Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      return "not captured";
    }
    StringBuilder line = new StringBuilder();
    boolean all = true;
    for (Object key : keys(facet, map)) {
      Object value = map.get(key);
      String words = isEmpty(value) ? "" : entry(String.valueOf(key), value);
      if (words.length() >= WIDTH && value instanceof Map<?, ?> only && only.size() == 1) {
        // The only artifact has coordinates and a digest that fill more than a line: its name is
        // what is looked for.
        words = key + "=" + Words.of(only.keySet().iterator().next());
      }
      boolean fits = line.length() + words.length() < WIDTH;
      line.append(fits && !line.isEmpty() && !words.isEmpty() ? " " : "").append(fits ? words : "");
      all &= fits;
    }
    if (map.isEmpty()) {
      return "none";
    }
    return all ? line.toString() : (line + " ...").strip();
  }

  private static Set<Object> keys(Facet facet, Map<?, ?> map) {
    Set<Object> keys = new LinkedHashSet<>(FIRST.getOrDefault(facet, List.of()));
    keys.retainAll(map.keySet());
    keys.addAll(map.keySet());
    return keys;
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? map.isEmpty()
        : value instanceof List<?> list && list.isEmpty();
  }

  private static String entry(String key, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return isCollection(map)
          ? map.size() + " " + key
          : map.entrySet().stream()
              .filter(inner -> !isEmpty(inner.getValue()))
              .map(inner -> entry(Place.join(key, (String) inner.getKey()), inner.getValue()))
              .collect(Collectors.joining(" "));
    }
    if (value instanceof NotCaptured) {
      return key + "=?";
    }
    return key + "=" + Words.of(value);
  }

  // Many things of one kind, such as classes, are counted; a few settings are shown.
  private static boolean isCollection(Map<?, ?> map) {
    return map.size() != 1
        && map.values().stream().allMatch(value -> value instanceof Map || Words.isDigest(value));
  }

  private static void collectMissing(String path, @Nullable Object tree, List<String> missing) {
    if (tree instanceof NotCaptured reason) {
      missing.add(path + " " + reason);
    } else if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> collectMissing(Place.join(path, (String) key), value, missing));
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collectMissing(path + "[" + i + "]", list.get(i), missing);
      }
    }
  }
}
