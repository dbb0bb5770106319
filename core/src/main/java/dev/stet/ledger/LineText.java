package dev.stet.ledger;

import dev.stet.fingerprint.CanonicalForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;

/** Builds one line: a JSON object whose last member is the checksum of everything before it. */
final class LineText {
  /** The format of a line that this version writes, and the newest that it reads. */
  static final int FORMAT = 1;

  /** What stands between the last member and the checksum. */
  static final String CHECK = ",\"crc\":\"";

  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder out;

  private LineText(StringBuilder out) {
    this.out = out;
  }

  static LineText of(String kind) {
    return new LineText(new StringBuilder(1024).append("{\"v\":").append(FORMAT))
        .text("line", kind);
  }

  LineText text(String name, String value) {
    name(name);
    quote(out, value);
    return this;
  }

  /** A member whose value is JSON already. */
  LineText json(String name, CharSequence value) {
    name(name);
    out.append(value);
    return this;
  }

  LineText texts(String name, Map<String, String> values) {
    name(name);
    String comma = "{";
    for (Map.Entry<String, String> entry : values.entrySet()) {
      out.append(comma);
      quote(out, entry.getKey());
      out.append(':');
      quote(out, entry.getValue());
      comma = ",";
    }
    out.append(values.isEmpty() ? "{}" : "}");
    return this;
  }

  /** Numbers by name, as a canonical form tags what is no JSON number and names that begin with a dollar. */
  LineText numbers(String name, Map<String, Double> values) {
    name(name);
    String comma = "{";
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      out.append(comma);
      quote(out, escaped(entry.getKey()));
      out.append(':').append(CanonicalForm.of(entry.getValue()).json());
      comma = ",";
    }
    out.append(values.isEmpty() ? "{}" : "}");
    return this;
  }

  static String escaped(String name) {
    return name.startsWith("$") ? "$" + name : name;
  }

  private void name(String name) {
    out.append(",\"").append(name).append("\":");
  }

  /** The line in UTF-8 with its checksum and its end. */
  byte[] bytes() {
    byte[] body = out.toString().getBytes(StandardCharsets.UTF_8);
    CRC32C crc = new CRC32C();
    crc.update(body);
    String tail = CHECK + HEX.toHexDigits((int) crc.getValue()) + "\"}\n";
    byte[] end = tail.getBytes(StandardCharsets.US_ASCII);
    byte[] line = Arrays.copyOf(body, body.length + end.length);
    System.arraycopy(end, 0, line, body.length, end.length);
    return line;
  }

  /**
   * A string in quotes, as a canonical form writes it; what UTF-8 cannot hold, a surrogate without its partner, is
   * escaped.
   */
  static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ' || isLone(text, i)) {
            out.append("\\u").append(HEX.toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLone(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
