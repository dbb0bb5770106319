package dev.stet.fingerprint;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a captured value as a tree of bare values, where its meaning is plain. */
final class BareValue {
  private static final int DEPTH = 32;

  private BareValue() {}

  static @Nullable Object of(String name, @Nullable Object value) {
    return read(name, value, 0);
  }

  private static @Nullable Object read(String name, @Nullable Object value, int depth) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double) {
      return value;
    }
    if (depth == DEPTH) {
      return new NotCaptured(name + " is nested more than " + DEPTH + " levels deep");
    }
    if (value instanceof Short || value instanceof Byte) {
      return ((Number) value).intValue();
    }
    if (value instanceof Float single) {
      return (double) single;
    }
    if (value instanceof List<?> || value instanceof SortedSet<?>) {
      return list(name, (Iterable<?>) value, depth);
    }
    if (value instanceof Map<?, ?> map) {
      return map(name, map, depth);
    }
    return value.getClass().isArray() ? array(name, value, depth) : object(name, value, depth);
  }

  private static @Nullable Object object(String name, Object value, int depth) {
    if (value instanceof Enum<?> constant) {
      return tagged("enum", constant.getDeclaringClass().getName() + "." + constant.name());
    }
    if (value instanceof Class<?> type) {
      return tagged("class", NestName.named(type.getName()));
    }
    if (hasPlainText(value)) {
      return tagged(value.getClass().getName(), value.toString());
    }
    if (value instanceof Record tuple) {
      return components(name, tuple, depth);
    }
    if (value instanceof Optional<?> optional) {
      return list(name, optional.stream().toList(), depth);
    }
    Optional<SerializedLambda> lambda = CapturedBody.serializedLambda(value);
    if (lambda.isPresent()) {
      return lambda(name, lambda.get());
    }
    return unreadable(name, value);
  }

  private static Object lambda(String name, SerializedLambda lambda) {
    TreeMap<String, @Nullable Object> tree = new TreeMap<>();
    tree.put("class", NestName.named(lambda.getImplClass().replace('/', '.')));
    tree.put("kind", CapturedBody.Origin.of(lambda).kind());
    if (!NestName.isLambda(lambda.getImplMethodName())) {
      tree.put("method", lambda.getImplMethodName());
    }
    List<@Nullable Object> captured = new ArrayList<>();
    for (Capture capture : Capture.ofLambda(lambda)) {
      captured.add(
          capture.tree() instanceof NotCaptured lost
              ? new NotCaptured(name + ", a lambda, holds more: " + lost.reason())
              : capture.tree());
    }
    tree.put("captured", captured);
    return Collections.unmodifiableMap(tree);
  }

  /** Immutable values of the JDK whose text is specified and says all. */
  private static boolean hasPlainText(Object value) {
    return value instanceof Character
        || value instanceof BigInteger
        || value instanceof BigDecimal
        || value instanceof UUID
        || value.getClass().getPackageName().equals("java.time");
  }

  private static Object components(String name, Record value, int depth) {
    TreeMap<String, @Nullable Object> tree = new TreeMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String part = name + "." + component.getName();
      try {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        tree.put(component.getName(), read(part, accessor.invoke(value), depth + 1));
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        tree.put(component.getName(), unreadable(part, value));
      }
    }
    return tagged(
        "record " + NestName.named(value.getClass().getName()), Collections.unmodifiableMap(tree));
  }

  private static Object list(String name, Iterable<?> values, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object value : values) {
      list.add(read(name + "[" + list.size() + "]", value, depth + 1));
    }
    return Collections.unmodifiableList(list);
  }

  private static Object array(String name, Object array, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      list.add(read(name + "[" + i + "]", Array.get(array, i), depth + 1));
    }
    return Collections.unmodifiableList(list);
  }

  private static Object map(String name, Map<?, ?> map, int depth) {
    TreeMap<String, @Nullable Object> tree = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        return new NotCaptured(name + " of type " + map.getClass().getName()
            + " is a map with keys that are not text");
      }
      tree.put(key, read(name + "[" + key + "]", entry.getValue(), depth + 1));
    }
    return Collections.unmodifiableMap(tree);
  }

  private static Map<String, Object> tagged(String tag, Object value) {
    return Map.of(tag, value);
  }

  private static NotCaptured unreadable(String name, Object value) {
    return new NotCaptured(
        name + " is an object of type " + NestName.named(value.getClass().getName())
            + ", whose content has no plain form; capture a record, text, numbers, lists or maps of them instead");
  }
}
