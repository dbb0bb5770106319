package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** What holds for the verdicts of every method, paired or not. */
class MethodProperties {
  private static final int TRIES = 120;
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(8, runnable -> {
    Thread thread = new Thread(runnable);
    thread.setDaemon(true);
    return thread;
  });

  @AfterContainer
  static void endThreads() {
    THREADS.shutdown();
  }

  /** Two samples, whether their seeds are the same, and how they are compared. */
  @SuppressWarnings("ArrayRecordComponent") // two samples, never compared
  record Case(double[] before, double[] now, boolean paired, Method method) {
    Verdict verdict(double margin) {
      return compare(before, now, margin);
    }

    Verdict swapped(double margin) {
      return compare(now, before, margin);
    }

    Case map(DoubleUnaryOperator change) {
      return new Case(
          Arrays.stream(before).map(change).toArray(),
          Arrays.stream(now).map(change).toArray(),
          paired,
          method);
    }

    private Verdict compare(double[] one, double[] other, double margin) {
      return compare(runs(one, 0), runs(other, paired ? 0 : 1000), margin);
    }

    Verdict shuffled(double margin, long seed) {
      List<SampleRun> one = new ArrayList<>(runs(before, 0));
      List<SampleRun> other = new ArrayList<>(runs(now, paired ? 0 : 1000));
      Collections.shuffle(one, new Random(seed));
      Collections.shuffle(other, new Random(seed + 1));
      return compare(one, other, margin);
    }

    private Verdict compare(List<SampleRun> one, List<SampleRun> other, double margin) {
      Metric metric = Metric.of("value");
      return Baseline.of(Sample.of("e", metric, one))
          .compare(Sample.of("e", metric, other), Margin.absolute(margin), method);
    }

    private static List<SampleRun> runs(double[] values, int firstSeed) {
      return IntStream.range(0, values.length)
          .mapToObj(i -> SampleRun.completed(Seed.of(firstSeed + i), values[i]))
          .toList();
    }

    /** Probabilities stay below a half; others are in units of the values. */
    double margin() {
      return method.location().isInUnits() ? 8 : 0.25;
    }

    @Override
    public String toString() {
      return method + (paired ? ", pairs " : " ") + Arrays.toString(before) + " "
          + Arrays.toString(now);
    }
  }

