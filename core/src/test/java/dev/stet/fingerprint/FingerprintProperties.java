package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.fingerprint.Configs.Anything;
import dev.stet.fingerprint.Configs.Box;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any tree of bare values and any config. */
class FingerprintProperties {
  record Nasty(
      double real,
      float single,
      long whole,
      String text,
      Optional<Double> maybe,
      List<Long> many) {}

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "NaN",
            "1e5",
            "-0.0",
            "Infinity",
            "$number",
            "$$",
            "$notCaptured",
            "",
            "\uD83D\uDE00",
            "\u0000\n\""),
        Arbitraries.strings().ascii().ofMaxLength(8),
        Arbitraries.strings().withCharRange('\u00a0', '\ud7ff').ofMaxLength(5));
  }

  private static Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            Double.NaN,
            -0.0,
            0.0,
            1.0,
            Configs.TWO_E23,
            Double.MIN_VALUE,
            1e21,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            9007199254740992.0,
            0x1p63),
        Arbitraries.longs().map(Double::longBitsToDouble).filter(value -> !Double.isNaN(value)));
  }

  private static Arbitrary<Long> longs() {
    return Arbitraries.oneOf(
        Arbitraries.longs(),
        Arbitraries.of((1L << 53) - 1, 1L << 53, (1L << 53) + 1, Long.MIN_VALUE, 0L));
  }

  private static Arbitrary<Object> leaves() {
    return Arbitraries.oneOf(
        texts(),
        doubles(),
        longs(),
        Arbitraries.of(true, false),
        Arbitraries.bigIntegers(),
        Arbitraries.bigDecimals());
  }

  private static Arbitrary<Object> trees(int depth) {
    if (depth == 0) {
      return leaves();
    }
    return Arbitraries.oneOf(
        leaves(),
        trees(depth - 1).list().ofMaxSize(4).map(list -> list),
        Arbitraries.maps(texts(), trees(depth - 1)).ofMaxSize(4).map(map -> map));
  }

  @Provide
  Arbitrary<Map<String, Object>> configs() {
    return Arbitraries.maps(texts(), trees(3)).ofMaxSize(5);
  }

  @Provide
  Arbitrary<Nasty> nasties() {
    return net.jqwik.api.Combinators.combine(
            doubles(),
            Arbitraries.floats(),
            longs(),
            texts(),
            doubles().optional(),
            longs().list().ofMaxSize(3))
        .as(Nasty::new);
  }

  @Property(seed = "20261123")
  void aFormIsTheFormOfItsText(@ForAll("configs") Map<String, Object> tree) {
    CanonicalForm form = CanonicalForm.of(tree);
    CanonicalForm back = CanonicalForm.parse(form.json());
    assertThat(back.json()).isEqualTo(form.json());
    assertThat(CanonicalForm.of(form.value()).json()).isEqualTo(form.json());
  }

  @Property(seed = "20261124")
  void theOrderOfAMapChangesNothing(@ForAll("configs") Map<String, Object> tree) {
    Map<String, Object> reversed = new LinkedHashMap<>();
    tree.keySet().stream()
        .sorted((a, b) -> b.compareTo(a))
        .forEach(key -> reversed.put(key, tree.get(key)));
    assertThat(CanonicalForm.of(reversed).digest())
        .isEqualTo(CanonicalForm.of(tree).digest());
  }

  @Property(seed = "20261125")
  void mapsReachTheBodyAsTheyWere(@ForAll("configs") Map<String, Object> config) {
    assertThat(ConfigReader.ofMap().read(config).value()).isEqualTo(config);
  }

  @Property(seed = "20261126")
  void recordsSurviveTheirText(@ForAll("nasties") Nasty config) {
    ConfigReader<Nasty> reader = ConfigReader.of(Nasty.class);
    CanonicalForm text = CanonicalForm.parse(reader.read(config).form().json());
    assertThat(reader.readBack(text).value()).isEqualTo(config);
  }

  @Property(seed = "20261127", tries = 50)
  void objectsInsideRecordsKeepTheirTypesInThisProcess(@ForAll("nasties") Nasty nasty) {
    Anything config = new Anything(List.of(nasty.real(), nasty.whole(), nasty.text()));
    assertThat(ConfigReader.of(Anything.class).read(config).value()).isEqualTo(config);
    assertThat(CanonicalForm.of(new Box<>(nasty)).json()).startsWith("{\"value\":{");
  }

  @Property(seed = "20261128", tries = 100)
  void filesComeBackAndVerify(@ForAll("configs") Map<String, Object> config) {
    Fingerprint fingerprint = Fingerprint.of(Map.of(Facet.CONFIG, config), Map.of());
    assertThat(Fingerprint.parse(fingerprint.toJson())).isEqualTo(fingerprint);
    assertThat(Fingerprint.parse(fingerprint.toJson()).diff(fingerprint).isEmpty())
        .isTrue();
  }
}
