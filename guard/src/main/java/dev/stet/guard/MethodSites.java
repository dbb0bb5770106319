package dev.stet.guard;

import dev.stet.guard.ClockStack.Origin;
import dev.stet.guard.Rule.Action;
import dev.stet.guard.Rule.Target;
import dev.stet.spi.Finding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The call sites of one method. */
final class MethodSites {
  private static final String NEW = "<init>";

  /** More than any sequence that is inserted pushes. */
  private static final int STACK = 6;

  private final MethodNode method;
  private final InsnList code;
  private final boolean subclassOfRandom;
  private final boolean drawsItself;
  private final Rewriter.Switches switches;
  private final Naming naming;
  private final Rewriter.Ordinals ordinals = new Rewriter.Ordinals();
  private final Deque<TypeInsnNode> linked = new ArrayDeque<>();
  private final Set<ClockSeed.Sink> read = new HashSet<>();
  private @Nullable Set<LabelNode> joins;
  private int line;
  private int locals;
  private boolean changed;

  MethodSites(
      MethodNode method,
      String className,
      String superName,
      boolean drawsItself,
      Rewriter.Switches switches,
      Naming naming) {
    this.method = method;
    this.code = method.instructions;
    this.subclassOfRandom = superName.equals(Table.RANDOM);
    this.drawsItself = drawsItself;
    this.switches = switches;
    this.naming = naming;
    this.locals = method.maxLocals;
  }

  /** Makes a site of what was found. */
  interface Naming {
    Site name(MethodNode method, String api, int ordinal, int line, Rule rule, boolean told);

    /** What puts the number of a site on the stack. */
    AbstractInsnNode push(Site site);
  }

  /** Rewrites the method, and says whether anything was changed. */
  boolean rewrite() {
    for (AbstractInsnNode at = code.getFirst(); at != null; ) {
      AbstractInsnNode next = at.getNext();
      visit(at);
      at = next;
    }
    if (changed) {
      method.maxStack += STACK;
      method.maxLocals = locals;
    }
    return changed;
  }

  private void visit(AbstractInsnNode at) {
    if (at instanceof LineNumberNode number) {
      line = number.line;
    } else if (at instanceof MethodInsnNode call) {
      Rule rule = Table.find(call.owner, call.name, call.desc);
      if (rule != null) {
        apply(rule, call);
      }
    } else if (at instanceof InvokeDynamicInsnNode dynamic) {
      reference(dynamic);
    } else if (switches.linked()
        && at instanceof TypeInsnNode type
        && type.getOpcode() == Opcodes.NEW
        && isHashed(type.desc)) {
      linked.push(type);
    }
  }

  private void apply(Rule rule, MethodInsnNode call) {
    switch (rule.action()) {
      case CALL -> replace(rule, call);
      case RESULT -> result(rule, call);
      case NOTE -> note(rule, call);
      case CONSTRUCT -> construct(rule, call);
      case WRAP -> wrap(rule, call);
      case TELL -> tell(rule, call);
      case MATH -> math(rule, call);
      case LINKED -> link(call);
    }
  }

  // --- calls

  private void replace(Rule rule, MethodInsnNode call) {
    if (call.getOpcode() == Opcodes.INVOKESPECIAL) {
      return; // super.method(): the object's own business
    }
    if (call.owner.equals(Table.LOCAL) && call.name.equals("current")) {
      current(rule, call);
      return;
    }
    Site site = site(rule, true);
    code.insertBefore(call, naming.push(site));
    code.set(call, invoke(target(rule), calledDesc(rule, call)));
    changed = true;
  }

  /** The descriptor of a static method that takes what the call has on the stack, and the number. */
  private static String calledDesc(Rule rule, MethodInsnNode call) {
    String receiver = call.getOpcode() == Opcodes.INVOKESTATIC ? "" : "L" + rule.owner() + ";";
    int end = call.desc.indexOf(')');
    return "(" + receiver + call.desc.substring(1, end) + "I" + call.desc.substring(end);
  }

