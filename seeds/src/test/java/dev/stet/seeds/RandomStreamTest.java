package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
  private final RandomStream stream = Seed.of(42).stream();

  @Nested
  class Draws {
    @Test
    void areCountedInWords() {
      stream.nextInt();
      stream.nextBoolean();
      stream.nextFloat();
      stream.nextExponential();
      assertThat(stream.draws()).isEqualTo(4);
      stream.nextBytes(new byte[9]);
      assertThat(stream.draws()).isEqualTo(6);
      stream.fill(new double[10]);
      assertThat(stream.draws()).isEqualTo(16);
    }

    @Test
    void ofNothingTakeNothing() {
      stream.nextBytes(new byte[0]);
      stream.fill(new double[0]);
      stream.fillGaussian(new double[0]);
      stream.shuffle(new int[] {1});
      stream.shuffle(List.of());
      assertThat(stream.permutation(0)).isEmpty();
      assertThat(stream.sample(0, 0)).isEmpty();
      assertThat(stream.ints(0).toArray()).isEmpty();
      assertThat(stream.draws()).isZero();
    }

    @Test
    void ofAJavaStreamAreAsManyAsItsNumbersAndInOrderInParallelToo() {
      double[] numbers = stream.doubles(1000).parallel().toArray();
      assertThat(stream.draws()).isEqualTo(1000);

      double[] expected = new double[1000];
      Seed.of(42).stream().fill(expected);
      assertThat(numbers).isEqualTo(expected);
    }

    @Test
    void ofAnUnlimitedJavaStreamAreLazy() {
      assertThat(stream.ints(5, 8).limit(100).toArray()).containsOnly(5, 6, 7);
      assertThat(stream.draws()).isEqualTo(100);
    }

    @Test
    void areInsideTheirRange() {
      float smallest = Float.MIN_VALUE;
      for (int i = 0; i < 1000; i++) {
        assertThat(stream.nextDouble(Double.MIN_VALUE)).isZero();
        assertThat(stream.nextFloat(1, Math.nextUp(1f))).isEqualTo(1f);
        assertThat(stream.nextFloat(-Float.MAX_VALUE, Float.MAX_VALUE)).isFinite();
        assertThat(stream.nextFloat(smallest)).isZero();
        assertThat(stream.nextInt(Integer.MIN_VALUE, Integer.MAX_VALUE))
            .isLessThan(Integer.MAX_VALUE);
        assertThat(stream.nextLong(Long.MAX_VALUE)).isNotNegative();
        assertThat(stream.nextInt(1)).isZero();
      }
    }

    @Test
    void ofEquidistantDoublesKeepTheirEnds() {
      double up = Math.nextUp(1.0);
      assertThat(stream.equiDoubles(1, up, true, true).limit(50).toArray())
          .containsOnly(1, up)
          .contains(1, up);
      assertThat(stream.equiDoubles(1, up, true, false).limit(50).toArray()).containsOnly(1);
      assertThat(stream.equiDoubles(1, up, false, true).limit(50).toArray()).containsOnly(up);
      assertThat(stream.equiDoubles(0, 0, true, true).limit(3).toArray()).containsOnly(0);
      assertThat(Grid.of(-Double.MAX_VALUE, Double.MAX_VALUE, true, true).size())
          .isEqualTo((1L << 54) - 1);
      assertThat(Grid.of(Double.MIN_VALUE, Double.MAX_VALUE, true, true).first())
          .isEqualTo(1);
      assertThat(Grid.of(0, 1, true, true)).isEqualTo(new Grid(0, (1L << 53) + 1, 0x1p-53));
    }
  }

  @Nested
  class Arguments {
    @Test
    void areRefusedWithTheirValueAndARemedy() {
      refused(s -> s.nextInt(0), "bound must be positive; got 0. The draw is from 0 to bound - 1.");
      refused(
          s -> s.nextLong(-5), "bound must be positive; got -5. The draw is from 0 to bound - 1.");
      refused(
          s -> s.nextDouble(Double.NaN),
          "bound must be a positive, finite number; got NaN. The draw is from 0 up to, not including, it.");
      refused(
          s -> s.nextFloat(Float.POSITIVE_INFINITY),
          "bound must be a positive, finite number; got Infinity. The draw is from 0 up to, not including, it.");
      refused(
          s -> s.nextInt(3, 3),
          "origin and bound must be finite and origin less than bound; got 3 and 3. The draw is from origin up to, not"
              + " including, bound.");
      refused(
          s -> s.nextDouble(0, Double.NaN),
          "origin and bound must be finite and origin less than bound; got 0.0 and NaN. The draw is from origin up to,"
              + " not including, bound.");
      refused(
          s -> s.nextGaussian(Double.NaN, 1),
          "mean must be a finite number; got NaN. Give the centre of the distribution.");
      refused(
          s -> s.nextGaussian(0, -1),
          "standard deviation must be a finite number, 0 or more; got -1.0. Give the spread of the distribution, not"
              + " its variance.");
      refused(
          s -> s.ints(-1),
          "streamSize must not be negative; got -1. Say how many you want, 0 or more.");
      refused(
          s -> s.permutation(-1),
          "n must not be negative; got -1. Say how many you want, 0 or more.");
      refused(
          s -> s.sample(3, 4),
          "k must be from 0 to n = 3; got 4. Each number is taken at most once; draw with nextInt(n) if it may come"
              + " again.");
      refused(
          s -> s.equiDoubles(1, 1, true, false),
          "the ends of an interval must be finite and some number must lie between them; got [1.0, 1.0). Give a left"
              + " end below the right one.");
    }

    @ParameterizedTest
    @CsvSource({"NaN, 1", "1, NaN", "-Infinity, 1", "1, Infinity", "1, 1", "2, 1"})
    void ofARangeAreRefusedBeforeAnythingIsDrawn(double origin, double bound) {
      List<Consumer<RandomStream>> draws = List.of(
          s -> s.nextDouble(origin, bound),
          s -> s.nextFloat((float) origin, (float) bound),
          s -> s.doubles(origin, bound),
          s -> s.doubles(3, origin, bound),
          s -> s.equiDoubles(origin, bound, false, false));
      for (Consumer<RandomStream> draw : draws) {
        assertThatIllegalArgumentException().isThrownBy(() -> draw.accept(stream));
      }
      assertThat(stream.draws()).isZero();
    }

    private void refused(Consumer<RandomStream> call, String message) {
      for (RandomStream each : List.of(Seed.of(1).stream(), Seed.of(1).addressable())) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> call.accept(each))
            .withMessage(message);
        assertThat(each.draws()).isZero();
      }
    }
  }

  @Nested
  class Shuffles {
    @Test
    @SuppressWarnings("JdkObsolete") // a list without random access takes another way
    void giveTheSameOrderToEveryKindOfSequence() {
      int[] ints = stream.permutation(50);
      List<Integer> expected = Arrays.stream(ints).boxed().toList();
      List<Integer> ascending = IntStream.range(0, 50).boxed().toList();

      assertThat(shuffled(new ArrayList<>(ascending))).isEqualTo(expected);
      assertThat(shuffled(new LinkedList<>(ascending))).isEqualTo(expected);
      Integer[] objects = ascending.toArray(Integer[]::new);
      Seed.of(42).stream().shuffle(objects);
      assertThat(objects).containsExactlyElementsOf(expected);
      long[] longs = IntStream.range(0, 50).asLongStream().toArray();
      Seed.of(42).stream().shuffle(longs);
      assertThat(longs).isEqualTo(Arrays.stream(ints).asLongStream().toArray());
      double[] doubles = IntStream.range(0, 50).asDoubleStream().toArray();
      Seed.of(42).stream().shuffle(doubles);
      assertThat(doubles).isEqualTo(Arrays.stream(ints).asDoubleStream().toArray());
      float[] floats = new float[50];
      for (int i = 0; i < 50; i++) {
        floats[i] = i;
      }
      Seed.of(42).stream().shuffle(floats);
      assertThat(floats[0]).isEqualTo(ints[0]);
      assertThat(floats[49]).isEqualTo(ints[49]);
    }

    @Test
    void cannotSetWhatCannotBeSet() {
      assertThatThrownBy(
              () -> stream.shuffle(Collections.unmodifiableList(new ArrayList<>(List.of(1, 2)))))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void samplesAreTheSameWithAndWithoutAPool() {
      int[] sparse = Seed.of(42).stream().sample(10_000, 600);
      int[] dense = Arrays.copyOf(Seed.of(42).stream().sample(10_000, 10_000), 600);

      assertThat(sparse).isEqualTo(dense).doesNotHaveDuplicates();
      assertThat(stream.sample(Integer.MAX_VALUE, 3)).hasSize(3).doesNotHaveDuplicates();
    }

    private List<Integer> shuffled(List<Integer> list) {
      Seed.of(42).stream().shuffle(list);
      return list;
    }
  }

  @Nested
  class States {
    @Test
    void areAboutAHundredCharacters() {
      assertThat(stream.state())
          .isEqualTo(
              "xoshiro256++:v1:58d4913d163401ec:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24:0")
          .isEqualTo(stream.toString());
      assertThat(RandomStream.restore(Seed.of(42).addressable().state()))
          .isInstanceOf(AddressableStream.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "xoshiro256++",
          "xoshiro256++:v2:58d4913d163401ec:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24:0",
          "mt19937:v1:58d4913d163401ec:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24:0",
          "xoshiro256++:v1:58d4913d163401ec:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24",
          "xoshiro256++:v1:58d4913d163401e:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24:0",
          "xoshiro256++:v1:58d4913d163401eg:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24:0",
          "xoshiro256++:v1:58d4913d163401ec:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24:-1",
          "xoshiro256++:v1:58d4913d163401ec:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24:0 ",
          "xoshiro256++:v1:0000000000000000:0000000000000000:0000000000000000:0000000000000000:0",
          "philox4x64-10:v1:58d4913d163401ec:931c9ab7bf15b93c:980774293771d613:2f28f9e290308e24:0"
        })
    void areRefusedWhereChanged(String text) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RandomStream.restore(text))
          .withMessageStartingWith("not the state of a stream: \"" + text + "\"; ")
          .withMessageEndingWith(". Give what RandomStream.state() returned, unchanged.");
    }

    @Test
    void ofANegativePositionAreRefused() {
      String text =
          Seed.of(1).addressable().state().replace(":0000000000000000:0", ":8000000000000000:0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RandomStream.restore(text))
          .withMessageStartingWith("not the state of a stream: ");
    }

    @Test
    void ofZeroAreReplaced() {
      RandomStream zero = XoshiroStream.of(new byte[32]);

      assertThat(zero.nextLong()).isNotZero();
      assertThat(RandomStream.restore(zero.state()).state()).isEqualTo(zero.state());
    }
  }

  @Nested
  class AsRandom {
    private final Random random = stream.asRandom();
    private final RandomStream same = Seed.of(42).stream();

    @Test
    void givesTheNumbersOfTheStreamAndCountsThem() {
      assertThat(random.nextInt(10)).isEqualTo(same.nextInt(10));
      assertThat(random.nextGaussian()).isEqualTo(same.nextGaussian());
      assertThat(random.ints(3, 0, 9).toArray()).isEqualTo(same.ints(3, 0, 9).toArray());
      assertThat(stream.draws()).isEqualTo(same.draws());
      assertThat(stream.state()).isEqualTo(same.state());
    }

    @Test
    void shufflesCollectionsFromTheStream() {
      List<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4));
      Collections.shuffle(list, random);
      assertThat(stream.draws()).isEqualTo(3);
    }

    @Test
    void givesTheUpperBits() {
      assertThat(new RandomView(stream).next(8)).isEqualTo((int) (same.nextLong() >>> 56));
      assertThat(new RandomView(stream).next(32)).isEqualTo(same.nextInt());
    }

    @Test
    void cannotBeSeeded() {
      assertThatThrownBy(() -> random.setSeed(7))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(
              "this Random is a view of a stream and cannot be seeded with 7. Open another stream instead:"
                  + " seed.child(...).stream().asRandom().");
    }

    @Test
    void isNotSerialized() {
      assertThatThrownBy(
              () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(random))
          .isInstanceOf(NotSerializableException.class)
          .hasMessage(
              "a view of a stream is not written; write RandomStream.state() and restore it");
    }
  }
}
