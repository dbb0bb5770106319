package dev.stet.replication;

import dev.stet.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A verdict in words: on a page, and in a line. */
final class VerdictText {
  private static final int WIDTH = 100;

  private final Verdict verdict;
  private final Evidence evidence;
  private final int places;
  private final int width;
  private final int column;

  VerdictText(Verdict verdict) {
    this.verdict = verdict;
    this.evidence = verdict.evidence();
    this.places = Decimals.places(evidence.marginSize());
    int widest = 7;
    for (double value : new double[] {
      evidence.baseline().location(),
      evidence.fresh().location(),
      verdict.estimate(),
      evidence.marginSize()
    }) {
      widest = Math.max(widest, number(value).length());
    }
    this.width = widest;
    this.column =
        1 + Math.max(10, Math.max(names().first().length(), names().second().length()));
  }

  private Question.Names names() {
    return evidence.question().names();
  }

  String page() {
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    lines.add("");
    lines.add(row(names().first(), evidence.baseline().location(), side(evidence.baseline())));
    lines.add(row(names().second(), evidence.fresh().location(), side(evidence.fresh())));
    intervals(lines);
    lines.add(row("margin", evidence.marginSize(), margin()));
    lines.add("");
    wrap(lines, verdict.reason() + " " + runs());
    wrap(lines, GuardText.silent(evidence.guards()));
    verdict
        .anchor()
        .ifPresent(anchor ->
            wrap(lines, "Against the anchor, the first baseline: " + phrase(anchor) + "."));
    if (!evidence.fingerprintChanges().isEmpty()) {
      wrap(lines, "The fingerprints differ in: " + evidence.fingerprintChanges() + ".");
    }
    wrap(lines, evidence.fingerprintVariation());
    return String.join("\n", lines);
  }

  String line() {
    return evidence.metric().name() + " of " + evidence.experiment() + ": " + phrase(verdict);
  }

  private static String phrase(Verdict verdict) {
    VerdictText text = new VerdictText(verdict);
    return text.word() + ", " + text.number(verdict.estimate()) + " "
        + text.interval(text.shown(verdict.evidence().first()))
        + ", margin " + text.number(text.evidence.marginSize()) + ", n = "
        + text.evidence.fresh().runs() + " against "
        + runs(text.evidence.baseline(), "", "");
  }

  private boolean isDrifted() {
    return verdict instanceof Inconclusive open
        && open.cause() == Inconclusive.Cause.DRIFTED_FROM_ANCHOR;
  }

  private String word() {
    if (isDrifted()) {
      return "inconclusive (it drifted from the anchor)";
    }
    if (verdict instanceof Replicated) {
      return "replicated";
    }
    return verdict instanceof Differs ? "differs" : "inconclusive";
  }

  private String headline() {
    return names().isBaseline() ? baselineHeadline() : comparisonHeadline();
  }

  private String baselineHeadline() {
    String name = evidence.metric().name();
    String baseline = evidence.baselineName().isEmpty()
        ? "the baseline of " + evidence.experiment()
        : "the baseline " + evidence.baselineName();
    if (verdict instanceof Replicated) {
      return name + " replicates " + baseline + ".";
    }
    if (isDrifted()) {
      return name + " replicates " + baseline + " but differs from its anchor.";
    }
    return verdict instanceof Differs
        ? name + " differs from " + baseline + "."
        : name + " is inconclusive against " + baseline + ".";
  }

  private String comparisonHeadline() {
    String first = names().first();
    String second = names().second();
    return evidence.metric().name() + " of " + evidence.experiment() + ": "
        + switch (Comparison.Reading.of(verdict)) {
          case BETTER -> second + " is better than " + first + ".";
          case WORSE -> second + " is worse than " + first + ".";
          case EQUIVALENT -> second + " is equivalent to " + first + ".";
          case OPEN -> "open between " + first + " and " + second + ".";
        };
  }

  private void intervals(List<String> lines) {
    boolean differs = verdict instanceof Differs;
    lines.add(row(
        evidence.method().location().isInUnits() ? "difference" : "P - 1/2",
        verdict.estimate(),
        differs ? all(Witness::wide) : all(Witness::narrow)));
    if (verdict instanceof Inconclusive) {
      lines.add("  " + " ".repeat(column + width) + "   " + all(Witness::wide));
    }
  }

  /** The interval on which the verdict rests. */
  private Interval shown(Witness witness) {
    return verdict instanceof Differs ? witness.wide() : witness.narrow();
  }

  private String all(Function<Witness, Interval> which) {
    StringBuilder text = new StringBuilder();
    String before = "";
    for (Witness witness : evidence.witnesses()) {
      // The witnesses of a study that was looked at before have levels of their own.
      String level = percent(which.apply(witness)) + " ";
      text.append(text.isEmpty() ? "" : ", ").append(level.equals(before) ? "" : level);
      text.append(ends(which.apply(witness))).append(" by ").append(witness.name());
      before = level;
    }
    return text.toString();
  }

  private String interval(Interval interval) {
    return percent(interval) + " " + ends(interval);
  }

  private static String percent(Interval interval) {
    return Math.round(100 * interval.level()) + " %";
  }

  private String ends(Interval interval) {
    return "[" + number(interval.lower()) + ", " + number(interval.upper()) + "]";
  }

  private String number(double value) {
    return Decimals.fixed(value, places);
  }

  private String row(String label, double value, String rest) {
    String number = number(value);
    return "  " + label + " ".repeat(column - label.length()) + " ".repeat(width - number.length())
        + number + "   " + rest;
  }

  private String side(Evidence.Side side) {
    String n =
        runs(side, "n ", "n = ") + (side.failed() == 0 ? "" : ", " + side.failed() + " failed");
    int widest = evidence.baseline().failed() + evidence.fresh().failed() == 0 ? 6 : 16;
    return side.shape().isEmpty()
        ? n
        : n + " ".repeat(Math.max(0, widest - n.length())) + "    " + side.shape();
  }

  /** A published value may be of a number of runs that nobody told. */
  private static String runs(Evidence.Side side, String unknown, String known) {
    return side.runs() == 0 ? unknown + "unknown" : known + side.runs();
  }

  private String margin() {
    String kind = evidence.margin().isRelative()
        ? Decimals.fixed(
                100 * evidence.margin().size(),
                Decimals.places(100 * evidence.margin().size()))
            + " % of the baseline, frozen with it"
        : evidence.method().location().isInUnits() ? "absolute" : "of a probability";
    return evidence.margin().isOneSided() ? kind + ", on the worse side only" : kind;
  }

  private String runs() {
    if (!names().isBaseline()) {
      int failed = evidence.baseline().failed() + evidence.fresh().failed();
      return (failed == 0 ? "No run" : failed == 1 ? "1 run" : failed + " runs") + " failed.";
    }
    int runs = evidence.fresh().runs();
    String all = runs == 1 ? "The one run was" : "All " + runs + " runs were";
    String what = evidence.reused() == 0
        ? all + (evidence.isFromFile() ? " read from a file; " : " executed now; ")
        : evidence.executed() + " of " + runs + " runs were executed now, " + evidence.reused()
            + " reused; ";
    return what + (evidence.fresh().failed() == 0 ? "none" : evidence.fresh().failed())
        + " failed.";
  }

  static void wrap(List<String> lines, String text) {
    if (text.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(" ");
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
  }
}
