package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Digests that may never change, on any JDK. */
@Tag("golden")
class GoldenDigestTest {
  private static Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("nothing", Map.of());
    values.put("plain", new Configs.Plain(0.1, 32, 20));
    values.put("rich", ConfigReaderTest.rich());
    values.put("not-a-number", Map.of("a", Double.NaN, "b", "NaN"));
    values.put("infinities", List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    values.put("zeros", List.of(0, 0.0, -0.0));
    values.put("beyond-53-bits", List.of((1L << 53) - 1, 1L << 53, (1L << 53) + 1, 0x1p53, 0x1p60));
    values.put(
        "not-shortest-before-19",
        List.of(Configs.TWO_E23, Double.MIN_NORMAL, Double.parseDouble("8.41E21")));
    values.put(
        "smallest-and-largest", List.of(Double.MIN_VALUE, Double.MAX_VALUE, Float.MIN_VALUE));
    values.put("texts-like-numbers", List.of("1e5", "1", "true", "null", "-0"));
    values.put("dollar-keys", Map.of("$number", "NaN", "$", 1, "$$x", 2));
    values.put("code-units", Map.of("\uD83D\uDE00", 1, "\uFB33", 2, "\u20ac", 3, "\r", 4, "1", 5));
    values.put(
        "big", List.of(BigInteger.TEN.pow(40), new BigDecimal("0.1"), new BigDecimal("1e30")));
    values.put("set", Set.of("b", "a", "c"));
    values.put(
        "sealed", new Configs.WithOptimizer(new Configs.Adam(0.9), List.of(new Configs.Sgd(1))));
    values.put("times", List.of(Duration.ofNanos(1), Duration.ofDays(2)));
    values.put("nulls", Arrays.asList(null, "", List.of(), Map.of()));
    values.put("not-captured", Map.of("commit", new NotCaptured("git is not installed")));
    values.put("integer-list", List.of(1, 2, 3));
    return values;
  }

  @Test
  void digestsAreTheOnesThatWereCommitted() throws IOException {
    StringBuilder actual = new StringBuilder();
    values().forEach((name, value) -> {
      CanonicalForm form = name.equals("sealed")
          ? ConfigReader.of(Configs.WithOptimizer.class)
              .read((Configs.WithOptimizer) value)
              .form()
          : CanonicalForm.of(value);
      actual.append(form.digest()).append("  ").append(name).append('\n');
    });
    assertThat(actual.toString()).isEqualTo(FingerprintTest.resource("golden-digests.txt"));
  }

  @Test
  void theFingerprintOfTheSampleIsTheOneThatWasCommitted() throws IOException {
    assertThat(FingerprintTest.resource("fingerprint-format-1.json"))
        .contains("\"digest\": \"" + FingerprintTest.sample().digest() + "\"");
  }
}
