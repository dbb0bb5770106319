package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.fingerprint.FingerprintDiff.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintDiffTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  private static FingerprintDiff diff(
      Facet facet, Map<String, Object> before, Map<String, Object> after) {
    return Fingerprint.of(Map.of(facet, before), Map.of())
        .diff(Fingerprint.of(Map.of(facet, after), Map.of()));
  }

  @Test
  void saysWhenNothingChanged() {
    FingerprintDiff none = diff(Facet.CONFIG, Map.of("a", 1), Map.of("a", 1.0));
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.certainlyEqual()).isTrue();
    assertThat(none.summary()).isEqualTo("nothing");
    assertThat(none.explain()).isEqualTo("The fingerprints are equal.");
  }

  @Test
  void saysFacetByFacetWhatChanged() {
    Fingerprint before = Fingerprint.of(
        Map.of(
            Facet.RUNTIME,
            Map.of("java", "17.0.15"),
            Facet.CODE,
            Map.of("classes", Map.of("dev.x.Mlp", A))),
        Map.of());
    Fingerprint after = Fingerprint.of(
        Map.of(
            Facet.RUNTIME,
            Map.of("java", "25.0.3"),
            Facet.CODE,
            Map.of("classes", Map.of("dev.x.Mlp", B))),
        Map.of());
    assertThat(before.diff(after).summary())
        .isEqualTo("code (class Mlp changed), runtime (java 17.0.15 -> 25.0.3)");
    assertThat(before.diff(after).explain())
        .isEqualTo("code          class Mlp changed\nruntime       java 17.0.15 -> 25.0.3");
  }

  @Test
  void namesPlacesValuesAndKinds() {
    FingerprintDiff diff = diff(
        Facet.CONFIG,
        Map.of("layers", List.of(Map.of("size", 1), 2), "old key", true),
        Map.of("layers", List.of(Map.of("size", -0.0), 2, 3), "rate", Double.NaN));
    assertThat(diff.changes())
        .extracting(Object::toString)
        .containsExactly(
            "layers[0].size 1 -> -0.0",
            "layers[2] added (3)",
            "[\"old key\"] removed (true)",
            "rate added (NaN)");
    assertThat(diff.changes())
        .extracting(FingerprintDiff.Change::kind)
        .containsExactly(Kind.CHANGED, Kind.ADDED, Kind.REMOVED, Kind.ADDED);
  }

  @Test
  void namesArtifactsByTheirCoordinates() {
    FingerprintDiff diff = diff(
        Facet.DEPENDENCIES,
        Map.of(
            "artifacts",
            Map.of(
                "org.a:gone", Map.of("sha256", A, "version", "1"),
                "org.b:moved", Map.of("sha256", A, "version", "1"))),
        Map.of(
            "artifacts",
            Map.of(
                "org.b:moved", Map.of("sha256", B, "version", "2"),
                "org.c:new", Map.of("sha256", A, "version", "1"))));
    assertThat(diff.summary())
        .isEqualTo(
            "dependencies (org.a:gone removed, org.b:moved changed, org.b:moved version 1 -> 2, and 1 more)");
  }

  @Test
  void namesClassesInFullWhereTheSimpleNameIsNotEnough() {
    FingerprintDiff diff = diff(
        Facet.CODE,
        Map.of("classes", Map.of("a.Mlp", A, "b.Mlp", A, "a.Gone", A)),
        Map.of("classes", Map.of("a.Mlp", B, "b.Mlp", B, "a.New", A)));
    assertThat(diff.summary())
        .isEqualTo("code (classes a.Mlp, b.Mlp changed, class New added, class Gone removed)");
  }

  @Test
  void cutsLongLists() {
    Map<String, Object> many = new TreeMap<>();
    for (int i = 10; i < 25; i++) {
      many.put("p" + i, i);
    }
    FingerprintDiff diff = diff(Facet.SETTINGS, Map.of(), many);
    assertThat(diff.summary())
        .isEqualTo("settings (p10 added (10), p11 added (11), p12 added (12), and 12 more)");
    assertThat(diff.explain()).hasLineCount(13).endsWith("              and 3 more");
  }

  @Test
  void countsWhatWasNotCapturedAsUnknownAndNotAsAChange() {
    NotCaptured why = new NotCaptured("git is not installed");
    FingerprintDiff diff = diff(Facet.SOURCE, Map.of("commit", why), Map.of("commit", why));
    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.certainlyEqual()).isFalse();
    assertThat(diff.summary()).isEqualTo("nothing; not known: source.commit");
    assertThat(diff.explain()).isEqualTo("source        commit not captured: git is not installed");
    FingerprintDiff after = diff(Facet.SOURCE, Map.of("commit", "x"), Map.of("commit", why));
    assertThat(after.explain())
        .isEqualTo("source        commit not captured: git is not installed, after");
    FingerprintDiff added = diff(Facet.SOURCE, Map.of(), Map.of("commit", why));
    assertThat(added.isEmpty()).isTrue();
    assertThat(added.certainlyEqual()).isFalse();
  }

  @Test
  void doesNotKnowAFacetThatOneSideLacks() {
    Fingerprint with = Fingerprint.of(Map.of(Facet.DATA, Map.of()), Map.of());
    FingerprintDiff diff = with.diff(Fingerprint.of(Map.of(), Map.of()));
    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.certainlyEqual()).isFalse();
    assertThat(diff.summary()).isEqualTo("nothing; not known: data");
  }
}
