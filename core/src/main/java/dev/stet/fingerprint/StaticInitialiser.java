package dev.stet.fingerprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The statements of a class's static initialiser, and which of them matter when only some fields are used.
 *
 * <p>A statement ends where the operand stack is empty and no jump or exception handler crosses. Statements that
 * share a local variable belong together. A statement matters when it
 *
 * <ul>
 *   <li>writes a used field,
 *   <li>reads a used field that holds an object other than text, which it may change, or
 *   <li>writes no field of the class at all: it was written for its effect elsewhere.
 * </ul>
 *
 * <p>So the initialiser of an unused field is left out, which is what a second experiment in the same class is.
 */
final class StaticInitialiser {
  private final ClassNode owner;
  private final MethodNode method;
  private final List<Statement> statements;

  StaticInitialiser(ClassNode owner, MethodNode method) {
    this.owner = owner;
    this.method = method;
    this.statements = joined(split());
  }

  /** The code that matters, in its order. */
  List<Statement> relevant(Set<String> usedFields) {
    // A class that the compiler made for its tables fills them and does nothing else.
    boolean generated = (owner.access & Opcodes.ACC_SYNTHETIC) != 0;
    return statements.stream()
        .filter(statement -> statement.matters(usedFields, generated))
        .toList();
  }

  List<TryCatchBlockNode> handlers(Statement statement) {
    return method.tryCatchBlocks.stream()
        .filter(handler -> statement.code.contains(handler.start))
        .toList();
  }

  private List<Statement> split() {
    AbstractInsnNode[] code = method.instructions.toArray();
    boolean[] inside = crossed(code);
    AnalyzerAdapter stack =
        new AnalyzerAdapter(owner.name, method.access, method.name, method.desc, null);
    List<Statement> all = new ArrayList<>();
    Statement current = new Statement();
    for (int i = 0; i < code.length; i++) {
      code[i].accept(stack);
      if (code[i].getOpcode() != Opcodes.RETURN) {
        current.add(code[i], owner.name);
      }
      boolean empty = stack.stack != null && stack.stack.isEmpty();
      if (code[i].getOpcode() >= 0 && empty && !inside[i]) {
        all.add(current);
        current = new Statement();
      }
    }
    all.add(current);
    all.removeIf(statement -> statement.code.stream().noneMatch(node -> node.getOpcode() >= 0));
    return all;
  }

  /** Where a cut behind a node would part a jump from its target, or a handler from what it guards. */
  private boolean[] crossed(AbstractInsnNode[] code) {
    Map<AbstractInsnNode, Integer> index = new HashMap<>();
    for (int i = 0; i < code.length; i++) {
      index.put(code[i], i);
    }
    boolean[] crossed = new boolean[code.length];
    for (int i = 0; i < code.length; i++) {
      for (LabelNode target : MethodText.jumps(code[i])) {
        mark(crossed, i, at(index, target));
      }
    }
    for (TryCatchBlockNode handler : method.tryCatchBlocks) {
      mark(crossed, at(index, handler.start), at(index, handler.end));
      mark(crossed, at(index, handler.start), at(index, handler.handler));
      // The handler's own code ends where the guarded code jumps to, which is marked by that jump.
    }
    return crossed;
  }

  /** The index behind the last instruction before a label: labels and stack maps in between do not count. */
  private static int at(Map<AbstractInsnNode, Integer> index, LabelNode label) {
    AbstractInsnNode before = label.getPrevious();
    while (before != null && before.getOpcode() < 0) {
      before = before.getPrevious();
    }
    return before == null ? 0 : index.getOrDefault(before, 0) + 1;
  }

  /** A cut right before the target is allowed: there the next statement begins. */
  private static void mark(boolean[] crossed, int from, int to) {
    int low = Math.min(from, to);
    int high = Math.max(from, to);
    for (int i = low; i < high - (from < to ? 1 : 0); i++) {
      crossed[i] = true;
    }
  }

  /** Joins each statement that reads a local variable with those before it that wrote the variable. */
  private static List<Statement> joined(List<Statement> statements) {
    List<Statement> all = new ArrayList<>();
    for (Statement next : statements) {
      Statement whole = next;
      for (int i = all.size() - 1; i >= 0; i--) {
        if (whole.dependsOn(all.get(i))) {
          Statement first = all.remove(i);
          whole = first.and(whole);
        }
      }
      all.add(whole);
    }
    return all;
  }

  /** One statement of the source, or several that share a local variable. */
  static final class Statement {
    private final LinkedHashSet<AbstractInsnNode> code = new LinkedHashSet<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<Integer> stored = new HashSet<>();
    private final Set<Integer> awaited = new HashSet<>();

    Set<AbstractInsnNode> code() {
      return code;
    }

    private void add(AbstractInsnNode node, String owner) {
      code.add(node);
      if (node instanceof FieldInsnNode field && field.owner.equals(owner)) {
        if (field.getOpcode() == Opcodes.PUTSTATIC) {
          written.add(field.name);
        } else if (isMutable(field.desc)) {
          touched.add(field.name);
        }
      } else if (node instanceof VarInsnNode variable && node.getOpcode() >= Opcodes.ISTORE) {
        stored.add(variable.var);
      } else if (node instanceof VarInsnNode variable) {
        await(variable.var);
      } else if (node instanceof IincInsnNode increment) {
        await(increment.var);
      }
    }

    private void await(int variable) {
      if (!stored.contains(variable)) {
        awaited.add(variable);
      }
    }

    private static boolean isMutable(String descriptor) {
      int sort = Type.getType(descriptor).getSort();
      return (sort == Type.OBJECT || sort == Type.ARRAY)
          && !descriptor.equals("Ljava/lang/String;");
    }

    private boolean dependsOn(Statement earlier) {
      return awaited.stream().anyMatch(earlier.stored::contains);
    }

    private Statement and(Statement later) {
      Statement both = new Statement();
      for (Statement part : List.of(this, later)) {
        both.code.addAll(part.code);
        both.written.addAll(part.written);
        both.touched.addAll(part.touched);
      }
      both.stored.addAll(stored);
      both.stored.addAll(later.stored);
      both.awaited.addAll(later.awaited);
      both.awaited.removeAll(stored);
      both.awaited.addAll(awaited);
      return both;
    }

    private boolean elsewhere(boolean generated) {
      return written.isEmpty() && !(generated && !touched.isEmpty());
    }

    private boolean matters(Set<String> used, boolean generated) {
      return elsewhere(generated)
          || written.stream().anyMatch(used::contains)
          || touched.stream().anyMatch(used::contains);
    }
  }
}
