package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockSeedTest {
  private static List<String> apis(Guarded<?> run) {
    return run.of(Kind.SEED_FROM_CLOCK).stream().map(Finding::api).sorted().toList();
  }

  // --- names

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed",
        "seeds",
        "SEED",
        "_seed",
        "m_Seed",
        "seed0",
        "setSeed",
        "randomSeed",
        "randomseed",
        "RANDOM_SEED",
        "RNGSeed",
        "seedValue",
        "seed_value",
        "seedFromClock",
        "timeSeed",
        "seedUniquifier"
      })
  void namesOfSeedsAreKnown(String name) {
    assertThat(SeedNames.isSeed(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "closeEdit",
        "parseEdge",
        "useEdges",
        "seedling",
        "exceeded",
        "linseed",
        "seedTime",
        "SEED_TIME",
        "seededAt",
        "timeOfSeed",
        "sinceLastSeed",
        "lastReseed",
        "lastReSeed",
        "seedDatabase"
      })
  void namesOfOtherThingsAreNotThoseOfSeeds(String name) {
    assertThat(SeedNames.isSeed(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java/util/Random",
        "java/util/SplittableRandom",
        "scala/util/Random",
        "org/apache/commons/math3/random/MersenneTwister",
        "org/apache/commons/math3/random/Well19937c",
        "org/apache/commons/math3/random/ISAACRandom",
        "org/apache/commons/math3/random/JDKRandomGenerator",
        "org/uma/jmetal/util/pseudorandom/impl/MersenneTwisterGenerator",
        "ec/util/MersenneTwisterFast",
        "it/unimi/dsi/util/XoRoShiRo128PlusRandom",
        "it/unimi/dsi/util/XorShift1024StarPhiRandom",
        "it/unimi/dsi/util/SplitMix64Random",
        "jsat/utils/random/XORWOW",
        "jsat/utils/random/CMWC5",
        "a/Xoshiro256PlusPlus",
        "a/Philox4x32",
        "a/Lcg64",
        "a/Games$FastRng",
        "a/MyRNG",
        "a/PseudoRandomNumberGenerator",
        "a/ConsistentRandomizer"
      })
  void namesOfGeneratorsAreKnown(String type) {
    assertThat(SeedNames.isGenerator(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smile/classification/RandomForest",
        "a/RandomSearchResult",
        "a/RandomSearch$Result",
        "random/Clock",
        "a/ReportGenerator",
        "a/RandomReportGenerator",
        "a/Generator",
        "a/GeneratorEvent",
        "a/Wellington",
        "a/Well7",
        "a/KISSmetrics",
        "a/LcgTable",
        "a/Nonrandom",
        "a/Spring"
      })
  void namesOfOtherClassesAreNotThoseOfGenerators(String type) {
    assertThat(SeedNames.isGenerator(type)).isFalse();
  }

  @Test
  void timesAreNeitherSeedsNorReplaced() {
    long before = System.currentTimeMillis();
    Guarded<List<Long>> run = Guarded.run(GuardOptions.replace(), 1, Times.class);

    assertThat(apis(run)).isEmpty();
    assertThat(run.value())
        .hasSize(6)
        .allSatisfy(time -> assertThat(time).isBetween(before, before + 3_600_000));
    assertThat(Guarded.run(GuardOptions.fail(), 1, Times.class).seen().fails()).isFalse();
  }

  /** Takes trees and a deadline. */
  record RandomForest(int trees, long deadline) {}

  record RandomSearchResult(String best, long nanos) {}

  record ReportGenerator(String title, long time) {}

  /** Not a generator for its name alone: its clock is one of two numbers. */
  record SlottedRandom(int slots, long deadline) {}

  static final class Document {
    long closed;

    void closeEdit(long time) {
      closed = time;
    }
  }

  static final class Times implements Callable<List<Long>> {
    private long parseEdge;

    @Override
    public List<Long> call() {
      List<Long> all = new ArrayList<>();
      all.add(new RandomForest(5, System.currentTimeMillis() + 10_000).deadline);
      long start = System.nanoTime() - System.currentTimeMillis();
      all.add(new RandomSearchResult("best", System.nanoTime() - start).nanos);
      all.add(new ReportGenerator("a", System.currentTimeMillis()).time);
      all.add(new SlottedRandom(5, System.currentTimeMillis()).deadline);
      Document document = new Document();
      document.closeEdit(System.currentTimeMillis());
      all.add(document.closed);
      parseEdge = System.currentTimeMillis();
      all.add(parseEdge);
      return all;
    }
  }
}
