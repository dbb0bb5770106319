package dev.stet.guard;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Where the value of {@code ThreadLocalRandom.current()} goes, as far as the next instructions tell. */
final class ThreadLocalUse {
  private static final String AS_RANDOM = "L" + Table.RANDOM + ";";
  private static final String AS_GENERATOR = "L" + Table.GENERATOR + ";";

  private ThreadLocalUse() {}

  /** Whether it is taken as a {@code Random} or a {@code RandomGenerator} by the very next use, or returned as one. */
  static boolean isRandom(MethodInsnNode current, MethodNode method) {
    AbstractInsnNode next = afterNullCheck(MethodSites.following(current));
    if (next == null) {
      return false;
    }
    if (next instanceof TypeInsnNode cast && cast.getOpcode() == Opcodes.CHECKCAST) {
      return isWide("L" + cast.desc + ";");
    }
    if (next.getOpcode() == Opcodes.ARETURN) {
      return isWide(Type.getReturnType(method.desc).getDescriptor());
    }
    if (next instanceof FieldInsnNode field) {
      return (field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC)
          && isWide(field.desc);
    }
    if (next instanceof MethodInsnNode call) {
      Type[] arguments = Type.getArgumentTypes(call.desc);
      boolean receiver = arguments.length == 0 && call.getOpcode() != Opcodes.INVOKESTATIC;
      return receiver
          ? isWide("L" + call.owner + ";")
          : arguments.length > 0 && isWide(arguments[arguments.length - 1].getDescriptor());
    }
    return false;
  }

  /** Whether the method draws from a generator of this type by name, so that the draws themselves are sites. */
  static boolean isDrawn(MethodInsnNode current) {
    for (AbstractInsnNode at = current.getNext(); at != null; at = at.getNext()) {
      if (at instanceof MethodInsnNode call
          && !call.name.equals("current")
          && (call.owner.equals(Table.LOCAL) || call.owner.equals(Table.DRAWS))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWide(String type) {
    return type.equals(AS_RANDOM) || type.equals(AS_GENERATOR) || type.equals("Ljava/lang/Object;");
  }

  /** Kotlin checks what Java returns: a copy, a text, and a static method that takes both. */
  private static @Nullable AbstractInsnNode afterNullCheck(@Nullable AbstractInsnNode first) {
    if (first == null || first.getOpcode() != Opcodes.DUP) {
      return first;
    }
    AbstractInsnNode text = MethodSites.following(first);
    AbstractInsnNode check = MethodSites.following(text);
    boolean checked = check instanceof MethodInsnNode call
        && call.getOpcode() == Opcodes.INVOKESTATIC
        && call.desc.equals("(Ljava/lang/Object;Ljava/lang/String;)V");
    return checked ? MethodSites.following(check) : first;
  }
}
