package dev.stet.seeds;

/**
 * The default stream: xoshiro256++ 1.0 of Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators",
 * ACM Trans. Math. Softw. 47 (2021), doi:10.1145/3460772.
 *
 * <p>What a training loop calls most is repeated here from the superclass, so that the call of
 * {@link #nextLong()} has one target at each of these places and is inlined.
 */
final class XoshiroStream extends RandomStream {
  static final String NAME = "xoshiro256++";

  /** The state that the all-zero digest stands for; xoshiro never leaves the all-zero state. */
  private static final long IN_PLACE_OF_ZERO = 0x9e3779b97f4a7c15L;

  private static final long ONE = Double.doubleToRawLongBits(1);

  private long s0;
  private long s1;
  private long s2;
  private long s3;

  XoshiroStream(long s0, long s1, long s2, long s3, long draws) {
    super(draws);
    this.s0 = (s0 | s1 | s2 | s3) == 0 ? IN_PLACE_OF_ZERO : s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
  }

  static XoshiroStream of(byte[] digest) {
    return new XoshiroStream(
        Derivation.word(digest, 0),
        Derivation.word(digest, 1),
        Derivation.word(digest, 2),
        Derivation.word(digest, 3),
        0);
  }

  @Override
  public long nextLong() {
    long a = s0;
    long b = s1;
    long c = s2 ^ a;
    long d = s3 ^ b;
    long word = Long.rotateLeft(a + s3, 23) + a;
    s0 = a ^ d;
    s1 = b ^ c;
    s2 = c ^ (b << 17);
    s3 = Long.rotateLeft(d, 45);
    draws++;
    return word;
  }

  @Override
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  @Override
  public int nextInt(int bound) {
    Bounds.requirePositive(bound);
    long product = (nextLong() >>> 32) * bound;
    if ((product & 0xffffffffL) < bound) {
      long threshold = (1L << 32) % bound;
      while ((product & 0xffffffffL) < threshold) {
        product = (nextLong() >>> 32) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /**
   * The upper 53 bits as a multiple of 2^-53, exactly as {@code (nextLong() >>> 11) * 0x1p-53}. The upper 52 are the
   * mantissa of a number from 1 to 2, from which 1 is taken, or for an odd multiple 1 - 2^-53, the double before 1; the
   * difference is exact. Converting an integer to a double made a loop of draws a fifth slower (C2 of JDK 17, x86).
   */
  @Override
  public double nextDouble() {
    long word = nextLong();
    return Double.longBitsToDouble(ONE | (word >>> 12))
        - Double.longBitsToDouble(ONE - (word >>> 11 & 1));
  }

  @Override
  public double nextGaussian() {
    long word = nextLong();
    long mantissa = Ziggurat.mantissa(word);
    int layer = Ziggurat.layer(word);
    return Math.abs(mantissa) < Ziggurat.INSIDE[layer]
        ? mantissa * Ziggurat.SCALE[layer]
        : Ziggurat.outside(this, layer, mantissa);
  }

  @Override
  public void fill(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = nextDouble();
    }
  }

  @Override
  public void fillGaussian(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = nextGaussian();
    }
  }

  @Override
  public String state() {
    return StreamState.write(NAME, draws, s0, s1, s2, s3);
  }
}
