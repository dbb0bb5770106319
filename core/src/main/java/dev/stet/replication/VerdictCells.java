package dev.stet.replication;

import dev.stet.statistics.Interval;

/**
 * A verdict as the cells of a table, in plain text.
 *
 * @param level of the interval, such as {@code 90 %}
 * @param lower the lower end of the interval of the first witness on which the verdict rests
 * @param word such as {@code differs (worse)}
 */
record VerdictCells(
    String baseline,
    String fresh,
    String difference,
    String level,
    String lower,
    String upper,
    String margin,
    String word) {

  static VerdictCells of(Verdict verdict) {
    Evidence evidence = verdict.evidence();
    int places = Decimals.places(evidence.marginSize());
    Witness first = evidence.first();
    // Compatibility with a published value rests on the wide one, as a difference does.
    boolean wide = verdict instanceof Differs || first.name().equals(SummaryJudge.PREDICTION);
    Interval interval = wide ? first.wide() : first.narrow();
    return new VerdictCells(
        Decimals.fixed(evidence.baseline().location(), places),
        Decimals.fixed(evidence.fresh().location(), places),
        Decimals.fixed(verdict.estimate(), places),
        percent(interval.level()),
        Decimals.fixed(interval.lower(), places),
        Decimals.fixed(interval.upper(), places),
        withoutZero(Decimals.shortest(evidence.marginSize())),
        word(verdict));
  }

  static String percent(double level) {
    return withoutZero(Decimals.shortest(Math.rint(1e6 * level) / 1e4)) + " %";
  }

  private static String withoutZero(String decimal) {
    return decimal.endsWith(".0") ? decimal.substring(0, decimal.length() - 2) : decimal;
  }

  /** What it says in a word or two; the cause of an inconclusive one is told elsewhere. */
  static String word(Verdict verdict) {
    boolean frozen = verdict.evidence().question().names().isBaseline();
    if (verdict instanceof Replicated) {
      return frozen ? "replicated" : "equivalent";
    }
    if (verdict instanceof Differs differs) {
      return frozen ? "differs (" + way(differs) + ")" : way(differs);
    }
    return frozen ? "inconclusive" : "open";
  }

  /** Better, worse, higher or lower. */
  static String way(Differs differs) {
    return differs
        .isBetter()
        .map(better -> better ? "better" : "worse")
        .orElse(differs.estimate() > 0 ? "higher" : "lower");
  }

  String interval() {
    return level + " [" + lower + ", " + upper + "]";
  }
}
