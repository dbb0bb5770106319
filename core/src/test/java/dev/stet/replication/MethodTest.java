package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.statistics.BrunnerMunzel;
import dev.stet.statistics.Interval;
import dev.stet.statistics.StudentisedPermutation;
import dev.stet.statistics.TrimmedT;
import dev.stet.statistics.Welch;
import dev.stet.statistics.Yuen;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTest {
  private static final double[] BEFORE = normal(1, 20, 0);
  private static final double[] NOW = normal(2, 20, 0.3);

  private static double[] normal(int seed, int n, double shift) {
    RandomStream random = Seed.of(seed).stream();
    double[] values = new double[n];
    Arrays.setAll(values, i -> shift + random.nextGaussian());
    return values;
  }

  private static Verdict compare(double[] now, double margin, Method method) {
    return Baseline.of(VerdictTest.sample(0, BEFORE))
        .compare(VerdictTest.sample(1000, now), Margin.absolute(margin), method);
  }

  private static Witness only(Verdict verdict) {
    assertThat(verdict.evidence().witnesses()).hasSize(1);
    return verdict.evidence().witnesses().get(0);
  }

  @Nested
  class OfOneWitness {
    @Test
    void ofMeansIsWelch() {
      Witness witness = only(compare(NOW, 1.5, Method.mean()));
      assertThat(witness.name()).isEqualTo("means");
      assertThat(witness.narrow()).isEqualTo(Welch.of(NOW, BEFORE).interval(0.9));
      assertThat(witness.wide()).isEqualTo(Welch.of(NOW, BEFORE).interval(0.95));
    }

    @Test
    void ofTrimmedMeansIsYuen() {
      assertThat(only(compare(NOW, 1.5, Method.trimmed())).wide())
          .isEqualTo(Yuen.of(NOW, BEFORE, 0.2).interval(0.95));
    }

    @Test
    void ofTrimmedMeansOfPairsIsTheTrimmedT() {
      Verdict verdict = Baseline.of(VerdictTest.sample(0, BEFORE))
          .compare(VerdictTest.sample(0, NOW), Margin.absolute(2), Method.trimmed());
      double[] differences = new double[NOW.length];
      Arrays.setAll(differences, i -> NOW[i] - BEFORE[i]);
      assertThat(only(verdict).narrow()).isEqualTo(TrimmedT.of(differences, 0.2).interval(0.9));
    }

    @Test
    void byPermutationDrawsFromItsSeed() {
      Method method = Method.mean().byPermutation().withSeed(Seed.of(5));
      Interval wide = only(compare(NOW, 1.5, method)).wide();
      assertThat(wide)
          .isEqualTo(StudentisedPermutation.of(NOW, BEFORE, 0, Seed.of(5).child("location"))
              .interval(0.95));
      assertThat(only(compare(NOW, 1.5, method.withSeed(Seed.of(6)))).wide()).isNotEqualTo(wide);
      assertThat(
              only(compare(NOW, 1.5, Method.trimmed().byPermutation())).wide().lower())
          .isCloseTo(Yuen.of(NOW, BEFORE, 0.2).interval(0.95).lower(), within(0.2));
    }

    @Test
    void ofProbabilityIsBrunnerMunzelAboutOneHalf() {
      Verdict verdict = compare(NOW, 0.4, Method.probabilityOfImprovement());
      BrunnerMunzel test = BrunnerMunzel.of(NOW, BEFORE);
      assertThat(verdict.estimate()).isEqualTo(test.estimate() - 0.5);
      assertThat(only(verdict).wide().lower()).isEqualTo(test.interval(0.95).lower() - 0.5);
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(verdict.explain())
          .contains("  P - 1/2    ")
          .contains("by probability")
          .contains("  margin       0.400   of a probability");
      assertThat(only(compare(NOW, 0.4, Method.probabilityOfImprovement().byPermutation()))
              .wide())
          .isNotEqualTo(only(verdict).wide());
    }

    @Test
    void doesNotLookAtTheStepOfAMetricForAProbability() {
      Metric steps = Metric.of("accuracy").higherIsBetter().withResolution(1);
      Baseline baseline = Baseline.of(VerdictTest.sample(0, BEFORE).withMetric(steps));
      Sample fresh = VerdictTest.sample(1000, NOW).withMetric(steps);
      assertThat(baseline.compare(fresh, Margin.absolute(0.4), Method.probabilityOfImprovement()))
          .isInstanceOf(Replicated.class);
    }

    @Test
    void saysTheInterval() {
      assertThat(compare(NOW, 1.5, Method.mean()).reason())
          .startsWith("The interval lies strictly inside the margin.");
    }
  }

  @Nested
  class WithAlpha {
    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 0.500001, 1, Double.NaN})
    void outsideItsRangeIsRefused(double alpha) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Method.robust().withAlpha(alpha))
          .withMessageStartingWith("alpha must be above 0 and at most 0.5; got " + alpha);
    }

    @Test
    void narrowsAndWidensTheIntervals() {
      Witness strict =
          compare(NOW, 1.5, Method.robust().withAlpha(0.01)).evidence().first();
      assertThat(strict.narrow().level()).isEqualTo(0.98);
      assertThat(strict.wide().level()).isEqualTo(0.99);
      Verdict coin = compare(NOW, 1.5, Method.robust().withAlpha(0.5));
      assertThat(coin.evidence().first().wide().level()).isEqualTo(0.5);
      assertThat(coin).isInstanceOf(Replicated.class);
    }

    @Test
    void verdictAndPValueAgree() {
      Verdict verdict = compare(NOW, 1.5, Method.robust());
      double p = verdict.evidence().equivalencePValue();
      assertThat(p).isLessThan(0.05);
      assertThat(compare(NOW, 1.5, Method.robust().withAlpha(p * 1.01)))
          .isInstanceOf(Replicated.class);
      assertThat(compare(NOW, 1.5, Method.robust().withAlpha(p * 0.99)))
          .isInstanceOf(Inconclusive.class);
    }
  }

  @Test
  void refusesWhatMeansNothingToIt() {
    assertThatIllegalStateException()
        .isThrownBy(Method.robust()::byPermutation)
        .withMessageStartingWith("a comparison by ranks and means has nothing to permute");
    Method probability = Method.probabilityOfImprovement();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> compare(NOW, 0.5, probability))
        .withMessageStartingWith(
            "the margin of a probability must be absolute and below 0.5; got 0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baseline.of(VerdictTest.sample(0, BEFORE))
            .compare(VerdictTest.sample(0, NOW), Margin.absolute(0.1), probability))
        .withMessageContaining("both sides ran the same seeds");
  }

  @Test
  void isAValue() {
    assertThat(Method.mean()).isEqualTo(Method.mean()).hasSameHashCodeAs(Method.mean());
    assertThat(Method.mean()).isNotEqualTo(Method.mean().byPermutation());
    assertThat(Method.mean()).isNotEqualTo(Method.trimmed());
    assertThat(Method.trimmed().byPermutation().withAlpha(0.01))
        .hasToString("trimmed means, permuted, alpha 0.01");
  }
}
