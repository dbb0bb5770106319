package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The choice of settings that a fingerprint holds: always the default locale, time zone and charset; system properties
 * and environment variables only by name, and none unless chosen.
 *
 * <p>A name that looks like that of a secret is refused, because its value would be written to files that people
 * share. {@linkplain #withRedactedVariables Redacted} values may have any name: only a keyed digest of them is kept
 * (HMAC-SHA-256), by which a change is seen and the value cannot be found by trying, as long as the key is not shared.
 * The digest covers the name too, so that equal values of two variables are not seen to be equal.
 *
 * <p>Immutable and safe to share between threads. Serialisable for a JVM of the same program, and not to be kept: the
 * serialised form holds the key. Values are read when {@link #tree()} is called.
 *
 * @since 0.1
 */
public final class Settings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHORTEST_KEY = 16;
  // "tokenizer" is a word of this trade; "key" counts as a word of its own, so that "monkey"
  // passes.
  private static final Pattern SECRET =
      Pattern.compile("(?i:passw(or)?d|passphrase|token(?!i[sz])|secret|credential"
          + "|cookie|bearer|private|(api|access|auth)[^a-z]?key|(^|[^a-z])(pass|pwd|auth|keys?)([^a-z]|$))"
          + "|[a-z](Pass|Pwd|Auth|Keys?)(?![a-z])");
  private static final Settings STANDARD = new Settings(List.of(), List.of(), List.of(), null);

  /** Names of system properties. */
  private final List<String> properties;

  /** Names of environment variables. */
  private final List<String> variables;

  /** Names of environment variables whose values are not kept. */
  private final List<String> redacted;

  /** By what redacted values are digested; null without such. */
  private final byte @Nullable [] key;

  private Settings(
      List<String> properties,
      List<String> variables,
      List<String> redacted,
      byte @Nullable [] key) {
    this.properties = properties;
    this.variables = variables;
    this.redacted = redacted;
    this.key = key;
  }

  /**
   * Returns the choice that holds the defaults of locale, time zone and charset, and nothing else.
   *
   * @return the choice to start from
   */
  public static Settings standard() {
    return STANDARD;
  }

  /**
   * Adds system properties.
   *
   * @param names their names, such as {@code "model.threads"}
   * @return a choice with them
   * @throws IllegalArgumentException when a name is blank or looks like that of a secret
   */
  public Settings withProperties(String... names) {
    return new Settings(joined(properties, names, true), variables, redacted, key);
  }

  /**
   * Adds environment variables.
   *
   * @param names their names, such as {@code "OMP_NUM_THREADS"}
   * @return a choice with them
   * @throws IllegalArgumentException when a name is blank or looks like that of a secret
   */
  public Settings withVariables(String... names) {
    return new Settings(properties, joined(variables, names, true), redacted, key);
  }

  /**
   * Adds environment variables of whose values only a keyed digest is kept.
   *
   * @param key the project's key, at least 16 bytes, the same wherever fingerprints are to be compared; not to be
   *     stored beside them. It replaces the key given before.
   * @param names their names
   * @return a choice with them
   * @throws IllegalArgumentException when the key is shorter than 16 bytes, or a name is blank
   */
  public Settings withRedactedVariables(byte[] key, String... names) {
    if (requireNonNull(key, "key").length < SHORTEST_KEY) {
      throw new IllegalArgumentException("key must have at least " + SHORTEST_KEY + " bytes; got "
          + key.length + ". Draw one at random and keep it where the project keeps its secrets.");
    }
    return new Settings(properties, variables, joined(redacted, names, false), key.clone());
  }

  private static List<String> joined(List<String> known, String[] names, boolean visible) {
    TreeSet<String> all = new TreeSet<>(known);
    for (String name : names) {
      if (requireNonNull(name, "name").isBlank()) {
        throw new IllegalArgumentException("names must not be blank; got \"" + name + "\".");
      }
      if (visible && looksSecret(name)) {
        throw new IllegalArgumentException(
            "names must not look like that of a secret; got \"" + name
                + "\". Its value would be written to files that people share; withRedactedVariables keeps a keyed digest"
                + " instead.");
      }
      all.add(name);
    }
    return List.copyOf(all);
  }

  static boolean looksSecret(String name) {
    return SECRET.matcher(name).find();
  }

  /**
   * Reads the facet {@code settings} as it is now. A chosen name without a value is absent from the tree.
   *
   * @return an unmodifiable tree of bare values: {@code locale}, {@code formatLocale}, {@code displayLocale},
   *     {@code timeZone}, {@code charset}, {@code fileEncoding}, {@code properties}, {@code variables} and
   *     {@code redacted}
   */
  public Map<String, Object> tree() {
    return tree(System::getProperty, System::getenv);
  }

  Map<String, Object> tree(
      Function<String, @Nullable String> property, Function<String, @Nullable String> variable) {
    TreeMap<String, Object> tree = new TreeMap<>();
    tree.put("locale", Locale.getDefault().toLanguageTag());
    tree.put("formatLocale", Locale.getDefault(Locale.Category.FORMAT).toLanguageTag());
    tree.put("displayLocale", Locale.getDefault(Locale.Category.DISPLAY).toLanguageTag());
    tree.put("timeZone", TimeZone.getDefault().getID());
    tree.put("charset", Charset.defaultCharset().name());
    String encoding = System.getProperty("file.encoding");
    tree.put(
        "fileEncoding", encoding == null ? new NotCaptured("file.encoding is not set") : encoding);
    tree.put("properties", read(properties, property));
    tree.put("variables", read(variables, variable));
    tree.put("redacted", read(redacted, name -> keyed(name, variable.apply(name))));
    return Collections.unmodifiableMap(tree);
  }

  private static Map<String, Object> read(
      List<String> names, Function<String, @Nullable String> source) {
    TreeMap<String, Object> values = new TreeMap<>();
    for (String name : names) {
      String value = source.apply(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  private @Nullable String keyed(String name, @Nullable String value) {
    if (value == null || key == null) {
      return null;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      // No name of an environment variable holds a zero character.
      return HexFormat.of()
          .formatHex(mac.doFinal((name + "\0" + value).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HmacSHA256", e);
    }
  }
}
