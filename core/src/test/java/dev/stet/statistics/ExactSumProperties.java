package dev.stet.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.seeds.Seed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** BigDecimal, which holds every double and every sum of them, is the judge. */
class ExactSumProperties {
  /** Any finite bits; powers of two, whose sums meet ties; and values whose sums cancel. */
  @Provide
  Arbitrary<List<Double>> values() {
    Arbitrary<Double> bits =
        Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    Arbitrary<Double> powers = Arbitraries.integers()
        .between(-1074, 1023)
        .map(power -> Math.scalb(power % 2 == 0 ? 1.0 : -1.0, power));
    Arbitrary<Double> near = Arbitraries.integers()
        .between(-1076, -1000)
        .map(power -> Math.scalb(power % 3 == 0 ? -1.5 : 1.0, power));
    Arbitrary<Double> ties =
        Arbitraries.integers().between(-56, 3).map(power -> Math.scalb(1.0, power));
    return Arbitraries.oneOf(
        bits.list().ofMinSize(1).ofMaxSize(60),
        powers.list().ofMinSize(1).ofMaxSize(60),
        near.list().ofMinSize(1).ofMaxSize(20),
        ties.list().ofMinSize(1).ofMaxSize(12),
        bits.list().ofMinSize(1).ofMaxSize(20).map(ExactSumProperties::mirrored));
  }

  private static List<Double> mirrored(List<Double> values) {
    List<Double> both = new ArrayList<>(values);
    values.stream().skip(1).forEach(value -> both.add(-value));
    return both;
  }

  @Property(tries = 2_000)
  void sumIsTheNearestDouble(@ForAll("values") List<Double> values) {
    BigDecimal exact = exact(values);
    double sum = sumOf(values).sum();
    assertThat(sum).isEqualTo(exact.doubleValue() + 0.0);
    assertThat(isNearest(sum, exact, 1)).isTrue();
  }

  @Property(tries = 2_000)
  void meanIsTheNearestDouble(@ForAll("values") List<Double> values) {
    assertThat(isNearest(sumOf(values).mean(), exact(values), values.size())).isTrue();
  }

  @Property(tries = 500)
  void orderDoesNotMatter(@ForAll("values") List<Double> values, @ForAll long seed) {
    List<Double> other = new ArrayList<>(values);
    Seed.of(seed).stream().shuffle(other);
    assertSame(sumOf(other), sumOf(values));
  }

  @Property(tries = 500)
  void partsDoNotMatter(
      @ForAll("values") List<Double> values, @ForAll List<Integer> owners, @ForAll long seed) {
    List<ExactSum> parts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      parts.add(ExactSum.of());
    }
    for (int i = 0; i < values.size(); i++) {
      int owner = owners.isEmpty() ? 0 : owners.get(i % owners.size());
      parts.get(owner & 3).add(values.get(i));
    }
    Seed.of(seed).stream().shuffle(parts);
    parts.get(2).combine(parts.get(3));
    parts.get(0).combine(parts.get(1));
    parts.get(0).combine(parts.get(2));
    assertSame(parts.get(0), sumOf(values));
  }

  @Property(tries = 200)
  void turnsItsSignWithItsValues(@ForAll("values") List<Double> values) {
    ExactSum turned = sumOf(values.stream().map(value -> -value).toList());
    assertThat(turned.sum() + 0.0).isEqualTo(-sumOf(values).sum() + 0.0);
    assertThat(turned.mean() + 0.0).isEqualTo(-sumOf(values).mean() + 0.0);
  }

  private static void assertSame(ExactSum one, ExactSum other) {
    assertThat(Double.doubleToRawLongBits(one.sum()))
        .isEqualTo(Double.doubleToRawLongBits(other.sum()));
    assertThat(Double.doubleToRawLongBits(one.mean()))
        .isEqualTo(Double.doubleToRawLongBits(other.mean()));
    assertThat(one.count()).isEqualTo(other.count());
  }

  private static ExactSum sumOf(List<Double> values) {
    return ExactSum.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static BigDecimal exact(List<Double> values) {
    return values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Whether no neighbour times n lies nearer to the sum, nor as near with an even last bit where this one's is odd. */
  private static boolean isNearest(double value, BigDecimal sum, int n) {
    BigDecimal scale = BigDecimal.valueOf(n);
    if (Double.isInfinite(value)) {
      BigDecimal beyond =
          new BigDecimal(Double.MAX_VALUE).add(BigDecimal.valueOf(2).pow(970));
      return sum.abs().compareTo(beyond.multiply(scale)) >= 0 && sum.signum() == Math.signum(value);
    }
    BigDecimal off = new BigDecimal(value).multiply(scale).subtract(sum).abs();
    for (double neighbour : new double[] {Math.nextUp(value), Math.nextDown(value)}) {
      BigDecimal exact = Double.isInfinite(neighbour)
          ? new BigDecimal(Double.MAX_VALUE)
              .add(BigDecimal.valueOf(2).pow(971))
              .multiply(BigDecimal.valueOf((long) Math.signum(neighbour)))
          : new BigDecimal(neighbour);
      int nearer = off.compareTo(exact.multiply(scale).subtract(sum).abs());
      boolean odd = (Double.doubleToRawLongBits(value) & 1) == 1;
      if (nearer > 0 || (nearer == 0 && odd)) {
        return false;
      }
    }
    return true;
  }
}
