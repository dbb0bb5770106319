package dev.stet.fingerprint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What several fingerprints have in common, and the words for what they have not. */
final class Common {
  /** Begins the reason of a value that is not the same in all; it stands in files. */
  private static final String VARIES = "differs among the runs: ";

  private static final int MOST = 3;

  private Common() {}

  static Map<Facet, CanonicalForm> forms(Collection<Fingerprint> all) {
    Set<Facet> facets = EnumSet.noneOf(Facet.class);
    all.forEach(fingerprint -> facets.addAll(fingerprint.facets()));
    Map<Facet, CanonicalForm> common = new EnumMap<>(Facet.class);
    for (Facet facet : facets) {
      // The runs of a study share nearly all forms: trees are compared once for each that there is.
      Map<String, CanonicalForm> each = new LinkedHashMap<>();
      for (Fingerprint fingerprint : all) {
        CanonicalForm form = fingerprint.form(facet);
        each.putIfAbsent(form.digest(), form);
      }
      List<@Nullable Object> trees = new ArrayList<>();
      each.values().forEach(form -> trees.add(form.value()));
      common.put(
          facet,
          each.size() == 1 ? each.values().iterator().next() : CanonicalForm.ofTree(shared(trees)));
    }
    return common;
  }

  private static @Nullable Object shared(List<@Nullable Object> values) {
    if (values.stream().allMatch(value -> value instanceof Map)) {
      return sharedByKey(values);
    }
    Set<String> texts = values.stream()
        .map(value -> CanonicalForm.ofTree(value).json())
        .collect(Collectors.toSet());
    return texts.size() == 1
        ? values.get(0)
        : varies(values.stream().map(Words::of).toList());
  }

  private static Map<String, @Nullable Object> sharedByKey(List<@Nullable Object> maps) {
    Set<String> keys = new TreeSet<>();
    maps.forEach(map -> ((Map<?, ?>) map).keySet().forEach(key -> keys.add((String) key)));
    Map<String, @Nullable Object> shared = new TreeMap<>();
    for (String key : keys) {
      List<@Nullable Object> values = new ArrayList<>();
      maps.forEach(map -> values.add(((Map<?, ?>) map).get(key)));
      boolean everywhere = maps.stream().allMatch(map -> ((Map<?, ?>) map).containsKey(key));
      shared.put(
          key,
          everywhere
              ? shared(values)
              : varies(values.stream()
                  .map(value -> value == null ? "none" : Words.of(value))
                  .toList()));
    }
    return shared;
  }

  private static NotCaptured varies(List<String> values) {
    return new NotCaptured(
        VARIES + String.join(", ", cut(new ArrayList<>(new LinkedHashSet<>(values)))));
  }

  private static List<String> cut(List<String> words) {
    if (words.size() <= MOST) {
      return words;
    }
    List<String> cut = new ArrayList<>(words.subList(0, MOST));
    cut.add("and " + (words.size() - MOST) + " more");
    return cut;
  }

  /** Empty if nothing varied. The commit is passed over: what it changed is told by the code. */
  static String words(Fingerprint common) {
    List<String> facets = new ArrayList<>();
    for (Facet facet : common.facets()) {
      List<String> places = new ArrayList<>();
      collect(common.form(facet).value(), "", places);
      if (facet != Facet.SOURCE && !places.isEmpty()) {
        facets.add(facet.label() + " (" + String.join("; ", cut(places)) + ")");
      }
    }
    return String.join(", ", facets);
  }

  private static void collect(@Nullable Object value, String path, List<String> places) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> collect(inner, Place.join(path, (String) key), places));
    } else if (value instanceof NotCaptured missing && missing.reason().startsWith(VARIES)) {
      String values = missing.reason().substring(VARIES.length());
      places.add((path.isEmpty() ? "" : path + ": ") + values);
    }
  }
}