  private void result(Rule rule, MethodInsnNode call) {
    if (call.getOpcode() == Opcodes.INVOKESPECIAL || call.getOpcode() == Opcodes.INVOKESTATIC) {
      return;
    }
    String type = Type.getReturnType(call.desc).getDescriptor();
    InsnList after = new InsnList();
    after.add(naming.push(site(rule, true)));
    after.add(invoke(target(rule), "(" + type + "I)" + type));
    code.insert(call, after);
    changed = true;
  }

  /**
   * The generator of a thread: where it is used as a {@code Random} at once, that is ours to give; where nothing but its
   * numbers is wanted, and they are drawn under its own type, the draws are the sites.
   */
  private void current(Rule rule, MethodInsnNode call) {
    if (ThreadLocalUse.isRandom(call, method)) {
      Rule given = rule.with(new Target(Table.DRAWS, "currentRandom"), Rule.Replaced.IN_REPLACE);
      Site site = site(given, true);
      code.insertBefore(call, naming.push(site));
      code.set(call, invoke(target(given), "(I)L" + Table.RANDOM + ";"));
      changed = true;
    } else if (!ThreadLocalUse.isOnlyDrawn(call, method)) {
      Site site = site(rule, true);
      code.insertBefore(call, naming.push(site));
      code.set(call, invoke(target(rule), "(I)L" + Table.LOCAL + ";"));
      changed = true;
    }
  }

  private void note(Rule rule, MethodInsnNode call) {
    if (rule.kind() == Finding.Kind.CLOCK) {
      seeds(call);
    }
    Site site = site(rule, true);
    code.insertBefore(call, naming.push(site));
    code.insertBefore(call, invoke(new Target(Table.RUNTIME, "note"), "(I)V"));
    changed = true;
  }

  /** A value of the clock that becomes a seed: told, or replaced, just where it becomes one. */
  private void seeds(MethodInsnNode clock) {
    Set<LabelNode> known = joins == null ? ClockSeed.joins(method) : joins;
    joins = known;
    Map<Origin, Site> readings = new HashMap<>();
    int before = line;
    for (ClockSeed.Sink sink : ClockSeed.sinks(clock, method.name, known)) {
      Origin reading = sink.reading();
      if (reading != null && !read.add(sink)) {
        continue; // what two clocks gave together
      }
      line = lineOf(sink.called(), before);
      Site site = site(sink.rule(), true);
      code.insertBefore(sink.at(), naming.push(site));
      if (reading != null) {
        if (!readings.containsKey(reading)) {
          readings.put(reading, site);
          read(reading, site);
        }
        code.insertBefore(sink.at(), naming.push(readings.getOrDefault(reading, site)));
      }
      String desc = "(" + sink.type() + (reading == null ? "I)" : "II)") + sink.type();
      code.insertBefore(sink.at(), invoke(target(sink.rule()), desc));
    }
    line = before;
  }

  /** Keeps what the clock gave. */
  private void read(Origin reading, Site site) {
    InsnList after = new InsnList();
    after.add(new InsnNode(reading.type() == 'J' ? Opcodes.DUP2 : Opcodes.DUP));
    after.add(naming.push(site));
    after.add(invoke(new Target(Table.RUNTIME, "reading"), "(" + reading.type() + "I)V"));
    code.insert(reading.at(), after);
  }

  private static int lineOf(AbstractInsnNode at, int otherwise) {
    for (AbstractInsnNode i = at; i != null; i = i.getPrevious()) {
      if (i instanceof LineNumberNode number) {
        return number.line;
      }
    }
    return otherwise;
  }

  private void math(Rule rule, MethodInsnNode call) {
    if (switches.strict()) {
      call.owner = "java/lang/StrictMath";
      site(rule, true);
      changed = true;
    } else {
      note(rule, call);
    }
  }

  // --- objects

