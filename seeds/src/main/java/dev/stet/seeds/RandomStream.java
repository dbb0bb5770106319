package dev.stet.seeds;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A source of random numbers that are the same on every JVM, in every version of this library, for ever.
 *
 * <pre>{@code
 * RandomStream random = Seed.of(42).child("weights").stream();
 * double[] weights = new double[256];
 * random.fillGaussian(weights);
 * int[] order = random.permutation(60_000);
 * String saved = random.state();                       // about a hundred characters
 * RandomStream again = RandomStream.restore(saved);    // goes on where it was, on any JVM
 * }</pre>
 *
 * <p>A stream is a sequence of 64-bit words; each method turns whole words into numbers and keeps nothing back
 * for later. So the words drawn so far say everything about a stream, and any mixture of calls goes on after
 * {@link #restore(String)} as if it had not been interrupted. {@link #draws()} counts the words. A method takes
 * exactly one word unless it says otherwise.
 *
 * <p>Nothing is inherited from the JDK: integers, bounded integers, doubles, gaussians and Java streams are
 * computed here, from integer arithmetic, the operations of IEEE 754 and {@code StrictMath}, and frozen; see
 * {@code docs/seeds.md}. The JDK's own gaussian changed within its version 17 and again in 19.
 *
 * <p>A stream is not safe for use by several threads at once, and is not checked for it. Give each thread, or
 * better each piece of work, a {@linkplain Seed#child(long) seed of its own}.
 *
 * @see Seed#stream()
 * @see Seed#addressable()
 * @since 0.1
 */
public abstract sealed class RandomStream implements RandomGenerator
    permits XoshiroStream, AddressableStream {
  private static final long LOW_32 = 0xffffffffL;

  long draws;

  RandomStream(long draws) {
    this.draws = draws;
  }

  /**
   * Opens the stream whose {@link #state()} this is, where it was. The two are equal from there on and know
   * nothing of each other.
   *
   * @param state what {@link #state()} returned, on any JVM
   * @return the stream; an {@link AddressableStream} if it was one
   * @throws IllegalArgumentException if this is not the state of a stream
   */
  public static RandomStream restore(String state) {
    return StreamState.read(requireNonNull(state, "state"));
  }

  /**
   * Returns the state of this stream: the algorithm, the version, its words and {@link #draws()}, about a
   * hundred ASCII characters without blanks.
   *
   * @return what {@link #restore(String)} reads
   */
  public abstract String state();

  /**
   * Returns how many 64-bit words have been drawn, also before the state was saved.
   *
   * @return the count
   */
  public final long draws() {
    return draws;
  }

  /**
   * Returns this stream as a {@code java.util.Random}, for code that asks for one. Its numbers are those of
   * this stream, its draws count here, and both may be used in turn. It cannot be seeded, cannot be serialized,
   * and like the stream is not safe for use by several threads at once.
   *
   * @return a view, not a copy
   */
  public final Random asRandom() {
    return new RandomView(this);
  }

  /**
   * Returns the next 64 bits.
   *
   * @return any long
   */
  @Override
  public abstract long nextLong();

  /**
   * Returns the upper 32 bits of a word.
   *
   * @return any int
   */
  @Override
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /**
   * Returns a number from 0 to {@code bound - 1}, each as likely as the others: Lemire's multiplication with
   * rejection on the upper 32 bits of a word (ACM Trans. Model. Comput. Simul. 29, 2019,
   * doi:10.1145/3230636). Takes a second word with probability less than {@code bound} / 2<sup>32</sup>.
   *
   * @param bound positive
   * @return the number
   * @throws IllegalArgumentException if the bound is not positive
   */
  @Override
  public int nextInt(int bound) {
    Bounds.requirePositive(bound);
    return below32(bound);
  }

  /**
   * Returns a number from {@code origin} to {@code bound - 1}: {@code origin} plus a draw as in
   * {@link #nextInt(int)}, which covers ranges of more than 2<sup>31</sup> too.
   *
   * @param origin the least number
   * @param bound greater than origin
   * @return the number
   * @throws IllegalArgumentException if bound is not greater than origin
   */
  @Override
  public final int nextInt(int origin, int bound) {
    Bounds.requireRange(origin, bound);
    return origin + below32(Integer.toUnsignedLong(bound - origin));
  }

  private int below32(long range) {
    long product = (nextLong() >>> 32) * range;
    if ((product & LOW_32) < range) {
      long threshold = (1L << 32) % range;
      while ((product & LOW_32) < threshold) {
        product = (nextLong() >>> 32) * range;
      }
    }
    return (int) (product >>> 32);
  }

  /**
   * Returns a number from 0 to {@code bound - 1}, by Lemire's method on whole words. Takes a second word with
   * probability less than {@code bound} / 2<sup>64</sup>.
   *
   * @param bound positive
   * @return the number
   * @throws IllegalArgumentException if the bound is not positive
   */
  @Override
  public final long nextLong(long bound) {
    Bounds.requirePositive(bound);
    return below64(bound);
  }

  /**
   * Returns a number from {@code origin} to {@code bound - 1}: {@code origin} plus a draw as in
   * {@link #nextLong(long)}, which covers ranges of more than 2<sup>63</sup> too.
   *
   * @param origin the least number
   * @param bound greater than origin
   * @return the number
   * @throws IllegalArgumentException if bound is not greater than origin
   */
  @Override
  public final long nextLong(long origin, long bound) {
    Bounds.requireRange(origin, bound);
    return origin + below64(bound - origin);
  }

  private long below64(long range) {
    long word = nextLong();
    if (Long.compareUnsigned(word * range, range) < 0) {
      long threshold = Long.remainderUnsigned(-range, range);
      while (Long.compareUnsigned(word * range, threshold) < 0) {
        word = nextLong();
      }
    }
    return Wide.multiplyHigh(word, range);
  }

  /**
   * Returns the highest bit of a word.
   *
   * @return true or false
   */
  @Override
  public final boolean nextBoolean() {
    return nextLong() < 0;
  }

  /**
   * Returns the upper 24 bits of a word, times 2<sup>-24</sup>.
   *
   * @return a number from 0 up to, not including, 1
   */
  @Override
  public final float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /**
   * Returns {@link #nextFloat()} times {@code bound}; the greatest float below the bound where that would be
   * rounded up to it.
   *
   * @param bound positive and finite
   * @return a number from 0 up to, not including, bound
   * @throws IllegalArgumentException if the bound is not positive and finite
   */
  @Override
  public final float nextFloat(float bound) {
    Bounds.requirePositive((double) bound);
    return below(nextFloat() * bound, bound);
  }

  /**
   * Returns {@code origin + nextFloat() * (bound - origin)}, computed in halves where the difference would
   * overflow; the greatest float below the bound where that would be rounded up to it.
   *
   * @param origin finite
   * @param bound finite, greater than origin
   * @return a number from origin up to, not including, bound
   * @throws IllegalArgumentException if one of them is not finite or bound is not greater than origin
   */
  @Override
  public final float nextFloat(float origin, float bound) {
    Bounds.requireRange((double) origin, (double) bound);
    float width = bound - origin;
    float unit = nextFloat();
    return width < Float.POSITIVE_INFINITY
        ? below(origin + unit * width, bound)
        : below(2 * (0.5f * origin + unit * (0.5f * bound - 0.5f * origin)), bound);
  }

  private static float below(float value, float bound) {
    return value < bound ? value : Math.nextDown(bound);
  }

  /**
   * Returns the upper 53 bits of a word, times 2<sup>-53</sup>.
   *
   * @return a number from 0 up to, not including, 1
   */
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * Returns {@link #nextDouble()} times {@code bound}; the greatest double below the bound where that would be
   * rounded up to it.
   *
   * @param bound positive and finite
   * @return a number from 0 up to, not including, bound
   * @throws IllegalArgumentException if the bound is not positive and finite
   */
  @Override
  public final double nextDouble(double bound) {
    Bounds.requirePositive(bound);
    return below(nextDouble() * bound, bound);
  }

  /**
   * Returns {@code origin + nextDouble() * (bound - origin)}, computed in halves where the difference would
   * overflow; the greatest double below the bound where that would be rounded up to it.
   *
   * @param origin finite
   * @param bound finite, greater than origin
   * @return a number from origin up to, not including, bound
   * @throws IllegalArgumentException if one of them is not finite or bound is not greater than origin
   */
  @Override
  public final double nextDouble(double origin, double bound) {
    Bounds.requireRange(origin, bound);
    double width = bound - origin;
    double unit = nextDouble();
    return width < Double.POSITIVE_INFINITY
        ? below(origin + unit * width, bound)
        : below(2 * (0.5 * origin + unit * (0.5 * bound - 0.5 * origin)), bound);
  }

  private static double below(double value, double bound) {
    return value < bound ? value : Math.nextDown(bound);
  }

  /**
   * Fills the array with bytes of words, the lowest byte of each first. Takes a word for each eight bytes, and
   * one for a rest.
   *
   * @param bytes the array to fill
   */
  @Override
  public final void nextBytes(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      long word = nextLong();
      for (int end = Math.min(i + Long.BYTES, bytes.length); i < end; i++, word >>>= 8) {
        bytes[i] = (byte) word;
      }
    }
  }

  /**
   * Returns a number of the normal distribution with mean 0 and standard deviation 1, by a ziggurat of 256
   * layers. Takes one word in 98.8 of 100 cases, else two or more.
   *
   * @return a finite number other than 0
   */
  @Override
  public double nextGaussian() {
    long word = nextLong();
    return Ziggurat.outside(this, Ziggurat.layer(word), Ziggurat.mantissa(word));
  }

  /**
   * Returns {@code mean + deviation * nextGaussian()}.
   *
   * @param mean finite
   * @param deviation the standard deviation; finite, zero or more
   * @return the number; infinite where the arithmetic overflows
   * @throws IllegalArgumentException if the mean is not finite, or the deviation is not finite or negative
   */
  @Override
  public final double nextGaussian(double mean, double deviation) {
    Bounds.requireNormal(mean, deviation);
    return mean + deviation * nextGaussian();
  }

  /**
   * Returns a number of the exponential distribution with mean 1: minus the logarithm of a number that is
   * uniform on the multiples of 2<sup>-53</sup> in (0, 1].
   *
   * @return a number from 0 to 36.74
   */
  @Override
  public final double nextExponential() {
    return 0.0 - StrictMath.log(((nextLong() >>> 11) + 1) * 0x1p-53);
  }

  /**
   * Fills the array with numbers equal to as many calls of {@link #nextDouble()}.
   *
   * @param values the array to fill
   */
  public void fill(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = nextDouble();
    }
  }

  /**
   * Fills the array with numbers equal to as many calls of {@link #nextGaussian()}.
   *
   * @param values the array to fill
   */
  public void fillGaussian(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = nextGaussian();
    }
  }

  /**
   * Puts the list into random order, each order as likely as the others: for i from the last index down to 1,
   * what is at i changes place with what is at {@link #nextInt(int) nextInt(i + 1)}.
   *
   * @param list the list to shuffle
   * @throws UnsupportedOperationException if elements of the list cannot be set
   */
  public final void shuffle(List<?> list) {
    Order.shuffle(this, list);
  }

  /**
   * Puts the array into random order, as {@link #shuffle(List)} does.
   *
   * @param array the array to shuffle
   */
  public final void shuffle(Object[] array) {
    Order.shuffle(this, array);
  }

  /**
   * Puts the array into random order, as {@link #shuffle(List)} does.
   *
   * @param array the array to shuffle
   */
  public final void shuffle(int[] array) {
    Order.shuffle(this, array);
  }

  /**
   * Puts the array into random order, as {@link #shuffle(List)} does.
   *
   * @param array the array to shuffle
   */
  public final void shuffle(long[] array) {
    Order.shuffle(this, array);
  }

  /**
   * Puts the array into random order, as {@link #shuffle(List)} does.
   *
   * @param array the array to shuffle
   */
  public final void shuffle(float[] array) {
    Order.shuffle(this, array);
  }

  /**
   * Puts the array into random order, as {@link #shuffle(List)} does.
   *
   * @param array the array to shuffle
   */
  public final void shuffle(double[] array) {
    Order.shuffle(this, array);
  }

  /**
   * Returns the numbers 0 to {@code n - 1} in random order: {@link #shuffle(int[])} of them in ascending order.
   *
   * @param n how many, zero or more
   * @return a new array of length n
   * @throws IllegalArgumentException if n is negative
   */
  public final int[] permutation(int n) {
    Bounds.requireCount("n", n);
    return Order.permutation(this, n);
  }

  /**
   * Returns {@code k} different numbers from 0 to {@code n - 1} in random order, each choice and order as likely
   * as the others. Takes time and memory in proportion to k when k is small beside n.
   *
   * @param n how many to choose from, zero or more
   * @param k how many to choose, from 0 to n
   * @return a new array of length k
   * @throws IllegalArgumentException if n is negative, or k is not from 0 to n
   */
  public final int[] sample(int n, int k) {
    Bounds.requireSample(n, k);
    return Order.sample(this, n, k);
  }

  @Override
  public final IntStream ints() {
    return Draws.ints(Draws.UNLIMITED, this::nextInt);
  }

  @Override
  public final IntStream ints(long count) {
    return Draws.ints(count, this::nextInt);
  }

  @Override
  public final IntStream ints(int origin, int bound) {
    return ints(Draws.UNLIMITED, origin, bound);
  }

  @Override
  public final IntStream ints(long count, int origin, int bound) {
    Bounds.requireRange(origin, bound);
    return Draws.ints(count, () -> nextInt(origin, bound));
  }

  @Override
  public final LongStream longs() {
    return Draws.longs(Draws.UNLIMITED, this::nextLong);
  }

  @Override
  public final LongStream longs(long count) {
    return Draws.longs(count, this::nextLong);
  }

  @Override
  public final LongStream longs(long origin, long bound) {
    return longs(Draws.UNLIMITED, origin, bound);
  }

  @Override
  public final LongStream longs(long count, long origin, long bound) {
    Bounds.requireRange(origin, bound);
    return Draws.longs(count, () -> nextLong(origin, bound));
  }

  @Override
  public final DoubleStream doubles() {
    return Draws.doubles(Draws.UNLIMITED, this::nextDouble);
  }

  @Override
  public final DoubleStream doubles(long count) {
    return Draws.doubles(count, this::nextDouble);
  }

  @Override
  public final DoubleStream doubles(double origin, double bound) {
    return doubles(Draws.UNLIMITED, origin, bound);
  }

  @Override
  public final DoubleStream doubles(long count, double origin, double bound) {
    Bounds.requireRange(origin, bound);
    return Draws.doubles(count, () -> nextDouble(origin, bound));
  }

  /**
   * Returns an unlimited stream of doubles, equally likely and equally far apart, from an interval whose ends
   * are included or not. They are the multiples, in the interval, of the least number of which all these
   * multiples are doubles; which one it is, {@link #nextLong(long)} chooses. This overrides the method that {@code RandomGenerator} has from Java 22 on, and is here on 17 too.
   *
   * @param left the left end, finite
   * @param right the right end, finite
   * @param leftIncluded whether the left end may be drawn
   * @param rightIncluded whether the right end may be drawn
   * @return the stream of numbers, never -0.0
   * @throws IllegalArgumentException if an end is not finite, or the interval is empty
   */
  @SuppressWarnings("MissingOverride")
  public final DoubleStream equiDoubles(
      double left, double right, boolean leftIncluded, boolean rightIncluded) {
    Grid grid = Grid.of(left, right, leftIncluded, rightIncluded);
    return Draws.doubles(Draws.UNLIMITED, () -> grid.at(nextLong(grid.size())));
  }

  /**
   * Says that this generator is not deprecated, and it will not be.
   *
   * @return false
   */
  @Override
  public final boolean isDeprecated() {
    return false;
  }

  /**
   * Returns the state.
   *
   * @return the same as {@link #state()}
   */
  @Override
  public String toString() {
    return state();
  }
}
