package dev.stet.seeds;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream as a {@code java.util.Random}. Every method is overridden, so that no number is the superclass's;
 * its own 48-bit generator is never used.
 */
@SuppressWarnings(
    "UnsynchronizedOverridesSynchronized") // a stream is for one thread, and so is its view
final class RandomView extends Random {
  private static final long serialVersionUID = 1L;

  /** Null only while the constructor of the superclass runs, which calls {@link #setSeed(long)}. */
  private final transient @Nullable RandomStream stream;

  RandomView(RandomStream stream) {
    super(0L);
    this.stream = stream;
  }

  private RandomStream stream() {
    RandomStream s = stream;
    if (s == null) {
      throw new IllegalStateException("a view of a stream cannot draw before it is built");
    }
    return s;
  }

  @Override
  public void setSeed(long seed) {
    if (stream != null) {
      throw new UnsupportedOperationException(
          "this Random is a view of a stream and cannot be seeded with "
              + seed
              + ". Open another stream instead: seed.child(...).stream().asRandom().");
    }
  }

  @Override
  protected int next(int bits) {
    return (int) (stream().nextLong() >>> (64 - bits));
  }

  @Override
  public boolean isDeprecated() {
    return false;
  }

  @Override
  public boolean nextBoolean() {
    return stream().nextBoolean();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    stream().nextBytes(bytes);
  }

  @Override
  public int nextInt() {
    return stream().nextInt();
  }

  @Override
  public int nextInt(int bound) {
    return stream().nextInt(bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return stream().nextInt(origin, bound);
  }

  @Override
  public long nextLong() {
    return stream().nextLong();
  }

  @Override
  public long nextLong(long bound) {
    return stream().nextLong(bound);
  }

  @Override
  public long nextLong(long origin, long bound) {
    return stream().nextLong(origin, bound);
  }

  @Override
  public float nextFloat() {
    return stream().nextFloat();
  }

  @Override
  public float nextFloat(float bound) {
    return stream().nextFloat(bound);
  }

  @Override
  public float nextFloat(float origin, float bound) {
    return stream().nextFloat(origin, bound);
  }

  @Override
  public double nextDouble() {
    return stream().nextDouble();
  }

  @Override
  public double nextDouble(double bound) {
    return stream().nextDouble(bound);
  }

  @Override
  public double nextDouble(double origin, double bound) {
    return stream().nextDouble(origin, bound);
  }

  @Override
  @SuppressWarnings(
      "UnsynchronizedOverridesSynchronized") // a stream is for one thread, and so is its view
  public double nextGaussian() {
    return stream().nextGaussian();
  }

  @Override
  public double nextGaussian(double mean, double deviation) {
    return stream().nextGaussian(mean, deviation);
  }

  @Override
  public double nextExponential() {
    return stream().nextExponential();
  }

  @Override
  public IntStream ints() {
    return stream().ints();
  }

  @Override
  public IntStream ints(long count) {
    return stream().ints(count);
  }

  @Override
  public IntStream ints(int origin, int bound) {
    return stream().ints(origin, bound);
  }

  @Override
  public IntStream ints(long count, int origin, int bound) {
    return stream().ints(count, origin, bound);
  }

  @Override
  public LongStream longs() {
    return stream().longs();
  }

  @Override
  public LongStream longs(long count) {
    return stream().longs(count);
  }

  @Override
  public LongStream longs(long origin, long bound) {
    return stream().longs(origin, bound);
  }

  @Override
  public LongStream longs(long count, long origin, long bound) {
    return stream().longs(count, origin, bound);
  }

  @Override
  public DoubleStream doubles() {
    return stream().doubles();
  }

  @Override
  public DoubleStream doubles(long count) {
    return stream().doubles(count);
  }

  @Override
  public DoubleStream doubles(double origin, double bound) {
    return stream().doubles(origin, bound);
  }

  @Override
  public DoubleStream doubles(long count, double origin, double bound) {
    return stream().doubles(count, origin, bound);
  }

  /** Overrides the method that {@code RandomGenerator} has from Java 22 on. */
  @SuppressWarnings("MissingOverride")
  public DoubleStream equiDoubles(
      double left, double right, boolean leftIncluded, boolean rightIncluded) {
    return stream().equiDoubles(left, right, leftIncluded, rightIncluded);
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(
        "a view of a stream is not written; write RandomStream.state() and restore it");
  }
}
