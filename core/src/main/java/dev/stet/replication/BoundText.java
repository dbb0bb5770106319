package dev.stet.replication;

import dev.stet.statistics.Interval;
import java.util.List;
import java.util.OptionalInt;

/** A bound, its plan and its result in words: on a page, and in a line. */
final class BoundText {
  private static final int LABEL = 11;
  private static final int MOST_NAMED = 3;

  private final BoundPlan plan;
  private final Bound bound;
  private final double broken;
  private final int places;

  BoundText(BoundPlan plan) {
    this.plan = plan;
    this.bound = plan.bound();
    this.broken = bound.broken().orElseThrow();
    this.places = Decimals.places(bound.expected() - broken);
  }

  String plan() {
    Paragraphs page = new Paragraphs().line(bound + ".").line("");
    declared(page, width(bound.expected(), bound.value(), broken), true);
    return page.line("").text(quantile(bound) + plan.method().promise()).page();
  }

  String result(BoundResult result) {
    int width = width(result.estimate(), bound.expected(), bound.value(), broken);
    Paragraphs page = new Paragraphs()
        .line(result.experiment() + " " + verb(result) + bound + ".")
        .line("")
        .line(row("seen", result.estimate(), width, seen(result)));
    declared(page, width, false);
    return page.line("")
        .text(quantile(bound) + reason(result) + without(result) + caution(result))
        .page();
  }

  String line(BoundResult result) {
    return result.experiment() + " " + verb(result) + bound + "; seen "
        + number(result.estimate()) + " " + ends(result.interval()) + " in "
        + count(result.runs().size());
  }

  private static String quantile(Bound bound) {
    return bound.statistic().isQuantile()
        ? "The quantile is tested as a rate: " + bound.asRate() + ". "
        : "";
  }

  private static String verb(BoundResult result) {
    return switch (result.outcome()) {
      case HOLDS -> "keeps its bound: ";
      case BROKEN -> "breaks its bound: ";
      case OPEN -> "leaves its bound open: ";
    };
  }

  private void declared(Paragraphs page, int width, boolean withChances) {
    String red =
        "red there at most " + Chance.declared(bound.flakeBudget().orElseThrow()) + " of the time";
    boolean better = bound.expected() != bound.value();
    if (better) {
      page.line(row("expected", bound.expected(), width, red));
    }
    String side = bound.isAtLeast() ? "at least" : "at most";
    page.line(
        row("bound", bound.value(), width, side + (better ? chance(withChances) : "; " + red)));
    page.line(row(
        "broken",
        broken,
        width,
        "red there at least " + Chance.declared(bound.detection().orElseThrow()) + " of the time"));
  }

  private String chance(boolean withChances) {
    return withChances && !bound.statistic().isMean()
        ? "; red there "
            + Chance.computed(plan.chanceOfRed(bound.value()).orElseThrow())
            + " of the time"
        : "";
  }

  private String seen(BoundResult result) {
    Interval interval = result.interval();
    return "n = " + result.runs().size()
        + (interval.isUnbounded()
            ? ""
            : ", 95 % " + ends(interval) + " " + result.estimated().how());
  }

  private String reason(BoundResult result) {
    int n = result.runs().size();
    OptionalInt most = plan.maximum();
    if (result.outcome() == BoundResult.Outcome.OPEN) {
      return !result.obstacle().isEmpty()
          ? result.obstacle()
          : "The " + count(n) + " at hand do not decide"
              + (most.isPresent() ? "; " + Chance.runs(most.getAsInt()) + " always do." : ".");
    }
    return "The answer was in after " + count(n)
        + (most.isPresent() ? ", of at most " + Chance.runs(most.getAsInt()) : "") + ".";
  }

  private static String count(int n) {
    return Chance.runs(n) + (n == 1 ? " run" : " runs");
  }

  /** Which runs to look at first. */
  private String without(BoundResult result) {
    boolean mean = bound.statistic().isMean();
    List<SampleRun> bad = result.runs().stream()
        .filter(run -> mean ? run.failed() : !bound.statistic().success().isMetBy(run))
        .toList();
    if (bad.isEmpty()) {
      return mean ? " None failed." : " All succeeded.";
    }
    StringBuilder text = new StringBuilder(" ")
        .append(bad.size() == 1 ? "One run " : Chance.runs(bad.size()) + " runs ")
        .append(mean ? "failed" : "did not succeed");
    String separator = ": ";
    for (SampleRun run : bad.subList(0, Math.min(MOST_NAMED, bad.size()))) {
      text.append(separator).append(named(run));
      separator = ", ";
    }
    return text.append(bad.size() > MOST_NAMED ? ", and more." : ".").toString();
  }

  private String named(SampleRun run) {
    String what = run.failed() ? "failed" : Decimals.shortest(run.value());
    return run.seed() == null ? what : "seed " + run.seed() + " (" + what + ")";
  }

  private String caution(BoundResult result) {
    return result.outcome() == BoundResult.Outcome.BROKEN
            && result.bound().terms().firstStage() > 0
        ? " It was declared that the values are normal; if they are skewed or two-peaked, this is red more often than the"
            + " flake budget says."
        : "";
  }

  private int width(double... values) {
    int width = 5;
    for (double value : values) {
      width = Math.max(width, number(value).length());
    }
    return width;
  }

  private String row(String label, double value, int width, String rest) {
    String number = number(value);
    return "  " + label + " ".repeat(LABEL - label.length()) + " ".repeat(width - number.length())
        + number + "   " + rest;
  }

  private String number(double value) {
    return Decimals.fixed(value, places);
  }

  private String ends(Interval interval) {
    return "[" + number(interval.lower()) + ", " + number(interval.upper()) + "]";
  }
}
