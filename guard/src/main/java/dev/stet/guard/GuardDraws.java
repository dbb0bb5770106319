package dev.stet.guard;

import dev.stet.seeds.RandomStream;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What rewritten code calls where it would have drawn from the generator of a thread. Not for calling; not stable.
 *
 * <p>Outside a trial each method does what was called before, and nothing else.
 */
@SuppressWarnings("MissingJavadocMethod")
public final class GuardDraws {
  private GuardDraws() {}

  /** The generator itself, which goes where no rewriting follows it. */
  public static ThreadLocalRandom current(int site) {
    Watch watch = Trials.active;
    if (watch != null) {
      watch.current(site);
    }
    return ThreadLocalRandom.current();
  }

  /** The generator where any {@code Random} will do. */
  public static Random currentRandom(int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.draw(site);
    return stream == null ? ThreadLocalRandom.current() : stream.asRandom();
  }

  private static RandomGenerator source(ThreadLocalRandom random, int site) {
    Watch watch = Trials.active;
    RandomStream stream = watch == null ? null : watch.draw(site);
    return stream == null ? random : stream;
  }

  public static int nextInt(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.nextInt() : source(random, site).nextInt();
  }

  public static int nextInt(ThreadLocalRandom random, int a, int site) {
    return Trials.active == null ? random.nextInt(a) : source(random, site).nextInt(a);
  }

  public static int nextInt(ThreadLocalRandom random, int a, int b, int site) {
    return Trials.active == null ? random.nextInt(a, b) : source(random, site).nextInt(a, b);
  }

  public static long nextLong(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.nextLong() : source(random, site).nextLong();
  }

  public static long nextLong(ThreadLocalRandom random, long a, int site) {
    return Trials.active == null ? random.nextLong(a) : source(random, site).nextLong(a);
  }

  public static long nextLong(ThreadLocalRandom random, long a, long b, int site) {
    return Trials.active == null ? random.nextLong(a, b) : source(random, site).nextLong(a, b);
  }

  public static double nextDouble(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.nextDouble() : source(random, site).nextDouble();
  }

  public static double nextDouble(ThreadLocalRandom random, double a, int site) {
    return Trials.active == null ? random.nextDouble(a) : source(random, site).nextDouble(a);
  }

  public static double nextDouble(ThreadLocalRandom random, double a, double b, int site) {
    return Trials.active == null
        ? random.nextDouble(a, b)
        : source(random, site).nextDouble(a, b);
  }

  public static float nextFloat(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.nextFloat() : source(random, site).nextFloat();
  }

  public static float nextFloat(ThreadLocalRandom random, float a, int site) {
    return Trials.active == null ? random.nextFloat(a) : source(random, site).nextFloat(a);
  }

  public static float nextFloat(ThreadLocalRandom random, float a, float b, int site) {
    return Trials.active == null ? random.nextFloat(a, b) : source(random, site).nextFloat(a, b);
  }

  public static boolean nextBoolean(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.nextBoolean() : source(random, site).nextBoolean();
  }

  public static double nextGaussian(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.nextGaussian() : source(random, site).nextGaussian();
  }

  public static double nextGaussian(ThreadLocalRandom random, double a, double b, int site) {
    return Trials.active == null
        ? random.nextGaussian(a, b)
        : source(random, site).nextGaussian(a, b);
  }

  public static double nextExponential(ThreadLocalRandom random, int site) {
    return Trials.active == null
        ? random.nextExponential()
        : source(random, site).nextExponential();
  }

  public static void nextBytes(ThreadLocalRandom random, byte[] a, int site) {
    source(random, site).nextBytes(a);
  }

  public static IntStream ints(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.ints() : source(random, site).ints();
  }

  public static IntStream ints(ThreadLocalRandom random, long a, int site) {
    return Trials.active == null ? random.ints(a) : source(random, site).ints(a);
  }

  public static IntStream ints(ThreadLocalRandom random, int a, int b, int site) {
    return Trials.active == null ? random.ints(a, b) : source(random, site).ints(a, b);
  }

  public static IntStream ints(ThreadLocalRandom random, long a, int b, int c, int site) {
    return Trials.active == null ? random.ints(a, b, c) : source(random, site).ints(a, b, c);
  }

  public static LongStream longs(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.longs() : source(random, site).longs();
  }

  public static LongStream longs(ThreadLocalRandom random, long a, int site) {
    return Trials.active == null ? random.longs(a) : source(random, site).longs(a);
  }

  public static LongStream longs(ThreadLocalRandom random, long a, long b, int site) {
    return Trials.active == null ? random.longs(a, b) : source(random, site).longs(a, b);
  }

  public static LongStream longs(ThreadLocalRandom random, long a, long b, long c, int site) {
    return Trials.active == null ? random.longs(a, b, c) : source(random, site).longs(a, b, c);
  }

  public static DoubleStream doubles(ThreadLocalRandom random, int site) {
    return Trials.active == null ? random.doubles() : source(random, site).doubles();
  }

  public static DoubleStream doubles(ThreadLocalRandom random, long a, int site) {
    return Trials.active == null ? random.doubles(a) : source(random, site).doubles(a);
  }

  public static DoubleStream doubles(ThreadLocalRandom random, double a, double b, int site) {
    return Trials.active == null ? random.doubles(a, b) : source(random, site).doubles(a, b);
  }

  public static DoubleStream doubles(
      ThreadLocalRandom random, long a, double b, double c, int site) {
    return Trials.active == null
        ? random.doubles(a, b, c)
        : source(random, site).doubles(a, b, c);
  }
}
