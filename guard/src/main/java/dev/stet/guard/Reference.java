package dev.stet.guard;

import dev.stet.guard.Rule.Target;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A method reference such as {@code Math::random}: the number of the site becomes one more captured value, which stands
 * after the captured ones and before those that the function is called with.
 */
final class Reference {
  private Reference() {}

  /**
   * What is referred to instead.
   *
   * @param handle the method
   * @param captured the descriptors of what is captured, the number of the site last
   */
  record Form(Handle handle, String captured) {}

  static @Nullable Form form(Rule rule, Handle handle, Type[] captured) {
    Target target = rule.target();
    if (target == null) {
      return null;
    }
    boolean made = handle.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    boolean onClass = made || handle.getTag() == Opcodes.H_INVOKESTATIC;
    if (handle.getTag() == Opcodes.H_INVOKESPECIAL
        || made != (rule.action() == Rule.Action.CONSTRUCT)) {
      return null;
    }
    Type[] own = Type.getArgumentTypes(handle.getDesc());
    String receiver = onClass ? "" : "L" + owner(rule, handle) + ";";
    StringBuilder all = new StringBuilder();
    int count = own.length + (onClass ? 0 : 1);
    Arrays.stream(own).forEach(type -> all.append(type.getDescriptor()));
    String values = receiver + all;
    if (captured.length != 0 && captured.length != count) {
      return null;
    }
    String arguments = captured.length == 0 ? "I" + values : values + "I";
    String result = made
        ? "L" + handle.getOwner() + ";"
        : Type.getReturnType(handle.getDesc()).getDescriptor();
    String desc = "(" + arguments + ")" + result;
    return exists(target, desc)
        ? new Form(
            new Handle(Opcodes.H_INVOKESTATIC, target.owner(), target.name(), desc, false),
            captured.length == 0 ? "I" : arguments)
        : null;
  }

  private static String owner(Rule rule, Handle handle) {
    if (!rule.owner().equals(Table.ANY)) {
      return handle.getOwner();
    }
    return rule.name().equals("parallelStream")
        ? "java/util/Collection"
        : "java/util/stream/BaseStream";
  }

  /** Whether our runtime has this method. Only method references ask: few classes have one of the table. */
  static boolean exists(Target target, String desc) {
    try {
      ClassLoader ours = Reference.class.getClassLoader();
      Class<?> owner = Class.forName(target.owner().replace('/', '.'), false, ours);
      MethodType type = MethodType.fromMethodDescriptorString(desc, ours);
      owner.getMethod(target.name(), type.parameterArray());
      return true;
    } catch (ReflectiveOperationException | TypeNotPresentException e) {
      return false;
    }
  }
}
