package dev.stet.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.spi.Finding.Certainty;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static Finding of(Kind kind, Treatment treatment, long count) {
    return new Finding(kind, treatment, "api", "a.B$C", "d", 7, count, "");
  }

  @Nested
  class ThePlace {
    @Test
    void readsLikeAStackTrace() {
      assertThat(of(Kind.CLOCK, Treatment.OBSERVED, 1).place()).isEqualTo("a.B$C.d(B.java:7)");
    }

    @Test
    void saysWhatIsUnknown() {
      Finding bare =
          new Finding(Kind.CLOCK, Treatment.OBSERVED, "x", "$Proxy1", "", "", 0, 1, "");
      assertThat(bare.place()).isEqualTo("$Proxy1(Unknown Source)");
      Finding noLine = new Finding(Kind.CLOCK, Treatment.OBSERVED, "x", "A", "b", 0, 1, "");
      assertThat(noLine.place()).isEqualTo("A.b(A.java)");
    }

    @Test
    void isEmptyWithoutAClass() {
      Finding library =
          new Finding(Kind.NATIVE_LIBRARY, Treatment.NOT_FIXABLE, "libm", "", "", 0, 1, "");
      assertThat(library.place()).isEmpty();
    }
  }

  @Nested
  class TheOrder {
    @Test
    void putsCertainDefectsFirstAndWhatWasReplacedLast() {
      Finding clockSeed = of(Kind.SEED_FROM_CLOCK, Treatment.OBSERVED, 1);
      Finding often = of(Kind.UNSEEDED_RANDOM, Treatment.OBSERVED, 9);
      Finding once = of(Kind.UNSEEDED_RANDOM, Treatment.OBSERVED, 1);
      Finding orphan = of(Kind.UNSEEDED_RANDOM, Treatment.ORPHAN, 99);
      Finding order = of(Kind.PARALLEL_ORDER, Treatment.NOT_FIXABLE, 1);
      Finding clock = of(Kind.CLOCK, Treatment.OBSERVED, 1_000);
      Finding replaced = of(Kind.UNSEEDED_RANDOM, Treatment.REPLACED, 1_000);
      assertThat(Observation.of(
                  List.of(clock, replaced, orphan, once, often, order, clockSeed))
              .findings())
          .startsWith(clockSeed, often, once, orphan, order);
      assertThat(replaced.certainty()).isEqualTo(Certainty.INFORMATION);
    }

    @Test
    void isThatOfTheKindsToo() {
      List<Certainty> certainties =
          Arrays.stream(Kind.values()).map(Kind::certainty).toList();
      assertThat(certainties).isSorted();
    }

    @Test
    void agreesWithEquals() {
      Finding one = of(Kind.CLOCK, Treatment.OBSERVED, 1);
      Stream.of(
              one.withCount(2),
              new Finding(Kind.CLOCK, Treatment.OBSERVED, "other", "a.B$C", "d", 7, 1, ""),
              new Finding(Kind.CLOCK, Treatment.OBSERVED, "api", "a.B$C", "d", 7, 1, "do"),
              new Finding(Kind.CLOCK, Treatment.OBSERVED, "api", "a.B$C", "d", "X", 7, 1, ""))
          .forEach(other -> assertThat(one.compareTo(other)).isNotZero());
      assertThat(one.compareTo(of(Kind.CLOCK, Treatment.OBSERVED, 1))).isZero();
    }
  }

  @Nested
  class BadValues {
    @Test
    void areRefused() {
      assertThatThrownBy(() -> of(Kind.CLOCK, Treatment.OBSERVED, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("count must be at least 1; got 0.");
      assertThatThrownBy(
              () -> new Finding(Kind.CLOCK, Treatment.OBSERVED, "x", "A", "b", -1, 1, ""))
          .hasMessage("line must be positive, or 0 if it is unknown; got -1.");
      assertThatThrownBy(() -> new Finding(Kind.CLOCK, Treatment.OBSERVED, " ", "A", "b", 1, 1, ""))
          .hasMessage("a finding must say what was used; got a blank api.");
    }
  }
}
