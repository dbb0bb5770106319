package dev.stet.fingerprint;

import com.google.common.reflect.TypeToken;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a body captured, and notes the code that it meets on the way.
 *
 * <p>It differs from the reader of configs in three ways, because the body is handed these very objects and not copies
 * of them. What has no declared type is tagged with its class. Collections whose order the body can rely on keep it.
 * What cannot be read becomes {@link NotCaptured} where it stands, and the rest is read. One reader serves one body.
 */
final class CaptureReader extends ValueReader {
  static final int DEEPEST = 32;
  /** A tree has at most four nodes for an object, and a fingerprint reads trees of a million. */
  static final int MOST_OBJECTS = 200_000;

  private static final TypeToken<Object> ANY = TypeToken.of(Object.class);

  private final Set<Object> reached = new LinkedHashSet<>();
  private final List<CapturedBody.Origin> lambdas = new ArrayList<>();
  private boolean changeable;

  CaptureReader() {
    super(MOST_OBJECTS);
  }

  /** Where code is that captured values bring with them: origins of lambdas and classes of objects, as they are met. */
  Set<Object> reached() {
    return reached;
  }

  /** The captured lambdas and method references, one for each place where one stands. */
  List<CapturedBody.Origin> lambdas() {
    return lambdas;
  }

  /** Whether something that was read can be something else when it is read again. */
  boolean isChangeable() {
    return changeable;
  }

  void noteChangeable() {
    changeable = true;
  }

  void reach(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    if (!element.isHidden() && !element.isPrimitive()) {
      reached.add(element);
    }
  }

  @Override
  @Nullable
  Object read(@Nullable Object value, TypeToken<?> declared, Place place) {
    try {
      return value == null || isPlain(value)
          ? super.read(value, ANY, place)
          : readTagged(value, place);
    } catch (TooLarge e) {
      // Not where it was noticed: the rest of the value would be read on and on.
      if (place.depth() > 0) {
        throw e;
      }
      return new NotCaptured(e.reason());
    } catch (IllegalArgumentException e) {
      return new NotCaptured(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new NotCaptured(
          place + " cannot be read: " + e.getClass().getName() + ". Do not change it meanwhile.");
    }
  }

  private static boolean isPlain(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof NotCaptured
        || (value instanceof Number && isBoxed(value.getClass()));
  }

  private static boolean isBoxed(Class<?> type) {
    return type.getPackageName().equals("java.lang");
  }

  private @Nullable Object readTagged(Object value, Place place) {
    reach(value.getClass());
    if (value instanceof Enum<?> constant) {
      return tagged("enum", className(constant.getDeclaringClass()) + "." + constant.name());
    }
    if (value instanceof Class<?> type) {
      reach(type);
      return tagged("class", className(type));
    }
    if (value.getClass() == BigDecimal.class || value.getClass() == BigInteger.class) {
      // With its scale: the body can tell 1.10 from 1.1.
      return tagged(value.getClass().getName(), value.toString());
    }
    TextType<?> text = TextType.ofValue(value);
    if (text != null) {
      return tagged(text.type().getName(), text(text.writeAny(value), place));
    }
    List<?> content = optional(value);
    return content == null
        ? super.read(value, ANY, place)
        : tagged("optional", readList(content, ANY, place));
  }

  private static @Nullable List<?> optional(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.stream().toList();
    }
    if (value instanceof OptionalInt optional) {
      return optional.stream().boxed().toList();
    }
    if (value instanceof OptionalLong optional) {
      return optional.stream().boxed().toList();
    }
    return value instanceof OptionalDouble optional ? optional.stream().boxed().toList() : null;
  }

  @Override
  Object readContents(Object value, TypeToken<?> declared, Place place) {
    if (place.depth() > DEEPEST) {
      throw new IllegalArgumentException(
          place + " is nested more than " + DEEPEST + " levels deep. Flatten it.");
    }
    Optional<SerializedLambda> lambda = CapturedBody.serializedLambda(value);
    if (lambda.isPresent()) {
      return lambda(lambda.get(), place);
    }
    if (value instanceof List<?> list) {
      changeable |= !isImmutable(value);
      return readList(list, ANY, place);
    }
    if (value instanceof Set<?> set) {
      changeable |= !isImmutable(value);
      return set(set, place);
    }
    if (value instanceof Map<?, ?> map) {
      changeable |= !isImmutable(value);
      return map(map, place);
    }
    if (value.getClass().isArray()) {
      changeable |= Array.getLength(value) > 0;
    }
    return super.readContents(value, ANY, place);
  }

