package dev.stet.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An outlook in words: on a page. */
final class OutlookText {
  private static final int[] SIZES = {5, 10, 20, 50};

  private final Outlook outlook;
  private final @Nullable Duration perRun;
  private final int places;

  OutlookText(Outlook outlook, @Nullable Duration perRun) {
    this.outlook = outlook;
    this.perRun = perRun;
    this.places = Decimals.places(outlook.margin());
  }

  String page() {
    List<String> lines = new ArrayList<>();
    Outlook.Subject subject = outlook.subject();
    lines.add("What a study can show"
        + (subject.metric().isEmpty()
            ? "."
            : " of " + subject.metric() + " against " + subject.baseline() + "."));
    lines.add("");
    lines.add("  baseline   n = " + outlook.baselineRuns() + ", "
        + (outlook.isPaired() ? "spread of the pairs " : "spread ") + number(outlook.spread()));
    lines.add("  margin     " + number(outlook.margin()) + "   " + subject.margin());
    lines.add("");
    table(lines);
    lines.add("");
    VerdictText.wrap(lines, fewest());
    VerdictText.wrap(lines, advice());
    VerdictText.wrap(
        lines,
        "These are chances for normal results whose spread is known; that of the baseline is an estimate.");
    return String.join("\n", lines);
  }

  private void table(List<String> lines) {
    lines.add("  fresh runs   replicated, if nothing   differs, if it moved   smallest margin"
        + (perRun == null ? "" : "       price"));
    lines.add("                            changed         by two margins     with 80 %");
    for (int n : sizes()) {
      Outlook.Chances chances = outlook.chances(n);
      String row = String.format(
          Locale.ROOT,
          "  %10d   %22s   %20s   %15s",
          n,
          percent(chances.replicates()),
          percent(chances.differs()),
          number(outlook.smallestMargin(n, Outlook.USUAL_CHANCE)));
      lines.add(
          perRun == null
              ? row
              : row + String.format(Locale.ROOT, "   %9s", words(perRun.multipliedBy(n))));
    }
  }

  private SortedSet<Integer> sizes() {
    SortedSet<Integer> sizes = new TreeSet<>();
    for (int n : SIZES) {
      if (!outlook.isPaired() || n <= outlook.baselineRuns()) {
        sizes.add(n);
      }
    }
    sizes.add(outlook.baselineRuns());
    return sizes;
  }

  private String fewest() {
    OptionalInt replicate = outlook.fewestToReplicate();
    OptionalInt differ = outlook.fewestToDiffer();
    if (replicate.isEmpty() && differ.isEmpty()) {
      return "No study can come to a verdict against this baseline: it has too few runs.";
    }
    return "Whatever their values, it takes " + runs(replicate) + " to replicate and "
        + runs(differ) + " to differ.";
  }

  private static String runs(OptionalInt runs) {
    return runs.isEmpty() ? "a larger baseline" : "at least " + runs.getAsInt() + " fresh runs";
  }

  private String advice() {
    return outlook
        .smallestStudy(Outlook.USUAL_CHANCE)
        .map(this::advice)
        .orElse(
            "No practical number of runs certifies this margin at this spread. Choose a larger margin,"
                + " or make the experiment vary less.");
  }

  private String advice(Outlook.Size size) {
    String price = perRun == null ? "" : " (" + words(size.price(perRun)) + ")";
    if (!size.enlargesBaseline()) {
      return "To replicate with a chance of 80 %, make " + size.freshRuns() + " fresh runs" + price
          + ".";
    }
    String why = outlook.isPaired()
        ? "Only the baseline's own seeds have partners"
        : "No number of fresh runs makes up for the noise of the baseline: under a margin of "
            + number(outlook.floor(Outlook.USUAL_CHANCE)) + " none has a chance of 80 %";
    return why + ". Enlarge the baseline to " + size.baselineRuns() + " runs and make "
        + size.freshRuns() + " fresh ones, " + size.price() + " in all" + price + ".";
  }

  private String number(double value) {
    return Decimals.fixed(value, places);
  }

  private static String percent(double chance) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * chance);
  }

  private static String words(Duration time) {
    long minutes = Math.round(time.toMillis() / 60_000.0);
    if (minutes < 1) {
      return "under 1 min";
    }
    return minutes < 120 ? minutes + " min" : String.format(Locale.ROOT, "%.1f h", minutes / 60.0);
  }
}
