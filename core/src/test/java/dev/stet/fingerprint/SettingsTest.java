package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final byte[] KEY = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

  private static Map<String, Object> tree(Settings settings, Map<String, String> values) {
    Map<String, String> source = new HashMap<>(values);
    return settings.tree(source::get, source::get);
  }

  @Test
  void holdsDefaultsAndNothingUnchosen() {
    Map<String, Object> tree = tree(Settings.standard(), Map.of("A", "1"));

    assertThat(tree)
        .containsKeys(
            "locale", "formatLocale", "displayLocale", "timeZone", "charset", "fileEncoding")
        .containsEntry("properties", Map.of())
        .containsEntry("variables", Map.of())
        .containsEntry("redacted", Map.of());
  }

  @Test
  void holdsChosenNamesThatHaveAValue() {
    Settings settings =
        Settings.standard().withProperties("a.b", "c").withVariables("OMP_NUM_THREADS");

    assertThat(tree(settings, Map.of("a.b", "1", "OMP_NUM_THREADS", "2", "other", "3")))
        .containsEntry("properties", Map.of("a.b", "1"))
        .containsEntry("variables", Map.of("OMP_NUM_THREADS", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DB_PASSWORD",
        "db.passwd",
        "passphrase",
        "GITHUB_TOKEN",
        "clientSecret",
        "AWS_SECRET_ACCESS_KEY",
        "APIKEY",
        "api.key",
        "SSH_KEY",
        "sslKeyFile",
        "credentials",
        "SESSION_COOKIE",
        "PGPASS_pass",
        "ftp.pwd",
        "BASIC_AUTH"
      })
  void refusesNamesThatLookLikeThoseOfSecrets(String name) {
    assertThatThrownBy(() -> Settings.standard().withVariables(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("names must not look like that of a secret; got \"" + name
            + "\". Its value would be written to"
            + " files that people share; withRedactedVariables keeps a keyed digest instead.");
    assertThatThrownBy(() -> Settings.standard().withProperties(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TOKENIZERS_PARALLELISM",
        "MONKEY",
        "keyboard.layout",
        "author",
        "compass",
        "OMP_NUM_THREADS"
      })
  void acceptsNamesThatOnlyResembleThem(String name) {
    assertThat(tree(Settings.standard().withVariables(name), Map.of(name, "v")))
        .containsEntry("variables", Map.of(name, "v"));
  }

  @Test
  void keepsOfRedactedValuesAKeyedDigest() {
    Settings settings = Settings.standard().withRedactedVariables(KEY, "DB_PASSWORD", "UNSET");

    // printf 'DB_PASSWORD\0hunter2' | openssl dgst -sha256 -hmac 'sixteen bytes ok'
    assertThat(tree(settings, Map.of("DB_PASSWORD", "hunter2")))
        .containsEntry(
            "redacted",
            Map.of(
                "DB_PASSWORD", "a1142103dc8be91f9af4a7ce0e070701ec1293182146722f088a773d780e7b71"));
  }

  @Test
  void refusesAShortKeyAndABlankName() {
    assertThatThrownBy(() -> Settings.standard().withRedactedVariables(new byte[3], "A"))
        .hasMessage(
            "key must have at least 16 bytes; got 3. Draw one at random and keep it where the project keeps its"
                + " secrets.");
    assertThatThrownBy(() -> Settings.standard().withVariables(" "))
        .hasMessage("names must not be blank; got \" \".");
  }
}
