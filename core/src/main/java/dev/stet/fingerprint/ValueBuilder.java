package dev.stet.fingerprint;

import com.google.common.reflect.TypeToken;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a Java value of a declared type from a tree of bare values: the way back from {@link ValueReader}. */
final class ValueBuilder {
  private ValueBuilder() {}

  static @Nullable Object build(@Nullable Object tree, TypeToken<?> type, Place place) {
    Class<?> raw = type.wrap().getRawType();
    if (Optional.class == raw) {
      return Optional.ofNullable(build(tree, ValueReader.elementOf(type, Optional.class), place));
    }
    if (raw == OptionalInt.class || raw == OptionalLong.class || raw == OptionalDouble.class) {
      return optionalNumber(tree, raw, place);
    }
    if (tree == null) {
      return nothing(type, place);
    }
    Object leaf = tree instanceof Map || tree instanceof List ? null : leaf(tree, raw, place);
    return leaf != null ? leaf : composed(tree, type, raw, place);
  }

  private static @Nullable Object nothing(TypeToken<?> type, Place place) {
    if (type.isPrimitive()) {
      throw mismatch(null, type.getRawType(), place);
    }
    return null;
  }

  private static Object optionalNumber(@Nullable Object tree, Class<?> raw, Place place) {
    if (raw == OptionalInt.class) {
      return tree == null
          ? OptionalInt.empty()
          : OptionalInt.of((Integer) number(tree, Integer.class, place));
    }
    if (raw == OptionalLong.class) {
      return tree == null
          ? OptionalLong.empty()
          : OptionalLong.of((Long) number(tree, Long.class, place));
    }
    return tree == null
        ? OptionalDouble.empty()
        : OptionalDouble.of((Double) number(tree, Double.class, place));
  }

  private static @Nullable Object leaf(Object tree, Class<?> raw, Place place) {
    if (raw.isInstance(tree)) {
      return tree;
    }
    if (tree instanceof Number && Number.class.isAssignableFrom(raw)) {
      return number(tree, raw, place);
    }
    return tree instanceof String text ? fromText(text, raw, place) : null;
  }

  private static @Nullable Object fromText(String text, Class<?> raw, Place place) {
    try {
      if (raw.isEnum()) {
        return constant(text, raw);
      }
      TextType<?> type = TextType.of(raw);
      return type == null ? null : type.reader().apply(text);
    } catch (RuntimeException unreadable) {
      throw mismatch(text, raw, place);
    }
  }

  private static Object constant(String name, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no such constant");
  }

  private static Object number(Object tree, Class<?> raw, Place place) {
    if (tree instanceof Number number) {
      Object converted = convert(number, raw);
      if (converted != null) {
        return converted;
      }
    }
    throw mismatch(tree, raw, place);
  }

  private static @Nullable Object convert(Number number, Class<?> raw) {
    if (raw == Double.class) {
      return number.doubleValue();
    }
    if (raw == Float.class) {
      return number.floatValue();
    }
    if (number instanceof Double real && !Double.isFinite(real)) {
      return null;
    }
    BigDecimal exact =
        number instanceof Double real ? new BigDecimal(real) : new BigDecimal(number.toString());
    try {
      return convertExactly(exact, raw);
    } catch (ArithmeticException doesNotFit) {
      return null;
    }
  }

  private static @Nullable Object convertExactly(BigDecimal exact, Class<?> raw) {
    if (raw == Integer.class) {
      return exact.intValueExact();
    }
    if (raw == Long.class) {
      return exact.longValueExact();
    }
    if (raw == Short.class) {
      return exact.shortValueExact();
    }
    if (raw == Byte.class) {
      return exact.byteValueExact();
    }
    if (raw == BigInteger.class) {
      return exact.toBigIntegerExact();
    }
    return raw == BigDecimal.class ? exact : null;
  }

  private static Object composed(Object tree, TypeToken<?> type, Class<?> raw, Place place) {
    if (tree instanceof List<?> list) {
      return raw.isArray() ? array(list, type, place) : collection(list, type, raw, place);
    }
    if (tree instanceof Map<?, ?> map) {
      return raw == Object.class || Map.class.isAssignableFrom(raw)
          ? map(map, type, raw, place)
          : object(map, type, raw, place);
    }
    throw mismatch(tree, raw, place);
  }

  private static Object array(List<?> list, TypeToken<?> type, Place place) {
    TypeToken<?> component = type.getComponentType();
    if (component == null) {
      throw new IllegalStateException("not an array: " + type);
    }
    Object array = Array.newInstance(component.getRawType(), list.size());
    for (int i = 0; i < list.size(); i++) {
      Array.set(array, i, build(list.get(i), component, place.index(i)));
    }
    return array;
  }

  private static Object collection(List<?> list, TypeToken<?> type, Class<?> raw, Place place) {
    Collection<@Nullable Object> built = emptyCollection(list, raw, place);
    TypeToken<?> element = ValueReader.elementOf(type, Iterable.class);
    for (int i = 0; i < list.size(); i++) {
      built.add(build(list.get(i), element, place.index(i)));
    }
    return built;
  }

