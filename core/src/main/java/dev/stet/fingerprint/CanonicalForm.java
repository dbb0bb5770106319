package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A value as a tree that has exactly one text, so that equal values have equal digests on every machine.
 *
 * <p>The text is JSON as RFC 8785 writes it; the digest is SHA-256 over its UTF-8 bytes. What JSON cannot hold is
 * tagged: {@code {"$number":"NaN"}}, and likewise infinities, -0.0, integers beyond 2^53 - 1 and decimals that are no
 * double; {@code {"$notCaptured":"reason"}}. A key that starts with {@code $} gets a second one. A whole double and
 * the same integer have the same text, so 1 and 1.0 digest alike. The form is specified in
 * {@code docs/fingerprint.md}, well enough to be recomputed in any language.
 *
 * <p>Two forms are equal when their texts are. Immutable and safe for any number of threads; the digest is computed
 * when first asked for and kept.
 *
 * @since 0.1
 */
public final class CanonicalForm {
  private final @Nullable Object tree;
  // Computed twice in a race, with the same outcome.
  private volatile @Nullable String digest;

  private CanonicalForm(@Nullable Object tree) {
    this.tree = tree;
  }

  /**
   * Returns the form of a value.
   *
   * <p>A value is null, a string, a boolean, a number of {@code java.lang} or {@code java.math}, a character, an enum
   * constant (its name), an {@code Optional}, a value of {@code java.time}, a {@link java.nio.file.Path} (as given),
   * {@link java.net.URI}, {@link java.util.UUID}, {@link java.util.Locale} or charset (its standard text), a
   * {@link NotCaptured}; a list, an array, a set (sorted by the text of its elements), a map with such keys as have a
   * text (sorted); a record, or an object with a constructor without arguments whose state is in its fields.
   *
   * @param value the value, read now; later changes to it do not reach the form
   * @return the form
   * @throws IllegalArgumentException if the value holds something else, a lone surrogate, a circle or more than 200
   *     levels; the message names the place
   */
  public static CanonicalForm of(@Nullable Object value) {
    return of(value, "value");
  }

  /**
   * Returns the form of a value that has a name in messages.
   *
   * @param value the value, as for {@link #of(Object)}
   * @param place what the value is called in messages, such as {@code config}
   * @return the form
   * @throws IllegalArgumentException as {@link #of(Object)} does
   */
  public static CanonicalForm of(@Nullable Object value, String place) {
    return new CanonicalForm(
        new ValueReader().read(value, Place.root(requireNonNull(place, "place"))));
  }

  /** A tree that {@link ValueReader} made. */
  static CanonicalForm ofTree(@Nullable Object tree) {
    return new CanonicalForm(tree);
  }

  /**
   * Reads a form from JSON, in canonical or any other layout.
   *
   * @param json one JSON value, tagged as {@link #json()} does it
   * @return the form
   * @throws IllegalArgumentException if this is not JSON, has a key twice, an unknown tag, or a number that no double
   *     holds
   */
  public static CanonicalForm parse(String json) {
    return ofJson(JsonText.parse(requireNonNull(json, "json")), "value");
  }

  /** The form of plain, tagged JSON that was read before. */
  static CanonicalForm ofJson(@Nullable Object json, String place) {
    return of(Tags.untagged(json, Place.root(place)), place);
  }

  /**
   * Returns the canonical text.
   *
   * @return JSON as RFC 8785 writes it, on one line
   */
  public String json() {
    return JsonText.canonical(Tags.tagged(tree));
  }

  /**
   * Returns the canonical text in UTF-8.
   *
   * @return a new array
   */
  public byte[] bytes() {
    return json().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the SHA-256 of {@link #bytes()}.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String digest() {
    String known = digest;
    if (known == null) {
      known = sha256(json());
      digest = known;
    }
    return known;
  }

  /** The SHA-256 of a text in UTF-8, in hexadecimal. */
  static String sha256(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Returns the tree: null, {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code Double},
   * {@code BigInteger}, {@code BigDecimal}, {@link NotCaptured}, or an unmodifiable list or map of them, maps sorted
   * by key.
   *
   * <p>A form that was parsed knows less about numbers than the value it came from: {@code 1} is an
   * {@code Integer} whatever it was.
   *
   * @return the root of the tree
   */
  public @Nullable Object value() {
    return tree;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CanonicalForm form && form.digest().equals(digest());
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  /** Returns the canonical text. */
  @Override
  public String toString() {
    return json();
  }
}
