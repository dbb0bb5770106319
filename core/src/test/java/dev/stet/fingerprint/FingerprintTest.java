package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final String SHA = "0123456789abcdef".repeat(4);

  /** A fingerprint with every facet and every tag. */
  static Fingerprint sample() {
    Map<Facet, Map<String, Object>> facets = new EnumMap<>(Facet.class);
    facets.put(Facet.EXPERIMENT, Map.of("name", "digits-mlp"));
    facets.put(Facet.CODE, Map.of("classes", Map.of("dev.x.Mlp", SHA, "dev.x.Digits", SHA)));
    facets.put(
        Facet.CONFIG,
        Map.of(
            "$odd",
            List.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -0.0,
                1.0,
                Configs.TWO_E23,
                1e21),
            "big",
            BigInteger.TWO.pow(70),
            "decimal",
            new BigDecimal("0.1"),
            "epochs",
            20,
            "learningRate",
            0.1,
            "name",
            "NaN \u20ac \uD83D\uDE00 \n\u0001",
            "text",
            Arrays.asList("1e5", null, true, Map.of(), List.of())));
    facets.put(Facet.SEED, Map.of("root", (1L << 53) + 1));
    facets.put(Facet.DATA, Map.of("digits", Map.of("sha256", SHA, "bytes", 58_000)));
    facets.put(Facet.RUNTIME, Map.of("java", "17.0.15", "vendor", "Eclipse Adoptium"));
    facets.put(
        Facet.HARDWARE,
        Map.of("gpu", new NotCaptured("nvidia-smi is not installed"), "processors", 2));
    return Fingerprint.of(facets, Map.of("host", "ada", "user", "grace"));
  }

  @Nested
  class Digests {
    @Test
    void areTakenOverTheDigestsOfTheFacets() {
      CanonicalForm seed = CanonicalForm.of(Map.of("root", 1));
      Fingerprint fingerprint = Fingerprint.ofForms(Map.of(Facet.SEED, seed), Map.of());
      assertThat(fingerprint.digest())
          .isEqualTo(CanonicalForm.parse(
                  "{\"facets\":{\"seed\":\"" + seed.digest() + "\"},\"fingerprint\":1}")
              .digest());
    }

    @Test
    void ofRecipeAndEnvironmentAreThoseOfTheFingerprintWithoutTheOther() {
      Fingerprint sample = sample();
      assertThat(sample.recipe())
          .isEqualTo(sample.without(Facet.RUNTIME, Facet.HARDWARE).digest());
      assertThat(sample.environment())
          .isEqualTo(sample
              .without(Facet.EXPERIMENT, Facet.CODE, Facet.CONFIG, Facet.SEED, Facet.DATA)
              .digest());
    }

    @Test
    void doNotSeeInformationalValues() {
      assertThat(sample().withoutInformational()).isEqualTo(sample()).hasSameHashCodeAs(sample());
      assertThat(sample().withoutInformational().toJson())
          .doesNotContain("ada", "grace", "informational");
    }

    @Test
    void changeWithOneFacetOnly() {
      Fingerprint other = sample().with(Facet.SEED, CanonicalForm.of(Map.of("root", 2)));
      assertThat(other).isNotEqualTo(sample());
      assertThat(other.environment()).isEqualTo(sample().environment());
      assertThat(other.recipe()).isNotEqualTo(sample().recipe());
      assertThat(other.form(Facet.CONFIG)).isEqualTo(sample().form(Facet.CONFIG));
    }

    @Test
    void tellAMissingFacetFromAnEmptyOne() {
      Fingerprint empty = Fingerprint.of(Map.of(Facet.DATA, Map.of()), Map.of());
      assertThat(empty).isNotEqualTo(Fingerprint.of(Map.of(), Map.of()));
      assertThat(Fingerprint.of(Map.of(), Map.of()).form(Facet.DATA).value())
          .isEqualTo(new NotCaptured("this fingerprint does not have this facet"));
    }
  }

  @Nested
  class Files {
    @Test
    void comeBackAsTheyWere() {
      Fingerprint back = Fingerprint.parse(sample().toJson());
      assertThat(back).isEqualTo(sample());
      assertThat(back.informational()).isEqualTo(sample().informational());
      assertThat(back.toJson()).isEqualTo(sample().toJson());
      assertThat(back.toString()).isEqualTo(sample().toString());
    }

    @Test
    void ofFormatOneAreReadAndWrittenForEver() throws IOException {
      String file = resource("fingerprint-format-1.json");
      assertThat(Fingerprint.parse(file)).isEqualTo(sample());
      assertThat(sample().toJson()).isEqualTo(file);
    }

    @Test
    void ofNewerFormatsAreRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fingerprint.parse(
              sample().toJson().replace("\"fingerprint\": 1", "\"fingerprint\": 2")))
          .withMessage(
              "This fingerprint has format 2, and this version of Stet reads formats up to 1. Read it with the"
                  + " version that wrote it, or a newer one.");
    }

    @Test
    void thatWereAlteredNameTheFacet() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> Fingerprint.parse(sample().toJson().replace("\"17.0.15\"", "\"25.0.3\"")))
          .withMessage(
              "The fingerprint was altered after it was written: the digest of runtime says "
                  + sample().form(Facet.RUNTIME).digest().substring(0, 8) + ", and its content has "
                  + sample()
                      .with(
                          Facet.RUNTIME,
                          CanonicalForm.of(Map.of("java", "25.0.3", "vendor", "Eclipse Adoptium")))
                      .form(Facet.RUNTIME)
                      .digest()
                      .substring(0, 8)
                  + ". Restore the file from where it was committed, or write it again from a run.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fingerprint.parse(sample().toJson().replace(sample().recipe(), SHA)))
          .withMessageStartingWith(
              "The fingerprint was altered after it was written: the digest of recipe says 01234567");
    }

    @Test
    void thatAreSomethingElseSaySo() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fingerprint.parse("[]"))
          .withMessage("This is not a fingerprint: the file should be a JSON object; got [].");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fingerprint.parse("{}"))
          .withMessage(
              "This is not a fingerprint: its \"fingerprint\" should be the number of the format, 1; got null.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fingerprint.parse("{\"fingerprint\":1,\"facets\":{\"mood\":{}}}"))
          .withMessage(
              "There is no facet 'mood'. The facets are experiment, code, config, seed, data, dependencies,"
                  + " runtime, hardware, settings and source.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fingerprint.parse("{\"fingerprint\":1,\"facets\":{\"seed\":{}}}"))
          .withMessage("This is not a fingerprint: facet seed has no \"value\".");
    }
  }

  @Test
  void refusesAFacetThatIsNoMap() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fingerprint.ofForms(Map.of(Facet.SEED, CanonicalForm.of(42)), Map.of()))
        .withMessage(
            "The facet seed must be a map or not captured; got 42. Give the value a name, such as"
                + " Map.of(\"value\", ...).");
  }

  @Test
  void printsAPage() {
    Fingerprint plain = Fingerprint.of(
        Map.of(
            Facet.CODE, Map.of("classes", Map.of("dev.x.Mlp", SHA, "dev.x.Digits", SHA)),
            Facet.CONFIG, Map.of("learningRate", 0.1, "hidden", 32, "epochs", 20),
            Facet.HARDWARE,
                Map.of("gpu", new NotCaptured("nvidia-smi is not installed"), "processors", 2)),
        Map.of());
    assertThat(plain.toString())
        .isEqualTo("fingerprint " + plain.digest().substring(0, 8) + "\n"
            + "  code          " + plain.form(Facet.CODE).digest().substring(0, 8) + "  2 classes\n"
            + "  config        " + plain.form(Facet.CONFIG).digest().substring(0, 8)
            + "  epochs=20 hidden=32 learningRate=0.1\n"
            + "  hardware      " + plain.form(Facet.HARDWARE).digest().substring(0, 8)
            + "  gpu=? processors=2\n"
            + "  hardware.gpu not captured: nvidia-smi is not installed");
  }

  static String resource(String name) throws IOException {
    try (InputStream in = FingerprintTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void thePageShowsFirstWhatAReaderLooksForFirst() {
    Fingerprint fingerprint = Fingerprint.of(
        Map.of(
            Facet.DATA,
            Map.of(),
            Facet.RUNTIME,
            Map.of(
                "agents",
                List.of(),
                "guard",
                false,
                "java.runtime.version",
                "17.0.15",
                "options",
                "x".repeat(80))),
        Map.of());
    assertThat(fingerprint.toString()).matches("""
            fingerprint [0-9a-f]{8}
              data          [0-9a-f]{8}  none
              runtime       [0-9a-f]{8}  java.runtime.version=17.0.15 guard=false \\.\\.\\.""");
  }

  @Test
  void thePageNamesTheOnlyArtifactWhereItsDigestsDoNotFit() {
    Fingerprint fingerprint = Fingerprint.of(
        Map.of(
            Facet.DEPENDENCIES,
            Map.of(
                "absent",
                List.of(),
                "artifacts",
                Map.of("dev.stet:stet-core", Map.of("version", "0.1.0-SNAPSHOT", "sha256", SHA)))),
        Map.of());
    assertThat(fingerprint.toString()).matches("""
            fingerprint [0-9a-f]{8}
              dependencies  [0-9a-f]{8}  artifacts=dev.stet:stet-core""");
  }
}