  private void construct(Rule rule, MethodInsnNode call) {
    AbstractInsnNode copied = real(call.getPrevious());
    AbstractInsnNode made = copied == null ? null : real(copied.getPrevious());
    boolean plain = copied != null
        && copied.getOpcode() == Opcodes.DUP
        && made instanceof TypeInsnNode type
        && type.getOpcode() == Opcodes.NEW
        && type.desc.equals(call.owner);
    if (plain && made != null) {
      Target target = target(rule);
      boolean early = method.name.equals("<clinit>") && call.owner.equals(Table.RANDOM);
      Site site = site(rule, true);
      code.remove(made);
      code.remove(copied);
      code.insertBefore(call, naming.push(site));
      code.set(
          call,
          invoke(
              early ? new Target(target.owner(), "newStaticRandom") : target,
              "(I)L" + call.owner + ";"));
      changed = true;
    } else if (call.owner.equals(Table.RANDOM)) {
      boolean superclass = subclassOfRandom && method.name.equals(NEW);
      Rule own = superclass ? rule.called("super() of java.util.Random") : rule;
      Site site = site(own, !(superclass && drawsItself));
      code.insertBefore(call, naming.push(site));
      code.insertBefore(call, invoke(new Target(Table.RUNTIME, "randomSeed"), "(I)J"));
      call.desc = "(J)V";
      changed = true;
    }
  }

  /** A generator with a seed, in a static initialiser: remembered, because trials of one JVM share it. */
  private void tell(Rule rule, MethodInsnNode call) {
    if (!method.name.equals("<clinit>") || !isCopied(call)) {
      return;
    }
    InsnList after = new InsnList();
    after.add(new InsnNode(Opcodes.DUP));
    after.add(naming.push(site(rule, true)));
    after.add(invoke(target(rule), "(L" + Table.RANDOM + ";I)V"));
    code.insert(call, after);
    changed = true;
  }

  /** Whether the object of a constructor stays on the stack after it: it was copied just after it was made. */
  private static boolean isCopied(MethodInsnNode call) {
    int depth = 0;
    for (AbstractInsnNode at = call.getPrevious(); at != null; at = at.getPrevious()) {
      if (at instanceof MethodInsnNode other
          && other.name.equals(NEW)
          && other.owner.equals(call.owner)) {
        depth++;
      } else if (at instanceof TypeInsnNode type
          && type.getOpcode() == Opcodes.NEW
          && type.desc.equals(call.owner)) {
        if (depth-- == 0) {
          AbstractInsnNode next = at.getNext();
          return next != null && next.getOpcode() == Opcodes.DUP;
        }
      }
    }
    return false;
  }

  private static boolean isHashed(String type) {
    return type.equals("java/util/HashMap") || type.equals("java/util/HashSet");
  }

  private void link(MethodInsnNode call) {
    if (!switches.linked() || linked.isEmpty() || !linked.peek().desc.equals(call.owner)) {
      return; // super() of a subclass
    }
    String type = "java/util/Linked" + call.owner.substring("java/util/".length());
    linked.pop().desc = type;
    call.owner = type;
    changed = true;
  }

  // --- tasks

