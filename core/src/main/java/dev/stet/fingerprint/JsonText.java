package dev.stet.fingerprint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Plain JSON to and from text: maps with string keys, lists, strings, booleans, null, int, long and finite doubles.
 *
 * <p>Nothing here knows of tags; {@link Tags} puts them in and takes them out.
 */
final class JsonText {
  /** The largest integer up to which every integer is a double: 2^53 - 1. */
  static final long LARGEST_EXACT = (1L << 53) - 1;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder out = new StringBuilder();
  private final boolean readable;

  private JsonText(boolean readable) {
    this.readable = readable;
  }

  /** The text that RFC 8785 prescribes. */
  static String canonical(@Nullable Object json) {
    return new JsonText(false).write(json, 0).out.toString();
  }

  /** Indented text with the same keys in the same order; whole doubles keep their {@code .0}. */
  static String readable(@Nullable Object json) {
    return new JsonText(true).write(json, 0).out.append('\n').toString();
  }

  /** A string in quotes, with lone surrogates and control characters escaped. */
  static String quoted(String text) {
    JsonText json = new JsonText(true);
    json.writeString(text);
    return json.out.toString();
  }

  /** A finite double by the rules of ECMAScript, which RFC 8785 takes over. */
  static String number(double value) {
    try {
      return NumberToJSON.serializeNumber(value);
    } catch (IOException notFinite) {
      throw new UncheckedIOException(notFinite);
    }
  }

  private JsonText write(@Nullable Object json, int level) {
    if (json instanceof Map<?, ?> map) {
      writeMap(map, level);
    } else if (json instanceof List<?> list) {
      writeList(list, level);
    } else if (json instanceof String text) {
      writeString(text);
    } else if (json instanceof Double number) {
      writeDouble(number);
    } else if (json == null
        || json instanceof Boolean
        || json instanceof Integer
        || json instanceof Long) {
      out.append(json);
    } else {
      throw new IllegalStateException("not plain JSON: " + json.getClass().getName());
    }
    return this;
  }

  private void writeDouble(double value) {
    String text = number(value);
    out.append(text);
    if (readable && text.chars().allMatch(c -> c == '-' || Character.isDigit(c))) {
      out.append(".0");
    }
  }

  private void writeMap(Map<?, ?> map, int level) {
    // String order is the order of UTF-16 code units, which RFC 8785 asks for.
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    out.append('{');
    String comma = "";
    for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
      out.append(comma);
      indent(level + 1);
      writeString(entry.getKey());
      out.append(readable ? ": " : ":");
      write(entry.getValue(), level + 1);
      comma = ",";
    }
    if (!sorted.isEmpty()) {
      indent(level);
    }
    out.append('}');
  }

  private void writeList(List<?> list, int level) {
    boolean onOneLine =
        list.stream().noneMatch(item -> item instanceof Map || item instanceof Collection);
    out.append('[');
    String comma = "";
    for (Object item : list) {
      out.append(comma);
      if (!onOneLine) {
        indent(level + 1);
      }
      write(item, level + 1);
      comma = readable && onOneLine ? ", " : ",";
    }
    if (!onOneLine) {
      indent(level);
    }
    out.append(']');
  }

  private void indent(int level) {
    if (readable) {
      out.append('\n').append("  ".repeat(level));
    }
  }

  private void writeString(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> writeCharacter(text, i, c);
      }
    }
    out.append('"');
  }

  private void writeCharacter(String text, int index, char c) {
    if (c < ' ' || isLoneSurrogate(text, index)) {
      out.append("\\u").append(HEX.toHexDigits(c));
    } else {
      out.append(c);
    }
  }

  private static boolean isLoneSurrogate(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }

  /** The index of the first surrogate without its partner, or -1. */
  static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isLoneSurrogate(text, i)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Reads one JSON value and nothing after it.
   *
   * @throws IllegalArgumentException for anything that is not JSON, a doubled key, or a number no double holds
   */
  static @Nullable Object parse(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("This is not JSON: it is empty.");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("This is not one JSON value: something follows it.");
      }
      return value;
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException(
          "This is not JSON: " + notJson.getOriginalMessage(), notJson);
    }
  }

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> map(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> integer(parser.getString());
      case VALUE_NUMBER_FLOAT -> real(parser.getString());
      default -> throw new IllegalArgumentException("This is not JSON: it ends too early.");
    };
  }

  private static Map<String, @Nullable Object> map(JsonParser parser) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.getString();
      parser.nextToken();
      map.put(key, value(parser));
    }
    return map;
  }

  private static List<@Nullable Object> list(JsonParser parser) {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static Object integer(String literal) {
    BigInteger exact = new BigInteger(literal);
    if (exact.bitLength() <= 31) {
      return exact.intValue();
    }
    if (exact.abs().bitLength() <= 53) {
      return exact.longValue();
    }
    // A whole double is written with all its digits up to 1e21; any other integer of this size
    // would be rounded.
    double rounded = exact.doubleValue();
    if (Double.isInfinite(rounded)
        || new BigDecimal(number(rounded)).compareTo(new BigDecimal(exact)) != 0) {
      throw new IllegalArgumentException("The number " + literal
          + " is not a double. Write integers beyond 2^53 - 1 as {\"$number\":\"" + literal
          + "\"}.");
    }
    return rounded;
  }

  private static Double real(String literal) {
    double value = Double.parseDouble(literal);
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("The number " + literal + " is too large for a double.");
    }
    return value == 0 ? 0.0 : value;
  }
}
