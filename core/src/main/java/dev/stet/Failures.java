package dev.stet;

import dev.stet.ledger.RunFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Failed runs grouped by cause: what was thrown and where. Every failed run is named once. */
final class Failures {
  private static final int LONGEST_MESSAGE = 200;

  private Failures() {}

  /** What makes two failures one: the type at the root and its place; messages hold numbers that differ from run to run. */
  private record Cause(String status, String type, String place) {}

  /** Returns a paragraph for each cause, the most frequent first; empty if no run failed. */
  static String explain(List<Run> failed) {
    Map<Cause, List<Run>> groups = new LinkedHashMap<>();
    for (Run run : failed) {
      groups.computeIfAbsent(cause(run), any -> new ArrayList<>()).add(run);
    }
    StringBuilder page = new StringBuilder();
    groups.entrySet().stream()
        .sorted(Comparator.comparingInt(group -> -group.getValue().size()))
        .forEach(group -> append(page, group.getKey(), group.getValue()));
    return page.toString();
  }

  private static void append(StringBuilder page, Cause cause, List<Run> runs) {
    TreeSet<String> messages = new TreeSet<>();
    runs.forEach(run -> messages.add(message(run.cause())));
    page.append(page.isEmpty() ? "" : "\n")
        .append("  ")
        .append(Words.number(runs.size()))
        .append(" x ")
        .append(message(runs.get(0).cause()));
    if (messages.size() > 1) {
      page.append(" (and ")
          .append(Words.count(messages.size() - 1, "other message"))
          .append(')');
    }
    if (!cause.place.isEmpty()) {
      page.append("\n      ").append(cause.place);
    }
    List<String> seeds = runs.stream().map(run -> run.seed().toString()).toList();
    String label = seeds.size() == 1 ? "seed " : "seeds ";
    page.append('\n')
        .append(Words.paragraph(label + String.join(", ", seeds)).indent(4).stripTrailing());
  }

  private static Cause cause(Run run) {
    RunFailure failure = run.cause();
    String trace = failure.stackTrace();
    int root = trace.lastIndexOf("\nCaused by: ");
    String rest = root < 0 ? trace : trace.substring(root + "\nCaused by: ".length());
    String type = root < 0 ? failure.type() : rest.split("[:\\s]", 2)[0];
    // A cause thrown at the place of what wraps it has no frames of its own.
    String place = place(rest);
    return new Cause(run.status().label(), type, place.isEmpty() ? place(trace) : place);
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
