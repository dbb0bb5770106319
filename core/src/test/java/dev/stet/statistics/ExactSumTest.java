package dev.stet.statistics;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Known answers of Python's fractions and math.fsum (exact_sums.py beside exact_sums.csv), and the edges. */
class ExactSumTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  static List<String> rows() throws IOException {
    return Rows.of("exact_sums.csv");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithPython(String row) {
    String[] cells = row.split(",", -1);
    ExactSum sum = ExactSum.of(Rows.numbers(cells[1]));
    assertThat(sum.sum()).isEqualTo(Double.parseDouble(cells[2]));
    assertThat(sum.mean()).isEqualTo(Double.parseDouble(cells[3]));
    assertThat(bits(sum.mean())).isEqualTo(bits(Double.parseDouble(cells[3])));
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Test
  void ofNothingIsZeroAndHasNoMean() {
    assertThat(bits(ExactSum.of().sum())).isEqualTo(bits(0.0));
    assertThat(ExactSum.of().mean()).isNaN();
    assertThat(ExactSum.of().count()).isZero();
  }

  @Test
  void isMinusZeroOnlyIfEveryValueIs() {
    assertThat(bits(ExactSum.of(-0.0, -0.0).sum())).isEqualTo(bits(-0.0));
    assertThat(bits(ExactSum.of(-0.0, -0.0).mean())).isEqualTo(bits(-0.0));
    assertThat(bits(ExactSum.of(-0.0, 0.0).sum())).isEqualTo(bits(0.0));
    assertThat(bits(ExactSum.of(-3, 3).sum())).isEqualTo(bits(0.0));
    assertThat(bits(ExactSum.of(-3, 3).mean())).isEqualTo(bits(0.0));
    ExactSum parts = ExactSum.of(-0.0);
    parts.combine(ExactSum.of());
    assertThat(bits(parts.sum())).isEqualTo(bits(-0.0));
  }

  @Test
  void knowsInfinitiesAndNaNInAnyOrder() {
    assertThat(ExactSum.of(1, INFINITY, -1e308).sum()).isEqualTo(INFINITY);
    assertThat(ExactSum.of(-INFINITY, 1, -INFINITY).mean()).isEqualTo(-INFINITY);
    assertThat(ExactSum.of(INFINITY, 1, -INFINITY).sum()).isNaN();
    assertThat(ExactSum.of(-INFINITY, INFINITY).mean()).isNaN();
    assertThat(ExactSum.of(NAN, INFINITY).sum()).isNaN();
    assertThat(bits(ExactSum.of(-NAN, 1).sum())).isEqualTo(bits(NAN));
    ExactSum parts = ExactSum.of(INFINITY, 2);
    parts.combine(ExactSum.of(-INFINITY));
    assertThat(parts.sum()).isNaN();
    assertThat(parts.count()).isEqualTo(3);
  }

  @Test
  void carriesThroughMillionsOfTheLargestAndTheSmallest() {
    int n = 3_000_000;
    ExactSum sum = ExactSum.of();
    for (int i = 0; i < n; i++) {
      sum.add(Double.MAX_VALUE);
      sum.add(-Double.MIN_VALUE);
    }
    assertThat(sum.sum()).isEqualTo(INFINITY);
    assertThat(sum.mean()).isEqualTo(Double.MAX_VALUE / 2);
    for (int i = 0; i < n; i++) {
      sum.add(-Double.MAX_VALUE);
    }
    assertThat(sum.sum()).isEqualTo(-n * Double.MIN_VALUE);
    assertThat(sum.count()).isEqualTo(3L * n);
  }

  /** Every chunk takes the most that a value can add, of either sign, around the place of a carry. */
  @Test
  void carriesInTime() {
    for (int exponent = -1074; exponent <= 971; exponent++) {
      double value = Math.scalb(0x1p53 - 1, exponent);
      for (double signed : new double[] {value, -value}) {
        ExactSum sum = ExactSum.of();
        for (int i = 0; i < 2_050; i++) {
          sum.add(signed);
        }
        assertThat(sum.mean()).isEqualTo(signed);
        assertThat(sum.sum())
            .isEqualTo(
                new BigDecimal(signed).multiply(BigDecimal.valueOf(2_050)).doubleValue());
      }
    }
  }

  @Test
  void givesTheSameBitsForEverySplitOverThreads() {
    double[] values = illConditioned(100_000);
    double exact = Arrays.stream(values)
        .mapToObj(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
    assertThat(ExactSum.of(values).sum()).isEqualTo(exact);
    assertThat(ExactSum.of(Arrays.stream(values).parallel()).sum()).isEqualTo(exact);
    ExactSum collected =
        Arrays.stream(values).parallel().boxed().collect(ExactSum.summing(Double::doubleValue));
    assertThat(collected.sum()).isEqualTo(exact);
    assertThat(collected.count()).isEqualTo(100_000);
    assertThat(collected.mean()).isEqualTo(ExactSum.of(values).mean());
    assertThat(Arrays.stream(values).sum()).isNotEqualTo(exact);
  }

  @Test
  void collectsGroups() {
    Map<Boolean, ExactSum> groups = IntStream.rangeClosed(1, 10)
        .boxed()
        .collect(groupingBy(i -> i % 2 == 0, ExactSum.summing(i -> i / 10.0)));
    assertThat(groups)
        .hasEntrySatisfying(true, even -> assertThat(even.sum()).isEqualTo(3.0))
        .hasEntrySatisfying(false, odd -> assertThat(odd.mean()).isEqualTo(0.5));
  }

  @Test
  void doublesWhenCombinedWithItselfUntilTheCountIsTooLarge() {
    ExactSum sum = ExactSum.of(0.1, Double.MAX_VALUE);
    ExactSum one = ExactSum.of(1.5);
    for (int i = 0; i < 61; i++) {
      sum.combine(sum);
      one.combine(one);
    }
    assertThat(one.sum()).isEqualTo(1.5 * 0x1p61);
    assertThat(one.mean()).isEqualTo(1.5);
    assertThat(sum.count()).isEqualTo(1L << 62);
    assertThat(sum.mean()).isEqualTo(Double.MAX_VALUE / 2);
    assertThatThrownBy(() -> sum.combine(ExactSum.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an exact sum holds at most 2^62 values; got 4,611,686,018,427,387,904 and 1 more."
                + " Was one combined with itself too often?");
    assertThat(sum.count()).isEqualTo(1L << 62);
  }

  @Test
  void readingChangesNothing() {
    ExactSum sum = ExactSum.of(1e308, 1e308);
    assertThat(sum.sum()).isEqualTo(INFINITY);
    sum.mean();
    ExactSum other = ExactSum.of(-1e308);
    sum.combine(other);
    assertThat(sum.sum()).isEqualTo(1e308);
    assertThat(other.sum()).isEqualTo(-1e308);
    assertThat(sum).hasToString("1.0E308 = sum of 3");
  }

  @Test
  void goesOnAfterSerialisation() throws Exception {
    double[] values = illConditioned(1_000);
    ExactSum sum = ExactSum.of(Arrays.copyOf(values, 700));
    ExactSum copy = copied(sum);
    for (ExactSum each : List.of(sum, copy)) {
      each.combine(ExactSum.of(Arrays.copyOfRange(values, 700, 1_000)));
      assertThat(each.sum()).isEqualTo(ExactSum.of(values).sum());
      assertThat(each.count()).isEqualTo(1_000);
    }
    assertThat(copied(ExactSum.of(NAN)).sum()).isNaN();
    assertThat(copied(ExactSum.of(-0.0)).sum()).isEqualTo(-0.0);
  }

  private static ExactSum copied(ExactSum sum) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sum);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ExactSum) in.readObject();
    }
  }

  /** Pairs that cancel over 600 binary orders of magnitude, and a little that does not. */
  private static double[] illConditioned(int n) {
    RandomStream stream = Seed.of(20261125).stream();
    double[] values = new double[n];
    for (int i = 0; i + 1 < n; i += 2) {
      double value = Math.scalb(stream.nextDouble() - 0.5, stream.nextInt(600) - 300);
      values[i] = value;
      values[i + 1] = -value + (i % 100 == 0 ? Math.ulp(value) : 0);
    }
    List<Double> boxed = new ArrayList<>(Arrays.stream(values).boxed().toList());
    stream.shuffle(boxed);
    return boxed.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  @SuppressWarnings("NullAway") // the mistake under test
  void refusesNull() {
    assertThatThrownBy(() -> ExactSum.of(1).combine(null)).hasMessage("other");
    assertThatThrownBy(() -> ExactSum.summing(null)).hasMessage("number");
    assertThat(Stream.<Double>empty()
            .collect(ExactSum.summing(Double::doubleValue))
            .count())
        .isZero();
  }
}
