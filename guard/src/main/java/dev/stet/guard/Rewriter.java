package dev.stet.guard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Rewrites the call sites of one class: bodies of methods only, so that a loaded class can be rewritten as well.
 *
 * <p>No instruction with a branch is inserted, and what is inserted leaves the stack as it was; so the frames of the class
 * stay true and none is computed, which would need other classes.
 */
final class Rewriter {
  private final Switches switches;
  private final Prefilter filter;

  Rewriter(Switches switches) {
    this.switches = switches;
    this.filter = new Prefilter(switches.linked());
  }

  Prefilter filter() {
    return filter;
  }

  /** What of the options changes how classes are rewritten. */
  record Switches(boolean strict, boolean linked) {}

  /**
   * Rewrites a class.
   *
   * @param bytes a class that {@link Prefilter} did not refuse
   * @return the class and its sites; null if it has none
   * @throws UnsupportedClassVersionError if the class is of a version that is not known here
   */
  @Nullable
  Rewritten rewrite(byte[] bytes) {
    return rewrite(bytes, Rewriter::register);
  }

  static ClassReader reader(byte[] bytes) {
    try {
      return new ClassReader(bytes);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedClassVersionError(e.getMessage());
    }
  }

  /** The rewritten bytes and what was rewritten in them. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Rewritten(byte[] bytes, List<Site> sites) {}

  /** Gives a site its number. */
  interface Numbering {
    Site number(
        String key,
        String className,
        String method,
        String file,
        int line,
        Rule rule,
        boolean told);

    /** What puts the number on the stack. */
    default AbstractInsnNode push(Site site) {
      int id = site.id();
      if (id <= Byte.MAX_VALUE) {
        return new IntInsnNode(Opcodes.BIPUSH, id);
      }
      return id <= Short.MAX_VALUE ? new IntInsnNode(Opcodes.SIPUSH, id) : new LdcInsnNode(id);
    }
  }

  @Nullable
  Rewritten rewrite(byte[] bytes, Numbering numbering) {
    ClassReader reader = reader(bytes);
    RawClass raw = new RawClass(bytes, filter);
    BitSet withSites = raw.methodsWithSites();
    if (withSites.isEmpty()) {
      return null;
    }
    ClassWriter writer = new ClassWriter(reader, 0);
    Visitor visitor = new Visitor(writer, numbering, withSites, raw.drawsItself());
    reader.accept(visitor, 0);
    return visitor.changed ? new Rewritten(writer.toByteArray(), visitor.sites) : null;
  }

  private static Site register(
      String key, String className, String method, String file, int line, Rule rule, boolean told) {
    return Sites.of(key, line, id -> Site.of(id, key, className, method, file, line, rule, told));
  }

  /** One class on its way from reader to writer. */
  private final class Visitor extends ClassVisitor implements MethodSites.Naming {
    private final Numbering numbering;
    private final List<Site> sites = new ArrayList<>();
    private String className = "";
    private String internalName = "";
    private String superName = "";
    private String file = "";
    private final BitSet withSites;
    private final boolean drawsItself;
    private int methods;
    private boolean changed;

    Visitor(ClassVisitor next, Numbering numbering, BitSet withSites, boolean drawsItself) {
      super(Opcodes.ASM9, next);
      this.numbering = numbering;
      this.withSites = withSites;
      this.drawsItself = drawsItself;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String parent,
        String @Nullable [] interfaces) {
      internalName = name;
      className = name.replace('/', '.');
      superName = parent == null ? "" : parent;
      super.visit(version, access, name, signature, parent, interfaces);
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
      file = source == null ? "" : source;
      super.visitSource(source, debug);
    }

    /** A method without sites goes to the writer as it is, which copies its bytes. */
    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String desc,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return withSites.get(methods++)
          ? new Body(access, name, desc, signature, exceptions)
          : super.visitMethod(access, name, desc, signature, exceptions);
    }

    private void rewrite(Body body) {
      MethodSites method =
          new MethodSites(body, internalName, superName, drawsItself, switches, this);
      changed |= method.rewrite();
      body.accept(cv);
    }

    @Override
    public Site name(
        MethodNode method, String api, int ordinal, int line, Rule rule, boolean told) {
      String key = className + '.' + method.name + method.desc + ' ' + api + '#' + ordinal;
      Site site = numbering.number(key, className, method.name, file, line, rule, told);
      sites.add(site);
      return site;
    }

    @Override
    public AbstractInsnNode push(Site site) {
      return numbering.push(site);
    }

    /** The body of a method, held until it is whole. */
    private final class Body extends MethodNode {
      Body(
          int access,
          String name,
          String desc,
          @Nullable String signature,
          String @Nullable [] exceptions) {
        super(Opcodes.ASM9, access, name, desc, signature, exceptions);
      }

      @Override
      public void visitEnd() {
        rewrite(this);
      }
    }
  }

  /** Counts how many of the same came before, method by method. */
  static final class Ordinals {
    private final Map<String, Integer> seen = new HashMap<>();

    int next(String api) {
      return seen.merge(api, 1, Integer::sum) - 1;
    }
  }
}
