package dev.stet;

import dev.stet.ledger.RunFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Failed runs grouped by cause: what was thrown and where. Every failed run is counted once, and few enough are named. */
final class Failures {
  /** Has no place, and says in the first line of its message what ended the JVM. */
  private static final String LOST = LostTrialException.class.getName();

  private static final int LONGEST_MESSAGE = 200;
  private static final int MOST_CAUSES = 20;
  private static final int MOST_SEEDS = 20;
  private static final int MOST_CONFIGS = 3;

  private Failures() {}

  /** What makes two failures one: the type at the root and its place; messages hold numbers that differ from run to run. */
  private record Cause(String status, String type, String place) {}

  /** A failed run and what it is called. */
  private record Named(Run run, String name) {}

  /** Returns a paragraph for each cause, the most frequent first; empty if no run failed. */
  static String explain(List<Run> failed) {
    List<Named> runs =
        failed.stream().map(run -> new Named(run, run.seed().toString())).toList();
    return explain(runs, "seed", MOST_SEEDS);
  }

  /** Returns the same of many configs together. */
  static <C> String explainAll(List<Sweep.Entry<C>> entries) {
    List<Named> runs = new ArrayList<>();
    for (Sweep.Entry<C> entry : entries) {
      for (Run run : entry.study().failed()) {
        runs.add(new Named(run, entry.config() + " with seed " + run.seed()));
      }
    }
    return explain(runs, "config", MOST_CONFIGS);
  }

  private static String explain(List<Named> failed, String label, int most) {
    Map<Cause, List<Named>> groups = new LinkedHashMap<>();
    for (Named named : failed) {
      groups.computeIfAbsent(cause(named.run), any -> new ArrayList<>()).add(named);
    }
    List<Map.Entry<Cause, List<Named>>> sorted = groups.entrySet().stream()
        .sorted(Comparator.comparingInt(group -> -group.getValue().size()))
        .toList();
    StringBuilder page = new StringBuilder();
    sorted.stream()
        .limit(MOST_CAUSES)
        .forEach(group -> append(page, group.getKey(), group.getValue(), label, most));
    if (sorted.size() > MOST_CAUSES) {
      int runs = sorted.stream()
          .skip(MOST_CAUSES)
          .mapToInt(group -> group.getValue().size())
          .sum();
      page.append("\n  ")
          .append(Words.number(runs))
          .append(" x something else, of ")
          .append(Words.count(sorted.size() - MOST_CAUSES, "more cause"));
    }
    return page.toString();
  }

  private static void append(
      StringBuilder page, Cause cause, List<Named> runs, String label, int most) {
    Set<String> messages = new HashSet<>();
    runs.forEach(named -> messages.add(message(named.run.cause())));
    page.append(page.isEmpty() ? "" : "\n")
        .append("  ")
        .append(Words.number(runs.size()))
        .append(" x ")
        .append(message(runs.get(0).run.cause()));
    if (messages.size() > 1) {
      page.append(" (and ")
          .append(Words.count(messages.size() - 1, "other message"))
          .append(')');
    }
    if (!cause.place.isEmpty()) {
      page.append("\n      ").append(cause.place);
    }
    page.append('\n').append(Words.paragraph(names(runs, label, most)).indent(4).stripTrailing());
  }

  private static String names(List<Named> runs, String label, int most) {
    String names = runs.stream().limit(most).map(Named::name).collect(Collectors.joining(", "));
    return label
        + (runs.size() == 1 ? " " : "s ")
        + names
        + (runs.size() > most ? ", and " + Words.number(runs.size() - most) + " more" : "");
  }

  private static Cause cause(Run run) {
    RunFailure failure = run.cause();
    String trace = failure.stackTrace();
    int root = trace.lastIndexOf("\nCaused by: ");
    String rest = root < 0 ? trace : trace.substring(root + "\nCaused by: ".length());
    String type = root < 0 ? failure.type() : rest.split("[:\\s]", 2)[0];
    // A cause thrown at the place of what wraps it has no frames of its own.
    String place = place(rest);
    return new Cause(
        run.status().label(),
        type.equals(LOST) ? message(failure) : type,
        place.isEmpty() ? place(trace) : place);
  }

  /** The first frame of a stack trace, such as {@code at com.example.Net.train(Net.java:12)}. */
  private static String place(String trace) {
    int at = trace.indexOf("\tat ");
    if (at < 0) {
      return "";
    }
    int end = trace.indexOf('\n', at);
    return trace.substring(at + 1, end < 0 ? trace.length() : end).strip();
  }

  private static String message(RunFailure failure) {
    String line = failure.toString().lines().findFirst().orElse(failure.type());
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + " ...";
  }
}
