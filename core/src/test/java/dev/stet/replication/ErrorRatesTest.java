package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * False verdicts by simulation with fixed seeds: a short version of the calibration of which {@code
 * docs/calibration.md} has the tables.
 *
 * <p>Nominal: replicated at most .05, differs at most .025 on a side. Of 1,000 replicates such rates have standard
 * errors of .0069 and .0049; the bounds lie three of them above. A correct implementation fails a bound with a
 * probability of about 1 in 700 at most, and with a fixed seed always or never.
 */
@Tag("statistical")
class ErrorRatesTest {
  private static final int REPLICATES = 1000;
  private static final double MOST_REPLICATED = 0.05 + 3 * 0.0069;
  private static final double MOST_DIFFERS = 0.025 + 3 * 0.0049;
  private static final List<Seed> SEEDS = Seed.of(1).spawn(20);

  /** Shifted so that the mean and the median of all differences lie at an edge of the margin. */
  @ParameterizedTest
  @CsvSource({
    "normal,10,10,1,1",
    "normal,20,20,1,1",
    "normal,3,3,1,4",
    "lognormal,20,20,1,1.4",
    "bimodal,20,20,1,1.4",
    "lognormal,5,20,1,3",
    "normal,20,20,3,3.5",
    "normal,5,20,3,4"
  })
  void staysWithinTheNominalRatesAtTheEdges(
      String shape, int m, int n, double spread, double margin) {
    for (int edge : new int[] {-1, 1}) {
      RandomStream stream = stream(shape + m + "v" + n + "," + spread + "," + edge);
      Rates rates = Rates.of(
          REPLICATES,
          () -> Baseline.of(Sample.of(draw(shape, m, stream, 1, 0)))
              .compare(
                  Sample.of(draw(shape, n, stream, spread, edge * margin)),
                  Margin.absolute(margin)));
      assertThat(rates.replicated()).as("replicated").isLessThan(MOST_REPLICATED);
      assertThat(rates.differs()).as("differs").isLessThan(MOST_DIFFERS);
      // The rates are not low because nothing is ever decided.
      assertThat(rates.replicated() + rates.differs()).as("decided").isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9,0.3", "0,0.9", "-0.3,1.1"})
  void staysWithinThemForPairs(double correlation, double margin) {
    RandomStream stream = stream("pairs" + correlation);
    Rates rates = Rates.of(REPLICATES, () -> compare(stream, correlation, margin, margin));
    assertThat(rates.replicated()).as("replicated").isBetween(0.01, MOST_REPLICATED);
    assertThat(rates.differs()).as("differs").isBetween(0.003, MOST_DIFFERS);
  }

  @Test
  void findsWhatIsThere() {
    assertThat(normal(0).replicated()).isBetween(0.65, 1.0);
    assertThat(normal(2.2).differs()).isBetween(0.75, 1.0);
    assertThat(normal(2.2).replicated()).isZero();
  }

  /** A fifth of the fresh runs ends 8 spreads lower; ranks alone would replicate half of the time. */
  @Test
  void seldomOverlooksCollapses() {
    RandomStream stream = stream("collapses");
    Rates rates = Rates.of(300, () -> {
      double[] now = draw("normal", 20, stream, 1, 0);
      for (int i = 0; i < now.length; i++) {
        now[i] -= stream.nextDouble() < 0.2 ? 8 : 0;
      }
      return Baseline.of(Sample.of(draw("normal", 20, stream, 1, 0)))
          .compare(Sample.of(now), Margin.absolute(1.4));
    });
    assertThat(rates.replicated()).isLessThan(0.1);
  }

  private static Rates normal(double shift) {
    RandomStream stream = stream("normal" + shift);
    return Rates.of(
        300,
        () -> Baseline.of(Sample.of(draw("normal", 20, stream, 1, 0)))
            .compare(Sample.of(draw("normal", 20, stream, 1, shift)), Margin.absolute(1)));
  }

  private static Verdict compare(
      RandomStream stream, double correlation, double shift, double margin) {
    List<SampleRun> before = new ArrayList<>();
    List<SampleRun> now = new ArrayList<>();
    for (Seed seed : SEEDS) {
      double first = stream.nextGaussian();
      double own = stream.nextGaussian() * StrictMath.sqrt(1 - correlation * correlation);
      before.add(SampleRun.completed(seed, first));
      now.add(SampleRun.completed(seed, correlation * first + own + shift));
    }
    Metric metric = Metric.of("value");
    return Baseline.of(Sample.of("pairs", metric, before))
        .compare(Sample.of("pairs", metric, now), Margin.absolute(margin));
  }

  private static RandomStream stream(String name) {
    return Seed.of(20261123).child(name).stream();
  }

  /** Values with mean 0 and the given standard deviation, moved by a shift. */
  private static double[] draw(
      String shape, int n, RandomStream stream, double spread, double shift) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double normal = stream.nextGaussian();
      double value = switch (shape) {
        case "lognormal" -> (StrictMath.exp(normal) - 1.6487) / 2.1612;
        case "bimodal" -> normal * 0.3 + (stream.nextDouble() < 0.2 ? -1.908 : 0.477);
        default -> normal;
      };
      values[i] = spread * value + shift;
    }
    return values;
  }

  /** How often which verdict was given. */
  private record Rates(double replicated, double differs) {
    static Rates of(int replicates, Supplier<Verdict> verdicts) {
      int replicated = 0;
      int differs = 0;
      for (int i = 0; i < replicates; i++) {
        Verdict verdict = verdicts.get();
        replicated += verdict instanceof Replicated ? 1 : 0;
        differs += verdict instanceof Differs ? 1 : 0;
      }
      return new Rates(replicated / (double) replicates, differs / (double) replicates);
    }
  }
}
