package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RandomStreamProperties {
  private static final List<ToDoubleFunction<RandomStream>> CALLS = List.of(
      RandomStream::nextLong,
      RandomStream::nextInt,
      s -> s.nextInt(0x60000000),
      s -> s.nextLong(0x6000000000000000L),
      s -> s.nextBoolean() ? 1 : 0,
      RandomStream::nextFloat,
      RandomStream::nextDouble,
      RandomStream::nextGaussian,
      RandomStream::nextExponential,
      s -> s.permutation(5)[0],
      s -> {
        byte[] bytes = new byte[11];
        s.nextBytes(bytes);
        return bytes[10];
      },
      s -> s.sample(100, 3)[2],
      s -> s.asRandom().nextGaussian());

  @Property(seed = "4")
  void restoredAnywhereItGoesOnAsIfNothingHadHappened(
      @ForAll long root,
      @ForAll boolean addressable,
      @ForAll @Size(max = 40) List<@IntRange(max = 12) Integer> before,
      @ForAll @Size(max = 40) List<@IntRange(max = 12) Integer> after) {
    RandomStream stream = addressable ? Seed.of(root).addressable() : Seed.of(root).stream();
    RandomStream twin = RandomStream.restore(stream.state());
    for (int call : before) {
      assertThat(CALLS.get(call).applyAsDouble(twin))
          .isEqualTo(CALLS.get(call).applyAsDouble(stream));
    }

    RandomStream restored = RandomStream.restore(stream.state());

    assertThat(restored.draws()).isEqualTo(stream.draws());
    for (int call : after) {
      assertThat(CALLS.get(call).applyAsDouble(restored))
          .isEqualTo(CALLS.get(call).applyAsDouble(stream));
    }
    assertThat(restored.state()).isEqualTo(stream.state());
  }

  @Property(seed = "5")
  void fillIsSingleDraws(
      @ForAll long root, @ForAll boolean addressable, @ForAll @IntRange(max = 300) int size) {
    RandomStream filling = addressable ? Seed.of(root).addressable() : Seed.of(root).stream();
    RandomStream single = RandomStream.restore(filling.state());
    double[] uniform = new double[size];
    double[] gaussian = new double[size];
    filling.fill(uniform);
    filling.fillGaussian(gaussian);

    for (double value : uniform) {
      assertThat(value).isEqualTo(single.nextDouble());
    }
    for (double value : gaussian) {
      assertThat(value).isEqualTo(single.nextGaussian());
    }
    assertThat(filling.state()).isEqualTo(single.state());
  }

  @Property(seed = "6")
  void seekReachesWhatDrawingReaches(
      @ForAll long root, @ForAll @IntRange(max = 1000) int position) {
    AddressableStream drawing = Seed.of(root).addressable();
    AddressableStream seeking = Seed.of(root).addressable();
    for (int i = 0; i < position; i++) {
      drawing.nextLong();
    }
    seeking.seek(position);

    assertThat(seeking.position()).isEqualTo(drawing.position());
    assertThat(seeking.nextLong()).isEqualTo(drawing.nextLong());
  }
}
