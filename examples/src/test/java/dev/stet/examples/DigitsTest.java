package dev.stet.examples;

import static dev.stet.StetAssertions.assertReplicates;
import static dev.stet.StetAssertions.assertReruns;

import dev.stet.seeds.Seed;
import org.junit.jupiter.api.Test;

/** The first example as a test of one's own project would hold it. */
class DigitsTest {
  @Test
  void rerunsBitForBit() {
    assertReruns(Example01Digits.DIGITS, Example01Digits.CONFIG, Seed.replayable(Seed.of(42)));
  }

  @Test
  void accuracyStillHolds() {
    assertReplicates(
        Example01Digits.BASELINE,
        Example01Digits.DIGITS
            .study(Example01Digits.CONFIG)
            .seeds(Seed.of(1), 50)
            .threads(2),
        Example01Digits.ACCURACY,
        Example01Digits.MARGIN);
  }
}
