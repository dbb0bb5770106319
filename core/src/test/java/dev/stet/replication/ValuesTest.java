package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.replication.Reduction.Points;
import dev.stet.seeds.Seed;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final double NAN = Double.NaN;

  @Nested
  class OfAReduction {
    @Test
    void takesTheDeclaredValueAndCountsTheLooks() {
      double[] series = {1, 4, NAN, 2};
      assertThat(Reduction.last().reduce(series)).isEqualTo(new Reduction.Result(2, 1));
      assertThat(Reduction.maximum().reduce(series)).isEqualTo(new Reduction.Result(4, 4));
      assertThat(Reduction.minimum().reduce(series)).isEqualTo(new Reduction.Result(1, 4));
      assertThat(Reduction.maximum().reduce(new double[] {NAN}))
          .isEqualTo(new Reduction.Result(NAN, 1));
    }

    @Test
    void takesTheValueAtTheFirstBestValidationStep() {
      Reduction best = Reduction.atBest("val", Direction.LOWER_IS_BETTER);
      Reduction.Result result = best.reduce(
          Points.of(new long[] {1, 2, 3}, new double[] {5, 6, 7}),
          Points.of(new long[] {1, 2, 3}, new double[] {NAN, 0.5, 0.5}));
      assertThat(result).isEqualTo(new Reduction.Result(6, 3));
    }

    @Test
    void readsWhatItWrote() {
      for (Reduction reduction : List.of(
          Reduction.last(),
          Reduction.maximum(),
          Reduction.minimum(),
          Reduction.atBest("val loss", Direction.LOWER_IS_BETTER),
          Reduction.atBest("a", Direction.HIGHER_IS_BETTER))) {
        assertThat(Reduction.parse(reduction.toString())).isEqualTo(reduction);
      }
      assertThat(Reduction.atBest("val loss", Direction.LOWER_IS_BETTER))
          .hasToString("at lowest val loss");
    }

    @Test
    void refusesWhatItCannotReduce() {
      assertThatThrownBy(() -> Reduction.parse("best"))
          .hasMessage(
              "a reduction is last, maximum, minimum, \"at highest METRIC\", \"at lowest METRIC\" or \"at step NUMBER\"; got"
                  + " \"best\".");
      assertThatThrownBy(() -> Reduction.last().reduce(new double[0]))
          .hasMessage(
              "the metric has no recorded value. Record at least one in every run that completes.");
      Reduction best = Reduction.atBest("val", Direction.LOWER_IS_BETTER);
      assertThatThrownBy(() -> best.reduce(new double[] {1}))
          .hasMessage(
              "\"at lowest val\" needs the series of val too. Call reduce(series, validationSeries).");
      assertThatThrownBy(() -> best.reduce(
              Points.of(new long[] {1}, new double[] {1}),
              Points.of(new long[] {2}, new double[] {1})))
          .hasMessage(
              "the metric has no value at step 2, where val is best. Record both at the same steps.");
      assertThatThrownBy(() -> Points.of(new long[] {1, 2}, new double[] {1}))
          .hasMessage("a series must have as many steps as values; got 2 steps and 1 values.");
    }
  }

  @Nested
  class OfAMargin {
    @Test
    void isPositiveAndFinite() {
      for (double size : new double[] {0, -1, NAN, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(() -> Margin.absolute(size))
            .hasMessage("margin must be a positive, finite number; got " + size
                + ". Give the smallest difference"
                + " that would matter to you, such as Margin.absolute(0.01).");
        assertThatThrownBy(() -> Margin.relative(size))
            .hasMessage("margin must be a positive, finite number; got " + size
                + ". Give the smallest difference"
                + " that would matter to you, such as Margin.relative(0.01).");
      }
      assertThatThrownBy(() -> Margin.absolute(1).toleratingFailures(-1))
          .hasMessage("tolerated failures must be 0 or more; got -1.");
    }

    @Test
    void saysItself() {
      assertThat(Margin.absolute(0.01))
          .hasToString("0.01 absolute")
          .isEqualTo(Margin.absolute(0.01));
      assertThat(Margin.relative(0.05).notWorse()).hasToString("0.05 relative, not worse");
    }
  }

  @Nested
  class OfASample {
    @Test
    void countsWhatIsNotFiniteAsFailed() {
      assertThat(Sample.of(1, NAN, Double.POSITIVE_INFINITY).failures()).isEqualTo(2);
      assertThat(Sample.of(1, NAN)).hasToString("value of values, n = 2, 1 failed");
    }

    @Test
    void refusesNothingAndSeedsThatOccurTwice() {
      assertThatThrownBy(() -> Sample.of())
          .hasMessage("a sample must hold at least one run; got none. Run the study first.");
      SampleRun run = SampleRun.completed(Seed.of(7), 1);
      assertThatThrownBy(() -> Sample.of("e", Metric.of("m"), List.of(run, run)))
          .hasMessage("seed " + Seed.of(7)
              + " occurs twice in the sample. Equal seeds give equal runs, which count"
              + " once: leave one out.");
      assertThatThrownBy(() -> Sample.of(1).withReused(2))
          .hasMessage("reused must lie between 0 and the 1 runs of the sample; got 2.");
      assertThatThrownBy(() -> run.withDigest("XY"))
          .hasMessage(
              "digest must be lower-case hexadecimal; got \"XY\". Leave it out if there is none.");
      assertThatThrownBy(() -> new Selection(0, true))
          .hasMessage(
              "configsTried must be at least 1; got 0. Count the config of the sample itself.");
    }
  }

  @Nested
  class OfAMetric {
    @Test
    void saysItself() {
      assertThat(Metric.of("loss").lowerIsBetter()).hasToString("loss (last, lower is better)");
      assertThat(Metric.of("loss").reducedBy(Reduction.minimum())).hasToString("loss (minimum)");
      assertThat(Direction.parse("lower is better")).isEqualTo(Direction.LOWER_IS_BETTER);
    }

    @Test
    void refusesBlankNamesAndImpossibleSteps() {
      assertThatThrownBy(() -> Metric.of(" "))
          .hasMessage(
              "the name of a metric must hold a visible character and no control character; got \" \"."
                  + " Give the name under which it is recorded, such as \"accuracy\".");
      assertThatThrownBy(() -> Metric.of("m").withResolution(NAN))
          .hasMessage(
              "resolution must be a positive, finite number; got NaN. Give the distance of neighbouring"
                  + " values, such as 1.0 / 360 for the share of 360 examples.");
      assertThatThrownBy(() -> Direction.parse("up"))
          .hasMessage("a direction is \"higher is better\" or \"lower is better\"; got \"up\".");
    }
  }

  @Nested
  class OfDecimals {
    @Test
    void writesTheFewestDigitsThatReadBack() {
      // 2e23 is written with 16 digits by Java 17 and with one by Java 19.
      assertThat(Decimals.shortest(Double.parseDouble("2e23"))).isEqualTo("2E+23");
      assertThat(Decimals.shortest(0.1 + 0.2)).isEqualTo("0.30000000000000004");
      assertThat(Decimals.shortest(-0.0)).isEqualTo("-0.0");
      assertThat(Decimals.shortest(3)).isEqualTo("3.0");
      assertThat(Decimals.shortest(Double.MIN_VALUE)).isEqualTo("5E-324");
      assertThat(Double.parseDouble(Decimals.shortest(Double.MAX_VALUE)))
          .isEqualTo(Double.MAX_VALUE);
    }
  }

  @Nested
  class OfALattice {
    @Test
    void seesTheStepOfSharesAndNothingInOtherNumbers() {
      double[] shares = new double[12];
      double[] others = new double[12];
      for (int i = 0; i < 12; i++) {
        shares[i] = (330 + i * 7 % 11) / 360.0;
        others[i] = StrictMath.sqrt(i + 2);
      }
      assertThat(Lattice.step(shares).orElseThrow() * 360)
          .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
      assertThat(Lattice.step(others)).isEmpty();
      assertThat(Lattice.step(new double[] {1, 1, 1, 1, 1, 2, 2, 2, 2, 2})).isEmpty();
      assertThat(Lattice.step(new double[] {1, 2, 3})).isEmpty();
    }
  }
}
