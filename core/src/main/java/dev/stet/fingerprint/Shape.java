package dev.stet.fingerprint;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record or a bean consists of: its fields, and the constructor that makes a new one.
 *
 * <p>Fields and not getters, because a getter may have an effect, and because state that no getter shows would still
 * change the run.
 */
final class Shape {
  private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
    @Override
    protected Shape computeValue(Class<?> type) {
      return type.isRecord() ? recordShape(type) : beanShape(type);
    }
  };

  private final Class<?> type;
  private final List<Member> members;
  private final @Nullable Constructor<?> constructor;

  private Shape(Class<?> type, List<Member> members, @Nullable Constructor<?> constructor) {
    this.type = type;
    this.members = members;
    this.constructor = constructor;
  }

  /** A field, by the name and the type under which it was declared. */
  record Member(String name, Field field) {
    Type type() {
      return field.getGenericType();
    }

    @Nullable
    Object read(Object owner) {
      try {
        return field.get(owner);
      } catch (IllegalAccessException opened) {
        throw new IllegalStateException(opened);
      }
    }
  }

  /** The shape of the class of a value, or null for a class that is neither a record nor a bean. */
  static @Nullable Shape ofValue(Object value) {
    Class<?> type = value.getClass();
    return type.isRecord() || isBean(type) ? SHAPES.get(type) : null;
  }

  /** The shape of a class, or null for a class that is neither a record nor a bean. */
  static @Nullable Shape of(Class<?> type) {
    return type.isRecord() || isBean(type) ? SHAPES.get(type) : null;
  }

  private static boolean isBean(Class<?> type) {
    return !type.isInterface()
        && !type.isArray()
        && !type.isPrimitive()
        && !type.isEnum()
        && !type.isHidden()
        && !type.isSynthetic()
        && !Modifier.isAbstract(type.getModifiers())
        && !type.getName().startsWith("java.")
        && !type.getName().startsWith("javax.")
        && !type.getName().startsWith("jdk.")
        && !type.getName().startsWith("sun.");
  }

  private static Shape recordShape(Class<?> type) {
    List<Member> members = new ArrayList<>();
    List<Class<?>> parameters = new ArrayList<>();
    try {
      for (RecordComponent component : type.getRecordComponents()) {
        members.add(new Member(component.getName(), type.getDeclaredField(component.getName())));
        parameters.add(component.getType());
      }
      return new Shape(
          type,
          List.copyOf(members),
          type.getDeclaredConstructor(parameters.toArray(Class<?>[]::new)));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Shape beanShape(Class<?> type) {
    Deque<Class<?>> lineage = new ArrayDeque<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      lineage.addFirst(c);
    }
    List<Member> members = new ArrayList<>();
    for (Class<?> c : lineage) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())
            && !isInstrumentation(field)) {
          members.add(new Member(field.getName(), field));
        }
      }
    }
    return new Shape(type, List.copyOf(members), constructorWithoutArguments(type));
  }

  // A coverage tool's own field is static and synthetic; an inner class keeps its outer object in a
  // synthetic one.
  private static boolean isInstrumentation(Field field) {
    return field.isSynthetic() && !field.getName().startsWith("this$");
  }

  private static @Nullable Constructor<?> constructorWithoutArguments(Class<?> type) {
    try {
      return type.getDeclaredConstructor();
    } catch (NoSuchMethodException none) {
      return null;
    }
  }

  /** The name of a field that is state but counts as none in a config; null when there is none. */
  static @Nullable String transientField(Class<?> type) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        int flags = field.getModifiers();
        if (Modifier.isTransient(flags) && !Modifier.isStatic(flags) && !isInstrumentation(field)) {
          return field.getName();
        }
      }
    }
    return null;
  }

  List<Member> members() {
    return members;
  }

  /**
   * Refuses a class that cannot be read or made again.
   *
   * @throws IllegalArgumentException naming the place, the class, and what would help
   */
  void requireUsable(Place place) {
    if (constructor == null) {
      throw unusable(place, "has no constructor without arguments");
    }
    List<String> names = new ArrayList<>();
    for (Member member : members) {
      if (!type.isRecord() && Modifier.isFinal(member.field().getModifiers())) {
        throw unusable(place, "has the final field " + member.name());
      }
      if (names.contains(member.name())) {
        throw unusable(place, "inherits a second field named " + member.name());
      }
      names.add(member.name());
    }
    open(place, constructor);
  }

  private IllegalArgumentException unusable(Place place, String why) {
    return new IllegalArgumentException(place + " is a " + NestName.named(type.getName())
        + ", which " + why + ", so it could not be made again from its values. Make it a record.");
  }

  private void open(Place place, Constructor<?> maker) {
    try {
      maker.setAccessible(true);
      for (Member member : members) {
        member.field().setAccessible(true);
      }
    } catch (InaccessibleObjectException closed) {
      Module stet = Shape.class.getModule();
      String line =
          "opens " + type.getPackageName() + (stet.isNamed() ? " to " + stet.getName() : "") + ";";
      throw new IllegalArgumentException(
          place + " is a " + NestName.named(type.getName())
              + ", whose package is not open to Stet. Add this line to the module-info" + " of "
              + type.getModule().getName() + ": " + line,
          closed);
    }
  }

  /** A new object with these values, one for each member, in their order. */
  Object make(List<@Nullable Object> values, Place place) {
    Constructor<?> maker = constructor;
    if (maker == null) {
      throw unusable(place, "has no constructor without arguments");
    }
    try {
      if (type.isRecord()) {
        return maker.newInstance(values.toArray());
      }
      Object bean = maker.newInstance();
      for (int i = 0; i < values.size(); i++) {
        members.get(i).field().set(bean, values.get(i));
      }
      return bean;
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(
          place + " cannot be read back: the constructor of " + type.getName() + " threw "
              + refused.getCause() + ". It must accept the values that its own objects hold.",
          refused.getCause());
    } catch (ReflectiveOperationException closed) {
      throw new IllegalArgumentException(place + " cannot be read back: " + closed, closed);
    }
  }
}
