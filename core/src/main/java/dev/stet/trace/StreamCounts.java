package dev.stet.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How many numbers streams had drawn on either side at one place. */
record StreamCounts(Map<String, Long> first, Map<String, Long> rerun) {
  static final StreamCounts NONE = new StreamCounts(Map.of(), Map.of());

  /** Paths that only one side has, or with another count. */
  List<String> apart() {
    TreeSet<String> paths = new TreeSet<>(first.keySet());
    paths.addAll(rerun.keySet());
    List<String> apart = new ArrayList<>();
    for (String path : paths) {
      Long before = first.get(path);
      if (before == null || !before.equals(rerun.get(path))) {
        apart.add(path);
      }
    }
    return apart;
  }

  /** What the counts at one place say; {@code atTheEnd} are the final counts of all streams. */
  String sentence(StreamCounts atTheEnd) {
    List<String> apart = apart();
    if (!apart.isEmpty()) {
      return "Streams: " + difference(apart.get(0)) + more(apart.size() - 1)
          + ", so the two took different branches before this step.";
    }
    List<String> later = atTheEnd.apart();
    if (!later.isEmpty()) {
      return "Streams: in the end " + atTheEnd.difference(later.get(0)) + more(later.size() - 1)
          + ", so the two took different branches somewhere.";
    }
    if (atTheEnd.first.isEmpty()) {
      return "";
    }
    String streams = atTheEnd.first.size() == 1
        ? "the one stream, " + atTheEnd.first.keySet().iterator().next()
            + ", drew as many numbers in both"
        : "all " + Numbers.grouped(atTheEnd.first.size()) + " drew as many numbers in both";
    return "Streams: " + streams
        + ", so it was the arithmetic, the order of threads, or a source of randomness that is"
        + " not one of the trial's streams.";
  }

  /** Such as {@code "shuffle" had drawn 1,437 numbers in the first run and 1,438 in the rerun}. */
  String difference(String path) {
    Long before = first.get(path);
    Long after = rerun.get(path);
    if (before == null) {
      return path + " was open in the rerun only";
    }
    if (after == null) {
      return path + " was open in the first run only";
    }
    return path + " had drawn " + Numbers.counted(before, "number") + " in the first run and "
        + Numbers.grouped(after) + " in the rerun";
  }

  private static String more(int others) {
    return others == 0
        ? ""
        : ", and " + others + (others == 1 ? " other stream" : " other streams") + " differed too";
  }
}
