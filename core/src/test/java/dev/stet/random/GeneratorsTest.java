package dev.stet.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.apache.commons.math3.random.RandomDataGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GeneratorsTest {
  private final RandomStream stream = Seed.of(42).stream();
  private final RandomStream same = Seed.of(42).stream();

  @Nested
  class ForCommonsMath {
    private final CommonsMathGenerator generator = CommonsMathGenerator.of(stream);

    @Test
    void drawsTheNumbersOfTheStream() {
      assertThat(generator.nextInt()).isEqualTo(same.nextInt());
      assertThat(generator.nextInt(10)).isEqualTo(same.nextInt(10));
      assertThat(generator.nextLong()).isEqualTo(same.nextLong());
      assertThat(generator.nextBoolean()).isEqualTo(same.nextBoolean());
      assertThat(generator.nextFloat()).isEqualTo(same.nextFloat());
      assertThat(generator.nextDouble()).isEqualTo(same.nextDouble());
      assertThat(generator.nextGaussian()).isEqualTo(same.nextGaussian());
      byte[] bytes = new byte[11];
      byte[] expected = new byte[11];
      generator.nextBytes(bytes);
      same.nextBytes(expected);
      assertThat(bytes).isEqualTo(expected);
      assertThat(stream.state()).isEqualTo(same.state());
    }

    @Test
    void servesCommonsMath() {
      assertThat(new RandomDataGenerator(generator).nextPoisson(5)).isNotNegative();
      assertThat(stream.draws()).isPositive();
    }

    @Test
    void cannotBeSeeded() {
      String message =
          "this generator is a view of a stream and cannot be seeded. Open another stream instead:"
              + " CommonsMathGenerator.of(seed.child(...).stream()).";
      assertThatThrownBy(() -> generator.setSeed(1))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> generator.setSeed(1L)).hasMessage(message);
      assertThatThrownBy(() -> generator.setSeed(new int[] {1})).hasMessage(message);
    }
  }

  @Nested
  class ForCommonsRng {
    private final CommonsRngGenerator generator = CommonsRngGenerator.of(stream);

    @Test
    void leavesNoDefaultMethodOfTheLibrary() throws Exception {
      for (Method method : UniformRandomProvider.class.getDeclaredMethods()) {
        if (!Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers())) {
          assertThat(CommonsRngGenerator.class.getDeclaredMethod(
                  method.getName(), method.getParameterTypes()))
              .isNotNull();
        }
      }
    }

    @Test
    void drawsTheNumbersOfTheStream() {
      assertThat(generator.nextInt()).isEqualTo(same.nextInt());
      assertThat(generator.nextInt(10)).isEqualTo(same.nextInt(10));
      assertThat(generator.nextInt(-3, 10)).isEqualTo(same.nextInt(-3, 10));
      assertThat(generator.nextLong()).isEqualTo(same.nextLong());
      assertThat(generator.nextLong(10)).isEqualTo(same.nextLong(10));
      assertThat(generator.nextLong(-3, 10)).isEqualTo(same.nextLong(-3, 10));
      assertThat(generator.nextBoolean()).isEqualTo(same.nextBoolean());
      assertThat(generator.nextFloat()).isEqualTo(same.nextFloat());
      assertThat(generator.nextFloat(2)).isEqualTo(same.nextFloat(2));
      assertThat(generator.nextFloat(1, 2)).isEqualTo(same.nextFloat(1, 2));
      assertThat(generator.nextDouble()).isEqualTo(same.nextDouble());
      assertThat(generator.nextDouble(2)).isEqualTo(same.nextDouble(2));
      assertThat(generator.nextDouble(1, 2)).isEqualTo(same.nextDouble(1, 2));
      assertThat(generator.ints(3).toArray()).isEqualTo(same.ints(3).toArray());
      assertThat(generator.ints(3, 0, 9).toArray()).isEqualTo(same.ints(3, 0, 9).toArray());
      assertThat(generator.ints(0, 9).limit(3).toArray())
          .isEqualTo(same.ints(0, 9).limit(3).toArray());
      assertThat(generator.longs(3).toArray()).isEqualTo(same.longs(3).toArray());
      assertThat(generator.longs(3, 0, 9).toArray())
          .isEqualTo(same.longs(3, 0, 9).toArray());
      assertThat(generator.doubles(3).toArray()).isEqualTo(same.doubles(3).toArray());
      assertThat(generator.doubles(3, 0, 9).toArray())
          .isEqualTo(same.doubles(3, 0, 9).toArray());
      assertThat(stream.state()).isEqualTo(same.state());
    }

    @Test
    void fillsAPartOfAnArray() {
      byte[] bytes = new byte[11];
      byte[] expected = new byte[5];
      generator.nextBytes(bytes, 3, 5);
      same.nextBytes(expected);
      assertThat(bytes).startsWith(0, 0, 0).containsSequence(expected).endsWith(0, 0, 0);
      assertThatThrownBy(() -> generator.nextBytes(bytes, 7, 5))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void servesSamplers() {
      assertThat(ZigguratSampler.NormalizedGaussian.of(generator).sample()).isFinite();
      assertThat(stream.draws()).isPositive();
    }
  }
}
