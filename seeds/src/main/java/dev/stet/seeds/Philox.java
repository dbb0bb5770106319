package dev.stet.seeds;

/**
 * Philox4x64 with ten rounds, of Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3",
 * SC'11, doi:10.1145/2063384.2063405.
 */
final class Philox {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xd2e7470ee14c6c93L;
  private static final long MULTIPLIER_1 = 0xca5a826395121157L;
  private static final long WEYL_0 = 0x9e3779b97f4a7c15L;
  private static final long WEYL_1 = 0xbb67ae8584caa73bL;

  private Philox() {}

  /** Writes the four words of the block with this counter. */
  static void block(long k0, long k1, long c0, long c1, long c2, long c3, long[] out) {
    for (int round = 0; round < ROUNDS; round++) {
      long high0 = Wide.multiplyHigh(MULTIPLIER_0, c0);
      long low0 = MULTIPLIER_0 * c0;
      long high1 = Wide.multiplyHigh(MULTIPLIER_1, c2);
      long low1 = MULTIPLIER_1 * c2;
      c0 = high1 ^ c1 ^ k0;
      c1 = low1;
      c2 = high0 ^ c3 ^ k1;
      c3 = low0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }
}