  private void wrap(Rule rule, MethodInsnNode call) {
    if (call.getOpcode() == Opcodes.INVOKESPECIAL) {
      return;
    }
    Type[] arguments = Type.getArgumentTypes(call.desc);
    InsnList before = new InsnList();
    InsnList after = new InsnList();
    int local = locals;
    for (int i = arguments.length - 1; i > rule.argument(); i--) {
      before.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ISTORE), local));
      after.insert(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), local));
      local += arguments[i].getSize();
    }
    locals = Math.max(locals, local);
    String type = arguments[rule.argument()].getDescriptor();
    Target target = rule.target();
    if (target == null) {
      before.add(invoke(
          new Target(Table.TASKS, taskName(arguments[rule.argument()])), "(" + type + ")" + type));
    } else {
      // The executor is just below its task, and stays there.
      before.add(new InsnNode(Opcodes.DUP2));
      before.add(invoke(target, "(Ljava/lang/Object;" + type + ")" + type));
      before.add(new InsnNode(Opcodes.SWAP));
      before.add(new InsnNode(Opcodes.POP));
    }
    before.add(after);
    code.insertBefore(call, before);
    changed = true;
  }

  /** The method for a task of this type: {@code runnable} for a Runnable. */
  private static String taskName(Type type) {
    String name = type.getInternalName();
    String simple = name.substring(name.lastIndexOf('/') + 1);
    return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
  }

  // --- method references

  private void reference(InvokeDynamicInsnNode dynamic) {
    if (!dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
      return;
    }
    Handle handle = (Handle) dynamic.bsmArgs[1];
    Rule rule = Table.find(handle.getOwner(), handle.getName(), handle.getDesc());
    if (rule == null || !Reference.isSource(rule, handle)) {
      return;
    }
    // A serialisable one is named in its class by the method it had.
    boolean fixed = !dynamic.bsm.getName().equals("metafactory");
    if (rule.action() == Action.LINKED) {
      if (!fixed) {
        linkReference(dynamic, handle);
      }
    } else if (rule.action() == Action.MATH && switches.strict() && !fixed) {
      dynamic.bsmArgs[1] = new Handle(
          handle.getTag(), "java/lang/StrictMath", handle.getName(), handle.getDesc(), false);
      site(rule, true);
      changed = true;
    } else {
      Reference.Form form =
          fixed ? null : Reference.form(rule, handle, Type.getArgumentTypes(dynamic.desc));
      refer(rule, dynamic, form);
    }
  }

  /** Refers to a method of ours, or only tells that the reference is made. */
  private void refer(Rule rule, InvokeDynamicInsnNode dynamic, Reference.@Nullable Form form) {
    if (form == null) {
      code.insertBefore(dynamic, naming.push(site(rule.told("reference to " + rule.api()), true)));
      code.insertBefore(dynamic, invoke(new Target(Table.RUNTIME, "note"), "(I)V"));
    } else {
      code.insertBefore(dynamic, naming.push(site(rule, true)));
      dynamic.desc = "(" + form.captured() + dynamic.desc.substring(dynamic.desc.indexOf(')'));
      dynamic.bsmArgs[1] = form.handle();
    }
    changed = true;
  }

  private void linkReference(InvokeDynamicInsnNode dynamic, Handle handle) {
    if (switches.linked() && handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
      dynamic.bsmArgs[1] = new Handle(
          handle.getTag(),
          "java/util/Linked" + handle.getOwner().substring("java/util/".length()),
          NEW,
          handle.getDesc(),
          false);
      changed = true;
    }
  }

  // --- pieces

  private Site site(Rule rule, boolean told) {
    return naming.name(method, rule.api(), ordinals.next(rule.api()), line, rule, told);
  }

  private static Target target(Rule rule) {
    Target target = rule.target();
    if (target == null) {
      throw new IllegalStateException("no target for " + rule.key());
    }
    return target;
  }

  private static MethodInsnNode invoke(Target target, String desc) {
    return new MethodInsnNode(Opcodes.INVOKESTATIC, target.owner(), target.name(), desc, false);
  }

  /** The instruction before, labels and line numbers apart; null at a frame, where paths join. */
  static @Nullable AbstractInsnNode real(@Nullable AbstractInsnNode at) {
    AbstractInsnNode found = at;
    while (found != null && found.getOpcode() < 0) {
      if (found.getType() == AbstractInsnNode.FRAME) {
        return null;
      }
      found = found.getPrevious();
    }
    return found;
  }

  /** The instruction after, labels and line numbers apart; null at a frame. */
  static @Nullable AbstractInsnNode following(@Nullable AbstractInsnNode at) {
    AbstractInsnNode found = at == null ? null : at.getNext();
    while (found != null && found.getOpcode() < 0) {
      if (found.getType() == AbstractInsnNode.FRAME) {
        return null;
      }
      found = found.getNext();
    }
    return found;
  }
}
