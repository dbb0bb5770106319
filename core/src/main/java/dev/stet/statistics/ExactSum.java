package dev.stet.statistics;

import static java.util.Objects.requireNonNull;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collector;
import java.util.stream.DoubleStream;

/**
 * The exact sum of doubles, added up in any order, in any number of parts, on any number of threads: the same bits.
 *
 * <p>A plain loop rounds after each addition, so that its result depends on the order of the values, and a parallel one on
 * how they were split. So do compensated sums such as Kahan's and {@code DoubleStream.sum()}, only less often. Here nothing
 * is rounded until the end:
 *
 * <pre>{@code
 * double loss = ExactSum.of(losses).mean();
 * double same = ExactSum.of(items.parallelStream().mapToDouble(model::loss)).mean();
 * }</pre>
 *
 * <p><b>What is promised.</b> {@link #sum()} is the double nearest to the true sum and {@link #mean()} the double nearest to
 * the true sum divided by the count; of two that are equally near, the one with the even last bit. Intermediate results
 * cannot overflow: {@code 1e308 + 1e308 - 1e308} is {@code 1e308}. If the true sum is too large for a double, {@code sum()}
 * is infinite, and {@code mean()} is still right.
 *
 * <p><b>Special values.</b> With a NaN, or with infinities of both signs, the sum is NaN; with infinities of one sign it is
 * that infinity. A sum of zero is {@code 0.0}, and {@code -0.0} only if there are values and all of them are {@code -0.0}.
 * Denormal values count in full.
 *
 * <p><b>What is not promised.</b> The values themselves were rounded before they came here, and that may depend on a machine.
 * An ill-conditioned sum is the right sum of those values.
 *
 * <p><b>How.</b> A fixed-point number of 67 chunks that overlap by 32 bits holds every double and every sum of up to 2<sup>62</sup>
 * of them; a value goes into two chunks, and carries are made every 2,047 values. Reference: R. M. Neal, <i>Fast exact
 * summation using small and large superaccumulators</i> (2015), arXiv:1505.05571.
 *
 * <p>Mutable, about 600 bytes, and not safe for use by several threads: give each its own and {@link #combine} them. Its
 * serialised form holds the whole state, so that a checkpoint can carry it.
 *
 * @since 0.1
 */
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final int NOT_FINITE = 0x7ff;
  private static final long LOW = 0xffff_ffffL;
  private static final int CHUNKS = 67;

  /** A value adds less than 2^52 to a chunk, which has 63 bits and begins below 2^32. */
  private static final int UNTIL_CARRY = 2047;

  private static final long MOST = 1L << 62;

  /** The sum is that of chunk i times 2^(32 i - 1074). */
  private final transient long[] chunks = new long[CHUNKS];

  private transient int uncarried;
  private transient long count;

  /** The bits that were set in any value, its sign turned: zero while all are -0.0. */
  private transient long unlikeMinusZero;

  private transient boolean nan;
  private transient boolean positiveInfinity;
  private transient boolean negativeInfinity;

  private ExactSum() {}

  /**
   * Adds up some values, or begins without any: {@code ExactSum.of()}.
   *
   * @param values any doubles; read now and not kept
   * @return their sum, to which more can be added
   */
  public static ExactSum of(double... values) {
    ExactSum sum = new ExactSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum;
  }

  /**
   * Adds up a stream, parallel or not.
   *
   * @param values any doubles
   * @return their sum, to which more can be added
   */
  public static ExactSum of(DoubleStream values) {
    return values.collect(ExactSum::new, ExactSum::add, ExactSum::combine);
  }

  /**
   * Returns a collector that adds up a number of each element, also within {@code groupingBy} and in parallel.
   *
   * @param <T> the type of the elements
   * @param number what to add up
   * @return the collector
   */
  public static <T> Collector<T, ?, ExactSum> summing(ToDoubleFunction<? super T> number) {
    requireNonNull(number, "number");
    return Collector.of(
        ExactSum::new,
        (ExactSum sum, T element) -> sum.add(number.applyAsDouble(element)),
        (one, other) -> {
          one.combine(other);
          return one;
        },
        Collector.Characteristics.UNORDERED);
  }

  /**
   * Adds a value.
   *
   * @param value any double
   */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> FRACTION_BITS) & NOT_FINITE;
    long fraction = bits & FRACTION;
    count++;
    unlikeMinusZero |= bits ^ Long.MIN_VALUE;
    if (exponent == NOT_FINITE) {
      addSpecial(value);
      return;
    }
    if (exponent == 0) {
      exponent = 1;
    } else {
      fraction |= FRACTION + 1;
    }
    int position = exponent - 1;
    int chunk = position >>> 5;
    int shift = position & 31;
    long sign = bits >> 63;
    chunks[chunk] += (((fraction << shift) & LOW) ^ sign) - sign;
    chunks[chunk + 1] += ((fraction >>> (32 - shift)) ^ sign) - sign;
    if (++uncarried == UNTIL_CARRY) {
      carry(chunks);
      uncarried = 0;
    }
  }

  private void addSpecial(double value) {
    nan |= Double.isNaN(value);
    positiveInfinity |= value == Double.POSITIVE_INFINITY;
    negativeInfinity |= value == Double.NEGATIVE_INFINITY;
  }

  /**
   * Adds all that another sum has added up.
   *
   * @param other the other, which stays as it is; this one itself doubles it
   * @throws IllegalArgumentException if both together are of more than 2<sup>62</sup> values
   */
  public void combine(ExactSum other) {
    requireNonNull(other, "other");
    if (other.count > MOST - count) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "an exact sum holds at most 2^62 values; got %,d and %,d more. Was one combined with itself too often?",
          count,
          other.count));
    }
    long[] theirs = other.carried();
    carry(chunks);
    for (int i = 0; i < CHUNKS; i++) {
      chunks[i] += theirs[i];
    }
    uncarried = 1;
    count += other.count;
    unlikeMinusZero |= other.unlikeMinusZero;
    nan |= other.nan;
    positiveInfinity |= other.positiveInfinity;
    negativeInfinity |= other.negativeInfinity;
  }

  /**
   * Returns how many values were added.
   *
   * @return the count, special values too
   */
  public long count() {
    return count;
  }

  /**
   * Returns the sum, rounded once.
   *
   * @return the double nearest to the true sum, of two the even one; 0.0 if nothing was added; infinite if the true sum is
   *     at least 2<sup>1024</sup> - 2<sup>970</sup> in magnitude
   */
  public double sum() {
    if (isSpecial()) {
      return special();
    }
    long[] digits = carried();
    boolean negative = digits[CHUNKS - 1] < 0;
    if (negative) {
      negate(digits);
    }
    int top = CHUNKS - 1;
    while (top > 0 && digits[top] == 0) {
      top--;
    }
    return signed(rounded(digits, top), negative);
  }

  /**
   * Returns the mean, rounded once: the exact sum is divided by the count as whole numbers, two bits below the last place of
   * the smallest double, and the remainder decides what lies between.
   *
   * @return the double nearest to the true mean, of two the even one; finite if all values are; NaN if nothing was added
   */
  public double mean() {
    if (count == 0) {
      return Double.NaN;
    }
    if (isSpecial()) {
      return special();
    }
    BigInteger exact = exact();
    BigInteger[] parts = exact.abs().shiftLeft(2).divideAndRemainder(BigInteger.valueOf(count));
    BigInteger quarter = parts[0];
    boolean rest = parts[1].signum() != 0;
    int excess = Math.max(quarter.bitLength() - 64, 0);
    rest |= excess > 0 && quarter.getLowestSetBit() < excess;
    return signed(
        rounded(quarter.shiftRight(excess).longValue(), excess - 2, rest), exact.signum() < 0);
  }

  private boolean isSpecial() {
    return nan || positiveInfinity || negativeInfinity;
  }

  private double special() {
    if (nan || (positiveInfinity && negativeInfinity)) {
      return Double.NaN;
    }
    return positiveInfinity ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private double signed(double magnitude, boolean negative) {
    boolean minusZero = count > 0 && unlikeMinusZero == 0;
    return negative || minusZero ? -magnitude : magnitude;
  }

  /** A copy in which all chunks but the last hold 32 bits: the number in two's complement, one form for each number. */
  private long[] carried() {
    long[] copy = chunks.clone();
    carry(copy);
    return copy;
  }

  private static void carry(long[] chunks) {
    for (int i = 0; i < CHUNKS - 1; i++) {
      chunks[i + 1] += chunks[i] >> 32;
      chunks[i] &= LOW;
    }
  }

  private static void negate(long[] carried) {
    for (int i = 0; i < CHUNKS; i++) {
      carried[i] = -carried[i];
    }
    carry(carried);
  }

  /** The exact sum as a multiple of 2^-1074. */
  private BigInteger exact() {
    long[] digits = carried();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + (CHUNKS - 1) * Integer.BYTES);
    bytes.putLong(digits[CHUNKS - 1]);
    for (int i = CHUNKS - 2; i >= 0; i--) {
      bytes.putInt((int) digits[i]);
    }
    return new BigInteger(bytes.array());
  }

  private static double rounded(long[] digits, int top) {
    if (top == CHUNKS - 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (top < 2) {
      long low = digits[0] | (digits[1] << 32);
      return rounded(low, 0, false);
    }
    int free = Long.numberOfLeadingZeros(digits[top]) - 32;
    long head =
        (((digits[top] << 32) | digits[top - 1]) << free) | (digits[top - 2] >>> (32 - free));
    boolean rest = (digits[top - 2] & (LOW >>> free)) != 0;
    for (int i = top - 3; i >= 0 && !rest; i--) {
      rest = digits[i] != 0;
    }
    return rounded(head, 32 * (top - 1) - free, rest);
  }

  /**
   * Rounds {@code (head + something) 2^(place - 1074)} where something is between 0 and 1 and not 0 if there is a rest. The
   * head is unsigned, and fills 64 bits if the place is positive.
   */
  private static double rounded(long head, int place, boolean rest) {
    int surplus = Math.max(64 - Long.numberOfLeadingZeros(head) - FRACTION_BITS - 1, -place);
    if (surplus <= 0) {
      return assembled(head, place);
    }
    long kept = head >>> surplus;
    long half = 1L << (surplus - 1);
    long lost = head & (2 * half - 1);
    boolean up = lost > half || (lost == half && (rest || (kept & 1) == 1));
    return assembled(kept + (up ? 1 : 0), place + surplus);
  }

  /** A number of at most 2^53 times 2^(place - 1074), as its bits. */
  private static double assembled(long number, int place) {
    if (number <= FRACTION) {
      return Double.longBitsToDouble(number);
    }
    long exponent = place + 1L;
    if (number == 2 * (FRACTION + 1)) {
      number >>>= 1;
      exponent++;
    }
    return exponent >= NOT_FINITE
        ? Double.POSITIVE_INFINITY
        : Double.longBitsToDouble((exponent << FRACTION_BITS) | (number & FRACTION));
  }

  /**
   * Writes the whole state in place of this sum.
   *
   * @return what is written
   */
  private Object writeReplace() {
    return new State(carried(), count, unlikeMinusZero, nan, positiveInfinity, negativeInfinity);
  }

  /**
   * Refuses: what was written is not a sum but its state.
   *
   * @param in not used
   * @throws InvalidObjectException always
   */
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("an exact sum is read through its state");
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record State(
      long[] chunks,
      long count,
      long unlikeMinusZero,
      boolean nan,
      boolean positiveInfinity,
      boolean negativeInfinity)
      implements Serializable {
    private Object readResolve() throws InvalidObjectException {
      if (chunks == null || chunks.length != CHUNKS || count < 0 || count > MOST) {
        throw new InvalidObjectException("not the state of an exact sum: count " + count);
      }
      ExactSum sum = new ExactSum();
      System.arraycopy(chunks, 0, sum.chunks, 0, CHUNKS);
      // A number that no sum wrote becomes some number, and can overflow nothing.
      carry(sum.chunks);
      sum.count = count;
      sum.unlikeMinusZero = unlikeMinusZero;
      sum.nan = nan;
      sum.positiveInfinity = positiveInfinity;
      sum.negativeInfinity = negativeInfinity;
      return sum;
    }
  }

  /**
   * Returns the sum and the count, for a debugger.
   *
   * @return such as {@code 0.6 = sum of 3}
   */
  @Override
  public String toString() {
    return sum() + " = sum of " + count;
  }
}