  private Object lambda(SerializedLambda lambda, Place place) {
    CapturedBody.Origin origin = CapturedBody.Origin.of(lambda);
    reached.add(origin);
    lambdas.add(origin);
    return origin.tree(Capture.ofLambda(lambda, this, place));
  }

  private Object set(Set<?> set, Place place) {
    if (!hasNoOrder(set)) {
      Object comparator = set instanceof SortedSet<?> sorted ? sorted.comparator() : null;
      return ordered("set", comparator, readList(set, ANY, place), place);
    }
    int from = lambdas.size();
    List<@Nullable Object> elements = sorted(readList(set, ANY, place));
    sortLambdas(from);
    return tagged("set", elements);
  }

  private Object map(Map<?, ?> map, Place place) {
    if (!hasNoOrder(map)) {
      Object comparator = map instanceof SortedMap<?, ?> sorted ? sorted.comparator() : null;
      return ordered("map", comparator, entries(map, place), place);
    }
    if (map.keySet().stream().allMatch(String.class::isInstance)) {
      return tagged("map", readMap(new TreeMap<>(map), ANY, place));
    }
    int from = lambdas.size();
    List<@Nullable Object> entries = sorted(entries(map, place));
    sortLambdas(from);
    return tagged("map", entries);
  }

  private Object ordered(
      String kind, @Nullable Object comparator, List<@Nullable Object> content, Place place) {
    if (comparator == null) {
      return tagged("ordered " + kind, content);
    }
    Map<String, @Nullable Object> tree = new TreeMap<>();
    tree.put("comparator", read(comparator, ANY, place.key("comparator")));
    tree.put("content", content);
    return tagged("sorted " + kind, Collections.unmodifiableMap(tree));
  }

  private List<@Nullable Object> entries(Map<?, ?> map, Place place) {
    List<@Nullable Object> entries = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      count(place);
      Place at =
          entry.getKey() instanceof String key ? place.key(key) : place.index(entries.size());
      entries.add(Collections.unmodifiableList(
          Arrays.asList(read(entry.getKey(), ANY, at), read(entry.getValue(), ANY, at))));
    }
    return Collections.unmodifiableList(entries);
  }

  // Elements without an order must not give one to the lambdas in them.
  private void sortLambdas(int from) {
    lambdas.subList(from, lambdas.size()).sort(Comparator.comparing(Object::toString));
  }

  /** Whether the order of iteration is nobody's decision; it may differ between JVMs. Any other order counts. */
  private static boolean hasNoOrder(Object collection) {
    if (collection instanceof LinkedHashMap || collection instanceof LinkedHashSet) {
      return false;
    }
    return collection instanceof HashMap
        || collection instanceof HashSet
        || collection instanceof Hashtable
        || collection instanceof ConcurrentHashMap
        || collection instanceof ConcurrentHashMap.KeySetView
        || collection instanceof IdentityHashMap
        || collection instanceof WeakHashMap
        || isImmutable(collection);
  }

  /** The collections of {@code List.of}, {@code Set.of}, {@code Map.of} and {@code copyOf}. */
  private static boolean isImmutable(Object collection) {
    return collection.getClass().getName().startsWith("java.util.ImmutableCollections");
  }

  @Override
  Object readObject(Object value, TypeToken<?> declared, Place place) {
    Class<?> type = value.getClass();
    if (value instanceof Record) {
      return tagged("record " + className(type), super.readObject(value, ANY, place));
    }
    String unseen = Shape.transientField(type);
    if (unseen != null) {
      throw new IllegalArgumentException(place + " is a " + className(type)
          + ", whose transient field " + unseen + " would not be seen. Make it a record.");
    }
    Object fields = super.readObject(value, ANY, place);
    changeable |= !((Map<?, ?>) fields).isEmpty();
    return tagged("object " + className(type), fields);
  }

  @Override
  IllegalArgumentException cannot(Object value, Place place) {
    return value.getClass().isHidden()
        ? new IllegalArgumentException(place + " is a " + className(value.getClass())
            + ", whose interface is not Serializable, so nothing can be known of its code. Let the interface extend"
            + " java.io.Serializable.")
        : super.cannot(value, place);
  }

  private static String className(Class<?> type) {
    return NestName.named(type.getName());
  }

  private static Map<String, Object> tagged(String tag, Object content) {
    return Map.of(tag, content);
  }
}
