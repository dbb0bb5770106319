package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Words against those of others. Sources: Random123 (D. E. Shaw Research, tests/kat_vectors at 9545ff6), NumPy
 * 1.24.2 ({@code numpy.random.Philox}), Commons RNG 1.7.
 */
@Tag("golden")
class KnownAnswerTest {
  @Test
  void philoxBlocksAreThoseOfRandom123() throws IOException {
    JsonNode vectors = read("random123_kat.json").get("vectors");

    assertThat(vectors.size()).isEqualTo(3);
    for (JsonNode v : vectors) {
      assertThat(block(words(v.get("key")), words(v.get("ctr")))).isEqualTo(words(v.get("out")));
    }
  }

  @Test
  void philoxBlocksAreThoseOfNumpyWithEveryCarry() throws IOException {
    JsonNode cases = read("numpy_philox4x64.json").get("cases");

    assertThat(cases.size()).isEqualTo(9);
    for (JsonNode c : cases) {
      BigInteger counter = number(words(c.get("counter")));
      long[] raw = words(c.get("random_raw"));
      for (int i = 0; i < raw.length; i++) {
        long[] block = block(words(c.get("key")), counter(counter, i / 4 + 1));
        assertThat(block[i % 4]).as("%s word %d", c.get("name"), i).isEqualTo(raw[i]);
      }
    }
  }

  @Test
  void addressableStreamsGiveTheNumbersOfNumpy() throws IOException {
    int checked = 0;
    for (JsonNode c : read("numpy_philox4x64.json").get("cases")) {
      long[] key = words(c.get("key"));
      long[] counter = words(c.get("counter"));
      if (counter[0] >= 0 && counter[0] < 1L << 60) {
        AddressableStream stream = new AddressableStream(
            key[0], key[1], counter[1], counter[2], counter[3], 4 * counter[0], 0);
        for (JsonNode expected : c.get("doubles")) {
          assertThat(stream.nextDouble()).isEqualTo(Double.valueOf(expected.asString()));
        }
        for (long d : new long[] {1, 2, 5, 1000}) {
          stream.seek(4 * (counter[0] + d));
          assertWords(stream, c.get("advance").get(Long.toString(d)));
        }
        stream.seek(4 * counter[0]);
        stream.jump();
        assertWords(stream, c.get("jumped1"));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(4);
  }

  @Test
  void addressableStreamsGiveTheWordsOfCommonsRng() {
    AddressableStream stream = Seed.of(42).addressable();
    long[] w = {
      Derivation.word(digest(), 0),
      Derivation.word(digest(), 1),
      0,
      0,
      Derivation.word(digest(), 2),
      Derivation.word(digest(), 3)
    };
    UniformRandomProvider theirs = RandomSource.PHILOX_4X64.create(w);

    for (int i = 0; i < 1000; i++) {
      assertThat(stream.nextLong()).isEqualTo(theirs.nextLong());
    }
  }

  @Test
  void defaultStreamsGiveTheWordsOfCommonsRng() {
    byte[] digest = Derivation.stream(Seed.of(42).key());
    long[] state = new long[4];
    ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(state);
    UniformRandomProvider theirs = RandomSource.XO_SHI_RO_256_PP.create(state);
    RandomStream stream = Seed.of(42).stream();

    for (int i = 0; i < 1000; i++) {
      assertThat(stream.nextLong()).isEqualTo(theirs.nextLong());
    }
  }

  @Test
  void highHalvesOfProductsAreUnsigned() {
    RandomStream words = Seed.of(1).stream();
    for (int i = 0; i < 1000; i++) {
      long a = words.nextLong();
      long b = words.nextLong();
      BigInteger product = new BigInteger(Long.toUnsignedString(a))
          .multiply(new BigInteger(Long.toUnsignedString(b)));
      assertThat(Wide.multiplyHigh(a, b)).isEqualTo(product.shiftRight(64).longValue());
    }
  }

  @Test
  void tablesOfTheZigguratNeverChange() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    ByteBuffer bytes = ByteBuffer.allocate(8 * (257 + 257 + 256 + 256));
    for (double x : Ziggurat.EDGE) {
      bytes.putDouble(x);
    }
    for (double x : Ziggurat.HEIGHT) {
      bytes.putDouble(x);
    }
    for (double x : Ziggurat.SCALE) {
      bytes.putDouble(x);
    }
    for (long x : Ziggurat.INSIDE) {
      bytes.putLong(x);
    }
    assertThat(HexFormat.of().formatHex(digest.digest(bytes.array())))
        .isEqualTo("47f4de998566dcfa50adee394365d0f2ede07db3ec5c3c9a47b12b50f0f26014");
  }

  private static byte[] digest() {
    return Derivation.addressable(Seed.of(42).key());
  }

  private static long[] block(long[] key, long[] counter) {
    long[] out = new long[4];
    Philox.block(key[0], key[1], counter[0], counter[1], counter[2], counter[3], out);
    return out;
  }

  private static void assertWords(RandomStream stream, JsonNode expected) {
    for (long word : words(expected)) {
      assertThat(stream.nextLong()).isEqualTo(word);
    }
  }

  private static BigInteger number(long[] words) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 3; i >= 0; i--) {
      number = number.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[i])));
    }
    return number;
  }

  private static long[] counter(BigInteger start, int blocks) {
    BigInteger number = start.add(BigInteger.valueOf(blocks));
    long[] words = new long[4];
    for (int i = 0; i < 4; i++) {
      words[i] = number.shiftRight(64 * i).longValue();
    }
    return words;
  }

  private static long[] words(JsonNode array) {
    long[] words = new long[array.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = HexFormat.fromHexDigitsToLong(array.get(i).asString());
    }
    return words;
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(KnownAnswerTest.class.getResourceAsStream(name), name)) {
      return JsonMapper.builder().build().readTree(in.readAllBytes());
    }
  }
}
