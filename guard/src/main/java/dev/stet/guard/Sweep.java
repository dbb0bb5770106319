package dev.stet.guard;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the static fields of user and library classes for generators that no rewritten initialiser told of: those
 * of classes that were loaded before the guard, and those that an object in a static field holds. A class that is not
 * initialised yet is not looked at, because looking would initialise it. Needs the agent.
 */
final class Sweep {
  private static final Map<Class<?>, List<Field>> FIELDS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private static volatile @Nullable Sweep here;

  private final Instrumentation instrumentation;
  private final MethodHandle isUninitialised;

  private Sweep(Instrumentation instrumentation, MethodHandle isUninitialised) {
    this.instrumentation = instrumentation;
    this.isUninitialised = isUninitialised;
  }

  static void use(Instrumentation instrumentation) {
    try {
      Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(unsafe, MethodHandles.lookup());
      Object instance =
          lookup.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe)).invoke();
      here = new Sweep(
          instrumentation,
          lookup
              .findVirtual(
                  unsafe, "shouldBeInitialized", MethodType.methodType(boolean.class, Class.class))
              .bindTo(instance));
    } catch (
        Throwable
            e) { // whatever a method handle of the JDK's inside throws on a JDK we have not met
      here = null;
    }
  }

  static boolean isReachable() {
    return here != null;
  }

  /** Looks now, and remembers what it finds. */
  static void look() {
    Sweep sweep = here;
    if (sweep != null) {
      for (Class<?> type : sweep.instrumentation.getAllLoadedClasses()) {
        if (isForeign(type) && !type.isArray() && sweep.isInitialised(type)) {
          statics(type);
        }
      }
    }
  }

  private static boolean isForeign(Class<?> type) {
    return !Transformer.isOfJdk(type.getClassLoader())
        && !type.isHidden()
        && !Transformer.isOurs(
            type.getName().replace('.', '/'), Transformer.place(type.getProtectionDomain()));
  }

  private boolean isInitialised(Class<?> type) {
    try {
      return !(boolean) isUninitialised.invoke(type);
    } catch (Throwable e) {
      return false;
    }
  }

  private static void statics(Class<?> type) {
    for (Field field : fields(type)) {
      if (Modifier.isStatic(field.getModifiers())) {
        Object value = value(field, null);
        if (value instanceof Random random) {
          found(random, field, field);
        } else if (value != null
            && isForeign(value.getClass())
            && !value.getClass().isArray()) {
          held(value, field);
        }
      }
    }
  }

  private static void held(Object holder, Field at) {
    for (Field field : fields(holder.getClass())) {
      if (!Modifier.isStatic(field.getModifiers())
          && value(field, holder) instanceof Random random) {
        found(random, at, field);
      }
    }
  }

  private static void found(Random random, Field at, Field field) {
    String owner = at.getDeclaringClass().getName();
    String name = at.equals(field) ? at.getName() : at.getName() + "." + field.getName();
    Finding place = new Finding(
        Kind.STATIC_GENERATOR,
        Treatment.OBSERVED,
        "generator in static field " + name,
        owner,
        "",
        0,
        1,
        Table.GIVE_SEED);
    Statics.add(random, place, owner + "." + name, false);
  }

  /** Fields that may hold a generator, or an object that holds one. */
  private static List<Field> fields(Class<?> type) {
    return FIELDS.computeIfAbsent(type, Sweep::reachable);
  }

  private static List<Field> reachable(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    try {
      for (Field field : type.getDeclaredFields()) {
        Class<?> of = field.getType();
        boolean may = Random.class.isAssignableFrom(of)
            || of.isAssignableFrom(Random.class)
            || (!of.isPrimitive() && !of.isEnum() && of.getClassLoader() != null);
        if (may && field.trySetAccessible()) {
          fields.add(field);
        }
      }
    } catch (LinkageError e) {
      return List.of(); // a field of a type that is not there
    }
    return fields.isEmpty() ? List.of() : fields;
  }

  private static @Nullable Object value(Field field, @Nullable Object holder) {
    try {
      return field.get(holder);
    } catch (IllegalAccessException | LinkageError e) {
      return null;
    }
  }
}
