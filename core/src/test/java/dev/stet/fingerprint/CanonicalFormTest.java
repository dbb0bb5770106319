package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalFormTest {
  private static String json(Object value) {
    return CanonicalForm.of(value).json();
  }

  @Nested
  class Numbers {
    // RFC 8785, appendix B.
    @ParameterizedTest
    @CsvSource({
      "0000000000000000, 0",
      "0000000000000001, 5e-324",
      "8000000000000001, -5e-324",
      "7fefffffffffffff, 1.7976931348623157e+308",
      "ffefffffffffffff, -1.7976931348623157e+308",
      "4340000000000000, 9007199254740992",
      "c340000000000000, -9007199254740992",
      "4430000000000000, 295147905179352830000",
      "44b52d02c7e14af5, 9.999999999999997e+22",
      "44b52d02c7e14af6, 1e+23",
      "44b52d02c7e14af7, 1.0000000000000001e+23",
      "444b1ae4d6e2ef4e, 999999999999999700000",
      "444b1ae4d6e2ef4f, 999999999999999900000",
      "444b1ae4d6e2ef50, 1e+21",
      "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
      "3eb0c6f7a0b5ed8d, 0.000001",
      "41b3de4355555553, 333333333.3333332",
      "41b3de4355555554, 333333333.33333325",
      "41b3de4355555555, 333333333.3333333",
      "41b3de4355555556, 333333333.3333334",
      "41b3de4355555557, 333333333.33333343",
      "becbf647612f3696, -0.0000033333333333333333",
      "43143ff3c1cb0959, 1424953923781206.2",
    })
    void areWrittenAsEcmaScriptDoes(String bits, String text) {
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
      assertThat(json(value)).isEqualTo(text);
      assertThat(CanonicalForm.parse(json(value)).json()).isEqualTo(json(value));
    }

    @Test
    void thatJsonCannotHoldAreTagged() {
      assertThat(json(Double.NaN)).isEqualTo("{\"$number\":\"NaN\"}");
      assertThat(json(Double.POSITIVE_INFINITY)).isEqualTo("{\"$number\":\"Infinity\"}");
      assertThat(json(Float.NEGATIVE_INFINITY)).isEqualTo("{\"$number\":\"-Infinity\"}");
      assertThat(json(-0.0)).isEqualTo("{\"$number\":\"-0\"}");
      assertThat(json((1L << 53) - 1)).isEqualTo("9007199254740991");
      assertThat(json((1L << 53) + 1)).isEqualTo("{\"$number\":\"9007199254740993\"}");
      assertThat(json(Long.MIN_VALUE)).isEqualTo("{\"$number\":\"-9223372036854775808\"}");
      assertThat(json(BigInteger.TEN.pow(30)))
          .isEqualTo("{\"$number\":\"1000000000000000000000000000000\"}");
      assertThat(json(new BigDecimal("0.10"))).isEqualTo("{\"$number\":\"1E-1\"}");
      assertThat(json(new BigDecimal("0.50"))).isEqualTo("0.5");
      assertThat(json(new BigDecimal("1E+999999"))).isEqualTo("{\"$number\":\"1E999999\"}");
    }

    @Test
    void ofDifferentTypesDigestAlikeWhenTheyAreEqual() {
      assertThat(
              List.of(json(1), json(1L), json(1.0), json(1f), json((byte) 1), json(BigDecimal.ONE)))
          .containsOnly("1");
    }

    @Test
    void ofSinglePrecisionAreTheirExactValue() {
      assertThat(json(0.1f)).isEqualTo("0.10000000149011612");
    }

    @Test
    void thatWouldBeRoundedAreRefusedInText() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.parse("9007199254740993"))
          .withMessage(
              "The number 9007199254740993 is not a double. Write integers beyond 2^53 - 1 as"
                  + " {\"$number\":\"9007199254740993\"}.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.parse("1e400"))
          .withMessage("The number 1e400 is too large for a double.");
    }
  }

  @Nested
  class Values {
    @Test
    void withStandardTextsAreThoseTexts() {
      assertThat(json(List.of(
              'x',
              Duration.ofSeconds(90),
              Instant.EPOCH,
              Path.of("data", "..", "a.csv"),
              Configs.Activation.TANH)))
          .isEqualTo("[\"x\",\"PT1M30S\",\"1970-01-01T00:00:00Z\",\"data/../a.csv\",\"TANH\"]");
    }

    @Test
    void thatAreRecordsArraysAndOptionalsAreTrees() {
      assertThat(json(new Configs.Layer("in", 3, Configs.Activation.RELU)))
          .isEqualTo("{\"activation\":\"RELU\",\"name\":\"in\",\"size\":3}");
      assertThat(json(new Object[] {
            new int[] {1}, new byte[] {-1}, new boolean[0], Optional.of(2), Optional.empty()
          }))
          .isEqualTo("[[1],[-1],[],2,null]");
    }

    @Test
    void inSetsAreSortedByTheirText() {
      assertThat(json(new LinkedHashSet<>(List.of("b", "a")))).isEqualTo("[\"a\",\"b\"]");
      assertThat(json(Set.of(9, 10))).isEqualTo("[10,9]");
      assertThat(json(EnumSet.allOf(Configs.Activation.class))).isEqualTo("[\"RELU\",\"TANH\"]");
    }

    @Test
    void thatEqualElementsOfASetDigestAlikeAreBothKept() {
      assertThat(json(Set.of(1, 1.0))).isEqualTo("[1,1]");
    }

    @Test
    void underKeysAreSortedByCodeUnitsAndEscaped() {
      assertThat(json(Map.of("\uD83D\uDE00", 1, "\uFB33", 2, "$number", 3, "$$", 4, "\u20ac\n", 5)))
          .isEqualTo("{\"$$$\":4,\"$$number\":3,\"\u20ac\\n\":5,\"\uD83D\uDE00\":1,\"\uFB33\":2}");
    }

    @Test
    void thatWereNotCapturedSayWhy() {
      assertThat(json(new NotCaptured("git is not installed")))
          .isEqualTo("{\"$notCaptured\":\"git is not installed\"}");
    }

    @Test
    void comeBackFromTheirText() {
      String text = json(Map.of(
          "$a", List.of(Double.NaN, -0.0, new NotCaptured("why"), "NaN", "1e5", Long.MAX_VALUE)));
      assertThat(CanonicalForm.parse(text).value())
          .isEqualTo(Map.of(
              "$a",
              List.of(Double.NaN, -0.0, new NotCaptured("why"), "NaN", "1e5", Long.MAX_VALUE)));
    }

    @Test
    void haveTheSha256OfTheirText() {
      // echo -n '{"a":1}' | sha256sum
      assertThat(CanonicalForm.of(Map.of("a", 1)).digest())
          .isEqualTo("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
    }

    @Test
    void areReadOnceAndKept() {
      List<Object> list = new ArrayList<>(List.of(1));
      CanonicalForm form = CanonicalForm.of(list);
      list.add(2);
      assertThat(form.json()).isEqualTo("[1]");
    }
  }

  @Nested
  class Refusals {
    @Test
    void nameTheLoneSurrogate() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.of(
              Map.of("layers", List.of(1, 2, Map.of("name", "in\uD800"))), "config"))
          .withMessage(
              "config.layers[2].name holds a lone surrogate, \\ud800 at index 2, which is no character and has"
                  + " no UTF-8 form. Remove it, or keep such data as numbers or Base64.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.of(Map.of("\uDC00", 1)))
          .withMessageStartingWith(
              "value[\"\\udc00\"] holds a lone surrogate, \\udc00 at index 0,");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.parse("[\"\\ud800\"]"))
          .withMessageStartingWith("value[0] holds a lone surrogate");
    }

    @Test
    void nameTheCircle() {
      Configs.Circle circle = new Configs.Circle();
      circle.next = List.of(circle);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.of(circle))
          .withMessage(
              "value.next[0] is a dev.stet.fingerprint.Configs$Circle that contains itself. A circle has no"
                  + " canonical form; name one end of it by a key instead.");
    }

    @Test
    void doNotMistakeOneObjectMetTwiceForACircle() {
      List<Integer> twice = List.of(1);
      assertThat(json(List.of(twice, twice))).isEqualTo("[[1],[1]]");
    }

    @Test
    void nameTheDepth() {
      Object deep = 1;
      for (int i = 0; i < 200; i++) {
        deep = List.of(deep);
      }
      assertThat(CanonicalForm.parse(json(deep)).json()).isEqualTo(json(deep));
      Object deeper = List.of(deep);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.of(deeper))
          .withMessageStartingWith("value[0][0]")
          .withMessageEndingWith(
              "[0] is nested deeper than 200 levels, the limit of a canonical form. Flatten it.");
    }

    @Test
    void nameTheClassAndWhatIsAllowed() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.of(Map.of("random", new Random(1)), "config"))
          .withMessage(
              "config.random is a java.util.Random, which cannot be made canonical. Allowed are strings,"
                  + " numbers, booleans, enums, Optional, java.time, lists, sets, maps, arrays, records, and classes with"
                  + " a constructor without arguments and no final fields.");
    }

    @Test
    void nameKeysWithoutAText() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.of(Map.of(1.5, "x")))
          .withMessage(
              "value has a key that is a java.lang.Double. Allowed are strings, enum constants, integers and"
                  + " other values with a standard text.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.of(Map.of(1, "x", "1", "y")))
          .withMessage(
              "value has two keys with the text \"1\". Use keys of one type with different texts.");
    }

    @Test
    void nameUnknownTagsAndWrongNumbers() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.parse("{\"a\":{\"$date\":1}}"))
          .withMessage(
              "value.a has the tag \"$date\", which this version of Stet does not know. A key of the user's that"
                  + " starts with $ is written with $$.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalForm.parse("{\"$number\":\"5\"}"))
          .withMessage(
              "value has a $number of 5. Allowed are \"NaN\", \"Infinity\", \"-Infinity\", \"-0\" and, as text,"
                  + " numbers that no double holds.");
    }

    @Test
    void coverTextThatIsNoJson() {
      for (String text : List.of("", "{", "[1,]", "1 2", "NaN", "{\"a\":1,\"a\":2}")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> CanonicalForm.parse(text))
            .withMessageStartingWith("This is not ");
      }
    }
  }

  @Test
  void refusesWhatIsSharedSoOftenThatItsTextHasNoEnd() {
    Object shared = List.of(1);
    for (int i = 0; i < 60; i++) {
      shared = List.of(shared, shared);
    }
    Object whole = shared;
    assertThatThrownBy(() -> CanonicalForm.of(whole, "config"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "config holds more than 1000000 objects, where one that is shared counts at each of its places."
                + " Keep large inputs in files and declare them as data.");
  }
}
