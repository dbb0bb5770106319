package dev.stet.seeds;

/**
 * The ziggurat of 256 layers for the normal distribution, after Marsaglia and Tsang, "The Ziggurat Method for
 * Generating Random Variables", J. Stat. Softw. 5 (2000), doi:10.18637/jss.v005.i08, with layer and mantissa
 * from disjoint bits of one word as in Doornik, "An Improved Ziggurat Method" (2005).
 *
 * <p>Layer i is the strip of width {@code EDGE[i]} under the density; what lies left of {@code EDGE[i + 1]} is
 * inside for any height. Layer 0 is the base strip, whose outside is the tail. The mantissa is an odd number, so
 * that the distribution is exactly symmetric and never gives zero. Frozen.
 */
final class Ziggurat {
  static final int LAYERS = 256;

  /** Where the tail begins. */
  static final double TAIL = 3.654152885361009;

  /** The area of every layer. */
  static final double AREA = 0.004928673233974655;

  static final double[] EDGE = edges();
  static final double[] HEIGHT = heights();
  static final double[] SCALE = scales();
  static final long[] INSIDE = insides();

  private Ziggurat() {}

  static int layer(long word) {
    return (int) word & (LAYERS - 1);
  }

  /** Bits 11 to 63 as a signed number m, as 2m + 1: odd, between -2^53 and 2^53. */
  static long mantissa(long word) {
    return (word >> 10) | 1;
  }

  /** The one number in a hundred for which the first word did not settle it. */
  static double outside(RandomStream stream, int layer, long mantissa) {
    while (true) {
      double x = mantissa * SCALE[layer];
      if (Math.abs(mantissa) < INSIDE[layer]) {
        return x;
      }
      if (layer == 0) {
        return tail(stream, mantissa < 0);
      }
      double y = HEIGHT[layer] + stream.nextDouble() * (HEIGHT[layer + 1] - HEIGHT[layer]);
      if (y < density(x)) {
        return x;
      }
      long word = stream.nextLong();
      layer = layer(word);
      mantissa = mantissa(word);
    }
  }

  /** Marsaglia's tail method (1964): exact for any beginning of the tail. */
  private static double tail(RandomStream stream, boolean negative) {
    double x;
    double y;
    do {
      x = stream.nextExponential() / TAIL;
      y = stream.nextExponential();
    } while (y + y < x * x);
    return negative ? -(TAIL + x) : TAIL + x;
  }

  private static double density(double x) {
    return StrictMath.exp(-0.5 * x * x);
  }

  private static double[] edges() {
    double[] edges = new double[LAYERS + 1];
    edges[0] = AREA / density(TAIL);
    edges[1] = TAIL;
    for (int i = 2; i < LAYERS; i++) {
      edges[i] = StrictMath.sqrt(-2 * StrictMath.log(AREA / edges[i - 1] + density(edges[i - 1])));
    }
    return edges;
  }

  private static double[] heights() {
    double[] heights = new double[LAYERS + 1];
    for (int i = 0; i <= LAYERS; i++) {
      heights[i] = density(EDGE[i]);
    }
    return heights;
  }

  private static double[] scales() {
    double[] scales = new double[LAYERS];
    for (int i = 0; i < LAYERS; i++) {
      scales[i] = EDGE[i] * 0x1p-53;
    }
    return scales;
  }

  private static long[] insides() {
    long[] insides = new long[LAYERS];
    for (int i = 0; i < LAYERS; i++) {
      insides[i] = (long) (EDGE[i + 1] / EDGE[i] * 0x1p53);
    }
    return insides;
  }
}
