package dev.stet.fingerprint;

import com.google.common.reflect.TypeToken;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of bare values of a Java value, or says where that is impossible.
 *
 * <p>It never asks a user's object for its hash code or its words, and never relies on the order of an unordered
 * collection. One reader serves one value.
 */
class ValueReader {
  static final int DEEPEST = 200;
  // Objects that are shared are read at each place, so a small graph can have an endless text.
  private static final int MOST_OBJECTS = 1_000_000;
  private static final TypeToken<Object> ANY = TypeToken.of(Object.class);

  private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final int most;
  private int objects;

  ValueReader() {
    this(MOST_OBJECTS);
  }

  ValueReader(int most) {
    this.most = most;
  }

  @Nullable
  Object read(@Nullable Object value, Place place) {
    return read(value, ANY, place);
  }

  @Nullable
  Object read(@Nullable Object value, TypeToken<?> declared, Place place) {
    if (value == null || value instanceof Boolean || value instanceof NotCaptured) {
      return value instanceof NotCaptured missing
          ? new NotCaptured(text(missing.reason(), place))
          : value;
    }
    if (value instanceof Number number) {
      return number(number, place);
    }
    String text = TextType.write(value);
    return text != null ? text(text, place) : readComposed(value, declared, place);
  }

  static String text(String text, Place place) {
    int index = JsonText.loneSurrogate(text);
    if (index < 0) {
      return text;
    }
    throw new IllegalArgumentException(
        place + " holds a lone surrogate, "
            + JsonText.quoted(text.substring(index, index + 1)).replace("\"", "") + " at index "
            + index
            + ", which is no character and has no UTF-8 form. Remove it, or keep such data as numbers or Base64.");
  }

  private Object number(Number number, Place place) {
    if (number instanceof Integer || number instanceof Long || number instanceof Double) {
      return number;
    }
    if (number instanceof Byte || number instanceof Short) {
      return number.intValue();
    }
    if (number instanceof Float) {
      return number.doubleValue();
    }
    // Both can be subclassed, so only their very own kind is sure to be what it says.
    if (number.getClass() == BigInteger.class || number.getClass() == BigDecimal.class) {
      return number;
    }
    throw cannot(number, place);
  }

