package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedTest {
  private static final String HOW =
      ". A seed is written as a number (42), bytes (0x00ff) or a key (key: and 64 hexadecimal digits),"
          + " followed by its path, as in 42/weights/3 or 42/\"two words\".";

  @Nested
  class Text {
    @Test
    void isTheNumberOfTheRoot() {
      assertThat(Seed.of(42)).hasToString("42");
      assertThat(Seed.of(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    }

    @Test
    void isTheBytesOfTheRootInHexadecimal() {
      assertThat(Seed.of(new byte[] {0, (byte) 0xff})).hasToString("0x00ff");
    }

    @Test
    void isTheKeyWhereNothingElseIsKnown() {
      assertThat(Seed.ofKey(new byte[32])).hasToString("key:" + "00".repeat(32));
    }

    @Test
    void showsThePath() {
      assertThat(Seed.of(42).child("weights").child(3)).hasToString("42/weights/3");
      assertThat(Seed.of(42).child("b_1.x-y").child(-3)).hasToString("42/b_1.x-y/-3");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "3|\"3\"",
          "-3|\"-3\"",
          "``|\"\"",
          "a/b|\"a/b\"",
          "two words|\"two words\"",
          "\"|\"\\\"\"",
          "\\|\"\\\\\"",
          "it's|\"it\\u0027s\"",
          "é|\"\\u00e9\"",
          "🎲|\"\\ud83c\\udfb2\"",
          "0x00|\"0x00\"",
          "key:1|\"key:1\""
        })
    void quotesNamesThatCouldBeMisread(String name, String quoted) {
      assertThat(Seed.of(1).child(name)).hasToString("1/" + quoted);
      assertThat(Seed.parse("1/" + quoted)).isEqualTo(Seed.of(1).child(name));
    }

    @Test
    void ofADeepPathIsReadBack() {
      Seed seed = Seed.of(1);
      for (int i = 0; i < 50_000; i++) {
        seed = seed.child(i);
      }
      assertThat(Seed.parse(seed.toString())).isEqualTo(seed);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "``|\"\" is neither a whole 64-bit number nor a name",
          "seed|\"seed\" is neither a whole 64-bit number nor a name",
          "` 42`|\" 42\" is neither a whole 64-bit number nor a name",
          "9223372036854775808|\"9223372036854775808\" is neither a whole 64-bit number nor a name",
          "+42|numbers have no plus sign and no leading zeros, \"+42\" has",
          "042|numbers have no plus sign and no leading zeros, \"042\" has",
          "-0|numbers have no plus sign and no leading zeros, \"-0\" has",
          "42/|\"\" is neither a whole 64-bit number nor a name",
          "42//3|\"\" is neither a whole 64-bit number nor a name",
          "42/two words|\"two words\" is neither a whole 64-bit number nor a name",
          "0x|bytes are written as pairs of hexadecimal digits",
          "0x123|bytes are written as pairs of hexadecimal digits",
          "0xgg|bytes are written as pairs of hexadecimal digits",
          "key:00|a key has 64 hexadecimal digits, this one has 2"
        })
    void isRefusedWithAReasonWhereMalformed(String text, String reason) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.parse(text))
          .withMessage("not a seed: \"" + text + "\"; " + reason + HOW);
    }

    @Test
    void isRefusedWithAReasonWhereQuotesAreWrong() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.parse("42/\"a"))
          .withMessage("not a seed: \"42/\\\"a\"; a quoted name does not end" + HOW);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.parse("42/\"a\"b"))
          .withMessage(
              "not a seed: \"42/\\\"a\\\"b\"; a quoted name is followed by '/' or by the end"
                  + HOW);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.parse("42/\"\\n\""))
          .withMessageContaining(
              "a backslash is followed by \\, by \" or by u and four hexadecimal digits");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.parse("42/\"\\u12"))
          .withMessageContaining("a backslash is followed by");
    }
  }

  @Nested
  class Roots {
    @Test
    void differByKindAndLength() {
      assertThat(List.of(
              Seed.of(0),
              Seed.of(new byte[] {0}),
              Seed.of(new byte[] {0, 0}),
              Seed.of(new byte[8]),
              Seed.ofKey(new byte[32])))
          .doesNotHaveDuplicates();
    }

    @Test
    void refuseNoBytes() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.of(new byte[0]))
          .withMessage(
              "the bytes of a seed must not be empty; got none. Give at least one byte, or call Seed.fresh().");
    }

    @Test
    void thatAreFreshHave128BitsAndDiffer() {
      assertThat(Seed.fresh().toString()).matches("0x[0-9a-f]{32}");
      assertThat(Seed.fresh()).isNotEqualTo(Seed.fresh());
    }

    @Test
    void doNotShareTheirBytesWithTheCaller() {
      byte[] bytes = {1, 2, 3};
      Seed seed = Seed.of(bytes);
      bytes[0] = 9;
      seed.key()[0]++;
      assertThat(seed).isEqualTo(Seed.of(new byte[] {1, 2, 3}));

      byte[] key = seed.key();
      Seed worker = Seed.ofKey(key);
      key[0]++;
      assertThat(worker).isEqualTo(seed);
    }
  }

  @Nested
  class Keys {
    @Test
    void handAWorkerItsPartWithoutTheRoot() {
      Seed seed = Seed.of(42).child("worker").child(7);
      Seed worker = Seed.ofKey(seed.key());

      assertThat(worker).isEqualTo(seed).hasSameHashCodeAs(seed);
      assertThat(worker.child("x")).isEqualTo(seed.child("x"));
      assertThat(worker.stream().nextLong()).isEqualTo(seed.stream().nextLong());
      assertThat(Seed.parse(worker.child("x").toString())).isEqualTo(seed.child("x"));
    }

    @Test
    void refuseAnotherLength() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.ofKey(new byte[31]))
          .withMessage(
              "a key must have 32 bytes; got 31. Give what Seed.key() returned, or call Seed.of(byte[]) for bytes of"
                  + " your own.");
    }

    @Test
    void areNoStateAndNoNarrowSeed() {
      Seed seed = Seed.of(42);
      long[] first = {
        Derivation.word(seed.key(), 0),
        Derivation.word(Derivation.stream(seed.key()), 0),
        Derivation.word(Derivation.addressable(seed.key()), 0),
        Derivation.word(Derivation.narrowInt(seed.key()), 0),
        seed.toLong()
      };
      assertThat(first).doesNotHaveDuplicates();
    }
  }

  @Nested
  class Children {
    @Test
    void ofANumberAndOfItsTextDiffer() {
      assertThat(Seed.of(42).child(3)).isNotEqualTo(Seed.of(42).child("3"));
    }

    @Test
    void doNotRunTogether() {
      Seed root = Seed.of(42);
      assertThat(root.child("ab").child("c")).isNotEqualTo(root.child("a").child("bc"));
      assertThat(root.child("a/b")).isNotEqualTo(root.child("a").child("b"));
      assertThat(root.child("")).isNotEqualTo(root);
      assertThat(root.child("").child("a")).isNotEqualTo(root.child("a").child(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83c", "\udfb2", "\udfb2\ud83c", "a\ud83cb"})
    void refuseALoneSurrogate(String name) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.of(42).child(name))
          .withMessageMatching(
              "a name must be well-formed Unicode; \"\\S+\" has a lone surrogate at index [01], which UTF-8 cannot"
                  + " hold\\. Take it out, or give the bytes with Seed\\.of\\(byte\\[]\\)\\.");
    }

    @Test
    void spawnedAreThoseOfTheFirstIndices() {
      Seed root = Seed.of(42);
      assertThat(root.spawn(3)).containsExactly(root.child(0), root.child(1), root.child(2));
      assertThat(root.spawn(16)).startsWith(root.spawn(8).toArray(Seed[]::new));
      assertThat(root.spawn(0)).isEmpty();
    }

    @Test
    void cannotBeSpawnedInNegativeNumber() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.of(42).spawn(-1))
          .withMessage(
              "count must not be negative; got -1. Say how many children you want, 0 or more.");
    }
  }

  @Nested
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  class Replay {
    @AfterEach
    void leaveNoProperty() {
      System.clearProperty("stet.seed");
    }

    @Test
    void keepsTheSeedWhereThePropertyIsAbsent() {
      Seed seed = Seed.replayable(Seed.of(42));

      assertThat(seed).isEqualTo(Seed.of(42)).hasToString("42");
      assertThat(seed.isReplayable()).isTrue();
      assertThat(Seed.of(42).isReplayable()).isFalse();
    }

    @Test
    void takesTheSeedFromTheProperty() {
      System.setProperty("stet.seed", "7/run/3");

      Seed seed = Seed.replayable(Seed.of(42));

      assertThat(seed).isEqualTo(Seed.of(7).child("run").child(3)).hasToString("7/run/3");
      assertThat(seed.isReplayable()).isTrue();
    }

    @Test
    void doesNotTouchSeedsThatDidNotAsk() {
      System.setProperty("stet.seed", "7");

      assertThat(Seed.of(42)).hasToString("42");
    }

    @Test
    void isNotPromisedByChildren() {
      assertThat(Seed.replayable(Seed.of(42)).child("x").isReplayable()).isFalse();
    }

    @Test
    void refusesAPropertyThatIsNoSeed() {
      System.setProperty("stet.seed", "");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> Seed.replayable(Seed.of(42)))
          .withMessage(
              "the system property stet.seed is not a seed: \"\"; \"\" is neither a whole 64-bit number nor a name"
                  + HOW
                  + " Correct it or leave it out.");
    }
  }

  @Nested
  class Serialization {
    @Test
    void keepsKeyTextAndReplay() throws Exception {
      Seed seed = Seed.replayable(Seed.parse("42/weights/\"two words\""));

      Seed copy = copy(seed);

      assertThat(copy).isEqualTo(seed).hasToString(seed.toString());
      assertThat(copy.isReplayable()).isTrue();
      assertThat(copy(Seed.of(1)).isReplayable()).isFalse();
    }

    private Seed copy(Seed seed) throws Exception {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(seed);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (Seed) in.readObject();
      }
    }
  }
}
