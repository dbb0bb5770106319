package dev.stet.fingerprint;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a config with itself after the way to its canonical form and back. */
final class ReadBack {
  private ReadBack() {}

  /**
   * Refuses a value that did not come back equal.
   *
   * @throws IllegalArgumentException naming the first field that differs, with both values
   */
  static void requireEqual(@Nullable Object given, @Nullable Object back, Place place) {
    if (given instanceof List<?> a && back instanceof List<?> b && a.size() == b.size()) {
      requireEqualElements(a, b, place);
    } else if (given instanceof Map<?, ?> a
        && back instanceof Map<?, ?> b
        && a.size() == b.size()) {
      requireEqualEntries(a, b, place);
    } else if (given instanceof Optional<?> a && back instanceof Optional<?> b) {
      requireEqual(a.orElse(null), b.orElse(null), place);
    } else if (given instanceof Set<?> && back instanceof Set<?>) {
      requireEqualLeaves(given, back, place);
    } else if (given == null || back == null || given.getClass() != back.getClass()) {
      requireEqualLeaves(given, back, place);
    } else if (given.getClass().isArray() && Array.getLength(given) == Array.getLength(back)) {
      for (int i = 0; i < Array.getLength(given); i++) {
        requireEqual(Array.get(given, i), Array.get(back, i), place.index(i));
      }
    } else {
      requireEqualObjects(given, back, place);
    }
  }

  private static void requireEqualElements(List<?> given, List<?> back, Place place) {
    Iterator<?> backs = back.iterator();
    int index = 0;
    for (Object element : given) {
      requireEqual(element, backs.next(), place.index(index++));
    }
  }

  private static void requireEqualEntries(Map<?, ?> given, Map<?, ?> back, Place place) {
    given.forEach((key, value) -> {
      if (!back.containsKey(key)) {
        throw new IllegalArgumentException(
            place + " has the key " + key + " (" + key.getClass().getSimpleName()
                + "), which is read back as a String. Declare the type of the keys, or use strings.");
      }
      requireEqual(value, back.get(key), place.key(String.valueOf(key)));
    });
  }

  private static void requireEqualObjects(Object given, Object back, Place place) {
    Shape shape =
        given instanceof Enum || given instanceof NotCaptured ? null : Shape.ofValue(given);
    if (shape == null) {
      requireEqualLeaves(given, back, place);
      return;
    }
    for (Shape.Member member : shape.members()) {
      requireEqual(member.read(given), member.read(back), place.key(member.name()));
    }
  }

  private static void requireEqualLeaves(
      @Nullable Object given, @Nullable Object back, Place place) {
    if (!java.util.Objects.equals(given, back)) {
      throw new IllegalArgumentException(
          place + " is " + described(given) + " and would be read back as "
              + described(back)
              + ". A config must come back equal from its canonical form: use a record whose components"
              + " have the types you mean.");
    }
  }

  private static String described(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String type = value.getClass().isArray()
        ? value.getClass().getComponentType().getSimpleName() + "[]"
        : value.getClass().getSimpleName();
    return (value.getClass().isArray() ? "an array" : String.valueOf(value)) + " (" + type + ")";
  }

  /** Whether nothing that a value consists of can change, nor be met in an order the form does not see. */
  static boolean isImmutable(@Nullable Object value) {
    if (value == null
        || value instanceof Enum
        || isImmutableNumber(value)
        || TextType.write(value) != null) {
      return true;
    }
    if (value instanceof Optional<?> optional) {
      return isImmutable(optional.orElse(null));
    }
    if (value instanceof List<?> list) {
      return isImmutableList(list);
    }
    Shape shape = value instanceof Record ? Shape.ofValue(value) : null;
    return shape != null
        && shape.members().stream().allMatch(member -> isImmutable(member.read(value)));
  }

  private static boolean isImmutableNumber(Object value) {
    return value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte
        || value.getClass() == BigInteger.class
        || value.getClass() == BigDecimal.class
        || value instanceof OptionalInt
        || value instanceof OptionalLong
        || value instanceof OptionalDouble;
  }

  private static boolean isImmutableList(List<?> list) {
    // The JDK's immutable lists are the only ones that a copy of leaves as they are.
    return list.stream().allMatch(item -> item != null && isImmutable(item))
        && isSame(List.copyOf(list), list);
  }

  @SuppressWarnings("ReferenceEquality") // identity is the question
  private static boolean isSame(List<?> copy, List<?> list) {
    return copy == list;
  }
}
