package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequentialRateTest {
  private static final SequentialRate USUAL = SequentialRate.of(0.05, 0.15, 1e-3, 0.1);

  /** Goes on until the test stops; returns the tries, negative after a rejection. */
  private static int stop(SequentialRate test, RandomStream stream, double rate) {
    int events = 0;
    for (int n = 1; ; n++) {
      events += stream.nextDouble() < rate ? 1 : 0;
      Decision decision = test.decide(n, events);
      if (decision != Decision.CONTINUE) {
        return decision == Decision.REJECT ? -n : n;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 0.15, 1e-6, 0.1",
    "0.05, 0.15, 1e-3, 0.1",
    "0.02, 0.3, 1e-3, 0.05",
    "0.4, 0.5, 0.01, 0.2",
    "0, 0.1, 1e-3, 0.1",
    "1e-6, 0.5, 1e-6, 0.1",
    "0.3, 0.9, 0.5, 0.5",
    "0.5, 0.99, 1e-9, 1e-3"
  })
  void keepsBothErrorRatesExactly(double good, double broken, double falseAlarm, double miss) {
    SequentialRate test = SequentialRate.of(good, broken, falseAlarm, miss);
    assertThat(test.rejects(good)).isLessThanOrEqualTo(falseAlarm);
    assertThat(1 - test.rejects(broken)).isLessThanOrEqualTo(miss + 1e-12);
    assertThat(test.maximum()).isLessThanOrEqualTo((int) Math.ceil(1.25 * test.fixedTries()));
    assertThat(test.expectedTries(good)).isLessThanOrEqualTo(test.fixedTries());
  }

  @Test
  void takesAFractionOfTheFixedTestWhenAllIsWell() {
    SequentialRate test = SequentialRate.of(0.05, 0.15, 1e-6, 0.1);
    assertThat(test.fixedTries()).isEqualTo(281);
    assertThat(test.maximum()).isEqualTo(352);
    assertThat(test.expectedTries(0.05)).isCloseTo(49.39, within(0.01));
    assertThat(test.expectedTries(0.15)).isCloseTo(178.67, within(0.01));
  }

  /** Every sequence of events, one by one, against the sums over paths. */
  @Test
  void agreesWithTheEnumerationOfAllSequences() {
    SequentialRate test = SequentialRate.of(0.1, 0.6, 0.02, 0.1);
    int most = test.maximum();
    assertThat(most).isBetween(8, 20);
    for (double rate : new double[] {0.1, 0.3, 0.6}) {
      double rejected = 0;
      double tries = 0;
      for (int sequence = 0; sequence < 1 << most; sequence++) {
        int ones = Integer.bitCount(sequence);
        double probability = Math.pow(rate, ones) * Math.pow(1 - rate, most - ones);
        int events = 0;
        int n = 0;
        Decision decision = Decision.CONTINUE;
        while (decision == Decision.CONTINUE) {
          events += sequence >> n & 1;
          n++;
          decision = test.decide(n, events);
        }
        rejected += decision == Decision.REJECT ? probability : 0;
        tries += n * probability;
      }
      assertThat(test.rejects(rate)).isCloseTo(rejected, within(1e-12));
      assertThat(test.expectedTries(rate)).isCloseTo(tries, within(1e-10));
    }
  }

  /** 20,000 tests at a rate of .095: false alarms of .276 with an error of .003; five of them. */
  @Test
  void agreesWithASimulation() {
    RandomStream stream = Seed.of(5).stream();
    int rejected = 0;
    long tries = 0;
    for (int i = 0; i < 20_000; i++) {
      int stopped = stop(USUAL, stream, 0.095);
      rejected += stopped < 0 ? 1 : 0;
      tries += Math.abs(stopped);
    }
    assertThat(rejected / 20_000.0).isCloseTo(USUAL.rejects(0.095), within(0.016));
    assertThat(tries / 20_000.0).isCloseTo(USUAL.expectedTries(0.095), within(2.0));
  }

  @Test
  void rejectsMoreOftenTheHigherTheRate() {
    double before = 0;
    for (int i = 1; i <= 99; i++) {
      double chance = USUAL.rejects(i / 100.0);
      assertThat(chance).isGreaterThanOrEqualTo(before - 1e-12);
      before = chance;
    }
    assertThat(USUAL.rejects(0)).isZero();
    assertThat(USUAL.rejects(1)).isEqualTo(1.0);
  }

  @Test
  void alwaysHasAnAnswerAtTheMaximum() {
    for (int events = 0; events <= USUAL.maximum(); events++) {
      assertThat(USUAL.decide(USUAL.maximum(), events)).isNotEqualTo(Decision.CONTINUE);
    }
    assertThat(USUAL.decide(0, 0)).isEqualTo(Decision.CONTINUE);
  }

  @Test
  void aGoodRateOfZeroIsContradictedByOneEvent() {
    SequentialRate test = SequentialRate.of(0, 0.1, 1e-3, 0.1);
    assertThat(test.maximum()).isEqualTo(22);
    assertThat(test.decide(1, 1)).isEqualTo(Decision.REJECT);
    assertThat(test.decide(21, 0)).isEqualTo(Decision.CONTINUE);
    assertThat(test.decide(22, 0)).isEqualTo(Decision.ACCEPT);
  }

  /** The coverage is a sum over all points where the test can stop: exact, no simulation. */
  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.95})
  void intervalsCoverAtLeastAsOftenAsTheySay(double level) {
    SequentialRate test = SequentialRate.of(0.1, 0.35, 0.01, 0.1);
    for (double rate = 0.02; rate < 1; rate += 0.0371) {
      double[] mass = {1};
      double covered = 0;
      double ended = 0;
      for (int n = 1; n <= test.maximum(); n++) {
        double[] next = new double[n + 1];
        for (int k = 0; k < n; k++) {
          next[k] += mass[k] * (1 - rate);
          next[k + 1] += mass[k] * rate;
        }
        for (int k = 0; k <= n; k++) {
          if (next[k] > 0 && test.decide(n, k) != Decision.CONTINUE) {
            ended += next[k];
            covered += test.interval(n, k, level).contains(rate) ? next[k] : 0;
            next[k] = 0;
          }
        }
        mass = next;
      }
      assertThat(ended).isCloseTo(1, within(1e-12));
      assertThat(covered).as("rate %s", rate).isGreaterThanOrEqualTo(level);
    }
  }

  @Test
  void anEarlyAcceptanceHasTheIntervalOfAFixedTest() {
    int n = 1;
    while (USUAL.decide(n, 0) == Decision.CONTINUE) {
      n++;
    }
    Interval fixed = new Proportion(0, n).interval(0.95);
    assertThat(USUAL.interval(n, 0, 0.95).upper()).isCloseTo(fixed.upper(), within(1e-9));
    assertThat(USUAL.interval(n, 0, 0.95).lower()).isZero();
    assertThat(USUAL.interval(0, 0, 0.95)).isEqualTo(new Interval(0, 1, 0.95));
  }

  @Test
  void refusesWhatCannotBePlanned() {
    assertThatThrownBy(() -> SequentialRate.of(0.1, 0.11, 0.01, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "to tell a rate of 0.1 from 0.11 with at most 0.01 false alarms and 0.1 misses takes about 12,076 runs; at"
                + " most 8,000 are planned. Declare a broken value that is further away, or allow more errors.");
    assertThatThrownBy(() -> SequentialRate.of(0.2, 0.1, 0.01, 0.1))
        .hasMessageStartingWith(
            "a test of a rate needs 0 <= good < broken < 1; got good 0.2 and broken 0.1.");
    assertThatThrownBy(() -> SequentialRate.of(Double.NaN, 0.1, 0.01, 0.1))
        .hasMessageContaining("got good NaN");
    assertThatThrownBy(() -> SequentialRate.of(0.1, 0.2, 0, 0.1))
        .hasMessageStartingWith(
            "the rate of false alarms must be above 0 and at most 0.5; got 0.0.");
    assertThatThrownBy(() -> SequentialRate.of(0.1, 0.2, 0.1, Double.NaN))
        .hasMessageStartingWith("the rate of misses must be above 0 and at most 0.5; got NaN.");
    assertThatThrownBy(() -> USUAL.decide(3, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> USUAL.decide(USUAL.maximum() + 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> USUAL.rejects(Double.NaN))
        .hasMessageStartingWith("a rate must lie between 0 and 1; got NaN.");
  }
}
