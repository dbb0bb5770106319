package dev.stet.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one fingerprint to another, facet by facet.
 *
 * <p>A value that was not captured on either side is not a change, and no evidence of equality either: it stands among
 * {@link #unknown()}. Immutable and safe for any number of threads.
 *
 * @since 0.1
 */
public final class FingerprintDiff {
  private final List<Change> changes;
  private final List<Change> unknown;

  private FingerprintDiff(List<Change> changes, List<Change> unknown) {
    this.changes = List.copyOf(changes);
    this.unknown = List.copyOf(unknown);
  }

  /**
   * How a value differs.
   *
   * @since 0.1
   */
  public enum Kind {
    /** It is there before and after, with different values. */
    CHANGED,
    /** It is there only after. */
    ADDED,
    /** It is there only before. */
    REMOVED,
    /** It was not captured before, after, or both times. */
    UNKNOWN
  }

  /**
   * One value that differs, or of which it is not known.
   *
   * @param facet the facet it belongs to
   * @param path its place inside the facet, such as {@code layers[2].size}; empty for the facet as a whole
   * @param kind how it differs
   * @param before the bare value before; null if there was none
   * @param after the bare value after; null if there is none
   * @since 0.1
   */
  public record Change(
      Facet facet,
      String path,
      Kind kind,
      @Nullable Object before,
      @Nullable Object after) {
    /** Returns the change in words, such as {@code java 17.0.15 -> 25.0.3}. */
    @Override
    public String toString() {
      return DiffWords.of(this);
    }
  }

  static FingerprintDiff between(Fingerprint before, Fingerprint after) {
    List<Change> all = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      if (before.facets().contains(facet) || after.facets().contains(facet)) {
        compare(facet, "", before.form(facet).value(), after.form(facet).value(), all);
      }
    }
    return new FingerprintDiff(
        all.stream().filter(change -> change.kind() != Kind.UNKNOWN).toList(),
        all.stream().filter(change -> change.kind() == Kind.UNKNOWN).toList());
  }

  private static void compare(
      Facet facet,
      String path,
      @Nullable Object before,
      @Nullable Object after,
      List<Change> found) {
    if (before instanceof NotCaptured || after instanceof NotCaptured) {
      found.add(new Change(facet, path, Kind.UNKNOWN, before, after));
    } else if (before instanceof Map<?, ?> a && after instanceof Map<?, ?> b) {
      compareMaps(facet, path, a, b, found);
    } else if (before instanceof List<?> a && after instanceof List<?> b) {
      compareLists(facet, path, a, b, found);
    } else if (!CanonicalForm.ofTree(before)
        .json()
        .equals(CanonicalForm.ofTree(after).json())) {
      found.add(new Change(facet, path, Kind.CHANGED, before, after));
    }
  }

  private static void compareMaps(
      Facet facet, String path, Map<?, ?> before, Map<?, ?> after, List<Change> found) {
    TreeSet<String> keys = new TreeSet<>();
    before.keySet().forEach(key -> keys.add((String) key));
    after.keySet().forEach(key -> keys.add((String) key));
    for (String key : keys) {
      String inner = Place.join(path, key);
      if (!after.containsKey(key)) {
        oneSided(facet, inner, Kind.REMOVED, before.get(key), found);
      } else if (!before.containsKey(key)) {
        oneSided(facet, inner, Kind.ADDED, after.get(key), found);
      } else {
        compare(facet, inner, before.get(key), after.get(key), found);
      }
    }
  }

  private static void compareLists(
      Facet facet, String path, List<?> before, List<?> after, List<Change> found) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      String inner = path + "[" + i + "]";
      if (i >= after.size()) {
        oneSided(facet, inner, Kind.REMOVED, before.get(i), found);
      } else if (i >= before.size()) {
        oneSided(facet, inner, Kind.ADDED, after.get(i), found);
      } else {
        compare(facet, inner, before.get(i), after.get(i), found);
      }
    }
  }

  private static void oneSided(
      Facet facet, String path, Kind kind, @Nullable Object value, List<Change> found) {
    Kind known = value instanceof NotCaptured ? Kind.UNKNOWN : kind;
    found.add(
        kind == Kind.ADDED
            ? new Change(facet, path, known, null, value)
            : new Change(facet, path, known, value, null));
  }

  /**
   * Returns whether nothing changed, as far as is known.
   *
   * @return true if there are no changes; there may still be values that were not captured
   */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /**
   * Returns whether everything was captured on both sides and nothing changed.
   *
   * @return true if the fingerprints are known to be equal
   */
  public boolean certainlyEqual() {
    return changes.isEmpty() && unknown.isEmpty();
  }

  /**
   * Returns the values that changed, in the order of the facets and then of their places.
   *
   * @return an unmodifiable list
   */
  public List<Change> changes() {
    return changes;
  }

  /**
   * Returns the values of which nothing is known because they were not captured, before or after.
   *
   * @return an unmodifiable list, all of kind {@link Kind#UNKNOWN}
   */
  public List<Change> unknown() {
    return unknown;
  }

  /**
   * Returns the changes on one line, such as {@code runtime (java 17.0.15 -> 25.0.3), code (class Mlp changed)}.
   *
   * @return the line, without a full stop; {@code nothing} if nothing changed. What was not captured is counted.
   */
  public String summary() {
    return DiffWords.summary(this);
  }

  /**
   * Returns the changes on several lines, a paragraph for each facet, long lists cut.
   *
   * @return the text, without a line break at its end
   */
  public String explain() {
    return DiffWords.explain(this);
  }

  /** Returns {@link #summary()}. */
  @Override
  public String toString() {
    return summary();
  }
}
