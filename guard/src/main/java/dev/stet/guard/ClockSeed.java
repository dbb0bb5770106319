package dev.stet.guard;

import dev.stet.guard.ClockStack.Origin;
import dev.stet.guard.ClockStack.Place;
import dev.stet.guard.ClockStack.Value;
import dev.stet.guard.Rule.Action;
import dev.stet.guard.Rule.Replaced;
import dev.stet.guard.Rule.Target;
import dev.stet.spi.Finding.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Follows a value of the clock through its method, on every path and as far as it is not stored elsewhere, to the places
 * where it becomes a seed.
 *
 * <p>Where paths join, the value at such a place may have come from elsewhere: a seed that was given, say. There the program
 * itself has to tell when it runs, by what the clock gave last.
 */
final class ClockSeed {
  /** Instructions that are looked at for one clock, so that long methods take no longer. */
  private static final int STEPS = 500;

  private static final String FACTORY = "java/util/random/RandomGeneratorFactory";

  private static final Pattern ARITHMETIC =
      Pattern.compile("java/lang/(Math|StrictMath|Long|Integer|Double|System)|java/util/Objects");

  private static final Pattern COARSE =
      Pattern.compile("floor.*|remainder.*|get(Second|Minute|Hour|Day|Month|Year).*");

  /**
   * A place where it becomes a seed.
   *
   * @param at what the value is on top of the stack before
   * @param type {@code J} or {@code I}
   * @param rule what the place is called
   * @param called the call or the assignment that takes it
   * @param reading what leaves the clock's value on the stack, if another value may come to the place, or the same one comes
   *     to several; null if this value alone comes to this place alone
   */
  record Sink(
      AbstractInsnNode at,
      char type,
      Rule rule,
      AbstractInsnNode called,
      @Nullable Origin reading) {}

  private record Found(Sink sink, Origin origin, boolean certain) {}

  private record Path(AbstractInsnNode at, ClockStack values) {}

  private final MethodInsnNode clock;
  private final String method;
  private final Set<LabelNode> joins;
  private final Set<Found> found = new LinkedHashSet<>();
  private final Deque<Path> open = new ArrayDeque<>();
  private final Map<LabelNode, List<ClockStack>> seen = new HashMap<>();
  private int left = STEPS;
  private ClockStack values = new ClockStack();

  private ClockSeed(MethodInsnNode clock, String method, Set<LabelNode> joins) {
    this.clock = clock;
    this.method = method;
    this.joins = joins;
  }

  /** The places where the value of a clock becomes a seed in this method, or is returned as one. */
  static List<Sink> sinks(MethodInsnNode clock, String method, Set<LabelNode> joins) {
    ClockSeed seed = new ClockSeed(clock, method, joins);
    Type type = Type.getReturnType(clock.desc);
    char made = type.getSort() == Type.VOID ? 'A' : ClockStack.type(type);
    seed.values.push(new Value(made, new Origin(clock, made, false), true, null, false));
    AbstractInsnNode at = clock.getNext();
    while (at != null) {
      seed.follow(at);
      Path next = seed.open.poll();
      at = next == null ? null : next.at;
      seed.values = next == null ? seed.values : next.values;
    }
    return seed.sinks();
  }

