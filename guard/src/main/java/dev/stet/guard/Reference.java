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

  /** Whether the method referred to is one of the table, and not another of that name or one for tasks. */
  static boolean isSource(Rule rule, Handle handle) {
    return switch (rule.action()) {
      case WRAP, TELL -> false;
      case RESULT ->
        handle.getTag() == Opcodes.H_INVOKEINTERFACE && handle.getOwner().startsWith("java/util/");
      default -> handle.getTag() != Opcodes.H_INVOKESPECIAL;
    };
  }

  /** Null where there is no method of ours for it. */
  static @Nullable Form form(Rule rule, Handle handle, Type[] captured) {
    Target target = target(rule);
    boolean made = handle.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    boolean onClass = made || handle.getTag() == Opcodes.H_INVOKESTATIC;
    if (target == null || made != (rule.action() == Rule.Action.CONSTRUCT)) {
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

  private static @Nullable Target target(Rule rule) {
    return rule.action() == Rule.Action.RESULT
        ? new Target(Table.ORDER, rule.name())
        : rule.target();
  }

  private static String owner(Rule rule, Handle handle) {
    return rule.action() == Rule.Action.RESULT ? "java/util/Collection" : handle.getOwner();
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
