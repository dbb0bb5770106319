package dev.stet.fingerprint;

import dev.stet.fingerprint.FingerprintDiff.Change;
import dev.stet.fingerprint.FingerprintDiff.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words for a diff: on one line for a verdict, or a paragraph for each facet. */
final class DiffWords {
  private static final Pattern ARTIFACT =
      Pattern.compile("artifacts(?:\\[\"|\\.)(.*?)(?:\"\\])?(?:\\.(sha256|version))?");
  private static final int MOST_ON_A_LINE = 3;
  private static final int MOST_IN_A_PARAGRAPH = 12;

  private DiffWords() {}

  static String summary(FingerprintDiff diff) {
    List<String> facets = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      List<String> words = phrases(diff.changes(), facet);
      if (!words.isEmpty()) {
        facets.add(facet.label() + " (" + String.join(", ", cut(words, MOST_ON_A_LINE)) + ")");
      }
    }
    String changed = facets.isEmpty() ? "nothing" : String.join(", ", facets);
    return diff.unknown().isEmpty() ? changed : changed + "; not known: " + unknownOnALine(diff);
  }

  private static String unknownOnALine(FingerprintDiff diff) {
    List<String> places = diff.unknown().stream().map(DiffWords::fullPath).toList();
    return String.join(", ", cut(places, MOST_ON_A_LINE));
  }

  static String explain(FingerprintDiff diff) {
    List<String> lines = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      List<String> words = phrases(diff.changes(), facet);
      for (Change change : diff.unknown()) {
        if (change.facet() == facet) {
          words.add(unknown(change));
        }
      }
      String label = facet.label();
      for (String phrase : cut(words, MOST_IN_A_PARAGRAPH)) {
        lines.add(String.format(Locale.ROOT, "%-12s  %s", label, phrase));
        label = "";
      }
    }
    return lines.isEmpty() ? "The fingerprints are equal." : String.join("\n", lines);
  }

  private static List<String> cut(List<String> words, int most) {
    if (words.size() <= most) {
      return words;
    }
    List<String> cut = new ArrayList<>(words.subList(0, most));
    cut.add("and " + (words.size() - most) + " more");
    return cut;
  }

  private static List<String> phrases(List<Change> changes, Facet facet) {
    List<Change> ofFacet =
        changes.stream().filter(change -> change.facet() == facet).toList();
    List<String> phrases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Change> classes = ofFacet.stream()
          .filter(change -> isClass(change) && change.kind() == kind)
          .toList();
      if (!classes.isEmpty()) {
        phrases.add(classes(classes, kind));
      }
    }
    ofFacet.stream().filter(change -> !isClass(change)).map(DiffWords::of).forEach(phrases::add);
    return phrases;
  }

  private static boolean isClass(Change change) {
    return change.facet() == Facet.CODE
        && (change.path().startsWith("classes[\"") || change.path().startsWith("classes."));
  }

  private static String classes(List<Change> changes, Kind kind) {
    List<String> names = changes.stream().map(DiffWords::className).toList();
    String list = String.join(", ", cut(simpleWhereUnique(names), MOST_ON_A_LINE));
    return (names.size() == 1 ? "class " : "classes ") + list + " "
        + kind.name().toLowerCase(Locale.ROOT);
  }

  private static String className(Change change) {
    String path = change.path();
    return path.startsWith("classes.")
        ? path.substring("classes.".length())
        : path.substring("classes[\"".length(), path.length() - 2);
  }

  private static List<String> simpleWhereUnique(List<String> names) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = names.stream()
        .map(DiffWords::simple)
        .filter(name -> !seen.add(name))
        .collect(Collectors.toSet());
    return names.stream()
        .map(name -> twice.contains(simple(name)) ? name : simple(name))
        .toList();
  }

  private static String simple(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
  }

  static String of(Change change) {
    String path = change.path().isEmpty() ? change.facet().label() : readable(change);
    return switch (change.kind()) {
      case UNKNOWN -> unknown(change);
      case ADDED ->
        path + " added" + (isPlain(change.after()) ? " (" + Words.of(change.after()) + ")" : "");
      case REMOVED ->
        path + " removed"
            + (isPlain(change.before()) ? " (" + Words.of(change.before()) + ")" : "");
      case CHANGED ->
        Words.isDigest(change.before()) && Words.isDigest(change.after())
            ? path + " changed"
            : path + " " + Words.of(change.before()) + " -> " + Words.of(change.after());
    };
  }

  // An artifact is known by its coordinates, and its content changes with its version or says so by
  // itself.
  private static String readable(Change change) {
    Matcher artifact = ARTIFACT.matcher(change.path());
    if (change.facet() != Facet.DEPENDENCIES || !artifact.matches()) {
      return change.path();
    }
    String what = Objects.requireNonNullElse(artifact.group(2), "");
    return artifact.group(1) + (what.isEmpty() || what.equals("sha256") ? "" : " " + what);
  }

  private static boolean isPlain(@Nullable Object value) {
    return !Words.isDigest(value) && !(value instanceof Map);
  }

  private static String fullPath(Change change) {
    String label = change.facet().label();
    return change.path().isEmpty()
        ? label
        : label + (change.path().startsWith("[") ? "" : ".") + change.path();
  }

  private static String unknown(Change change) {
    String path = change.path().isEmpty() ? "" : change.path() + " ";
    if (change.before() instanceof NotCaptured before) {
      return change.after() instanceof NotCaptured after && !after.equals(before)
          ? path + before + "; then " + after
          : path + before + (change.after() instanceof NotCaptured ? "" : ", before");
    }
    return path + change.after() + ", after";
  }
}