  /** The labels where paths join. Old classes have no frames that would tell. */
  static Set<LabelNode> joins(MethodNode method) {
    Set<LabelNode> joins = new HashSet<>();
    for (AbstractInsnNode at = method.instructions.getFirst(); at != null; at = at.getNext()) {
      joins.addAll(targets(at));
    }
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      joins.add(block.handler);
    }
    return joins;
  }

  private static List<LabelNode> targets(AbstractInsnNode at) {
    List<LabelNode> targets = new ArrayList<>();
    if (at instanceof JumpInsnNode jump) {
      targets.add(jump.label);
    } else if (at instanceof TableSwitchInsnNode table) {
      targets.addAll(table.labels);
      targets.add(table.dflt);
    } else if (at instanceof LookupSwitchInsnNode lookup) {
      targets.addAll(lookup.labels);
      targets.add(lookup.dflt);
    }
    return targets;
  }

  private List<Sink> sinks() {
    List<Sink> sinks = new ArrayList<>();
    for (Found one : found) {
      boolean alone = one.certain;
      for (Found other : found) {
        alone &= other.equals(one) || !other.origin.equals(one.origin);
      }
      Sink sink = one.sink;
      sinks.add(alone ? sink : new Sink(sink.at, sink.type, sink.rule, sink.called, one.origin));
    }
    return sinks;
  }

  // --- one path

  private void follow(AbstractInsnNode from) {
    AbstractInsnNode at = from;
    while (at != null) {
      if (at instanceof LabelNode label && joins.contains(label)) {
        values.join(instruction(label));
        List<ClockStack> before = seen.computeIfAbsent(label, l -> new ArrayList<>());
        for (ClockStack other : before) {
          if (values.isSame(other)) {
            return;
          }
        }
        before.add(values.copy());
      }
      if (at.getOpcode() < 0) {
        at = at.getNext();
        continue;
      }
      if (left-- <= 0 || at == clock || !values.holdsClock()) {
        return;
      }
      if (at.getOpcode() == Opcodes.GOTO && at instanceof JumpInsnNode jump) {
        at = jump.label;
        continue;
      }
      if (!step(at)) {
        return;
      }
      at = at.getNext();
    }
  }

  private static @Nullable AbstractInsnNode instruction(AbstractInsnNode from) {
    AbstractInsnNode at = from;
    while (at != null && at.getOpcode() < 0) {
      at = at.getNext();
    }
    return at;
  }

  /** Executes one instruction; false where the path ends or cannot be followed. */
  private boolean step(AbstractInsnNode at) {
    int op = at.getOpcode();
    switch (at.getType()) {
      case AbstractInsnNode.VAR_INSN -> {
        return at instanceof VarInsnNode local && variable(local);
      }
      case AbstractInsnNode.METHOD_INSN -> call((MethodInsnNode) at);
      case AbstractInsnNode.INVOKE_DYNAMIC_INSN -> {
        String desc = ((InvokeDynamicInsnNode) at).desc;
        values.pop(Type.getArgumentTypes(desc).length);
        result(desc, null);
      }
      case AbstractInsnNode.FIELD_INSN -> field((FieldInsnNode) at);
      case AbstractInsnNode.LDC_INSN -> values.push(constant(((LdcInsnNode) at).cst));
      case AbstractInsnNode.IINC_INSN -> values.forget(((IincInsnNode) at).var);
      case AbstractInsnNode.MULTIANEWARRAY_INSN -> {
        values.pop(((MultiANewArrayInsnNode) at).dims);
        values.push('A');
      }
      case AbstractInsnNode.TYPE_INSN -> type(op);
      case AbstractInsnNode.INT_INSN -> {
        if (op == Opcodes.NEWARRAY) {
          values.pop();
        }
        values.push('I');
      }
      case AbstractInsnNode.JUMP_INSN -> {
        return jump((JumpInsnNode) at);
      }
      case AbstractInsnNode.TABLESWITCH_INSN, AbstractInsnNode.LOOKUPSWITCH_INSN -> {
        values.pop();
        branch(targets(at));
        return false;
      }
      default -> {
        return plain(at, op);
      }
    }
    return true;
  }

  private void branch(List<LabelNode> targets) {
    for (LabelNode target : targets) {
      open.add(new Path(target, values.copy()));
    }
  }

  private boolean jump(JumpInsnNode jump) {
    int op = jump.getOpcode();
    if (op == Opcodes.JSR) {
      return false;
    }
    values.pop(op >= Opcodes.IF_ICMPEQ && op <= Opcodes.IF_ACMPNE ? 2 : 1);
    branch(targets(jump));
    return true;
  }

  private void type(int op) {
    if (op == Opcodes.CHECKCAST) {
      return;
    }
    if (op != Opcodes.NEW) {
      values.pop();
    }
    values.push(op == Opcodes.INSTANCEOF ? 'I' : 'A');
  }

  private static char constant(Object constant) {
    boolean wide = constant instanceof ConstantDynamic dynamic
        ? dynamic.getSize() == 2
        : constant instanceof Long || constant instanceof Double;
    return wide ? 'J' : 'A';
  }

  /** An instruction without operands. */
  private boolean plain(AbstractInsnNode at, int op) {
    if (op >= Opcodes.IRETURN && op <= Opcodes.RETURN) {
      returned(at, op);
      return false;
    }
    if (op >= Opcodes.ACONST_NULL && op <= Opcodes.DCONST_1) {
      boolean wide = op == Opcodes.LCONST_0
          || op == Opcodes.LCONST_1
          || op == Opcodes.DCONST_0
          || op == Opcodes.DCONST_1;
      values.push(wide ? 'J' : 'I');
    } else if (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD) {
      values.pop(2);
      values.push(op == Opcodes.LALOAD || op == Opcodes.DALOAD ? 'J' : 'A');
    } else if (op >= Opcodes.IASTORE && op <= Opcodes.SASTORE) {
      values.pop(3);
    } else if (op >= Opcodes.IADD && op <= Opcodes.LXOR) {
      arithmetic(at, op);
    } else if (op >= Opcodes.I2L && op <= Opcodes.I2S) {
      convert(at, op);
    } else if (op >= Opcodes.LCMP && op <= Opcodes.DCMPG) {
      values.pop(2);
      values.push('I');
    } else {
      return shape(op);
    }
    return true;
  }

  private boolean shape(int op) {
    switch (op) {
      case Opcodes.NOP -> {}
      case Opcodes.POP, Opcodes.MONITORENTER, Opcodes.MONITOREXIT -> values.pop();
      case Opcodes.POP2 -> {
        return values.drop(2);
      }
      case Opcodes.DUP -> {
        return values.copy(1, 0);
      }
      case Opcodes.DUP_X1 -> {
        return values.copy(1, 1);
      }
      case Opcodes.DUP_X2 -> {
        return values.copy(1, 2);
      }
      case Opcodes.DUP2 -> {
        return values.copy(2, 0);
      }
      case Opcodes.DUP2_X1 -> {
        return values.copy(2, 1);
      }
      case Opcodes.DUP2_X2 -> {
        return values.copy(2, 2);
      }
      case Opcodes.SWAP -> {
        Value first = values.pop();
        Value second = values.pop();
        values.push(first);
        values.push(second);
      }
      case Opcodes.ARRAYLENGTH -> {
        values.pop();
        values.push('I');
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean variable(VarInsnNode local) {
    int op = local.getOpcode();
    if (op == Opcodes.RET) {
      return false;
    }
    if (op >= Opcodes.ISTORE) {
      values.store(local.var, values.pop());
    } else {
      values.push(values.load(local.var, "IJFDA".charAt(op - Opcodes.ILOAD)).at(local.getNext()));
    }
    return true;
  }

  private void arithmetic(AbstractInsnNode at, int op) {
    boolean unary = op >= Opcodes.INEG && op <= Opcodes.DNEG;
    int kind = op < Opcodes.ISHL ? (op - Opcodes.IADD) % 4 : (op - Opcodes.ISHL) % 2;
    List<Value> operands = new ArrayList<>();
    operands.add(values.pop());
    if (!unary) {
      operands.add(values.pop());
    }
    values.push(made(at, "IJFD".charAt(kind), operands));
  }

  private void convert(AbstractInsnNode at, int op) {
    Value value = values.pop();
    char type = "JFDIFDIJDIJFIII".charAt(op - Opcodes.I2L);
    boolean kept = !value.certain() && (op == Opcodes.I2L || op == Opcodes.L2I);
    values.push(kept ? value.as(type) : made(at, type, List.of(value)));
  }

  /** What arithmetic makes of these. */
  private static Value made(AbstractInsnNode at, char type, List<Value> from) {
    Value clock = null;
    boolean certain = true;
    boolean coarse = true;
    int clocks = 0;
    for (Value value : from) {
      if (value.origin() != null) {
        clock = value;
        certain &= value.certain();
        coarse &= value.origin().coarse();
        clocks++;
      }
    }
    if (clock == null) {
      return Value.other(type);
    }
    if (certain) {
      return new Value(type, new Origin(at, type, coarse || isCoarse(at)), true, null, false);
    }
    Place place = clocks == 1 ? clock.place() : null;
    return place == null ? Value.other(type) : new Value(type, clock.origin(), false, place, true);
  }

  private static boolean isCoarse(AbstractInsnNode at) {
    return switch (at.getOpcode()) {
      case Opcodes.IREM,
          Opcodes.LREM,
          Opcodes.IAND,
          Opcodes.LAND,
          Opcodes.ISHR,
          Opcodes.LSHR,
          Opcodes.IUSHR,
          Opcodes.LUSHR -> true;
      default -> at instanceof MethodInsnNode call && COARSE.matcher(call.name).matches();
    };
  }

  private void field(FieldInsnNode field) {
    int op = field.getOpcode();
    char type = ClockStack.type(Type.getType(field.desc));
    if (op == Opcodes.GETSTATIC || op == Opcodes.GETFIELD) {
      values.pop(op == Opcodes.GETFIELD ? 1 : 0);
      values.push(type);
      return;
    }
    Value value = values.pop();
    values.pop(op == Opcodes.PUTFIELD ? 1 : 0);
    if (SeedNames.isSeed(field.name) && isNumber(field.desc)) {
      add(value, field, "seed from the clock in field " + field.name);
    }
  }

  private void call(MethodInsnNode call) {
    Type[] types = Type.getArgumentTypes(call.desc);
    List<Value> arguments = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      arguments.add(0, values.pop());
    }
    if (call.owner.equals(Table.RUNTIME) && call.name.equals("seed") && types.length == 3) {
      result(
          call.desc,
          arguments
              .get(0)
              .kept()
              .at(call.getNext())); // the place of another clock, which lets it pass
      return;
    }
    if (types.length > 0 && isSink(call, types)) {
      add(arguments.get(types.length - 1), call, words(call));
    }
    List<Value> from = new ArrayList<>();
    if (ARITHMETIC.matcher(call.owner).matches()) {
      from.addAll(arguments);
    }
    if (call.getOpcode() != Opcodes.INVOKESTATIC) {
      from.add(values.pop());
    }
    char type = ClockStack.type(Type.getReturnType(call.desc));
    result(
        call.desc,
        isBoxing(call) ? from.get(0).as(type).kept().at(call.getNext()) : made(call, type, from));
  }

  private void result(String desc, @Nullable Value value) {
    Type type = Type.getReturnType(desc);
    if (type.getSort() != Type.VOID) {
      values.push(value == null ? Value.other(ClockStack.type(type)) : value);
    }
  }

  /** Whether it leaves the number as it is. */
  private static boolean isBoxing(MethodInsnNode call) {
    return (call.owner.equals("java/lang/Long") || call.owner.equals("java/lang/Integer"))
        && switch (call.name) {
          case "valueOf" -> call.desc.startsWith("(J)") || call.desc.startsWith("(I)");
          case "longValue", "intValue" -> true;
          default -> false;
        };
  }

  // --- sinks

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

  private void returned(AbstractInsnNode at, int op) {
    if ((op == Opcodes.LRETURN || op == Opcodes.IRETURN) && SeedNames.isSeed(method)) {
      add(values.pop(), at, "seed from the clock, returned");
    }
  }

  private void add(Value value, AbstractInsnNode at, String api) {
    Origin origin = value.origin();
    if (origin == null) {
      return;
    }
    Place place = value.changed() ? value.place() : null;
    Rule rule = new Rule(
        "",
        "",
        "",
        Action.CALL,
        Kind.SEED_FROM_CLOCK,
        api,
        Table.GIVE_SEED,
        new Target(Table.RUNTIME, "seed"),
        Replaced.IN_REPLACE,
        -1);
    Sink sink = place == null
        ? new Sink(at, value.type(), rule, at, null)
        : new Sink(place.before(), place.type(), rule, at, null);
    found.add(new Found(sink, origin, value.certain()));
  }
}
