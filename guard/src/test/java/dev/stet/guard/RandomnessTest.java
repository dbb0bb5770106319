package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RandomnessTest {
  static List<Arguments> sources() {
    return List.of(
        Arguments.of(MathRandom.class, "Math.random()"),
        Arguments.of(StrictMathRandom.class, "StrictMath.random()"),
        Arguments.of(MathRandomReference.class, "Math.random()"),
        Arguments.of(NewRandom.class, "new Random()"),
        Arguments.of(NewRandomReference.class, "new Random()"),
        Arguments.of(Subclass.class, "super() of java.util.Random"),
        Arguments.of(Anonymous.class, "super() of java.util.Random"),
        Arguments.of(Splittable.class, "new SplittableRandom()"),
        Arguments.of(ThreadLocalDraw.class, "ThreadLocalRandom.nextInt"),
        Arguments.of(ThreadLocalInVariable.class, "ThreadLocalRandom.nextGaussian"),
        Arguments.of(ThreadLocalPassed.class, "ThreadLocalRandom.current()"),
        Arguments.of(ThreadLocalReturned.class, "ThreadLocalRandom.current()"),
        Arguments.of(DefaultGenerator.class, "RandomGenerator.getDefault()"),
        Arguments.of(NamedGenerator.class, "RandomGenerator.of(name)"),
        Arguments.of(JumpableNamed.class, "JumpableGenerator.of(name)"),
        Arguments.of(SplittableNamed.class, "SplittableGenerator.of(name)"),
        Arguments.of(CountingDraws.class, "super() of java.util.Random"),
        Arguments.of(Factory.class, "RandomGeneratorFactory.create()"),
        Arguments.of(Shuffle.class, "Collections.shuffle(list)"),
        Arguments.of(ShuffleReference.class, "Collections.shuffle(list)"));
  }

  @ParameterizedTest
  @MethodSource("sources")
  <T> void isSeenWithItsLine(Class<? extends Callable<T>> work, String api) {
    Guarded<T> run = Guarded.run(GuardOptions.observe(), 1, work);

    List<Finding> found = run.of(Kind.UNSEEDED_RANDOM);
    assertThat(found).as("%s", run.seen().findings()).hasSize(1);
    Finding finding = found.get(0);
    assertThat(finding.api()).isEqualTo(api);
    assertThat(finding.treatment()).isEqualTo(Treatment.OBSERVED);
    assertThat(finding.className()).startsWith(work.getName());
    assertThat(finding.file()).isEqualTo("RandomnessTest.java");
    assertThat(finding.line()).isPositive();
    assertThat(finding.remedy()).isNotEmpty();
    assertThat(run.seen().classes()).matches("[0-9a-f]{64}");
    assertThat(run.seen().fails()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("sources")
  <T> void isReplacedByNumbersOfTheSeed(Class<? extends Callable<T>> work, String api) {
    Guarded<T> first = Guarded.run(GuardOptions.replace(), 1, work);
    Guarded<T> again = Guarded.run(GuardOptions.replace(), 1, work);
    Guarded<T> other = Guarded.run(GuardOptions.replace(), 2, work);

    assertThat(again.value()).isEqualTo(first.value()).isNotEqualTo(other.value());
    assertThat(again.seen()).isEqualTo(first.seen());
    assertThat(first.of(Kind.UNSEEDED_RANDOM))
        .extracting(Finding::treatment)
        .containsOnly(Treatment.REPLACED);
  }

  @ParameterizedTest
  @MethodSource("sources")
  <T> void isAsBeforeOutsideOfTrialsAndWhereItIsOnlySeen(
      Class<? extends Callable<T>> work, String api) {
    assertThat(Guarded.outside(work)).isNotEqualTo(Guarded.outside(work));
    assertThat(Guarded.run(GuardOptions.observe(), 1, work).value())
        .isNotEqualTo(Guarded.run(GuardOptions.observe(), 1, work).value());
  }

  @ParameterizedTest
  @MethodSource("sources")
  <T> void failsATrialThatMustNotUseIt(Class<? extends Callable<T>> work, String api) {
    assertThat(Guarded.run(GuardOptions.fail(), 1, work).seen().fails()).isTrue();
  }

  @Test
  void aLineIsTheOneOfTheCall() {
    Finding finding = Guarded.run(GuardOptions.observe(), 1, Lines.class)
        .of(Kind.UNSEEDED_RANDOM)
        .get(0);

    assertThat(finding.line()).isEqualTo(Lines.LINE);
    assertThat(finding.count()).isEqualTo(3);
    assertThat(finding.place())
        .isEqualTo(
            "dev.stet.guard.RandomnessTest$Lines.call(RandomnessTest.java:" + Lines.LINE + ")");
  }

  @Test
  void seededGeneratorsAreNoFinding() {
    assertThat(Guarded.run(GuardOptions.observe(), 1, Seeded.class).of(Kind.UNSEEDED_RANDOM))
        .isEmpty();
    assertThat(Guarded.run(GuardOptions.replace(), 1, Seeded.class).value())
        .isEqualTo(new Random(7).nextLong());
  }

  @Test
  void aSubclassThatDrawsItsOwnNumbersDoesNotUseTheSeedOfItsSuperclass() {
    assertThat(Guarded.run(GuardOptions.observe(), 1, OwnDraws.class).of(Kind.UNSEEDED_RANDOM))
        .isEmpty();
  }

  @Test
  void aNameOfAnotherKindOfGeneratorIsRefusedAsBefore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GuardRuntime.jumpable("SplittableRandom", 0))
        .withMessageContaining("SplittableRandom");
    Watch watch = Watch.begin(GuardOptions.replace(), Seed.of(1));
    try {
      int site = Sites.of("test", 1, RandomnessTest::site).id();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GuardRuntime.jumpable("SplittableRandom", site))
          .withMessageContaining("SplittableRandom");
    } finally {
      watch.end();
    }
  }

  private static Site site(int id) {
    return new Site(
        id,
        "test",
        "",
        "",
        "",
        1,
        Kind.UNSEEDED_RANDOM,
        "test",
        "",
        Rule.Replaced.IN_REPLACE,
        true);
  }

  @Test
  void oneMoreCallAtOneSiteShiftsNoOther() {
    List<Double> one = Guarded.run(GuardOptions.replace(), 1, TwoSites.class).value();

    assertThat(Guarded.run(GuardOptions.replace(), 1, TwoSites.class).value()).isEqualTo(one);
    assertThat(one.get(3)).isEqualTo(one.get(4));
  }

  @Test
  void idsAreReplacedOnlyOnDemand() {
    assertThat(Guarded.run(GuardOptions.replace(), 1, Id.class).value())
        .isNotEqualTo(Guarded.run(GuardOptions.replace(), 1, Id.class).value());
    UUID id = Guarded.run(GuardOptions.replace().withUuids(), 1, Id.class).value();
    assertThat(Guarded.run(GuardOptions.replace().withUuids(), 1, Id.class).value())
        .isEqualTo(id);
    assertThat(id.version()).isEqualTo(4);
    assertThat(id.variant()).isEqualTo(2);
  }

  static final class MathRandom implements Callable<Double> {
    @Override
    public Double call() {
      return Math.random();
    }
  }

  static final class StrictMathRandom implements Callable<Double> {
    @Override
    public Double call() {
      return StrictMath.random();
    }
  }

  static final class MathRandomReference implements Callable<Double> {
    @Override
    public Double call() {
      DoubleSupplier draw = Math::random;
      return draw.getAsDouble();
    }
  }

  static final class NewRandom implements Callable<Long> {
    @Override
    public Long call() {
      return new Random().nextLong();
    }
  }

  static final class NewRandomReference implements Callable<Long> {
    @Override
    public Long call() {
      Supplier<Random> make = Random::new;
      return make.get().nextLong();
    }
  }

  static final class Subclass implements Callable<Long> {
    static final class Own extends Random {
      private final int twice;

      Own(boolean two) {
        super();
        twice = two ? 2 : 1;
      }

      long next() {
        return twice * nextLong();
      }
    }

    @Override
    public Long call() {
      return new Own(true).next();
    }
  }

  static final class Anonymous implements Callable<Long> {
    @Override
    public Long call() {
      return new Random() {
        @Override
        public long nextLong() {
          return super.nextLong() + 1;
        }
      }.nextLong();
    }
  }

  static final class Splittable implements Callable<Long> {
    @Override
    public Long call() {
      return new SplittableRandom().nextLong();
    }
  }

  static final class ThreadLocalDraw implements Callable<Integer> {
    @Override
    public Integer call() {
      return ThreadLocalRandom.current().nextInt(1, 1 << 30);
    }
  }

  static final class ThreadLocalInVariable implements Callable<Double> {
    @Override
    public Double call() {
      double sum = 0;
      ThreadLocalRandom random = ThreadLocalRandom.current();
      for (int i = 0; i < 3; i++) {
        sum += random.nextGaussian();
      }
      return sum;
    }
  }

  static final class ThreadLocalPassed implements Callable<List<Integer>> {
    @Override
    public List<Integer> call() {
      List<Integer> list = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
      Collections.shuffle(list, ThreadLocalRandom.current());
      return list;
    }
  }

  static final class ThreadLocalReturned implements Callable<Long> {
    @Override
    public Long call() {
      return random().nextLong();
    }

    private static Random random() {
      return ThreadLocalRandom.current();
    }
  }

  static final class DefaultGenerator implements Callable<Long> {
    @Override
    public Long call() {
      return RandomGenerator.getDefault().nextLong();
    }
  }

  static final class NamedGenerator implements Callable<Long> {
    @Override
    public Long call() {
      return RandomGenerator.of("Xoshiro256PlusPlus").nextLong();
    }
  }

  static final class JumpableNamed implements Callable<Long> {
    @Override
    public Long call() {
      return RandomGenerator.JumpableGenerator.of("Xoshiro256PlusPlus").nextLong();
    }
  }

  static final class SplittableNamed implements Callable<Long> {
    @Override
    public Long call() {
      return RandomGenerator.SplittableGenerator.of("L64X128MixRandom").nextLong();
    }
  }

  /** Looks like a generator of its own, and draws from its superclass. */
  static final class CountingDraws implements Callable<Integer> {
    static final class Counting extends Random {
      private int drawn;

      @Override
      protected int next(int bits) {
        drawn++;
        return super.next(bits);
      }
    }

    @Override
    public Integer call() {
      Counting random = new Counting();
      return random.nextInt() + 0 * random.drawn;
    }
  }

  static final class Factory implements Callable<Long> {
    @Override
    public Long call() {
      return RandomGeneratorFactory.of("L64X128MixRandom").create().nextLong();
    }
  }

  static final class Shuffle implements Callable<List<Integer>> {
    @Override
    public List<Integer> call() {
      List<Integer> list = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
      Collections.shuffle(list);
      return list;
    }
  }

  static final class ShuffleReference implements Callable<List<Integer>> {
    @Override
    public List<Integer> call() {
      List<Integer> list = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
      java.util.function.Consumer<List<Integer>> shuffle = Collections::shuffle;
      shuffle.accept(list);
      return list;
    }
  }

  static final class Lines implements Callable<Double> {
    static final int LINE = new Throwable().getStackTrace()[0].getLineNumber() + 8;

    @Override
    public Double call() {
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        sum +=
            // the very line:
            Math.random();
      }
      return sum;
    }
  }

  static final class Seeded implements Callable<Long> {
    @Override
    public Long call() {
      return new Random(7).nextLong();
    }
  }

  static final class OwnDraws implements Callable<Integer> {
    static final class Drawing extends Random {
      @Override
      protected int next(int bits) {
        return bits;
      }
    }

    @Override
    public Integer call() {
      return new Drawing().nextInt();
    }
  }

  static final class TwoSites implements Callable<List<Double>> {
    @Override
    public List<Double> call() {
      double a = Math.random();
      double b = Math.random();
      double c = new Random().nextDouble();
      double first = one(1);
      double second = one(5);
      return List.of(a, b, c, first, second);
    }

    private static double one(int before) {
      double last = 0;
      for (int i = 0; i < before; i++) {
        last = new Random().nextDouble();
      }
      return before == 1 ? other() : other(last);
    }

    private static double other() {
      return new SplittableRandom(3).nextDouble();
    }

    private static double other(double drawn) {
      return drawn < 2 ? new SplittableRandom(3).nextDouble() : 0;
    }
  }

  static final class Id implements Callable<UUID> {
    @Override
    public UUID call() {
      return UUID.randomUUID();
    }
  }
}
