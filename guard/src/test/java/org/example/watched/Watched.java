package org.example.watched;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stet.junit.Guarded;
import dev.stet.junit.Replayable;
import dev.stet.seeds.Seed;
import org.junit.jupiter.api.Test;

/** A user's tests, which another program runs. */
@Guarded
final class Watched {
  @Test
  @Replayable("42")
  void drawsFromItsSeed(Seed seed) {
    assertTrue(seed.stream().nextDouble() < 1);
  }

  @Test
  void drawsFromNobody() {
    assertTrue(Math.random() < 1);
  }

  @Test
  @Guarded(Guarded.Findings.REPORT)
  void tells() {
    assertTrue(Math.random() < 1);
  }
}
