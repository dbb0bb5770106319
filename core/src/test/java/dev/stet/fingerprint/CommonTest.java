package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommonTest {
  private static Fingerprint runtime(Map<String, Object> tree) {
    return Fingerprint.of(Map.of(Facet.RUNTIME, tree, Facet.CONFIG, Map.of("a", 1)), Map.of());
  }

  private static @Nullable Object common(String name, Fingerprint... all) {
    Object runtime = Fingerprint.common(List.of(all)).form(Facet.RUNTIME).value();
    return ((Map<?, ?>) requireNonNull(runtime)).get(name);
  }

  @Test
  void ofEqualFingerprintsIsEachOfThem() {
    Fingerprint one = runtime(Map.of("java", "17", "options", List.of("-ea")));
    assertThat(Fingerprint.common(List.of(one, one, one))).isEqualTo(one);
    assertThat(Fingerprint.common(List.of(one)).varied()).isEmpty();
  }

  @Test
  void keepsWhatIsEqualAndNamesWhatIsNot() {
    Fingerprint one = runtime(Map.of("java", "17", "vm", "x"));
    Fingerprint two = runtime(Map.of("java", "25", "vm", "x", "agents", List.of("a")));
    assertThat(common("vm", one, two, one)).isEqualTo("x");
    assertThat(common("java", one, two, one))
        .isEqualTo(new NotCaptured("differs among the runs: 17, 25"));
    assertThat(common("agents", one, two))
        .isEqualTo(new NotCaptured("differs among the runs: none, [a]"));
    Fingerprint common = Fingerprint.common(List.of(one, two));
    assertThat(common.varied()).isEqualTo("runtime (agents: none, [a]; java: 17, 25)");
    assertThat(Fingerprint.parse(common.toJson()).varied()).isEqualTo(common.varied());
    assertThat(common.recipe()).isEqualTo(one.recipe());
  }

  @Test
  void looksIntoNestedMapsAndNotIntoLists() {
    Fingerprint one =
        runtime(Map.of("gc", Map.of("name", "G1", "threads", 2), "options", List.of("a", "b")));
    Fingerprint two =
        runtime(Map.of("gc", Map.of("name", "Z", "threads", 2), "options", List.of("a", "c")));
    assertThat(Fingerprint.common(List.of(one, two)).varied())
        .isEqualTo("runtime (gc.name: G1, Z; options: [a, b], [a, c])");
  }

  @Test
  void ofWhatWasNotCapturedAnywhereIsThatAndNoVariation() {
    Fingerprint one = runtime(Map.of("gpu", new NotCaptured("no driver")));
    Fingerprint two = runtime(Map.of("gpu", "A100"));
    assertThat(Fingerprint.common(List.of(one, one)).varied()).isEmpty();
    assertThat(Fingerprint.common(List.of(one, two)).varied())
        .isEqualTo("runtime (gpu: not captured: no driver, A100)");
  }

  @Test
  void cutsLongLists() {
    List<Fingerprint> all = java.util.stream.IntStream.range(0, 10)
        .mapToObj(i -> runtime(Map.of("java", i)))
        .toList();
    assertThat(Fingerprint.common(all).varied()).isEqualTo("runtime (java: 0, 1, 2, and 7 more)");
  }

  @Test
  void namesAFacetThatSomeDoNotHaveAndPassesOverTheCommit() {
    Fingerprint one = runtime(Map.of("java", 1));
    Fingerprint two = one.without(Facet.RUNTIME);
    assertThat(Fingerprint.common(List.of(one, two)).varied())
        .startsWith("runtime (1 entry, not captured");
    Fingerprint first = one.with(Facet.SOURCE, CanonicalForm.of(Map.of("commit", "a")));
    Fingerprint second = one.with(Facet.SOURCE, CanonicalForm.of(Map.of("commit", "b")));
    assertThat(Fingerprint.common(List.of(first, second)).varied()).isEmpty();
  }

  @Test
  void ofNothingIsRefused() {
    assertThatThrownBy(() -> Fingerprint.common(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got none");
  }
}
