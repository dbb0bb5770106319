package dev.stet.statistics;

import java.util.Arrays;

/** Scores by task and run, as a matrix whose rows may differ in length. */
final class Tasks {
  /** With fewer runs of a task, intervals of a nominal 95 % miss by several per cent. */
  private static final int RELIABLE_RUNS = 10;

  private Tasks() {}

  static void requireScores(double[][] scores, String name) {
    if (scores.length == 0) {
      throw new IllegalArgumentException(
          name + " must hold at least one task; got none. Give one row of scores for each task.");
    }
    for (int task = 0; task < scores.length; task++) {
      Samples.requireSome(scores[task], name + "[" + task + "]");
      Samples.requireFinite(scores[task], name + "[" + task + "]");
    }
  }

  static int fewestRuns(int[][] tasks) {
    return Arrays.stream(tasks).mapToInt(runs -> runs.length).min().orElse(0);
  }

  static boolean isReliable(int fewestRuns) {
    return fewestRuns >= RELIABLE_RUNS;
  }
}
