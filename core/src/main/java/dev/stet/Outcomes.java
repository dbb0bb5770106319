package dev.stet;

import dev.stet.trace.TraceComparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Runs of one trial, those together whose bits are equal. */
final class Outcomes {
  private static final int LONGEST = 60;
  private static final int DIGITS = 8;

  /** Each a list of places: 0 is the first run, i the i-th rerun. The largest first, then the earliest. */
  private final List<List<Integer>> groups;

  private final List<Run> runs;

  private Outcomes(List<Run> runs, List<List<Integer>> groups) {
    this.runs = runs;
    this.groups = groups;
  }

  static Outcomes of(Run first, List<Run> reruns) {
    List<Run> all = new ArrayList<>(List.of(first));
    all.addAll(reruns);
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Run run = all.get(i);
      List<Integer> like = groups.stream()
          .filter(group -> areAlike(all.get(group.get(0)), run))
          .findFirst()
          .orElse(null);
      if (like == null) {
        like = new ArrayList<>();
        groups.add(like);
      }
      like.add(i);
    }
    groups.sort(Comparator.comparingInt(group -> -group.size()));
    return new Outcomes(all, groups);
  }

  static boolean areAlike(Run one, Run other) {
    return !(one.trace().compare(other.trace()) instanceof TraceComparison.Diverged)
        && RunComparison.endAlike(one, other);
  }

  /** Whether the first run differs and the others are equal. */
  boolean onlyFirstDiffers() {
    return groups.size() == 2 && groups.stream().anyMatch(group -> group.equals(List.of(0)));
  }

  /** Whether the reruns, the first run apart, are not all equal. */
  boolean rerunsDiffer() {
    return !onlyFirstDiffers() && groups.size() > 1;
  }

  /** How often there was what. */
  String histogram() {
    String head = "  " + Words.count(groups.size(), "outcome") + " in "
        + Words.count(runs.size(), "run") + ":\n";
    return head
        + groups.stream().map(this::line).collect(Collectors.joining("\n"));
  }

  private String line(List<Integer> group) {
    return "    " + Words.number(group.size()) + " x  " + label(runs.get(group.get(0))) + "  "
        + names(group);
  }

  private static String label(Run run) {
    String digest = run.trace().digest();
    String bits = "trace " + digest.substring(0, Math.min(DIGITS, digest.length()));
    if (run.failure().isEmpty()) {
      return bits;
    }
    String outcome = run.outcome().lines().findFirst().orElse("");
    return bits + ", "
        + (outcome.length() <= LONGEST ? outcome : outcome.substring(0, LONGEST) + " ...");
  }

  private static String names(List<Integer> group) {
    List<String> numbers = group.stream().filter(i -> i > 0).map(String::valueOf).toList();
    String reruns = numbers.isEmpty()
        ? ""
        : (numbers.size() == 1 ? "rerun " : "reruns ") + String.join(", ", numbers);
    if (group.get(0) > 0) {
      return reruns;
    }
    return numbers.isEmpty() ? "the first run" : "the first run, " + reruns;
  }
}
