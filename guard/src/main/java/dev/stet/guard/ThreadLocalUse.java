package dev.stet.guard;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

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

  /** Whether all that becomes of it is that numbers are drawn from it by name, so that the draws themselves are sites. */
  static boolean isOnlyDrawn(MethodInsnNode current, MethodNode method) {
    Uses uses = new Uses(current);
    try {
      // Whose method it is does not matter here.
      new Analyzer<>(uses).analyzeAndComputeMaxs("java/lang/Object", method);
    } catch (AnalyzerException | RuntimeException e) {
      return false;
    }
    return !uses.escaped;
  }

  private static boolean isWide(String type) {
    return type.equals(AS_RANDOM) || type.equals(AS_GENERATOR);
  }

  /** Follows one value wherever a method may take it. */
  private static final class Uses extends SourceInterpreter {
    private final MethodInsnNode current;
    private boolean escaped;

    Uses(MethodInsnNode current) {
      super(Opcodes.ASM9);
      this.current = current;
    }

    private boolean isIt(SourceValue value) {
      return value.insns.contains(current);
    }

    @Override
    public SourceValue copyOperation(AbstractInsnNode at, SourceValue value) {
      return isIt(value) ? value : super.copyOperation(at, value);
    }

    @Override
    public @Nullable SourceValue unaryOperation(AbstractInsnNode at, SourceValue value) {
      escaped |=
          isIt(value) && at.getOpcode() != Opcodes.IFNULL && at.getOpcode() != Opcodes.IFNONNULL;
      return super.unaryOperation(at, value);
    }

    @Override
    public @Nullable SourceValue binaryOperation(
        AbstractInsnNode at, SourceValue first, SourceValue second) {
      escaped |= isIt(first) || isIt(second);
      return super.binaryOperation(at, first, second);
    }

    @Override
    public @Nullable SourceValue ternaryOperation(
        AbstractInsnNode at, SourceValue first, SourceValue second, SourceValue third) {
      escaped |= isIt(first) || isIt(second) || isIt(third);
      return super.ternaryOperation(at, first, second, third);
    }

    @Override
    public SourceValue naryOperation(AbstractInsnNode at, List<? extends SourceValue> values) {
      for (int i = 0; i < values.size(); i++) {
        escaped |= isIt(values.get(i)) && !(i == 0 && isDraw(at));
      }
      return super.naryOperation(at, values);
    }

    /** Rewritten already or not yet. */
    private static boolean isDraw(AbstractInsnNode at) {
      return at instanceof MethodInsnNode call
          && (call.owner.equals(Table.DRAWS)
              || isNullCheck(call)
              || (call.owner.equals(Table.LOCAL)
                  && Table.find(call.owner, call.name, call.desc) != null));
    }

    @Override
    public void returnOperation(AbstractInsnNode at, SourceValue value, SourceValue expected) {
      escaped |= isIt(value);
    }
  }

  /** Kotlin checks what Java returns: a copy, a text, and a static method that takes both. */
  private static @Nullable AbstractInsnNode afterNullCheck(@Nullable AbstractInsnNode first) {
    if (first == null || first.getOpcode() != Opcodes.DUP) {
      return first;
    }
    AbstractInsnNode text = MethodSites.following(first);
    AbstractInsnNode check = MethodSites.following(text);
    boolean checked = check instanceof MethodInsnNode call && isNullCheck(call);
    return checked ? MethodSites.following(check) : first;
  }

  private static boolean isNullCheck(MethodInsnNode call) {
    return call.getOpcode() == Opcodes.INVOKESTATIC
        && call.desc.equals("(Ljava/lang/Object;Ljava/lang/String;)V");
  }
}
