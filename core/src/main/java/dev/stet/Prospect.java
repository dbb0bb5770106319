package dev.stet;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Outlook;
import dev.stet.seeds.Seed;
import java.util.List;
import java.util.Locale;
import org.opentest4j.AssertionFailedError;

/** What a plan can come to, looked at before a night is spent on it. */
final class Prospect {
  private static final System.Logger LOG = System.getLogger("dev.stet");
  private static final double UNLIKELY = 0.2;

  private final Baseline baseline;
  private final StudyPlan<?> plan;
  private final Margin margin;
  private final boolean paired;

  Prospect(Baseline baseline, StudyPlan<?> plan, Margin margin) {
    this.baseline = baseline;
    this.plan = plan;
    this.margin = margin;
    List<Seed> seeds = plan.seeds();
    this.paired = plan.stopping().isPresent()
        ? baseline.seeds().containsAll(seeds.subList(0, Math.min(runs(), seeds.size())))
        : baseline.seeds().size() == seeds.size() && baseline.seeds().containsAll(seeds);
  }

  private int runs() {
    return plan.stopping().map(when -> when.max()).orElse(plan.seeds().size());
  }

  /** An impossible verdict fails at once; an unlikely one is told, and the study goes on. */
  void requireHope() {
    int runs = runs();
    Outlook outlook = baseline.outlook(margin);
    if (!isPossible(outlook)) {
      throw new AssertionFailedError("no study of " + Words.count(runs, "run")
          + " can come to a verdict here, whatever its values, so it was not run.\n\n"
          + (paired ? outlook.paired(0) : outlook).explain());
    }
    // Of pairs the chance hangs on how equal seeds correlate, which nobody knows before.
    double chance = paired ? 1 : outlook.replicates(runs, 0);
    if (chance < UNLIKELY) {
      LOG.log(
          System.Logger.Level.WARNING,
          String.format(
                  Locale.ROOT,
                  "a study of %s replicates with a chance of %.0f %% only, even if nothing has changed.",
                  Words.count(runs, "run"),
                  100 * chance)
              + "\n\n" + outlook.explain());
    }
  }

  private boolean isPossible(Outlook outlook) {
    int pairs = paired ? 0 : baseline.sample().size();
    return plan.stopping()
        .map(when -> when.firstChance(pairs).isPresent())
        .orElseGet(() -> (paired ? outlook.paired(0) : outlook).canDecide(runs()));
  }
}