  private static Collection<@Nullable Object> emptyCollection(
      List<?> list, Class<?> raw, Place place) {
    if (raw.isAssignableFrom(ArrayList.class)) {
      return new ArrayList<>(list.size());
    }
    if (raw.isAssignableFrom(LinkedHashSet.class)) {
      return new LinkedHashSet<>();
    }
    if (raw.isAssignableFrom(TreeSet.class) && Set.class.isAssignableFrom(raw)) {
      return new TreeSet<>();
    }
    throw cannotRead(raw, "declare a List, a Set or a SortedSet", place);
  }

  private static Object map(Map<?, ?> tree, TypeToken<?> type, Class<?> raw, Place place) {
    TypeToken<?> keyType = ValueReader.argumentOf(type, Map.class, 0);
    TypeToken<?> valueType = ValueReader.argumentOf(type, Map.class, 1);
    Map<Object, @Nullable Object> built = emptyMap(raw, keyType.getRawType(), place);
    tree.forEach((key, value) -> {
      String text = (String) key;
      built.put(key(text, keyType.getRawType(), place), build(value, valueType, place.key(text)));
    });
    return built;
  }

  @SuppressWarnings({"unchecked", "rawtypes"
  }) // only an enum type can be the key of a declared EnumMap
  private static Map<Object, @Nullable Object> emptyMap(
      Class<?> raw, Class<?> keyType, Place place) {
    if (raw.isAssignableFrom(LinkedHashMap.class)) {
      return new LinkedHashMap<>();
    }
    if (raw.isAssignableFrom(TreeMap.class)) {
      return new TreeMap<>();
    }
    if (raw == EnumMap.class) {
      return (Map) new EnumMap(keyType);
    }
    throw cannotRead(raw, "declare a Map, a SortedMap or an EnumMap", place);
  }

  private static Object key(String text, Class<?> type, Place place) {
    Object key = null;
    if (type == Boolean.class) {
      key = Boolean.valueOf(text);
    } else if (type == Integer.class || type == Long.class) {
      key = convert(new BigDecimal(text), type);
    } else if (type.isAssignableFrom(String.class)) {
      key = text;
    } else {
      key = fromText(text, type, place.key(text));
    }
    if (key == null) {
      throw mismatch(text, type, place.key(text));
    }
    return key;
  }

  private static Object object(Map<?, ?> tree, TypeToken<?> type, Class<?> raw, Place place) {
    if (Variants.isOpen(type)) {
      return variant(tree, type, raw, place);
    }
    Shape shape = Shape.of(raw);
    if (shape == null) {
      throw cannotRead(raw, "declare a record or a sealed interface of records", place);
    }
    shape.requireUsable(place);
    List<@Nullable Object> values = new ArrayList<>();
    for (Shape.Member member : shape.members()) {
      if (!tree.containsKey(member.name())) {
        throw new IllegalArgumentException(
            place.key(member.name()) + " is missing, which " + raw.getName()
                + " needs. The form was written for another version of this class: read it with that one, or run anew with this one.");
      }
      values.add(build(
          tree.get(member.name()), type.resolveType(member.type()), place.key(member.name())));
    }
    requireNothingElse(tree, shape, raw, place);
    return shape.make(values, place);
  }

  private static void requireNothingElse(Map<?, ?> tree, Shape shape, Class<?> raw, Place place) {
    for (Object key : tree.keySet()) {
      if (shape.members().stream().noneMatch(member -> member.name().equals(key))) {
        throw new IllegalArgumentException(
            place.key((String) key) + " is unknown to " + raw.getName()
                + ". The form was written for another version of this class: read it with that one, or run anew with this one.");
      }
    }
  }

  private static Object variant(Map<?, ?> tree, TypeToken<?> type, Class<?> raw, Place place) {
    Object name = tree.size() == 1 ? tree.keySet().iterator().next() : null;
    Class<?> variant = name == null ? null : Variants.find((String) name, raw);
    if (variant == null || !(tree.get(name) instanceof Map<?, ?> fields)) {
      throw mismatch(tree, raw, place);
    }
    return object(fields, Variants.typeOf(variant, type), variant, place);
  }

  private static IllegalArgumentException cannotRead(Class<?> raw, String advice, Place place) {
    return new IllegalArgumentException(place + " is declared as " + raw.getName()
        + ", and a value of that type cannot be read back from the canonical form; " + advice
        + ".");
  }

  private static IllegalArgumentException mismatch(
      @Nullable Object tree, Class<?> raw, Place place) {
    return new IllegalArgumentException(
        place + " is " + Words.of(tree)
            + " in the canonical form, which is no " + raw.getName()
            + ". Give a value of that type; a form that was read is for the version of the class that wrote it.");
  }
}
