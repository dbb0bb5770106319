package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NullCountsTest {
  @Test
  void countsRankSumsAsEnumerationDoes() {
    for (int n = 1; n <= 6; n++) {
      for (int m = 1; m <= 6; m++) {
        BigInteger[] expected = new BigInteger[n * m + 1];
        Arrays.fill(expected, BigInteger.ZERO);
        for (int set = 0; set < 1 << (n + m); set++) {
          if (Integer.bitCount(set) == n) {
            int u = statistic(set, n + m);
            expected[u] = expected[u].add(BigInteger.ONE);
          }
        }
        assertThat(RankSumNull.counts(n, m, n * m + 1)).containsExactly(expected);
      }
    }
  }

  private static int statistic(int set, int bits) {
    int u = 0;
    int below = 0;
    for (int i = 0; i < bits; i++) {
      if ((set >> i & 1) == 1) {
        u += below;
      } else {
        below++;
      }
    }
    return u;
  }

  @Test
  void countsAreExactBeyondALong() {
    // C(100, 50) arrangements of 50 values among 50.
    BigInteger total =
        Arrays.stream(RankSumNull.counts(50, 50, 2501)).reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(total).isEqualTo("100891344545564193334812497256");
  }

  @Test
  void givesThePublishedTail() {
    // Mann and Whitney 1947, table I, n = m = 6: P(U at most 5) = .021, P(U at most 7) = .047.
    BigInteger[] counts = RankSumNull.counts(6, 6, 37);
    assertThat(share(counts, 5, 924)).isCloseTo(0.021, within(5e-4));
    assertThat(share(counts, 7, 924)).isCloseTo(0.047, within(5e-4));
  }

  private static double share(BigInteger[] counts, int upTo, int total) {
    BigInteger sum = Arrays.stream(counts).limit(upTo + 1).reduce(BigInteger.ZERO, BigInteger::add);
    return new BigDecimal(sum)
        .divide(BigDecimal.valueOf(total), MathContext.DECIMAL64)
        .doubleValue();
  }

  @Test
  void takesEqualityAsWithinTheTail() {
    assertThat(HodgesLehmann.canBound(3, 3, 0.90)).isTrue();
    assertThat(HodgesLehmann.canBound(3, 3, 0.901)).isFalse();
    assertThat(SignedRank.canBound(5, 0.9375)).isTrue();
    assertThat(SignedRank.canBound(5, 0.9376)).isFalse();
  }

  @Test
  void needsTheRunsThatTheTableSays() {
    int[][] table = {{1, 19, 39}, {2, 5, 8}, {3, 3, 5}, {4, 3, 4}, {5, 2, 3}};
    for (int[] row : table) {
      for (int column = 1; column <= 2; column++) {
        double level = column == 1 ? 0.90 : 0.95;
        assertThat(HodgesLehmann.canBound(row[0], row[column], level)).isTrue();
        assertThat(HodgesLehmann.canBound(row[0], row[column] - 1, level)).isFalse();
      }
    }
    assertThat(SignedRank.canBound(5, 0.90)).isTrue();
    assertThat(SignedRank.canBound(4, 0.90)).isFalse();
    assertThat(SignedRank.canBound(6, 0.95)).isTrue();
  }

  @Test
  void givesTheCriticalValuesOfTheTables() {
    // R: qwilcox(.025, 20, 20) = 128, qwilcox(.05, 20, 20) = 139, qwilcox(.025, 50, 50) = 966;
    // qsignrank(.025, 20) = 53, qsignrank(.05, 20) = 61. The smallest with P(U <= q) above the
    // tail.
    assertThat(RankSumNull.critical(20, 20, Tail.ofLevel(0.95))).isEqualTo(128);
    assertThat(RankSumNull.critical(20, 20, Tail.ofLevel(0.90))).isEqualTo(139);
    assertThat(SignedRankNull.critical(20, Tail.ofLevel(0.95))).isEqualTo(53);
    assertThat(SignedRankNull.critical(20, Tail.ofLevel(0.90))).isEqualTo(61);
  }

  @Test
  void switchesToTheNormalFormWithoutAJump() {
    for (double level : new double[] {0.90, 0.95}) {
      Tail tail = Tail.ofLevel(level);
      long exact = RankSumNull.critical(65, 65, tail);
      assertThat(Math.abs(RankSumNull.asymptotic(65, 65, tail) - exact)).isLessThanOrEqualTo(2);
      assertThat(Math.abs(SignedRankNull.asymptotic(62, tail) - SignedRankNull.critical(62, tail)))
          .isLessThanOrEqualTo(2);
    }
  }
}
