package dev.stet.bench.calibration;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Method;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.Locale;

/**
 * One world, one margin and one method, judged many times.
 *
 * @param name with the truth, tells it from all others; its seed is derived from both
 * @param truth where the true difference lies
 * @param margin in units of the metric
 * @param source the world
 * @param method what is asked
 * @param replicates how many pairs of studies are drawn
 */
record Cell(String name, Truth truth, double margin, Source source, Method method, int replicates) {
  private static final Seed ROOT = Seed.of(20261123).child("verdict calibration");

  /** Where the true difference lies, in margins. */
  enum Truth {
    /** No difference. */
    SAME(0),
    /** Half a margin above. */
    HALF(0.5),
    /** Exactly at the upper end of the margin, where both verdicts would be false. */
    UPPER(1),
    /** Exactly at its lower end. */
    LOWER(-1),
    /** Beyond it by as much again. */
    TWICE(2),
    /** A change that the location does not show. */
    UNSEEN(0);

    private final double margins;

    Truth(double margins) {
      this.margins = margins;
    }

    double margins() {
      return margins;
    }

    boolean forbidsReplicated() {
      return StrictMath.abs(margins) >= 1;
    }

    boolean forbidsDiffers() {
      return this != UNSEEN && StrictMath.abs(margins) <= 1;
    }
  }

  /** Tells it from all other cells. */
  String key() {
    return name + ", truth " + truth.name().toLowerCase(Locale.ROOT);
  }

  Result simulate() {
    RandomStream stream = ROOT.child(key()).stream();
    Margin declared = Margin.absolute(margin);
    Tally tally = new Tally();
    for (int i = 0; i < replicates; i++) {
      Source.Studies studies = source.draw(stream);
      tally.add(Baseline.of(studies.baseline()).compare(studies.fresh(), declared, method));
    }
    return new Result(this, tally);
  }

  /** Whether samples of these sizes could ever replicate. */
  boolean canReplicate() {
    return !isRanked() || source.canBound(1 - 2 * method.alpha());
  }

  /** Whether samples of these sizes could ever differ. */
  boolean canDiffer() {
    return !isRanked() || source.canBound(1 - method.alpha());
  }

  private boolean isRanked() {
    return method.equals(Method.robust().withAlpha(method.alpha()));
  }

  /**
   * What came of it.
   *
   * @param cell what was simulated
   * @param tally the verdicts
   */
  record Result(Cell cell, Tally tally) {
    double falselyReplicated() {
      return cell.truth().forbidsReplicated() ? tally.replicated() : 0;
    }

    double falselyDiffers() {
      return cell.truth().forbidsDiffers() ? tally.differs() : 0;
    }

    boolean isAboveBound() {
      return falselyReplicated() > tally.bound() || falselyDiffers() > tally.bound();
    }
  }
}
