package dev.stet.seeds;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Seeds in words, and back.
 *
 * <p>The text is ASCII, and has no single quote in it, so that it survives any charset and stands in a shell
 * command between single quotes. Which characters are escaped is fixed here and not left to
 * {@code Character.isLetter}, whose answers grow with each JDK.
 */
final class SeedText {
  private static final String BYTES = "0x";
  private static final String KEY = "key:";

  private static final HexFormat HEX = HexFormat.of();

  private final String text;
  private int at;

  private SeedText(String text) {
    this.text = text;
  }

  static String bytes(byte[] bytes) {
    return BYTES + HEX.formatHex(bytes);
  }

  static String key(byte[] key) {
    return KEY + HEX.formatHex(key);
  }

  /** A name as one segment of a path: bare where it cannot be misread, else quoted. */
  static String segment(String name) {
    return isBare(name) ? name : quote(name);
  }

  static String quote(String name) {
    StringBuilder out = new StringBuilder(name.length() + 2).append('"');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~' || c == '\'') {
        out.append("\\u").append(HEX.toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  static Seed parse(String text) {
    SeedText reader = new SeedText(text);
    Seed seed = reader.root();
    while (reader.at < text.length()) {
      reader.at++;
      seed = reader.child(seed);
    }
    return seed;
  }

  private Seed root() {
    String word = word();
    if (word.startsWith(BYTES)) {
      return Seed.of(hex(word.substring(BYTES.length())));
    }
    if (word.startsWith(KEY)) {
      byte[] key = hex(word.substring(KEY.length()));
      if (key.length != Derivation.KEY_BYTES) {
        throw malformed("a key has 64 hexadecimal digits, this one has " + 2 * key.length);
      }
      return Seed.ofKey(key);
    }
    return Seed.of(number(word));
  }

  private Seed child(Seed parent) {
    if (at < text.length() && text.charAt(at) == '"') {
      return parent.child(quoted());
    }
    String word = word();
    return isBare(word) ? parent.child(word) : parent.child(number(word));
  }

  private String word() {
    int end = text.indexOf('/', at);
    String word = text.substring(at, end < 0 ? text.length() : end);
    at += word.length();
    return word;
  }

  private String quoted() {
    StringBuilder name = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      name.append(text.charAt(at) == '\\' ? escape() : text.charAt(at));
      at++;
    }
    if (at >= text.length()) {
      throw malformed("a quoted name does not end");
    }
    at++;
    if (at < text.length() && text.charAt(at) != '/') {
      throw malformed("a quoted name is followed by '/' or by the end");
    }
    return name.toString();
  }

  private char escape() {
    at++;
    char c = at < text.length() ? text.charAt(at) : 0;
    if (c == '"' || c == '\\') {
      return c;
    }
    if (c == 'u' && at + 4 < text.length() && isHex(text.substring(at + 1, at + 5))) {
      at += 4;
      return (char) HexFormat.fromHexDigits(text, at - 3, at + 1);
    }
    throw malformed("a backslash is followed by \\, by \" or by u and four hexadecimal digits");
  }

  private byte[] hex(String digits) {
    if (digits.isEmpty() || digits.length() % 2 != 0 || !isHex(digits)) {
      throw malformed("bytes are written as pairs of hexadecimal digits");
    }
    return HEX.parseHex(digits);
  }

  private long number(String word) {
    try {
      long number = Long.parseLong(word);
      if (Long.toString(number).equals(word)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw malformed(SeedText.quote(word) + " is neither a whole 64-bit number nor a name", e);
    }
    throw malformed(
        "numbers have no plus sign and no leading zeros, " + SeedText.quote(word) + " has");
  }

  private static boolean isHex(String digits) {
    return digits.chars().allMatch(HexFormat::isHexDigit);
  }

  private static boolean isBare(String name) {
    return !name.isEmpty()
        && isBareStart(name.charAt(0))
        && name.chars()
            .allMatch(c -> isBareStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.');
  }

  private static boolean isBareStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private IllegalArgumentException malformed(String why) {
    return malformed(why, null);
  }

  private IllegalArgumentException malformed(String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "not a seed: "
            + quote(text)
            + "; "
            + why
            + ". A seed is written as a number (42), bytes (0x00ff) or a key (key: and 64 hexadecimal digits),"
            + " followed by its path, as in 42/weights/3 or 42/\"two words\".",
        cause);
  }
}
