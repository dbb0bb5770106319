package dev.stet.guard;

import dev.stet.guard.Rule.Action;
import dev.stet.guard.Rule.Replaced;
import dev.stet.guard.Rule.Target;
import dev.stet.spi.Finding.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Follows a value of the clock through the next instructions, as far as they run one after the other, to the place where
 * it becomes a seed.
 */
final class ClockSeed {
  private static final int WINDOW = 24;

  private static final String FACTORY = "java/util/random/RandomGeneratorFactory";

  private static final Pattern ARITHMETIC =
      Pattern.compile("java/lang/(Math|StrictMath|Long|Integer|Double|System)|java/util/Objects");

  /** A value on the stack. */
  private record Value(int size, boolean fromClock) {}

  /**
   * The place where it becomes a seed.
   *
   * @param at the call or the assignment that takes it, from the top of the stack
   * @param type {@code J} or {@code I}
   * @param rule what the place is called
   */
  record Sink(AbstractInsnNode at, String type, Rule rule) {}

  private final Deque<Value> stack = new ArrayDeque<>();
  private final Set<Integer> locals = new HashSet<>();
  private @Nullable Sink found;

  private ClockSeed(MethodInsnNode clock) {
    Type type = Type.getReturnType(clock.desc);
    push(Math.max(1, type.getSize()), true);
  }

  /** The place where the value of a clock becomes a seed in this method, or is returned as one; null if there is none. */
  static @Nullable Sink sink(MethodInsnNode clock, String method) {
    ClockSeed path = new ClockSeed(clock);
    AbstractInsnNode last = clock;
    AbstractInsnNode at = MethodSites.following(clock);
    for (int i = 0; i < WINDOW && at != null && path.found == null; i++) {
      if (isReturn(at)) {
        return path.returned(at, at, method);
      }
      if (!path.step(at)) {
        return null;
      }
      last = at;
      at = MethodSites.following(at);
    }
    return path.found == null && at == null ? path.joined(last, method) : path.found;
  }

  /** Where paths join, and what they hold is returned at once: only this one's value came from the clock. */
  private @Nullable Sink joined(AbstractInsnNode last, String method) {
    AbstractInsnNode at = last.getNext();
    while (at != null && at.getOpcode() < 0) {
      at = at.getNext();
    }
    AbstractInsnNode here = last.getNext();
    return at == null || here == null || !isReturn(at) ? null : returned(at, here, method);
  }

  private @Nullable Sink returned(AbstractInsnNode result, AbstractInsnNode here, String method) {
    return top().fromClock && SeedNames.isSeed(method)
        ? sinkAt(
            here,
            result.getOpcode() == Opcodes.LRETURN ? "J" : "I",
            "seed from the clock, returned")
        : null;
  }

  private static boolean isReturn(AbstractInsnNode at) {
    return at.getOpcode() == Opcodes.LRETURN || at.getOpcode() == Opcodes.IRETURN;
  }

  /** Executes one instruction; false where the path cannot be followed. */
  private boolean step(AbstractInsnNode at) {
    int op = at.getOpcode();
    if (at instanceof VarInsnNode local) {
      return variable(op, local.var);
    }
    if (at instanceof MethodInsnNode call) {
      return call(call);
    }
    if (at instanceof FieldInsnNode field) {
      return field(field);
    }
    if (at instanceof LdcInsnNode constant) {
      push(constant.cst instanceof Long || constant.cst instanceof Double ? 2 : 1, false);
      return true;
    }
    if (op >= Opcodes.ACONST_NULL && op <= Opcodes.SIPUSH) {
      boolean wide = op == Opcodes.LCONST_0
          || op == Opcodes.LCONST_1
          || op == Opcodes.DCONST_0
          || op == Opcodes.DCONST_1;
      push(wide ? 2 : 1, false);
      return true;
    }
    if (op >= Opcodes.IADD && op <= Opcodes.LXOR) {
      return arithmetic(op);
    }
    if (op >= Opcodes.I2L && op <= Opcodes.I2S) {
      boolean clock = pop().fromClock;
      boolean wide = op == Opcodes.I2L
          || op == Opcodes.I2D
          || op == Opcodes.L2D
          || op == Opcodes.F2L
          || op == Opcodes.F2D
          || op == Opcodes.D2L;
      push(wide ? 2 : 1, clock);
      return true;
    }
    return shape(op);
  }

