package dev.stet.random;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.RandomStream;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A stream as a random generator of Commons RNG, which must be on the class path
 * ({@code org.apache.commons:commons-rng-client-api}).
 *
 * <p>A view: each method draws the stream's own frozen number; none of the default methods of Commons RNG, whose
 * numbers are not promised, is left. State is saved at the stream, with {@link RandomStream#state()}. Not safe
 * for use by several threads at once, like the stream.
 *
 * @since 0.1
 */
public final class CommonsRngGenerator implements UniformRandomProvider {
  private final RandomStream stream;

  private CommonsRngGenerator(RandomStream stream) {
    this.stream = stream;
  }

  /**
   * Returns the view of a stream.
   *
   * @param stream where every number comes from
   * @return the stream as Commons RNG takes it
   */
  public static CommonsRngGenerator of(RandomStream stream) {
    return new CommonsRngGenerator(requireNonNull(stream, "stream"));
  }

  @Override
  public void nextBytes(byte[] bytes) {
    stream.nextBytes(bytes);
  }

  @Override
  public void nextBytes(byte[] bytes, int start, int length) {
    Objects.checkFromIndexSize(start, length, bytes.length);
    byte[] part = new byte[length];
    stream.nextBytes(part);
    System.arraycopy(part, 0, bytes, start, length);
  }

  @Override
  public int nextInt() {
    return stream.nextInt();
  }

  @Override
  public int nextInt(int bound) {
    return stream.nextInt(bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return stream.nextInt(origin, bound);
  }

  @Override
  public long nextLong() {
    return stream.nextLong();
  }

  @Override
  public long nextLong(long bound) {
    return stream.nextLong(bound);
  }

  @Override
  public long nextLong(long origin, long bound) {
    return stream.nextLong(origin, bound);
  }

  @Override
  public boolean nextBoolean() {
    return stream.nextBoolean();
  }

  @Override
  public float nextFloat() {
    return stream.nextFloat();
  }

  @Override
  public float nextFloat(float bound) {
    return stream.nextFloat(bound);
  }

  @Override
  public float nextFloat(float origin, float bound) {
    return stream.nextFloat(origin, bound);
  }

  @Override
  public double nextDouble() {
    return stream.nextDouble();
  }

  @Override
  public double nextDouble(double bound) {
    return stream.nextDouble(bound);
  }

  @Override
  public double nextDouble(double origin, double bound) {
    return stream.nextDouble(origin, bound);
  }

  @Override
  public IntStream ints() {
    return stream.ints();
  }

  @Override
  public IntStream ints(int origin, int bound) {
    return stream.ints(origin, bound);
  }

  @Override
  public IntStream ints(long count) {
    return stream.ints(count);
  }

  @Override
  public IntStream ints(long count, int origin, int bound) {
    return stream.ints(count, origin, bound);
  }

  @Override
  public LongStream longs() {
    return stream.longs();
  }

  @Override
  public LongStream longs(long origin, long bound) {
    return stream.longs(origin, bound);
  }

  @Override
  public LongStream longs(long count) {
    return stream.longs(count);
  }

  @Override
  public LongStream longs(long count, long origin, long bound) {
    return stream.longs(count, origin, bound);
  }

  @Override
  public DoubleStream doubles() {
    return stream.doubles();
  }

  @Override
  public DoubleStream doubles(double origin, double bound) {
    return stream.doubles(origin, bound);
  }

  @Override
  public DoubleStream doubles(long count) {
    return stream.doubles(count);
  }

  @Override
  public DoubleStream doubles(long count, double origin, double bound) {
    return stream.doubles(count, origin, bound);
  }
}
