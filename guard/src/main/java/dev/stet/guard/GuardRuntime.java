package dev.stet.guard;

import dev.stet.seeds.RandomStream;
import dev.stet.spi.Finding;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.ArbitrarilyJumpableGenerator;
import java.util.random.RandomGenerator.JumpableGenerator;
import java.util.random.RandomGenerator.LeapableGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGenerator.StreamableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls where it would have drawn numbers that are nobody's. Not for calling; not stable.
 *
 * <p>Outside a trial each method does what was called before, and nothing else.
 */
@SuppressWarnings("MissingJavadocMethod")
public final class GuardRuntime {
  private static final AtomicLong SEEDS = new AtomicLong(System.nanoTime());

  private GuardRuntime() {}

  /** The number of a site of a class that was rewritten before this JVM started. */
  public static int site(
      String key,
      String className,
      String method,
      String file,
      int line,
      String kind,
      String api,
      String remedy,
      String replaced,
      boolean told) {
    return Sites.of(
            key,
            line,
            id -> new Site(
                id,
                key,
                className,
                method,
                file,
                line,
                Finding.Kind.valueOf(kind),
                api,
                remedy,
                Rule.Replaced.valueOf(replaced),
                told))
        .id();
  }

  public static void note(int site) {
    Watch watch = Trials.active;
    if (watch != null) {
      watch.note(site);
    }
  }

  public static double random(int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.draw(site);
    return stream == null ? Math.random() : stream.nextDouble();
  }

  public static double strictRandom(int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.draw(site);
    return stream == null ? StrictMath.random() : stream.nextDouble();
  }

  public static Random newRandom(int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.make(site);
    return stream == null ? new Random() : new Random(stream.nextLong());
  }

  public static Random newStaticRandom(int site) {
    Watch watch = Trials.active;
    Watch trial = watch == null ? null : watch.use(site);
    Random random = trial == null || !trial.replacing
        ? new Random()
        : new Random(trial.staticSeed(Sites.get(site).key()));
    Statics.add(random, site, false);
    return random;
  }

  public static void seeded(Random random, int site) {
    Statics.add(random, site, true);
  }

  /** The seed of a superclass that was given none. */
  public static long randomSeed(int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.make(site);
    return stream == null ? anySeed() : stream.nextLong();
  }

  /** As unpredictable as the JDK's: a counter's steps and the clock. */
  private static long anySeed() {
    long step = SEEDS.getAndAdd(0x9e3779b97f4a7c15L);
    step = (step ^ (step >>> 32)) * 0xd6e8feb86659fd93L;
    return (step ^ (step >>> 32)) ^ System.nanoTime();
  }

  public static SplittableRandom newSplittableRandom(int site) {
    Watch watch = Trials.active;
    if (watch != null && watch.onlyCounts()) {
      SplittableRandom made =
          new SplittableRandom(); // counted before, it would wait for the count to be stored
      watch.count(site);
      return made;
    }
    RandomStream stream = watch == null ? null : watch.make(site);
    return stream == null ? new SplittableRandom() : new SplittableRandom(stream.nextLong());
  }

  /** A seed that came from the clock. */
  public static long seed(long clock, int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.make(site);
    return stream == null ? clock : stream.nextLong();
  }

  /** A narrow seed that came from the clock. */
  public static int seed(int clock, int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.make(site);
    return stream == null ? clock : stream.nextInt();
  }

  public static void reading(long clock, int reading) {
    if (Trials.active != null) {
      Reading.keep(reading, clock);
    }
  }

  public static void reading(int clock, int reading) {
    reading((long) clock, reading);
  }

  /** A seed that came from the clock if it is what the clock gave last, and is the program's own if not. */
  public static long seed(long value, int site, int reading) {
    Watch watch = Trials.active;
    Reading last = watch == null ? null : Reading.last(reading);
    if (watch == null || last == null || last.clock() != value) {
      return value;
    }
    RandomStream stream = watch.make(site);
    return stream == null ? value : last.given(stream);
  }

  /** A narrow seed that came from the clock if it is what the clock gave last. */
  public static int seed(int value, int site, int reading) {
    Watch watch = Trials.active;
    Reading last = watch == null ? null : Reading.last(reading);
    if (watch == null || last == null || (int) last.clock() != value) {
      return value;
    }
    RandomStream stream = watch.make(site);
    return stream == null ? value : (int) last.given(stream);
  }

  public static RandomGenerator defaultGenerator(int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.make(site);
    return stream == null
        ? RandomGenerator.getDefault()
        : RandomGeneratorFactory.getDefault().create(stream.nextLong());
  }

  public static RandomGenerator generator(String name, int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.make(site);
    return stream == null || name.equals("SecureRandom")
        ? RandomGenerator.of(name)
        : RandomGeneratorFactory.of(name).create(stream.nextLong());
  }

  public static RandomGenerator generator(int site, String name) {
    return generator(name, site);
  }

  public static StreamableGenerator streamable(String name, int site) {
    return generator(name, site, StreamableGenerator.class, StreamableGenerator::of);
  }

  public static SplittableGenerator splittable(String name, int site) {
    return generator(name, site, SplittableGenerator.class, SplittableGenerator::of);
  }

  public static JumpableGenerator jumpable(String name, int site) {
    return generator(name, site, JumpableGenerator.class, JumpableGenerator::of);
  }

  public static LeapableGenerator leapable(String name, int site) {
    return generator(name, site, LeapableGenerator.class, LeapableGenerator::of);
  }

  public static ArbitrarilyJumpableGenerator arbitrarilyJumpable(String name, int site) {
    return generator(
        name, site, ArbitrarilyJumpableGenerator.class, ArbitrarilyJumpableGenerator::of);
  }

  /** One of another kind is asked for as before, which says what is wrong. */
  private static <G extends RandomGenerator> G generator(
      String name, int site, Class<G> kind, Function<String, G> otherwise) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.make(site);
    if (stream != null) {
      RandomGenerator made = RandomGeneratorFactory.of(name).create(stream.nextLong());
      if (kind.isInstance(made)) {
        return kind.cast(made);
      }
    }
    return otherwise.apply(name);
  }

  public static RandomGenerator create(
      RandomGeneratorFactory<? extends RandomGenerator> factory, int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.make(site);
    return stream == null || factory.name().equals("SecureRandom")
        ? factory.create()
        : factory.create(stream.nextLong());
  }

  public static RandomGenerator create(
      int site, RandomGeneratorFactory<? extends RandomGenerator> factory) {
    return create(factory, site);
  }

  @SuppressWarnings("JdkObsolete") // what was called
  public static void shuffle(List<?> list, int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.draw(site);
    if (stream == null) {
      Collections.shuffle(list);
    } else {
      Collections.shuffle(list, stream.asRandom());
    }
  }

  public static void shuffle(int site, List<?> list) {
    shuffle(list, site);
  }

  public static UUID uuid(int site) {
    Watch watch = Trials.active;
    @Nullable RandomStream stream = watch == null ? null : watch.draw(site);
    if (stream == null || watch == null || !watch.options.has(GuardOptions.Switch.UUIDS)) {
      return UUID.randomUUID();
    }
    long high = (stream.nextLong() & ~0xf000L) | 0x4000L;
    long low = (stream.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
