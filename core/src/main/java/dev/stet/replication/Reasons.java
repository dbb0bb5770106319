package dev.stet.replication;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.replication.Inconclusive.Remedy;
import java.util.Locale;
import java.util.OptionalInt;

/** Why a verdict is what it is, in sentences. */
final class Reasons {
  private Reasons() {}

  static String replicated(Evidence evidence) {
    String inside = evidence.margin().isOneSided()
        ? intervals(evidence, " stays", " stay") + " clear of the margin on the worse side."
        : intervals(evidence, " lies", " lie") + " strictly inside the margin.";
    if (evidence.isIdentical()) {
      return inside
          + (isBaseline(evidence)
              ? " Every run is identical to the baseline's run of the same seed."
              : " Every run is identical to that of the same seed on the other side.");
    }
    return inside
        + (evidence.isShiftCertain() ? " There is a difference, but one too small to matter." : "")
        + pairs(evidence);
  }

  private static boolean isBaseline(Evidence evidence) {
    return evidence.question().names().isBaseline();
  }

  /** Where the intervals of one witness or of both are, with the verb for one and for several. */
  private static String intervals(Evidence evidence, String one, String several) {
    return switch (evidence.witnesses().size()) {
      case 1 -> "The interval" + one;
      case 2 -> "Both intervals" + several;
      default -> "All intervals" + several;
    };
  }

  static String drifted(Evidence evidence, Judge.Anchor anchor) {
    int ago = anchor.successions();
    return replicated(evidence)
        + " But both intervals against the anchor lie wholly outside the margin: the anchor is the first baseline of this"
        + " line, " + ago + (ago == 1 ? " baseline ago" : " baselines ago")
        + ", and small drifts have added up since. Find the changes that brought them. If all of the drift is"
        + " meant, delete the file of the baseline to begin a new line; its anchor goes with it.";
  }

  static String unusable(Judge.Anchor anchor) {
    return anchor.unusable().isEmpty()
        ? ""
        : " It cannot be held against the anchor, because " + anchor.unusable() + ".";
  }

  static String extended(int looks) {
    return " This study was looked at " + (looks == 1 ? "once" : looks + " times")
        + " and then extended, so that the nominal error rates do not hold: false verdicts are more likely. Declare"
        + " the looks beforehand, with untilDecided.";
  }

  static String differs(Evidence evidence, int side) {
    String what = evidence
        .metric()
        .direction()
        .map(direction -> direction.isBetter(side) ? "better" : "worse")
        .orElse(side > 0 ? "higher" : "lower");
    String who =
        isBaseline(evidence) ? "this study" : evidence.question().names().second();
    String where = evidence.method().location() == Location.EXACT
        ? "Values differ by more than the margin"
        : intervals(evidence, " lies", " lie") + " wholly outside the margin";
    return where + ": " + who + " is " + what + "." + pairs(evidence);
  }

  static String inconclusive(Evidence evidence, Cause cause, Remedy remedy) {
    return cause(evidence, cause)
        + pairs(evidence)
        + (cause == Cause.UNEQUAL_SPREADS ? equalSizes(remedy) : remedy(evidence, remedy))
        + (isOpenEnd(cause, remedy) ? openEnd(evidence) : "");
  }

  /** More runs could settle it, but how many cannot be told. */
  private static boolean isOpenEnd(Cause cause, Remedy remedy) {
    return cause.isOpen()
        && cause != Cause.DISTRIBUTION_CHANGED
        && cause != Cause.EQUAL_PAIRS
        && remedy.kind() == Remedy.Kind.SEE_REASON;
  }

  private static String cause(Evidence evidence, Cause cause) {
    Evidence.Side before = evidence.baseline();
    Evidence.Side now = evidence.fresh();
    Question.Names names = evidence.question().names();
    return switch (cause) {
      case NOTHING_COMPLETED -> "No run completed on either side: there is nothing to compare.";
      case TOO_FEW_RUNS -> tooFew(evidence);
      case FAILURES_WITHOUT_DIRECTION ->
        "Runs failed (" + before.failed() + " of " + before.runs()
            + " " + names.inFirst() + ", " + now.failed() + " of " + now.runs() + " "
            + names.inSecond() + "). A failed run ranks worst, and "
            + evidence.metric().name()
            + " does not say which way worse is: declare higherIsBetter() or"
            + " lowerIsBetter() on the metric.";
      case FAILED_RUNS ->
        now.failed() + " of " + now.runs() + " runs "
            + (names.isBaseline() ? "" : names.inSecond() + " ") + "failed, " + tolerated(evidence)
            + ". With more than that nothing replicates: find out why they failed.";
      case UNEQUAL_SPREADS ->
        evidence.pairs().isPresent()
            ? "One side spreads more than twice as much as the other, and " + before.runs()
                + " pairs are too few to show whether their differences are skewed, which no interval could be trusted with."
            : unequal(before, now);
      case WITNESSES_DISAGREE ->
        "The intervals by ranks and by means do not agree: only one of them decides.";
      case TOO_WIDE ->
        evidence.isShiftCertain()
            ? "A difference is certain, but not whether it exceeds the margin."
            : "The intervals are too wide: differences inside and outside the margin are both possible.";
      case EQUAL_PAIRS ->
        "At least half of the pairs have equal values, which makes the intervals look more certain than they are: that"
            + " three in ten of all seeds reach the margin is not ruled out by these pairs. It takes at least 9"
            + " pairs, more if some lie beyond the margin.";
      case DISTRIBUTION_CHANGED -> GuardText.fired(evidence);
      case DRIFTED_FROM_ANCHOR ->
        throw new IllegalStateException("drift is told by drifted(), with the anchor");
      case ONLY_COMPATIBLE, NOT_COMPATIBLE ->
        throw new IllegalStateException("compatibility is told by the published baseline");
    };
  }

