package dev.stet.fingerprint;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value that a body carries with it: an argument that a lambda captured, or a field of a body's object. */
record Capture(
    String name, @Nullable Object value, @Nullable Object tree) {
  /** The values of a lambda: a body when outer is null, else one that stands in a captured value. */
  static List<Capture> ofLambda(
      SerializedLambda lambda, CaptureReader reader, @Nullable Place outer) {
    List<Capture> captures = new ArrayList<>();
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      String name = "captured value " + (i + 1);
      Object value = lambda.getCapturedArg(i);
      Place place = outer == null ? Place.root(name) : outer.part(name);
      boolean isThis = i == 0
          && isInstanceMethod(lambda)
          && NestName.isLambda(lambda.getImplMethodName())
          && value != null;
      captures.add(new Capture(
          name, value, isThis ? enclosing(place, value, reader) : reader.read(value, place)));
    }
    return List.copyOf(captures);
  }

  private static boolean isInstanceMethod(SerializedLambda lambda) {
    int kind = lambda.getImplMethodKind();
    return kind != MethodHandleInfo.REF_invokeStatic
        && kind != MethodHandleInfo.REF_newInvokeSpecial;
  }

  static List<Capture> ofFields(Object body, CaptureReader reader) {
    List<Capture> captures = new ArrayList<>();
    for (Class<?> type = body.getClass();
        type != null && type != Object.class;
        type = type.getSuperclass()) {
      Field[] fields = type.getDeclaredFields();
      // The order in which a JVM lists fields is not specified.
      Arrays.sort(fields, Comparator.comparing(Field::getName));
      for (Field field : fields) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getName().startsWith("$jacoco")) {
          captures.add(ofField(body, field, reader));
        }
      }
    }
    return List.copyOf(captures);
  }

  private static Capture ofField(Object body, Field field, CaptureReader reader) {
    String name = "field " + field.getName();
    try {
      field.setAccessible(true);
      Object value = field.get(body);
      boolean outer = field.isSynthetic() && field.getName().startsWith("this$") && value != null;
      if (!Modifier.isFinal(field.getModifiers())) {
        reader.noteChangeable();
      }
      Place place = Place.root(name);
      return new Capture(
          name, value, outer ? enclosing(place, value, reader) : reader.read(value, place));
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      Class<?> owner = field.getDeclaringClass();
      return new Capture(
          name,
          null,
          new NotCaptured(name + " of " + NestName.named(owner.getName())
              + " cannot be read; add \"opens " + owner.getPackageName() + ";\" to the module "
              + owner.getModule().getName()));
    }
  }

  private static NotCaptured enclosing(Place place, Object value, CaptureReader reader) {
    reader.reach(value.getClass());
    return new NotCaptured(
        place + " is the enclosing object (this) of type "
            + NestName.named(value.getClass().getName())
            + "; make the method that writes the body static, or copy what the body needs into local variables");
  }

  String typeName() {
    return value == null ? "null" : NestName.named(value.getClass().getName());
  }
}
