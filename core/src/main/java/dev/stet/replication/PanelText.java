package dev.stet.replication;

import dev.stet.replication.Panel.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A panel as a page, as Markdown and as LaTeX. */
final class PanelText {
  private static final int NUMBERS = 7;
  private static final int WIDTH = 100;

  private final Panel panel;
  private final List<Entry> counted;
  private final List<Entry> exploratory;
  private final Map<String, Double> adjusted;
  private final Question.Names names;
  private final int last;

  PanelText(Panel panel) {
    this.panel = panel;
    counted = panel.entries().stream().filter(Entry::primary).toList();
    exploratory = panel.entries().stream().filter(entry -> !entry.primary()).toList();
    adjusted = panel.adjustedPValues();
    List<Question.Names> all = panel.entries().stream()
        .map(entry -> entry.verdict().evidence().question().names())
        .distinct()
        .toList();
    names = all.size() == 1 ? all.get(0) : new Question.Names("first", "second");
    last = counted.size() > 1 ? NUMBERS + 1 : NUMBERS;
  }

  String page() {
    List<String> lines = new ArrayList<>();
    wrap(lines, "", headline());
    lines.add("");
    List<List<String>> rows = new ArrayList<>();
    rows.add(header());
    counted.forEach(entry -> rows.add(row(entry)));
    exploratory.forEach(entry -> rows.add(row(entry)));
    List<String> table = aligned(rows);
    lines.addAll(table.subList(0, 1 + counted.size()));
    if (!exploratory.isEmpty()) {
      lines.add("  exploratory, not counted:");
      lines.addAll(table.subList(1 + counted.size(), table.size()));
    }
    lines.add("");
    wrap(lines, "  ", footnote());
    return String.join("\n", lines);
  }

  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add(markdown(header()));
    lines.add("| --- |" + " ---: |".repeat(NUMBERS - 2) + " --- |".repeat(last - NUMBERS + 1));
    counted.forEach(entry -> lines.add(markdown(row(entry))));
    for (Entry entry : exploratory) {
      List<String> cells = new ArrayList<>(row(entry));
      cells.set(0, cells.get(0) + " (exploratory)");
      lines.add(markdown(cells));
    }
    return String.join("\n", lines);
  }

  private static String markdown(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replaceAll("([\\\\|*_`<])", "\\\\$1"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  String latex() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "\\begin{tabular}{l" + "r".repeat(NUMBERS - 2) + "l".repeat(last - NUMBERS + 1) + "}");
    lines.add("\\hline");
    lines.add(LatexText.row(header().stream().map(LatexText::escape).toList()));
    lines.add("\\hline");
    counted.forEach(entry -> lines.add(latex(entry)));
    if (!exploratory.isEmpty()) {
      lines.add("\\hline");
      lines.add("\\multicolumn{" + last + "}{l}{\\emph{exploratory, not counted}} \\\\");
      exploratory.forEach(entry -> lines.add(latex(entry)));
    }
    lines.add("\\hline");
    lines.add("\\end{tabular}");
    return String.join("\n", lines);
  }

  private String latex(Entry entry) {
    VerdictCells cells = VerdictCells.of(entry.verdict());
    List<String> row = new ArrayList<>(List.of(
        LatexText.escape(entry.name()),
        LatexText.number(cells.baseline()),
        LatexText.number(cells.fresh()),
        LatexText.number(cells.difference()),
        PaperText.latexInterval(cells),
        LatexText.number(cells.margin()),
        LatexText.escape(cells.word())));
    if (last > NUMBERS) {
      row.add(LatexText.escape(p(entry)).replace("\\textless{} ", "$<$ "));
    }
    return LatexText.row(row);
  }

  private List<String> header() {
    List<String> cells = new ArrayList<>(List.of(
        panel.subject(),
        names.first(),
        names.second(),
        "difference",
        "interval",
        "margin",
        "verdict"));
    if (last > NUMBERS) {
      cells.add("p by Holm");
    }
    return cells;
  }

  private List<String> row(Entry entry) {
    VerdictCells cells = VerdictCells.of(entry.verdict());
    List<String> row = new ArrayList<>(List.of(
        entry.name(),
        cells.baseline(),
        cells.fresh(),
        cells.difference(),
        cells.interval(),
        cells.margin(),
        cells.word()));
    if (last > NUMBERS) {
      row.add(p(entry));
    }
    return row;
  }

  private String p(Entry entry) {
    Double p = entry.primary() ? adjusted.get(entry.name()) : null;
    return p == null ? "" : p < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  /** Names and verdicts to the left, numbers to the right. */
  private List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[last];
    for (List<String> row : rows) {
      for (int i = 0; i < last; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < last; i++) {
        String blanks = " ".repeat(widths[i] - length(row.get(i)));
        boolean left = i == 0 || i >= NUMBERS - 1;
        line.append("  ").append(left ? row.get(i) + blanks : blanks + row.get(i));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private String headline() {
    long replicated =
        counted.stream().filter(entry -> entry.verdict() instanceof Replicated).count();
    boolean frozen = names.isBaseline();
    return switch (panel.outcome()) {
      case REPLICATED ->
        (counted.size() == 1
                ? "The one " + primary(1) + " is "
                : "All " + primary(counted.size()) + " are ")
            + (frozen ? "replicated." : "equivalent.");
      case DIFFERS ->
        panel.differing().size() + " of " + primary(counted.size())
            + (panel.differing().size() == 1 ? " differs: " : " differ: ")
            + names(panel.differing())
            + rest(replicated) + ".";
      case INCONCLUSIVE ->
        "Inconclusive: " + replicated + " of " + primary(counted.size())
            + (replicated == 1 ? " is " : " are ") + (frozen ? "replicated" : "equivalent")
            + unadjusted() + ".";
    };
  }

  private String rest(long replicated) {
    return replicated == 0
        ? ""
        : "; " + replicated + (replicated == 1 ? " is " : " are ")
            + (names.isBaseline() ? "replicated" : "equivalent");
  }

  private String unadjusted() {
    List<Entry> alone =
        counted.stream().filter(entry -> entry.verdict() instanceof Differs).toList();
    return alone.isEmpty()
        ? ""
        : ", and " + names(alone) + (alone.size() == 1 ? " differs" : " differ")
            + " alone but not beside " + (counted.size() - 1) + " others";
  }

  private String primary(int n) {
    String noun = n == 1 ? panel.subject() : plural(panel.subject());
    return n == 1 ? "primary " + noun : n + " primary " + noun;
  }

  static String plural(String noun) {
    return noun.endsWith("y") && !noun.matches(".*[aeiou]y")
        ? noun.substring(0, noun.length() - 1) + "ies"
        : noun.endsWith("s") || noun.endsWith("x") || noun.endsWith("ch")
            ? noun + "es"
            : noun + "s";
  }

  private static String names(List<Entry> some) {
    return list(some.stream().map(Entry::name).toList());
  }

  static String list(List<String> listed) {
    int n = listed.size();
    return n == 1
        ? listed.get(0)
        : String.join(", ", listed.subList(0, n - 1)) + " and " + listed.get(n - 1);
  }

  private String footnote() {
    String first =
        "Intervals are those of the first witness; all witnesses of a verdict have to agree.";
    return counted.size() == 1
        ? first
        : "All must hold for the panel to replicate, which needs no correction. Which differ is told with Holm's"
            + " adjustment for " + counted.size() + ". " + looks() + first;
  }

  private String looks() {
    long looked = counted.stream()
        .filter(entry -> !entry.verdict().evidence().looks().isEmpty())
        .count();
    return looked == 0
        ? ""
        : (looked == 1 ? "One study was" : looked + " studies were")
            + " looked at on the way and may have stopped early; one that differs enters with alpha as its p. ";
  }

  private static void wrap(List<String> lines, String indent, String text) {
    StringBuilder line = new StringBuilder(indent);
    boolean begun = false;
    for (String word : text.split(" ", -1)) {
      if (begun && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    lines.add(line.toString());
  }
}