  private @Nullable Object readComposed(Object value, TypeToken<?> declared, Place place) {
    if (value instanceof Optional<?> optional) {
      return read(optional.orElse(null), elementOf(declared, Optional.class), place);
    }
    if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? optional.getAsInt() : null;
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? optional.getAsDouble() : null;
    }
    if (place.depth() >= DEEPEST) {
      throw new IllegalArgumentException(place + " is nested deeper than " + DEEPEST
          + " levels, the limit of a canonical form. Flatten it.");
    }
    count(place);
    if (!open.add(value)) {
      throw new IllegalArgumentException(
          place + " is a " + NestName.named(value.getClass().getName())
              + " that contains itself. A circle has no canonical form; name one end of it by a key instead.");
    }
    try {
      return readContents(value, declared, place);
    } finally {
      open.remove(value);
    }
  }

  /** Counts one more object. */
  final void count(Place place) {
    if (++objects > most) {
      throw new TooLarge(place, most);
    }
  }

  /** A refusal of the value as a whole. */
  static final class TooLarge extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TooLarge(Place place, int most) {
      super(place.root() + " holds more than " + most
          + " objects, where one that is shared counts at each of its places. Keep large inputs in files and declare"
          + " them as data.");
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  Object readContents(Object value, TypeToken<?> declared, Place place) {
    if (value instanceof List<?> list) {
      return readList(list, elementOf(declared, Iterable.class), place);
    }
    if (value instanceof Set<?> set) {
      return sorted(readList(set, elementOf(declared, Iterable.class), place));
    }
    if (value instanceof Map<?, ?> map) {
      return readMap(map, declared, place);
    }
    if (value.getClass().isArray()) {
      return readArray(value, declared, place);
    }
    return readObject(value, declared, place);
  }

  final List<@Nullable Object> readList(Collection<?> elements, TypeToken<?> type, Place place) {
    List<@Nullable Object> list = new ArrayList<>(elements.size());
    for (Object element : elements) {
      list.add(read(element, type, place.index(list.size())));
    }
    return Collections.unmodifiableList(list);
  }

  static List<@Nullable Object> sorted(List<@Nullable Object> elements) {
    Map<String, @Nullable Object> byText = new LinkedHashMap<>();
    List<String> texts = new ArrayList<>();
    for (Object element : elements) {
      String text = JsonText.canonical(Tags.tagged(element));
      texts.add(text);
      byText.put(text, element);
    }
    texts.sort(Comparator.naturalOrder());
    List<@Nullable Object> sorted = new ArrayList<>();
    texts.forEach(text -> sorted.add(byText.get(text)));
    return Collections.unmodifiableList(sorted);
  }

  private List<@Nullable Object> readArray(Object array, TypeToken<?> declared, Place place) {
    TypeToken<?> component = declared.getComponentType();
    TypeToken<?> type =
        component == null ? TypeToken.of(array.getClass().getComponentType()) : component;
    List<@Nullable Object> list = new ArrayList<>(Array.getLength(array));
    for (int i = 0; i < Array.getLength(array); i++) {
      list.add(read(Array.get(array, i), type, place.index(i)));
    }
    return Collections.unmodifiableList(list);
  }

  final Map<String, @Nullable Object> readMap(Map<?, ?> map, TypeToken<?> declared, Place place) {
    TypeToken<?> type = argumentOf(declared, Map.class, 1);
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = key(entry.getKey(), place);
      if (sorted.containsKey(key)) {
        throw new IllegalArgumentException(place + " has two keys with the text "
            + JsonText.quoted(key) + ". Use keys of one type with different texts.");
      }
      sorted.put(key, read(entry.getValue(), type, place.key(key)));
    }
    return Collections.unmodifiableMap(new LinkedHashMap<>(sorted));
  }

  private static String key(@Nullable Object key, Place place) {
    String text = key == null ? null : TextType.writeKey(key);
    if (text == null) {
      throw new IllegalArgumentException(
          place + " has a key that is "
              + (key == null ? "null" : "a " + NestName.named(key.getClass().getName()))
              + ". Allowed are strings, enum constants, integers and other values with a standard text.");
    }
    return text(text, place.key(text));
  }

  Object readObject(Object value, TypeToken<?> declared, Place place) {
    Shape shape = Shape.ofValue(value);
    if (shape == null) {
      throw cannot(value, place);
    }
    shape.requireUsable(place);
    TypeToken<?> type = Variants.typeOf(value.getClass(), declared);
    Map<String, @Nullable Object> fields = new TreeMap<>();
    for (Shape.Member member : shape.members()) {
      Object field = member.read(value);
      fields.put(
          member.name(), read(field, type.resolveType(member.type()), place.key(member.name())));
    }
    Map<String, @Nullable Object> tree = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    return Variants.isOpen(declared)
        ? Map.<String, Object>of(Variants.nameOf(value.getClass(), declared, place), tree)
        : tree;
  }

  IllegalArgumentException cannot(Object value, Place place) {
    return new IllegalArgumentException(place + " is a "
        + NestName.named(value.getClass().getName())
        + ", which cannot be made canonical. Allowed are strings, numbers, booleans, enums, Optional, java.time,"
        + " lists, sets, maps, arrays, records, and classes with a constructor without arguments and no final"
        + " fields.");
  }

  static TypeToken<?> elementOf(TypeToken<?> declared, Class<?> generic) {
    return argumentOf(declared, generic, 0);
  }

  /** The type argument of a declared type, seen as the generic type; Object when it does not say. */
  static TypeToken<?> argumentOf(TypeToken<?> declared, Class<?> generic, int index) {
    if (!generic.isAssignableFrom(declared.getRawType())) {
      return ANY;
    }
    return bound(declared.resolveType(generic.getTypeParameters()[index]));
  }

  private static TypeToken<?> bound(TypeToken<?> type) {
    // A wildcard or an unresolved variable stands for its bound.
    return type.getType() instanceof java.lang.reflect.WildcardType
            || type.getType() instanceof java.lang.reflect.TypeVariable<?>
        ? TypeToken.of(type.getRawType())
        : type;
  }
}
