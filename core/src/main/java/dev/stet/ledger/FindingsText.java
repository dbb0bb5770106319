package dev.stet.ledger;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a guard saw of a run, as it stands in the run's line. */
final class FindingsText {
  /** More would tell no reader more, and a line has an end. */
  static final int MOST = 1_000;

  private FindingsText() {}

  /** Adds what there is; a run that nothing watched has none of these members. */
  static void add(LineText line, Observation seen) {
    List<Finding> findings = seen.findings();
    List<String> limits = new ArrayList<>(seen.limits());
    if (findings.size() > MOST) {
      limits.add((findings.size() - MOST) + " more findings of lesser weight are not on record.");
    }
    if (!findings.isEmpty()) {
      line.json(
          "findings", json(findings.stream().limit(MOST).map(FindingsText::tree).toList()));
    }
    if (!limits.isEmpty()) {
      line.json("limits", json(limits));
    }
    if (!seen.classes().isEmpty()) {
      line.text("rewritten", seen.classes());
    }
  }

  private static String json(List<?> list) {
    return CanonicalForm.of(list).json();
  }

  private static Map<String, Object> tree(Finding finding) {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    tree.put("treatment", finding.treatment().name().toLowerCase(Locale.ROOT));
    tree.put("api", finding.api());
    tree.put("class", finding.className());
    tree.put("method", finding.method());
    tree.put("file", finding.file());
    tree.put("line", finding.line());
    tree.put("count", finding.count());
    tree.put("remedy", finding.remedy());
    return tree;
  }

  /**
   * Reads what the line has of it.
   *
   * @throws IllegalArgumentException if it is not what {@link #add} writes
   */
  static Observation read(Line line) {
    List<Finding> findings = new ArrayList<>();
    for (Object tree : list(line, Line.Member.FINDINGS)) {
      findings.add(finding(tree));
    }
    List<String> limits =
        list(line, Line.Member.LIMITS).stream().map(String::valueOf).toList();
    return Observation.of(findings)
        .withLimits(limits)
        .withClasses(line.optionalText(Line.Member.REWRITTEN).orElse(""));
  }

  private static List<?> list(Line line, Line.Member member) {
    if (!line.has(member)) {
      return List.of();
    }
    if (CanonicalForm.parse(line.raw(member)).value() instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("it is no list: " + line.raw(member));
  }

  private static Finding finding(Object value) {
    if (!(value instanceof Map<?, ?> tree)) {
      throw new IllegalArgumentException("a finding is no object: " + value);
    }
    return new Finding(
        Finding.Kind.valueOf(constant(tree, "kind")),
        Finding.Treatment.valueOf(constant(tree, "treatment")),
        text(tree, "api"),
        text(tree, "class"),
        text(tree, "method"),
        text(tree, "file"),
        (int) number(tree, "line"),
        number(tree, "count"),
        text(tree, "remedy"));
  }

  private static String constant(Map<?, ?> tree, String name) {
    return text(tree, name).toUpperCase(Locale.ROOT);
  }

  private static String text(Map<?, ?> tree, String name) {
    if (tree.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a finding has no text \"" + name + "\"");
  }

  private static long number(Map<?, ?> tree, String name) {
    if (tree.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("a finding has no number \"" + name + "\"");
  }
}
