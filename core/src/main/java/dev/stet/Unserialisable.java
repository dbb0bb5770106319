package dev.stet;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place in a state that Java cannot serialise; {@code ObjectOutputStream} names the class alone, and a reader
 * wants the field.
 */
final class Unserialisable {
  private record Place(String path, Object value) {}

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Place> open = new ArrayDeque<>();

  private Unserialisable() {}

  /** Such as {@code state.model.optimizer, a com.example.Adam,}, or the class if the place is not found. */
  static String in(Object state, String type) {
    Place found = new Unserialisable().find(state, type);
    return found == null ? type : found.path() + ", a " + type + ",";
  }

  private @Nullable Place find(Object state, String type) {
    look("state", state);
    while (!open.isEmpty()) {
      Place place = open.removeFirst();
      if (!(place.value() instanceof Serializable)
          && place.value().getClass().getName().equals(type)) {
        return place;
      }
      inside(place);
    }
    return null;
  }

  private void look(String path, @Nullable Object value) {
    if (value != null && seen.add(value)) {
      open.addLast(new Place(path, value));
    }
  }

  private void inside(Place place) {
    Object value = place.value();
    if (value instanceof Object[]) {
      for (int i = 0; i < Array.getLength(value); i++) {
        look(place.path() + "[" + i + "]", Array.get(value, i));
      }
    } else if (value instanceof Collection<?> collection) {
      int i = 0;
      for (Object item : collection) {
        look(place.path() + "[" + i++ + "]", item);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> {
        look(place.path() + " key " + key, key);
        look(place.path() + "[" + key + "]", item);
      });
    } else if (!value.getClass().isArray()) {
      fields(place);
    }
  }

  private void fields(Place place) {
    for (Class<?> type = place.value().getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        boolean saved = !Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())
            && !field.getType().isPrimitive();
        // What another module does not show us is not the user's field.
        if (saved && field.trySetAccessible()) {
          look(place.path() + "." + field.getName(), valueOf(field, place.value()));
        }
      }
    }
  }

  private static @Nullable Object valueOf(Field field, Object holder) {
    try {
      return field.get(holder);
    } catch (IllegalAccessException e) {
      return null;
    }
  }
}
