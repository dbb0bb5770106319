package dev.stet.replication;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A verdict for a paper: as a sentence, and as a row of a LaTeX table. */
final class PaperText {
  private final Verdict verdict;
  private final Evidence evidence;
  private final VerdictCells cells;

  PaperText(Verdict verdict) {
    this.verdict = verdict;
    this.evidence = verdict.evidence();
    this.cells = VerdictCells.of(verdict);
  }

  String sentence() {
    return subject() + " " + predicate() + ": difference " + cells.difference() + ", "
        + cells.level() + " " + kind() + " [" + cells.lower() + ", " + cells.upper() + "], margin "
        + cells.margin() + side() + ", " + size() + " (" + witnesses() + ").";
  }

  String latexRow() {
    return LatexText.row(List.of(
        LatexText.escape(evidence.metric().name()),
        LatexText.number(cells.baseline()),
        LatexText.number(cells.fresh()),
        LatexText.number(cells.difference()),
        latexInterval(cells),
        LatexText.number(cells.margin()),
        runs(evidence.baseline()) + " / " + runs(evidence.fresh()),
        LatexText.escape(cells.word())));
  }

  static String latexHeader() {
    return LatexText.row(List.of(
        "Metric", "Baseline", "This study", "Difference", "Interval", "Margin", "Runs", "Verdict"));
  }

  static String latexInterval(VerdictCells cells) {
    return cells.level().replace(" %", "\\,\\%") + " $[" + ends(cells.lower()) + ", "
        + ends(cells.upper()) + "]$";
  }

  private static String ends(String number) {
    return LatexText.number(number).replace("$", "");
  }

  private static String runs(Evidence.Side side) {
    return side.failed() == 0
        ? side.runs() == 0 ? "?" : Integer.toString(side.runs())
        : side.runs() + " (" + side.failed() + " failed)";
  }

  /** A sentence begins with a capital, unless that would change a name such as val_loss or mAP. */
  private String subject() {
    String name = evidence.metric().name();
    boolean word = name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == ' ' || c == '-');
    String metric = word ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : name;
    return evidence.question().names().isBaseline()
        ? metric
        : metric + " of " + evidence.question().names().second();
  }

  private String predicate() {
    boolean frozen = evidence.question().names().isBaseline();
    String other = frozen ? baseline() : evidence.question().names().first();
    if (verdict instanceof Replicated) {
      return (frozen ? "replicated " : "was equivalent to that of ") + other;
    }
    if (verdict instanceof Differs differs) {
      String way = VerdictCells.way(differs);
      return frozen
          ? "differed from " + other + " and was " + way
          : "was " + way + " than that of " + other;
    }
    return (frozen ? "was inconclusive against " : "was not decided against that of ")
        + other
        + cause();
  }

  private String baseline() {
    return evidence.baselineName().isEmpty()
        ? "the baseline"
        : "the baseline " + evidence.baselineName();
  }

  private String cause() {
    return verdict instanceof Inconclusive open
        ? " (" + open.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")"
        : "";
  }

  private String kind() {
    return evidence.first().name().equals(SummaryJudge.PREDICTION) ? "prediction interval" : "CI";
  }

  private String side() {
    return evidence.margin().isOneSided() ? " on the worse side" : "";
  }

  private String size() {
    Optional<Evidence.Pairs> pairs = evidence.pairs();
    String size = pairs.isPresent()
        ? "n = " + pairs.get().runs() + " paired seeds"
        : "n = " + evidence.fresh().runs() + " vs "
            + (evidence.baseline().runs() == 0
                ? "an unknown number of"
                : evidence.baseline().runs())
            + (evidence.baseline().runs() == 1 ? " run" : " runs");
    int before = evidence.baseline().failed();
    int now = evidence.fresh().failed();
    return before + now == 0 ? size : size + ", of which " + now + " and " + before + " failed";
  }

  /** The first is that of the numbers. */
  private String witnesses() {
    List<String> names = evidence.witnesses().stream().map(this::witness).toList();
    Location location = evidence.method().location();
    return (location.isOverAll() ? location.words() + " " + evidence.experiment() + ": " : "")
        + PanelText.list(names);
  }

  private String witness(Witness witness) {
    boolean paired = evidence.pairs().isPresent();
    return switch (witness.name()) {
      case "ranks" -> paired ? "signed-rank Hodges-Lehmann" : "Hodges-Lehmann";
      case "means" -> permuted() ? "permuted means" : paired ? "paired t" : "Welch";
      case "trimmed means" -> permuted() ? "permuted trimmed means" : paired ? "trimmed t" : "Yuen";
      case "probability" -> permuted() ? "permuted Brunner-Munzel" : "Brunner-Munzel";
      case SummaryJudge.PREDICTION -> "by the spread of this study";
      default -> witness.name();
    };
  }

  private boolean permuted() {
    return evidence.method().isPermuting();
  }
}
