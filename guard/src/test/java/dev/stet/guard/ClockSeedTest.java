package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class ClockSeedTest {
  private static List<String> apis(Guarded<?> run) {
    return run.of(Kind.SEED_FROM_CLOCK).stream().map(Finding::api).sorted().toList();
  }

  private static List<String> apis(GuardOptions options, Class<? extends Callable<?>> work) {
    return apis(run(options, 1, work));
  }

  @SuppressWarnings("unchecked")
  private static Guarded<Object> run(
      GuardOptions options, long seed, Class<? extends Callable<?>> work) {
    return Guarded.run(options, seed, (Class<? extends Callable<Object>>) work);
  }

  // --- paths

  static List<Class<? extends Callable<?>>> seededByTheClock() {
    return List.of(
        Printed.class,
        Captured.class,
        Ternary.class,
        TernaryArgument.class,
        Overwritten.class,
        Boxed.class,
        Narrow.class,
        Chosen.class,
        Switched.class,
        Looped.class,
        Shifted.class,
        TwoClocks.class,
        Tried.class);
  }

  @ParameterizedTest
  @MethodSource("seededByTheClock")
  void seedsThatTheClockGaveAreFoundAndReplaced(Class<? extends Callable<?>> work) {
    assertThat(apis(GuardOptions.observe(), work)).isNotEmpty();
    assertThat(run(GuardOptions.fail(), 1, work).seen().fails()).isTrue();

    Object first = run(GuardOptions.replace(), 1, work).value();
    assertThat(run(GuardOptions.replace(), 1, work).value()).isEqualTo(first);
    assertThat(run(GuardOptions.replace(), 2, work).value()).isNotEqualTo(first);
    assertThat(Guarded.<Object>outside(cast(work)))
        .as("outside a trial")
        .isNotEqualTo(Guarded.<Object>outside(cast(work)));
  }

  @ParameterizedTest
  @MethodSource("seededByTheClock")
  void seedsThatWereGivenInsteadAreNeitherReportedNorReplaced(Class<? extends Callable<?>> work) {
    if (work == Printed.class || work == Captured.class || work == Tried.class) {
      return; // these take none
    }
    System.setProperty("stet.test.seed", "5");
    try {
      Guarded<Object> run = run(GuardOptions.replace(), 1, work);

      assertThat(apis(run)).isEmpty();
      assertThat(run.value()).isEqualTo(Guarded.<Object>outside(cast(work)));
      assertThat(run(GuardOptions.fail(), 1, work).seen().fails()).isFalse();
    } finally {
      System.clearProperty("stet.test.seed");
    }
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Callable<Object>> cast(Class<? extends Callable<?>> work) {
    return (Class<? extends Callable<Object>>) work;
  }

  @Test
  void oneReadingGivesOneSeedWhereverItGoes() {
    List<Long> all = Guarded.run(GuardOptions.replace(), 1, Kept.class).value();

    assertThat(all).hasSize(4);
    assertThat(all.get(1)).isEqualTo(new Random(all.get(0)).nextLong()).isEqualTo(all.get(2));
    assertThat(all.get(3)).as("the clock itself").isNotEqualTo(all.get(0)).isPositive();
  }

  @Test
  void placesWhereEitherOfTwoClocksMayGiveTheSeedAreToldOfTheOneThatDid() {
    List<Finding> found =
        Guarded.run(GuardOptions.observe(), 1, TwoClocks.class).of(Kind.SEED_FROM_CLOCK);

    assertThat(found).extracting(Finding::count).containsExactly(1L);
  }

  @Test
  void loopsReadTheirSeedsAnew() {
    List<Long> all = Guarded.run(GuardOptions.replace(), 1, Looped.class).value();

    assertThat(all).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void timesOnTheSamePathsStayTimes() {
    long before = System.currentTimeMillis();
    Guarded<List<Long>> run = Guarded.run(GuardOptions.replace(), 1, Deadline.class);

    assertThat(apis(run)).containsExactly("new Random(clock)");
    assertThat(run.value().get(0)).isBetween(before, System.currentTimeMillis() + 10_000);
    assertThat(run.value().get(1))
        .isEqualTo(
            Guarded.run(GuardOptions.replace(), 1, Deadline.class).value().get(1));
  }

  @Test
  void smallNumbersOfTheClockAreNotMistakenForGivenOnes() {
    Guarded<List<Long>> run = Guarded.run(GuardOptions.replace(), 1, Coarse.class);

    assertThat(apis(run)).isEmpty();
    assertThat(run.value()).containsOnly(new Random(0).nextLong());
  }

  /** Classes of before Java 6 say nothing of the places where paths join. */
  @Test
  void joiningPathsAreSeenInOldClasses() throws Exception {
    ClassWriter old = new ClassWriter(0);
    ClassReader reader = new ClassReader(
        Objects.requireNonNull(Ternary.class.getResourceAsStream("ClockSeedTest$Ternary.class")));
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, old) {
          @Override
          public void visit(
              int version,
              int access,
              String name,
              @Nullable String signature,
              @Nullable String parent,
              String @Nullable [] interfaces) {
            super.visit(Opcodes.V1_5, access, name, signature, parent, interfaces);
          }

          @Override
          public void visitNestHost(String host) {}
        },
        ClassReader.SKIP_FRAMES);
    Rewriter.Rewritten rewritten = Objects.requireNonNull(
        new Rewriter(new Rewriter.Switches(false, false)).rewrite(old.toByteArray()));
    assertThat(rewritten.sites()).extracting(Site::kind).contains(Kind.SEED_FROM_CLOCK);
    Class<?> type = new ClassLoader(ClockSeedTest.class.getClassLoader()) {
      Class<?> define(byte[] bytes) {
        return defineClass(null, bytes, 0, bytes.length);
      }
    }.define(rewritten.bytes());
    Constructor<?> made = type.getDeclaredConstructor();
    made.setAccessible(true);
    System.setProperty("stet.test.seed", "5");
    Watch watch = Watch.begin(GuardOptions.replace(), Seed.of(1));
    try {
      assertThat(((Callable<?>) made.newInstance()).call()).isEqualTo(new Random(5).nextLong());
    } finally {
      watch.end();
      System.clearProperty("stet.test.seed");
    }
  }

  static @Nullable String given() {
    return System.getProperty("stet.test.seed");
  }

  static final class Coarse implements Callable<List<Long>> {
    @Override
    public List<Long> call() {
      List<Long> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        long s = i % 2 == 0 ? 0 : System.nanoTime() % 1;
        all.add(new Random(s).nextLong());
      }
      return all;
    }
  }

  static final class Printed implements Callable<Long> {
    @Override
    public Long call() {
      long s = System.nanoTime();
      String said = "seed " + s;
      return new Random(s).nextLong() + 0L * said.length();
    }
  }

  /** With a dynamic call in between, as texts are joined outside this module. */
  static final class Captured implements Callable<Long> {
    @Override
    public Long call() {
      long s = System.nanoTime();
      Supplier<String> said = () -> "seed " + s;
      return new Random(s).nextLong() + 0L * said.get().length();
    }
  }

  static final class Ternary implements Callable<Long> {
    @Override
    public Long call() {
      String given = System.getProperty("stet.test.seed");
      long s = given != null ? Long.parseLong(given) : System.nanoTime();
      return new Random(s).nextLong();
    }
  }

  static final class TernaryArgument implements Callable<Long> {
    @Override
    public Long call() {
      return new Random(given() == null ? System.nanoTime() : 5).nextLong();
    }
  }

  static final class Overwritten implements Callable<Long> {
    @Override
    public Long call() {
      long s = System.nanoTime();
      if (given() != null) {
        s = 5;
      }
      return new Random(s).nextLong();
    }
  }

  static final class Boxed implements Callable<Long> {
    @Override
    public Long call() {
      String given = given();
      Long s = given == null ? null : Long.valueOf(given);
      if (s == null) {
        s = System.nanoTime();
      }
      return new Random(s).nextLong();
    }
  }

  static final class Narrow implements Callable<Long> {
    @Override
    public Long call() {
      String given = given();
      int s = given != null ? Integer.parseInt(given) : (int) System.nanoTime();
      return new Random(s).nextLong();
    }
  }

  /** Two places, of which each run comes to one. */
  static final class Chosen implements Callable<List<Long>> {
    @Override
    public List<Long> call() {
      return List.of(draw(true), draw(false));
    }

    private static long draw(boolean plain) {
      long s = given() != null ? 5 : System.nanoTime() ^ 77;
      return plain ? new Random(s).nextLong() : new SplittableRandom(s).nextLong();
    }
  }

  static final class Switched implements Callable<Long> {
    @Override
    public Long call() {
      String given = given();
      long s;
      switch (given == null ? 0 : given.length()) {
        case 0 -> s = System.nanoTime();
        case 1 -> s = 7;
        default -> s = 9;
      }
      return new Random(s).nextLong();
    }
  }

  static final class Looped implements Callable<List<Long>> {
    @Override
    public List<Long> call() {
      List<Long> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        long s = given() != null ? 5 : System.nanoTime();
        all.add(new Random(s).nextLong());
      }
      return all;
    }
  }

  /** Every generator has its own, by arithmetic after paths have joined. */
  static final class Shifted implements Callable<List<Long>> {
    @Override
    public List<Long> call() {
      List<Long> all = new ArrayList<>();
      long s = given() != null ? 5 : System.nanoTime();
      for (int i = 0; i < 3; i++) {
        all.add(new Random(s + i).nextLong());
      }
      return all;
    }
  }

  static final class TwoClocks implements Callable<Long> {
    @Override
    public Long call() {
      String given = given();
      long s = System.nanoTime() > 0 ? System.nanoTime() : System.currentTimeMillis();
      if (given != null) {
        s = Long.parseLong(given);
      }
      return new Random(s).nextLong();
    }
  }

  static final class Kept implements Callable<List<Long>> {
    private long seed;

    @Override
    @SuppressWarnings("AssignmentExpression") // it copies the value on the stack
    public List<Long> call() {
      long s = System.nanoTime();
      Random first = new Random(seed = s);
      Random second = new Random(s);
      return List.of(seed, first.nextLong(), second.nextLong(), s);
    }
  }

  static final class Tried implements Callable<Long> {
    @Override
    public Long call() {
      long s;
      try {
        s = Long.parseLong("none");
      } catch (NumberFormatException e) {
        s = System.nanoTime();
      }
      return new Random(s).nextLong();
    }
  }

  static final class Deadline implements Callable<List<Long>> {
    @Override
    public List<Long> call() {
      long now = System.currentTimeMillis();
      if (given() != null) {
        now = 5;
      }
      long deadline = now + 10_000;
      return List.of(deadline, new Random(now).nextLong());
    }
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
