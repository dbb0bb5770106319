package dev.stet.replication;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the guards say, in sentences. */
final class GuardText {
  private GuardText() {}

  /** That none fired, and what they could have seen; empty if none was consulted or one did. */
  static String silent(List<Guard> guards) {
    return guards.isEmpty() || guards.stream().anyMatch(Guard::fired)
        ? ""
        : "The guards are silent: "
            + guards.stream().map(GuardText::silent).collect(Collectors.joining(", ")) + ".";
  }

  private static String silent(Guard guard) {
    String sees =
        guard.sees().isEmpty() ? "" : "; " + guard.sees() + " would show four times in five";
    return guard.kind() + " (" + p(guard) + sees + ")";
  }

  /** Which of them fired, and on what. */
  static String fired(Evidence evidence) {
    return "The location lies within the margin, but the rest of the distribution changed: "
        + evidence.guards().stream()
            .filter(Guard::fired)
            .map(guard -> fired(guard, evidence))
            .collect(Collectors.joining(", "))
        + ". Look at the two histograms and at the runs that lie apart.";
  }

  private static String fired(Guard guard, Evidence evidence) {
    Evidence.Side before = evidence.baseline();
    Evidence.Side now = evidence.fresh();
    String change = switch (guard.kind()) {
      case SPREAD -> {
        int places = Decimals.places(Math.max(before.spread(), now.spread()));
        yield ", standard deviation " + Decimals.fixed(before.spread(), places) + " -> "
            + Decimals.fixed(now.spread(), places);
      }
      case SHAPE -> "";
      case FAILURES ->
        evidence.margin().collapse().isPresent()
            ? ", failed or collapsed"
            : ", " + before.failed() + " of " + before.runs() + " -> " + now.failed() + " of "
                + now.runs() + " failed";
    };
    return guard.kind() + " (" + p(guard) + change + ")";
  }

  private static String p(Guard guard) {
    return guard.pValue() < 0.001
        ? "p < 0.001"
        : String.format(Locale.ROOT, "p = %.3f", guard.pValue());
  }
}
