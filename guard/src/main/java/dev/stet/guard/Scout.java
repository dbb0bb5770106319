package dev.stet.guard;

import dev.stet.guard.Rule.Action;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds out which methods of a class have sites, so that the others need not be taken apart. */
final class Scout extends ClassVisitor {
  private final Rewriter.Switches switches;
  private final BitSet withSites = new BitSet();
  private final Method method = new Method();
  private int at = -1;
  private boolean initialiser;
  private boolean drawsItself;

  Scout(Rewriter.Switches switches) {
    super(Opcodes.ASM9);
    this.switches = switches;
  }

  boolean found() {
    return !withSites.isEmpty();
  }

  /** Whether the method that comes as this one, counted from 0, has sites. */
  boolean hasSites(int index) {
    return withSites.get(index);
  }

  /** A subclass of Random that draws its own numbers does not use the superclass's, nor its seed. */
  boolean drawsItself() {
    return drawsItself;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String desc,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    at++;
    initialiser = name.equals("<clinit>");
    drawsItself |= name.equals("next") && desc.equals("(I)I");
    return method;
  }

  private void look(String owner, String name, String desc) {
    Rule rule = Table.find(owner, name, desc);
    if (rule != null
        && (rule.action() != Action.LINKED || switches.linked())
        && (rule.action() != Action.TELL || initialiser)) {
      withSites.set(at);
    }
  }

  /** The body of whichever method is visited. */
  private final class Method extends MethodVisitor {
    Method() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String desc, boolean itf) {
      look(owner, name, desc);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String desc, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          look(handle.getOwner(), handle.getName(), handle.getDesc());
        }
      }
    }
  }
}
