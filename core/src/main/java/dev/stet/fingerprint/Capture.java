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
  static List<Capture> ofLambda(SerializedLambda lambda) {
    List<Capture> captures = new ArrayList<>();
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      String name = "captured value " + (i + 1);
      Object value = lambda.getCapturedArg(i);
      captures.add(
          i == 0
                  && isInstanceMethod(lambda)
                  && NestName.isLambda(lambda.getImplMethodName())
                  && value != null
              ? new Capture(name, value, enclosing(name, value))
              : new Capture(name, value, BareValue.of(name, value)));
    }
    return List.copyOf(captures);
  }

  private static boolean isInstanceMethod(SerializedLambda lambda) {
    int kind = lambda.getImplMethodKind();
    return kind != MethodHandleInfo.REF_invokeStatic
        && kind != MethodHandleInfo.REF_newInvokeSpecial;
  }

  static List<Capture> ofFields(Object body) {
    List<Capture> captures = new ArrayList<>();
    for (Class<?> type = body.getClass();
        type != null && type != Object.class;
        type = type.getSuperclass()) {
      Field[] fields = type.getDeclaredFields();
      // The order in which a JVM lists fields is not specified.
      Arrays.sort(fields, Comparator.comparing(Field::getName));
      for (Field field : fields) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getName().startsWith("$jacoco")) {
          captures.add(ofField(body, field));
        }
      }
    }
    return List.copyOf(captures);
  }

  private static Capture ofField(Object body, Field field) {
    String name = "field " + field.getName();
    try {
      field.setAccessible(true);
      Object value = field.get(body);
      boolean outer = field.isSynthetic() && field.getName().startsWith("this$") && value != null;
      return new Capture(name, value, outer ? enclosing(name, value) : BareValue.of(name, value));
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

  private static NotCaptured enclosing(String name, Object value) {
    return new NotCaptured(
        name + " is the enclosing object (this) of type "
            + NestName.named(value.getClass().getName())
            + "; make the method that writes the body static, or copy what the body needs into local variables");
  }

  String typeName() {
    return value == null ? "null" : NestName.named(value.getClass().getName());
  }
}
