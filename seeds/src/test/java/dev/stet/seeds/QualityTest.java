package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Streams of neighbouring paths look independent: word by word in turn, and the first word of each.
 *
 * <p>False-alarm budget: six sequences of 17 scores, 64 of avalanche and 8 of shape are 174 numbers, nearly
 * normal each. A normal number is beyond 5.5 with probability 3.8e-8; twice that for the tails of the counts
 * gives 1.3e-5 for the whole class. The seeds are fixed, so that this was spent once, when they were chosen.
 */
class QualityTest {
  private static final int WORDS = 1 << 18;
  private static final double LIMIT = 5.5;

  @Test
  void interleavedStreamsOfSixteenWorkers() {
    assertRandom(interleaved(Seed.of(42).child("worker").spawn(16).stream().map(Seed::stream)));
  }

  @Test
  void interleavedStreamsOfAThousandWorkers() {
    assertRandom(interleaved(Seed.of(42).spawn(1000).stream().map(Seed::stream)));
  }

  @Test
  void interleavedAddressableSubstreams() {
    AddressableStream stream = Seed.of(42).addressable();
    assertRandom(interleaved(IntStream.range(0, 16).mapToObj(stream::substream)));
  }

  @Test
  void firstWordsOfChildren() {
    Seed trial = Seed.of(42).child("trial");
    assertRandom(i -> trial.child(i).stream().nextLong());
  }

  @Test
  void firstWordsUnderNeighbouringRoots() {
    assertRandom(i -> Seed.of(i).child("weights").stream().nextLong());
  }

  @Test
  void narrowSeedsOfNeighbouringRoots() {
    assertRandom(i -> Seed.of(i).toLong());
  }

  @Test
  void failsForRandomWithNeighbouringSeeds() {
    assertThat(worst(i -> new Random(42 + i).nextLong())).isGreaterThan(100);
    assertThat(worst(interleaved(IntStream.range(42, 58).mapToObj(Random::new))))
        .isGreaterThan(LIMIT);
  }

  @Test
  void flippingOneBitOfAPathFlipsHalfOfTheWord() {
    Seed root = Seed.of(42);
    for (int bit = 0; bit < 64; bit++) {
      double flipped = 0;
      for (int i = 0; i < 1000; i++) {
        long one = root.child(i).stream().nextLong();
        long other = root.child(i ^ (1L << bit)).stream().nextLong();
        flipped += Long.bitCount(one ^ other);
      }
      assertThat((flipped - 32_000) / Math.sqrt(16_000)).as("bit %d", bit).isBetween(-LIMIT, LIMIT);
    }
  }

  @Test
  void gaussiansHaveTheShapeOfTheNormalDistribution() {
    int n = 2_000_000;
    double[] x = new double[n];
    Seed.of(42).stream().fillGaussian(x);

    assertThat(Arrays.stream(x).sum() / Math.sqrt(n)).isBetween(-LIMIT, LIMIT);
    assertThat((Arrays.stream(x).map(v -> v * v).sum() / n - 1) * Math.sqrt(n / 2.0))
        .isBetween(-LIMIT, LIMIT);
    double[][] tails = {
      {0.25, 0.401293674317076},
      {1, 0.158655253931457},
      {2, 0.0227501319481792},
      {3, 0.00134989803163009},
      {3.654152885361009, 0.000129016243826951},
      {4, 3.16712418331199e-05}
    };
    for (double[] tail : tails) {
      double beyond = Arrays.stream(x).filter(v -> Math.abs(v) > tail[0]).count();
      double expected = 2 * tail[1] * n;
      assertThat((beyond - expected) / Math.sqrt(expected * (1 - 2 * tail[1])))
          .as("beyond %s", tail[0])
          .isBetween(-LIMIT, LIMIT);
    }
  }

  private static IntToLongFunction interleaved(
      java.util.stream.Stream<? extends RandomGenerator> streams) {
    RandomGenerator[] all = streams.toArray(RandomGenerator[]::new);
    return i -> all[i % all.length].nextLong();
  }

  private static void assertRandom(IntToLongFunction word) {
    Map<String, Double> scores = Battery.scores(WORDS, word);
    assertThat(scores)
        .hasSize(17)
        .allSatisfy((name, score) -> assertThat(score).as(name).isBetween(-LIMIT, LIMIT));
  }

  private static double worst(IntToLongFunction word) {
    return Battery.scores(WORDS, word).values().stream()
        .mapToDouble(Math::abs)
        .max()
        .orElseThrow();
  }
}