  private boolean shape(int op) {
    switch (op) {
      case Opcodes.NEW -> push(1, false);
      case Opcodes.CHECKCAST, Opcodes.IINC, Opcodes.NOP -> {}
      case Opcodes.POP -> pop();
      case Opcodes.DUP -> stack.push(top());
      case Opcodes.DUP2 -> {
        if (top().size != 2) {
          return false;
        }
        stack.push(top());
      }
      case Opcodes.DUP_X1 -> {
        Value first = pop();
        Value second = pop();
        stack.push(first);
        stack.push(second);
        stack.push(first);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean variable(int op, int variable) {
    if (op >= Opcodes.ISTORE) {
      if (pop().fromClock) {
        locals.add(variable);
      } else {
        locals.remove(variable);
      }
    } else {
      push(op == Opcodes.LLOAD || op == Opcodes.DLOAD ? 2 : 1, locals.contains(variable));
    }
    return true;
  }

  private boolean arithmetic(int op) {
    boolean unary = op >= Opcodes.INEG && op <= Opcodes.DNEG;
    int kind = op < Opcodes.ISHL ? (op - Opcodes.IADD) % 4 : (op - Opcodes.ISHL) % 2;
    boolean clock = pop().fromClock;
    if (!unary) {
      clock |= pop().fromClock;
    }
    push(kind == 1 || kind == 3 ? 2 : 1, clock);
    return true;
  }

  private boolean field(FieldInsnNode field) {
    int size = Type.getType(field.desc).getSize();
    switch (field.getOpcode()) {
      case Opcodes.GETSTATIC -> push(size, false);
      case Opcodes.GETFIELD -> {
        pop();
        push(size, false);
      }
      default -> {
        boolean clock = pop().fromClock;
        if (clock && SeedNames.isSeed(field.name) && isNumber(field.desc)) {
          found = sinkAt(field, field.desc, "seed from the clock in field " + field.name);
        }
        if (field.getOpcode() == Opcodes.PUTFIELD) {
          pop();
        }
      }
    }
    return true;
  }

  private boolean call(MethodInsnNode call) {
    Type[] arguments = Type.getArgumentTypes(call.desc);
    boolean clock = false;
    boolean last = false;
    for (int i = arguments.length - 1; i >= 0; i--) {
      boolean value = pop().fromClock;
      clock |= value;
      last |= value && i == arguments.length - 1;
    }
    if (last && isSink(call, arguments)) {
      found = sinkAt(call, arguments[arguments.length - 1].getDescriptor(), words(call));
      return true;
    }
    boolean carries = clock && ARITHMETIC.matcher(call.owner).matches();
    if (call.getOpcode() != Opcodes.INVOKESTATIC) {
      carries |= pop().fromClock;
    }
    Type result = Type.getReturnType(call.desc);
    if (result.getSize() > 0) {
      push(result.getSize(), carries);
    }
    return true;
  }

  /** Whether the last argument is a seed: of a method or a generator that takes one, and no other whole number. */
  private static boolean isSink(MethodInsnNode call, Type[] arguments) {
    if (!isNumber(arguments[arguments.length - 1].getDescriptor())) {
      return false;
    }
    for (int i = 0; i < arguments.length - 1; i++) {
      if (isNumber(arguments[i].getDescriptor())) {
        return false;
      }
    }
    return switch (call.name) {
      case "<init>" -> SeedNames.isGenerator(call.owner);
      case "create" -> call.owner.equals(FACTORY) || SeedNames.isGenerator(call.owner);
      default -> SeedNames.takesSeed(call.name);
    };
  }

  private static boolean isNumber(String desc) {
    return desc.equals("J") || desc.equals("I");
  }

  private static String words(MethodInsnNode call) {
    String type = call.owner.substring(call.owner.lastIndexOf('/') + 1).replace('$', '.');
    return call.name.equals("<init>")
        ? "new " + type + "(clock)"
        : type + "." + call.name + "(clock)";
  }

  private static Sink sinkAt(AbstractInsnNode at, String type, String api) {
    return new Sink(
        at,
        type,
        new Rule(
            "",
            "",
            "",
            Action.CALL,
            Kind.SEED_FROM_CLOCK,
            api,
            Table.GIVE_SEED,
            new Target(Table.RUNTIME, "seed"),
            Replaced.IN_REPLACE,
            -1));
  }

  private void push(int size, boolean fromClock) {
    stack.push(new Value(size, fromClock));
  }

  private Value top() {
    Value value = stack.peek();
    return value == null ? new Value(1, false) : value;
  }

  private Value pop() {
    Value value = stack.poll();
    return value == null ? new Value(1, false) : value;
  }
}
