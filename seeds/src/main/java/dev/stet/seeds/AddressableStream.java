package dev.stet.seeds;

/**
 * A stream any position of which is reached at once: Philox4x64-10, the number at a position being a function of
 * the key and the position alone.
 *
 * <pre>{@code
 * AddressableStream noise = Seed.of(42).child("noise").addressable();
 * noise.seek(1_000_000);
 * double millionth = noise.nextDouble();
 * }</pre>
 *
 * <p>The words are those of {@code numpy.random.Philox(key=[k0, k1], counter=[0, s, c2, c3])} and of Commons
 * RNG's {@code PHILOX_4X64}, where k0, k1, c2 and c3 are the four little-endian words of the seed's digest and s
 * is the {@linkplain #substream(long) substream}. It costs about seven times as much per number as
 * {@link Seed#stream()}; take it where positions are wanted, not for speed.
 *
 * <p>Not safe for use by several threads at once. Give each thread a substream or a seed of its own.
 *
 * @since 0.1
 */
public final class AddressableStream extends RandomStream {
  static final String NAME = "philox4x64-10";

  private static final int WORDS = 4;

  private final long k0;
  private final long k1;
  private final long substream;
  private long c2;
  private long c3;

  /** The position of the next word; the words of its block are in the buffer unless it begins a block. */
  private long position;

  private final long[] buffer = new long[WORDS];

  AddressableStream(long k0, long k1, long substream, long c2, long c3, long position, long draws) {
    super(draws);
    this.k0 = k0;
    this.k1 = k1;
    this.substream = substream;
    this.c2 = c2;
    this.c3 = c3;
    seek(position);
  }

  static AddressableStream of(byte[] digest) {
    return new AddressableStream(
        Derivation.word(digest, 0),
        Derivation.word(digest, 1),
        0,
        Derivation.word(digest, 2),
        Derivation.word(digest, 3),
        0,
        0);
  }

  /**
   * Returns the next 64 bits.
   *
   * @return any long
   * @throws IllegalStateException after position 2<sup>63</sup> - 1, some two thousand years on
   */
  @Override
  public long nextLong() {
    int at = (int) position & (WORDS - 1);
    if (at == 0) {
      load();
    }
    position++;
    draws++;
    return buffer[at];
  }

  /**
   * Returns where in this substream the next number comes from.
   *
   * @return the count of 64-bit words before it
   */
  public long position() {
    return position;
  }

  /**
   * Moves to a position, forwards or backwards. The count of {@link #draws()} stays.
   *
   * @param position the count of 64-bit words before the next number, zero or more
   * @throws IllegalArgumentException if the position is negative
   */
  public void seek(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position must not be negative; got " + position
          + ". Positions count 64-bit words from 0.");
    }
    this.position = position;
    if ((position & (WORDS - 1)) != 0) {
      load();
    }
  }

  /**
   * Moves ahead by 2<sup>130</sup> words, to the same position of the same substream in the next of
   * 2<sup>128</sup> sequences that do not overlap. This is {@code jumped()} of NumPy's {@code Philox}.
   */
  public void jump() {
    c2++;
    if (c2 == 0) {
      c3++;
    }
    seek(position);
  }

  /**
   * Returns a new stream at the start of a substream. The 2<sup>64</sup> substreams do not overlap. They are
   * numbered for the whole stream: substream 0 is the one that {@link Seed#addressable()} opens, and a substream
   * of a substream is a substream of the stream.
   *
   * @param index any number
   * @return a stream at position 0 that has drawn nothing
   */
  public AddressableStream substream(long index) {
    return new AddressableStream(k0, k1, index, c2, c3, 0, 0);
  }

  @Override
  public String state() {
    return StreamState.write(NAME, draws, k0, k1, substream, c2, c3, position);
  }

  private void load() {
    if (position < 0) {
      throw new IllegalStateException(
          "this stream has come to its last position, 2^63 - 1. Go on in the next substream, or seek back.");
    }
    // NumPy and Commons RNG increment the counter before each block.
    Philox.block(k0, k1, (position >>> 2) + 1, substream, c2, c3, buffer);
  }
}
