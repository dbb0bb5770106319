package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SeedProperties {
  @Property(seed = "1")
  void distinctPathsHaveDistinctKeys(
      @ForAll("paths") List<Object> one, @ForAll("paths") List<Object> other) {
    assertThat(walk(one).equals(walk(other))).isEqualTo(one.equals(other));
  }

  @Property(seed = "2")
  void textIsReadBack(@ForAll("paths") List<Object> path) {
    Seed seed = walk(path);
    Seed read = Seed.parse(seed.toString());

    assertThat(read).isEqualTo(seed).hasToString(seed.toString());
    assertThat(seed.toString()).matches("[ -&(-~]*");
  }

  @Property(seed = "3")
  void derivationKnowsNoOrder(
      @ForAll("paths") List<Object> one, @ForAll("paths") List<Object> other) {
    Seed root = Seed.of(42);
    long alone = walk(root, one).stream().nextLong();
    walk(root, other).stream().nextGaussian();
    root.spawn(3);

    assertThat(walk(root, one).stream().nextLong()).isEqualTo(alone);
  }

  /** Few segments and short ones, so that neighbours such as ("ab","c") and ("a","bc") are met. */
  @Provide
  Arbitrary<List<Object>> paths() {
    Arbitrary<Object> segment = Arbitraries.oneOf(
        Arbitraries.of(
            "",
            "a",
            "b",
            "ab",
            "ba",
            "1",
            "-1",
            "/",
            "\"",
            "\\",
            "1/a",
            "a b",
            "\u00e9",
            "\ud83c\udfb2"),
        Arbitraries.longs().between(-2, 2).map(Object.class::cast),
        Arbitraries.longs().map(Object.class::cast),
        Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(8));
    return segment.list().ofMaxSize(3);
  }

  private static char[] surrogates() {
    char[] chars = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return chars;
  }

  private static Seed walk(List<Object> path) {
    return walk(Seed.of(42), path);
  }

  private static Seed walk(Seed seed, List<Object> path) {
    for (Object segment : path) {
      seed = segment instanceof String name ? seed.child(name) : seed.child((Long) segment);
    }
    return seed;
  }
}
