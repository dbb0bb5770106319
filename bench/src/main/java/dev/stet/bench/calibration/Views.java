package dev.stet.bench.calibration;

import dev.stet.replication.Inconclusive.Cause;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What tables show of the cells of one place, in per cent. */
final class Views {
  private static final double WORTH_TELLING = 0.1;

  private Views() {}

  /** The worst false <i>replicated</i> and the worst false <i>differs</i>, and how often a rule forbade both. */
  static String falseVerdicts(List<Cell.Result> results) {
    String replicated = possible(results, Cell::canReplicate)
        ? Numbers.perCent(worst(results, Cell.Result::falselyReplicated))
        : "-";
    String differs = possible(results, Cell::canDiffer)
        ? Numbers.perCent(worst(results, Cell.Result::falselyDiffers))
        : "-";
    return replicated + " / " + differs + byRule(results);
  }

  /** How often true verdicts are found: <i>replicated</i> at 0 and half, <i>differs</i> at twice the margin. */
  static String power(List<Cell.Result> results) {
    StringBuilder text = new StringBuilder();
    for (Cell.Result result : results) {
      boolean inside = !result.cell().truth().forbidsReplicated();
      boolean possible = inside ? result.cell().canReplicate() : result.cell().canDiffer();
      double share = inside ? result.tally().replicated() : result.tally().differs();
      text.append(text.isEmpty() ? "" : " / ").append(possible ? Numbers.rounded(share) : "-");
    }
    return text.toString();
  }

  /** The shares of <i>replicated</i> and of <i>differs</i>. */
  static String shares(List<Cell.Result> results) {
    Tally tally = results.get(0).tally();
    return Numbers.rounded(tally.replicated()) + " / " + Numbers.rounded(tally.differs());
  }

  /** Unequal sizes and spreads forbid any verdict, by design. */
  private static String byRule(List<Cell.Result> results) {
    double share = results.stream()
        .mapToDouble(result -> result.tally().share(Cause.UNEQUAL_SPREADS))
        .average()
        .orElse(0);
    return share < WORTH_TELLING ? "" : " (" + Numbers.rounded(share) + ")";
  }

  private static boolean possible(List<Cell.Result> results, Predicate<Cell> possible) {
    return results.stream().map(Cell.Result::cell).anyMatch(possible);
  }

  private static double worst(List<Cell.Result> results, ToDoubleFunction<Cell.Result> rate) {
    return results.stream().mapToDouble(rate).max().orElse(0);
  }
}
