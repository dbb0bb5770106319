package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlookTest {
  @Test
  void explainsItselfWithPrices() {
    assertThat(Outlook.of(0.0102, 20, 0.005).explain(Duration.ofMinutes(3))).isEqualTo("""
        What a study can show.

          baseline   n = 20, spread 0.01020
          margin     0.00500   0.005 absolute

          fresh runs   replicated, if nothing   differs, if it moved   smallest margin       price
                                    changed         by two margins     with 80 %
                   5                      0 %                   13 %           0.01706      15 min
                  10                      0 %                   22 %           0.01214      30 min
                  20                      1 %                   31 %           0.00990      60 min
                  50                     12 %                   43 %           0.00820       2.5 h

          Whatever their values, it takes at least 2 fresh runs to replicate and at least 2 fresh runs to
          differ.
          No number of fresh runs makes up for the noise of the baseline: under a margin of 0.00693 none has
          a chance of 80 %. Enlarge the baseline to 76 runs and make 76 fresh ones, 152 in all (7.6 h).
          These are chances for normal results whose spread is known; that of the baseline is an estimate.""");
  }

  /** Exact counts of arrangements: three against three is 1 in 20. */
  @ParameterizedTest
  @CsvSource({"3, 3, 5", "4, 3, 4", "5, 2, 3", "8, 2, 2", "20, 2, 2", "2, 5, 8"})
  void fewestRunsFollowTheExactRankRule(int m, int replicate, int differ) {
    Outlook outlook = Outlook.of(1, m, 1);
    assertThat(outlook.fewestToReplicate()).isEqualTo(OptionalInt.of(replicate));
    assertThat(outlook.fewestToDiffer()).isEqualTo(OptionalInt.of(differ));
    assertThat(outlook.canDecide(replicate)).isTrue();
    assertThat(outlook.canDecide(Math.max(1, Math.min(replicate, differ) - 1))).isFalse();
  }

  @Test
  void oneBaselineRunDecidesNothing() {
    Outlook outlook = Outlook.of(1, 1, 1);
    assertThat(outlook.fewestToReplicate()).isEmpty();
    assertThat(outlook.fewestToDiffer()).isEmpty();
    assertThat(outlook.canDecide(1000)).isFalse();
    assertThat(outlook.smallestMargin(20, 0.8)).isInfinite();
    assertThat(outlook.smallestStudy(0.8)).hasValueSatisfying(size -> {
      assertThat(size.enlargesBaseline()).isTrue();
      assertThat(size.price()).isEqualTo(size.baselineRuns() + size.freshRuns());
    });
    assertThat(outlook.explain())
        .contains("No study can come to a verdict against this baseline: it has too few runs.");
  }

  @Test
  void theSmallestStudyHasTheChanceAndOneLessHasNot() {
    for (double margin : new double[] {0.9, 1, 1.4, 2}) {
      Outlook outlook = Outlook.of(1, 20, margin);
      int n = outlook.smallestStudy(0.8).orElseThrow().freshRuns();
      assertThat(outlook.replicates(n, 0)).isGreaterThanOrEqualTo(0.8);
      assertThat(outlook.replicates(n - 1, 0)).isLessThan(0.8);
      assertThat(outlook.smallestMargin(n, 0.8)).isLessThanOrEqualTo(margin * (1 + 1e-9));
    }
  }

  /** 2.93 spreads over the root of the baseline's size for known spreads; ranks and Student's t cost a little. */
  @Test
  void theFloorIsTheNoiseOfTheBaseline() {
    for (int m : new int[] {20, 50, 100}) {
      double floor = Outlook.of(1, m, 1).floor(0.8);
      assertThat(floor * StrictMath.sqrt(m)).isBetween(2.93, 3.1);
      assertThat(Outlook.of(1, m, 0.99 * floor).smallestStudy(0.8).orElseThrow().enlargesBaseline())
          .isTrue();
      assertThat(Outlook.of(1, m, 1.01 * floor).smallestStudy(0.8).orElseThrow().enlargesBaseline())
          .isFalse();
    }
  }

  @Test
  void smallerMarginsAndLargerAlphasMoveTheChances() {
    Outlook outlook = Outlook.of(1, 20, 1);
    assertThat(outlook.withAlpha(0.1).replicates(10, 0)).isGreaterThan(outlook.replicates(10, 0));
    assertThat(outlook.replicates(10, 0.5)).isLessThan(outlook.replicates(10, 0));
    assertThat(outlook.differs(10, 3)).isGreaterThan(outlook.differs(10, 2));
    assertThat(Outlook.of(1000, 20, 1000).chances(10).replicates())
        .isEqualTo(outlook.chances(10).replicates(), within(1e-9));
  }

  @Test
  void pairsLiveOnCorrelation() {
    Outlook pairs = Outlook.of(1, 20, 1).paired(0);
    assertThat(pairs.replicates(20, 0)).isBetween(0.7, 0.85);
    assertThat(Outlook.of(1, 20, 1).paired(0.9).replicates(20, 0)).isGreaterThan(0.99);
    assertThat(Outlook.of(1, 20, 1).paired(1).replicates(20, 0)).isEqualTo(1, within(1e-9));
    assertThat(pairs.fewestToReplicate()).hasValue(5);
    assertThat(pairs.fewestToDiffer()).hasValue(6);
    assertThat(Outlook.of(1, 4, 1).paired(0).fewestToReplicate()).isEmpty();
    assertThat(Outlook.of(1, 6, 0.5).paired(0).explain())
        .contains("Only the baseline's own seeds have partners. Enlarge the baseline to ");
  }

  @Test
  void comesFromABaseline() {
    double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    Outlook outlook = Baseline.of(Sample.of(values)).outlook(Margin.absolute(5));
    assertThat(outlook)
        .hasToString("margin 5.0 absolute against 10 runs with a spread of 3.0276503540974917");
    assertThat(outlook.explain())
        .startsWith("What a study can show of value against the baseline of values.");
    Sample better = Sample.of(values).withMetric(Metric.of("value").higherIsBetter());
    Outlook oneSided = Baseline.of(better).outlook(Margin.absolute(5).notWorse());
    assertThat(oneSided.replicates(10, 0)).isGreaterThan(outlook.replicates(10, 0));
    assertThat(oneSided.replicates(10, 9)).isGreaterThan(0.99);
    assertThat(oneSided.differs(10, 9)).isLessThan(1e-6);
    assertThatThrownBy(
            () -> Baseline.of(Sample.of(values)).outlook(Margin.absolute(5).notWorse()))
        .isInstanceOf(BaselineException.class);
  }

  /** The verdict as it ships, 1,000 replicates: guards and agreement cost some points. */
  @Tag("statistical")
  @ParameterizedTest
  @CsvSource({"20, 20, 1, 0", "20, 20, 1, 2", "50, 10, 1.4, 0"})
  void theChancesAreThoseOfTheVerdict(int m, int n, double margin, double shift) {
    Random random = new Random(17);
    int hits = 0;
    for (int i = 0; i < 1000; i++) {
      double[] y = random.doubles(m).map(u -> random.nextGaussian()).toArray();
      double[] x = random.doubles(n).map(u -> shift + random.nextGaussian()).toArray();
      Verdict verdict = Baseline.of(Sample.of(y)).compare(Sample.of(x), Margin.absolute(margin));
      hits += (shift == 0 ? verdict instanceof Replicated : verdict instanceof Differs) ? 1 : 0;
    }
    Outlook outlook = Outlook.of(1, m, margin);
    double chance = shift == 0 ? outlook.replicates(n, 0) : outlook.differs(n, shift);
    assertThat(hits / 1000.0).isBetween(chance - 0.10, chance + 0.03);
  }

  @Test
  void refusesWhatIsNoPlan() {
    assertThatThrownBy(() -> Outlook.of(Double.NaN, 20, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the spread must be 0 or more and finite; got NaN. Give the standard deviation of a few runs"
                + " with different seeds.");
    assertThatThrownBy(() -> Outlook.of(1, 0, 1)).hasMessageContaining("the baseline must have");
    assertThatThrownBy(() -> Outlook.of(1, 20, -1)).hasMessageContaining("margin must be");
    Outlook outlook = Outlook.of(1, 20, 1);
    assertThatThrownBy(() -> outlook.chances(0)).hasMessageContaining("the study must have");
    assertThatThrownBy(() -> outlook.smallestStudy(1)).hasMessageContaining("got 1.0");
    assertThatThrownBy(() -> outlook.withAlpha(0.6)).hasMessageContaining("alpha");
    assertThatThrownBy(() -> outlook.paired(1.5)).hasMessageContaining("correlation");
    assertThatThrownBy(() -> outlook.explain(Duration.ofMillis(-1)))
        .hasMessageContaining("negative");
  }

  @Test
  void knowsPrices() {
    assertThat(new Outlook.Size(20, 30, false).price()).isEqualTo(30);
    assertThat(new Outlook.Size(40, 40, true).price(Duration.ofMinutes(2)))
        .isEqualTo(Duration.ofMinutes(160));
    double[] constant = new double[10];
    Arrays.fill(constant, 3);
    assertThat(Baseline.of(Sample.of(constant)).outlook(Margin.absolute(1)).smallestMargin(10, 0.8))
        .isZero();
  }
}