  private static String unequal(Evidence.Side before, Evidence.Side now) {
    return "The sides have " + before.runs() + " and " + now.runs() + " runs"
        + (before.failed() + now.failed() == 0
            ? ""
            : ", of which " + (before.runs() - before.failed()) + " and "
                + (now.runs() - now.failed()) + " completed")
        + ", and one spreads more than twice as much as the other: with unequal sizes no interval can be"
        + " trusted then.";
  }

  private static String tooFew(Evidence evidence) {
    Question.Names names = evidence.question().names();
    Evidence.Side before = evidence.baseline();
    Evidence.Side now = evidence.fresh();
    boolean paired = evidence.pairs().isPresent();
    double level = evidence.method().levels().narrow();
    if (Sizes.canBound(before.runs(), now.runs(), paired, level)) {
      return "Too few runs completed for any verdict: " + (now.runs() - now.failed()) + " of "
          + now.runs() + " " + names.inSecond() + ", " + (before.runs() - before.failed()) + " of "
          + before.runs() + " " + names.inFirst() + ".";
    }
    return paired
        ? "Pairs of runs are too few for any verdict: " + now.runs()
            + ". It takes 5 to replicate and 6 to differ."
        : "Runs are too few for any verdict: " + now.runs() + " against " + before.runs()
            + ". Equal sizes take 3 against 3 to replicate and 4 against 4 to differ.";
  }

  private static String tolerated(Evidence evidence) {
    OptionalInt declared = evidence.margin().toleratedFailures();
    return declared.isPresent()
        ? "and " + declared.getAsInt() + " are tolerated"
        : "and as many are tolerated as failed " + evidence.question().names().inFirst() + ", "
            + evidence.baseline().failed();
  }

  private static String pairs(Evidence evidence) {
    return evidence
        .pairs()
        .map(pairs -> (isBaseline(evidence)
                ? " The seeds are the baseline's, compared pair by pair: "
                : " Both sides ran the same seeds, compared pair by pair: ")
            + pairs.identical() + " of "
            + pairs.runs() + " identical, " + pairs.beyond() + " beyond the margin (at most "
            + String.format(Locale.ROOT, "%.0f", Math.ceil(100 * pairs.mostBeyond() - 1e-9))
            + " % of the population).")
        .orElse("");
  }

  private static String equalSizes(Remedy remedy) {
    return remedy.kind() == Remedy.Kind.SEE_REASON
        ? ""
        : " Take " + remedy.freshRuns() + " runs on both sides.";
  }

  private static String openEnd(Evidence evidence) {
    int failed = evidence.baseline().failed() + evidence.fresh().failed();
    return failed == 0
        ? " The values are too large to project how many runs would settle it."
        : " Failed runs rank beyond every number and add nothing to a mean, so that no number of runs can be"
            + " projected: find out why they failed.";
  }

  private static String remedy(Evidence evidence, Remedy remedy) {
    return switch (remedy.kind()) {
      case MORE_FRESH_RUNS ->
        " If difference and spread stay as they are, a study of " + remedy.freshRuns() + " runs ("
            + (remedy.freshRuns() - evidence.fresh().runs()) + " more) would settle it.";
      case ENLARGE_BASELINE ->
        evidence.pairs().isPresent()
            ? " If difference and spread stay as they are, " + remedy.baselineRuns()
                + " seeds on both sides would settle it."
            : " No number of fresh runs makes up for the noise of the baseline: enlarge it. If difference and"
                + " spread stay as they are, " + remedy.baselineRuns()
                + " runs on both sides would settle it.";
      case MORE_ON_BOTH_SIDES ->
        " If difference and spread stay as they are, " + remedy.baselineRuns()
            + (evidence.pairs().isPresent() ? " seeds" : " runs")
            + " on both sides would settle it.";
      case NONE_WITH_THIS_MARGIN ->
        " The difference is about as large as the margin: no practical number of runs"
            + " would settle it. Decide whether such a difference matters, and choose the margin of the next study.";
      case SEE_REASON -> "";
    };
  }
}
