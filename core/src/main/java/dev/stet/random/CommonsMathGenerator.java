package dev.stet.random;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.RandomStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A stream as a random generator of Commons Math 3.
 *
 * <p>A view: each method draws the stream's own frozen number. It cannot be seeded. Not safe for use by several
 * threads at once, like the stream.
 *
 * @since 0.1
 */
public final class CommonsMathGenerator implements RandomGenerator {
  private final RandomStream stream;

  private CommonsMathGenerator(RandomStream stream) {
    this.stream = stream;
  }

  /**
   * Returns the view of a stream.
   *
   * @param stream where every number comes from
   * @return the stream as Commons Math takes it
   */
  public static CommonsMathGenerator of(RandomStream stream) {
    return new CommonsMathGenerator(requireNonNull(stream, "stream"));
  }

  /**
   * Refuses: a view cannot be seeded.
   *
   * @param seed not used
   * @throws UnsupportedOperationException always
   */
  @Override
  public void setSeed(int seed) {
    throw cannotBeSeeded();
  }

  /**
   * Refuses: a view cannot be seeded.
   *
   * @param seed not used
   * @throws UnsupportedOperationException always
   */
  @Override
  public void setSeed(int[] seed) {
    throw cannotBeSeeded();
  }

  /**
   * Refuses: a view cannot be seeded.
   *
   * @param seed not used
   * @throws UnsupportedOperationException always
   */
  @Override
  public void setSeed(long seed) {
    throw cannotBeSeeded();
  }

  @Override
  public void nextBytes(byte[] bytes) {
    stream.nextBytes(bytes);
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
  public long nextLong() {
    return stream.nextLong();
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
  public double nextDouble() {
    return stream.nextDouble();
  }

  @Override
  public double nextGaussian() {
    return stream.nextGaussian();
  }

  private static UnsupportedOperationException cannotBeSeeded() {
    return new UnsupportedOperationException(
        "this generator is a view of a stream and cannot be seeded. Open another stream instead:"
            + " CommonsMathGenerator.of(seed.child(...).stream()).");
  }
}
