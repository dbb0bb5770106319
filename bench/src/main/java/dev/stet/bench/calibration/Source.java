package dev.stet.bench.calibration;

import dev.stet.replication.Sample;
import dev.stet.seeds.RandomStream;

/** A world in which the truth is known, and from which studies are drawn. */
sealed interface Source permits Independent, Paired {
  /**
   * A baseline and a fresh study.
   *
   * @param baseline what is held against
   * @param fresh what is held against it
   */
  record Studies(Sample baseline, Sample fresh) {}

  /** Draws both studies. */
  Studies draw(RandomStream stream);

  /** Whether ranks of so many runs can have an interval with ends at all. */
  boolean canBound(double level);
}
