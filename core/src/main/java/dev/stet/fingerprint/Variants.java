package dev.stet.fingerprint;

import com.google.common.reflect.TypeToken;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choices of a sealed type, which the canonical form names: {@code {"Adam":{"beta":0.9}}}.
 *
 * <p>Only a sealed type can be read back, because only it says which classes there are.
 */
final class Variants {
  private Variants() {}

  /** Whether a declared type leaves open which class a value has, so that the form must name it. */
  static boolean isOpen(TypeToken<?> declared) {
    Class<?> raw = declared.getRawType();
    return raw.isSealed() && Modifier.isAbstract(raw.getModifiers()) && !raw.isEnum();
  }

  /** The name of a variant: its simple name. */
  static String nameOf(Class<?> type, TypeToken<?> declared, Place place) {
    Class<?> found = find(type.getSimpleName(), declared.getRawType());
    if (found != type) {
      throw new IllegalArgumentException(
          place + " is a " + type.getName() + ", and " + declared.getRawType().getName()
              + " permits several classes with this simple name. Rename one.");
    }
    return type.getSimpleName();
  }

  /** The permitted class with a simple name, if there is exactly one. */
  static @Nullable Class<?> find(String name, Class<?> sealed) {
    List<Class<?>> found = new ArrayList<>();
    collect(name, sealed, found);
    return found.size() == 1 ? found.get(0) : null;
  }

  private static void collect(String name, Class<?> type, List<Class<?>> found) {
    if (!Modifier.isAbstract(type.getModifiers())
        && type.getSimpleName().equals(name)
        && !found.contains(type)) {
      found.add(type);
    }
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(name, permitted, found);
      }
    }
  }

  /** The class of a value with the type arguments that its declared type gives it. */
  static TypeToken<?> typeOf(Class<?> type, TypeToken<?> declared) {
    if (declared.getRawType() == type) {
      return declared;
    }
    try {
      return declared.getRawType().isAssignableFrom(type)
          ? declared.getSubtype(type)
          : TypeToken.of(type);
    } catch (IllegalArgumentException noSuchSubtype) {
      return TypeToken.of(type);
    }
  }
}
