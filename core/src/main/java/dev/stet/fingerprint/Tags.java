package dev.stet.fingerprint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in plain JSON what JSON has no words for, and understands it again. */
final class Tags {
  static final String NUMBER = "$number";
  static final String NOT_CAPTURED = "$notCaptured";
  private static final BigInteger LARGEST_EXACT = BigInteger.valueOf(JsonText.LARGEST_EXACT);

  private Tags() {}

  /** Plain JSON for a tree of bare values. */
  static @Nullable Object tagged(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return taggedMap(map);
    }
    if (tree instanceof List<?> list) {
      return taggedList(list);
    }
    if (tree instanceof NotCaptured missing) {
      return Map.of(NOT_CAPTURED, missing.reason());
    }
    if (tree instanceof Number number) {
      return taggedNumber(number);
    }
    return tree;
  }

  private static Map<String, @Nullable Object> taggedMap(Map<?, ?> map) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      String name = (String) key;
      plain.put(name.startsWith("$") ? "$" + name : name, tagged(value));
    });
    return plain;
  }

  private static List<@Nullable Object> taggedList(List<?> list) {
    List<@Nullable Object> plain = new ArrayList<>(list.size());
    for (Object item : list) {
      plain.add(tagged(item));
    }
    return plain;
  }

  private static Object taggedNumber(Number number) {
    if (number instanceof Double real) {
      return taggedDouble(real);
    }
    if (number instanceof BigDecimal decimal) {
      return taggedDecimal(decimal);
    }
    return taggedInteger(
        number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue()));
  }

  private static Object taggedDouble(Double value) {
    if (Double.isNaN(value)) {
      return Map.of(NUMBER, "NaN");
    }
    if (Double.isInfinite(value)) {
      return Map.of(NUMBER, value > 0 ? "Infinity" : "-Infinity");
    }
    return value.equals(-0.0) ? Map.of(NUMBER, "-0") : value;
  }

  private static Object taggedInteger(BigInteger value) {
    return value.abs().compareTo(LARGEST_EXACT) <= 0
        ? value.longValue()
        : Map.of(NUMBER, value.toString());
  }

  private static Object taggedDecimal(BigDecimal value) {
    double nearest = value.doubleValue();
    if (!Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(value) == 0) {
      return nearest;
    }
    return Map.of(NUMBER, plainDecimal(value));
  }

  // The exponent form, because 1E-1000000 in full would be a million digits.
  private static String plainDecimal(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    return shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= 400
        ? shortest.toBigInteger().toString()
        : shortest.unscaledValue() + "E" + -(long) shortest.scale();
  }

  /** The bare values that plain JSON stands for. */
  static @Nullable Object untagged(@Nullable Object json, Place place) {
    if (json instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        items.add(untagged(item, place.index(items.size())));
      }
      return items;
    }
    return json instanceof Map<?, ?> map ? untaggedMap(map, place) : json;
  }

  private static Object untaggedMap(Map<?, ?> map, Place place) {
    if (map.size() == 1 && map.containsKey(NUMBER)) {
      return number(map.get(NUMBER), place);
    }
    if (map.size() == 1 && map.get(NOT_CAPTURED) instanceof String reason) {
      return new NotCaptured(reason);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      String name = unescaped((String) key, place);
      values.put(name, untagged(value, place.key(name)));
    });
    return values;
  }

  private static String unescaped(String key, Place place) {
    if (!key.startsWith("$")) {
      return key;
    }
    if (!key.startsWith("$$")) {
      throw new IllegalArgumentException(
          place + " has the tag " + JsonText.quoted(key)
              + ", which this version of Stet does not know. A key of the user's that starts with $ is written with $$.");
    }
    return key.substring(1);
  }

  private static Number number(@Nullable Object text, Place place) {
    if (text instanceof String digits) {
      Number number = numberOrNull(digits);
      if (number != null && Map.of(NUMBER, digits).equals(taggedNumber(number))) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        place + " has a $number of " + text
            + ". Allowed are \"NaN\", \"Infinity\", \"-Infinity\", \"-0\" and, as text, numbers that no double holds.");
  }

  private static @Nullable Number numberOrNull(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      case "-0" -> -0.0;
      default -> decimalOrNull(text);
    };
  }

  private static @Nullable Number decimalOrNull(String text) {
    try {
      if (text.indexOf('E') >= 0) {
        return new BigDecimal(text);
      }
      BigInteger integer = new BigInteger(text);
      return integer.bitLength() <= 63 ? (Number) integer.longValue() : integer;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
