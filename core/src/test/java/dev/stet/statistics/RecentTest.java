package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final List<Integer> computed = new ArrayList<>();
  private final Recent<Integer, Integer> recent = new Recent<>(
      10,
      key -> {
        computed.add(key);
        return key;
      },
      value -> value);

  private void ask(int... keys) {
    for (int key : keys) {
      assertThat(recent.get(key)).isEqualTo(key);
    }
  }

  @Test
  void computesOnceWhatFits() {
    ask(1, 2, 3, 4, 1, 2, 3, 4);
    assertThat(computed).containsExactly(1, 2, 3, 4);
  }

  @Test
  void forgetsWhatWasNotAskedForTheLongest() {
    ask(1, 2, 3, 4, 1, 5, 1, 3);
    assertThat(computed).containsExactly(1, 2, 3, 4, 5, 3);
  }

  @Test
  void answersWithoutKeepingWhatIsTooHeavy() {
    ask(11, 11);
    assertThat(computed).containsExactly(11, 11);
  }

  @Test
  void keepsCountsWhoseUpperHalfMirrorsTheLower() {
    for (int[] sizes : new int[][] {{1, 1}, {1, 4}, {3, 3}, {5, 4}, {40, 33}}) {
      int size = sizes[0] * sizes[1] + 1;
      BigInteger[] counts = RankSumNull.counts(sizes[0], sizes[1], size);
      IntStream.range(0, size)
          .forEach(u -> assertThat(counts[u]).isEqualTo(counts[size - 1 - u]).isPositive());
    }
  }

  @Test
  void givesEveryThreadTheSameCounts() {
    long[] criticals = IntStream.range(0, 400)
        .parallel()
        .mapToLong(i -> RankSumNull.critical(20 + i % 4, 20, Tail.ofLevel(0.95)))
        .toArray();
    // R: qwilcox(.025, 20, 20) = 128.
    for (int i = 0; i < criticals.length; i++) {
      assertThat(criticals[i]).isEqualTo(criticals[i % 4]);
    }
    assertThat(criticals[0]).isEqualTo(128);
  }
}