  /** Multiples of an eighth with a few ties, at most five against five where arrangements are counted. */
  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.of(
            Method.robust(),
            Method.mean(),
            Method.trimmed(),
            Method.probabilityOfImprovement(),
            Method.exact(),
            Method.mean().byPermutation(),
            Method.trimmed().byPermutation(),
            Method.probabilityOfImprovement().byPermutation())
        .flatMap(method -> {
          int most = method.isPermuting() ? 5 : 14;
          boolean canPair = method.location().isInUnits();
          return Combinators.combine(values(most), values(most), Arbitraries.of(canPair, false))
              .as((before, now, paired) -> {
                int n = Math.min(before.length, now.length);
                return paired
                    ? new Case(Arrays.copyOf(before, n), Arrays.copyOf(now, n), true, method)
                    : new Case(before, now, false, method);
              });
        });
  }

  /** Centred at 0 or a little above, so that the values are of the size of the margin. */
  private static Arbitrary<double[]> values(int most) {
    return Combinators.combine(
            Arbitraries.integers()
                .between(-40, 40)
                .map(i -> i / 8.0)
                .array(double[].class)
                .ofMinSize(1)
                .ofMaxSize(most),
            Arbitraries.of(0, 0, 4, 16))
        .as((values, shift) -> Arrays.stream(values).map(value -> value + shift).toArray());
  }

  private static int rank(Verdict verdict) {
    return verdict instanceof Replicated ? 1 : verdict instanceof Differs ? -1 : 0;
  }

  @Property(seed = "20261127", tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void swappingTheSidesMirrorsTheVerdict(@ForAll("cases") Case each) {
    Verdict one = each.verdict(each.margin());
    Verdict other = each.swapped(each.margin());
    assertThat(rank(other)).isEqualTo(rank(one));
    if (!isTie(one)) {
      near(other.estimate(), -one.estimate());
    }
    for (int i = 0; i < one.evidence().witnesses().size(); i++) {
      Witness witness = one.evidence().witnesses().get(i);
      Witness mirrored = other.evidence().witnesses().get(i);
      near(mirrored.wide().lower(), -witness.wide().upper());
      near(mirrored.narrow().upper(), -witness.narrow().lower());
    }
  }

  /** Of exact differences the estimate is the largest, and of two as large the positive one, whichever side is first. */
  private static boolean isTie(Verdict verdict) {
    Witness first = verdict.evidence().first();
    return verdict.evidence().method().location() == Location.EXACT
        && first.wide().lower() == -first.wide().upper();
  }

  private static void near(double actual, double expected) {
    if (Double.isInfinite(expected)) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(Math.abs(actual - expected)).isLessThan(1e-9);
    }
  }

  /** Powers of two, and moves by whole numbers, leave no rounding. */
  @Property(seed = "20261127", tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void unitsAndOriginDoNotMatter(@ForAll("cases") Case each) {
    double margin = each.margin();
    Verdict verdict = each.verdict(margin);
    double unit = each.method().location().isInUnits() ? 4 : 1;
    Verdict scaled = each.map(value -> 4 * value).verdict(unit * margin);
    Verdict moved = each.map(value -> value + 64).verdict(margin);
    assertThat(rank(scaled)).isEqualTo(rank(verdict));
    assertThat(rank(moved)).isEqualTo(rank(verdict));
    near(scaled.estimate(), unit * verdict.estimate());
    near(moved.estimate(), verdict.estimate());
  }

  @Property(seed = "20261127", tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void theOrderOfTheRunsDoesNotMatter(@ForAll("cases") Case each, @ForAll long seed) {
    assertThat(each.shuffled(each.margin(), seed).explain())
        .isEqualTo(each.verdict(each.margin()).explain());
  }

  @Property(seed = "20261127", tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aWiderMarginNeverMakesItWorse(@ForAll("cases") Case each) {
    boolean inUnits = each.method().location().isInUnits();
    int last = -1;
    for (double share : new double[] {0.125, 0.25, 0.5, 0.75, 0.98}) {
      int rank = rank(each.verdict(inUnits ? 1 + 40 * (share - 0.125) : share / 2));
      assertThat(rank).isGreaterThanOrEqualTo(last);
      last = rank;
    }
  }

  @Property(seed = "20261127", tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void pValuesAreProbabilitiesAndAgreeWithTheVerdict(@ForAll("cases") Case each) {
    Verdict verdict = each.verdict(each.margin());
    double differs = verdict.evidence().differencePValue();
    double equal = verdict.evidence().equivalencePValue();
    assertThat(differs).isPositive().isLessThanOrEqualTo(1);
    assertThat(equal).isPositive().isLessThanOrEqualTo(1);
    if (verdict instanceof Differs) {
      assertThat(differs).isLessThanOrEqualTo(0.05);
      assertThat(equal).isGreaterThan(0.05);
    }
    if (verdict instanceof Replicated) {
      assertThat(equal).isLessThanOrEqualTo(0.05);
      assertThat(differs).isGreaterThan(0.05);
    }
  }

  @Property(seed = "20261127", tries = 40, edgeCases = EdgeCasesMode.NONE)
  void eightThreadsGetTheAnswerOfOne(@ForAll("cases") Case each)
      throws InterruptedException, ExecutionException {
    String expected = each.verdict(each.margin()).explain();
    List<Future<String>> answers = IntStream.range(0, 8)
        .mapToObj(i -> THREADS.submit(() -> each.verdict(each.margin()).explain()))
        .toList();
    for (Future<String> answer : answers) {
      assertThat(answer.get()).isEqualTo(expected);
    }
  }
}
