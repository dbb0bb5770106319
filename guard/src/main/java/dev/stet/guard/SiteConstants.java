package dev.stet.guard;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;

/**
 * The numbers of the sites of a class that is rewritten before the program runs, when no number is known: each is a constant
 * of a second class beside it. That class asks for all numbers at once when the first is wanted, so what the guard knows of a
 * class does not depend on which of its methods ran. Rewritten in this way, a class keeps its members and its version.
 */
final class SiteConstants implements Rewriter.Numbering {
  /** What the name of the second class adds to the name of the first. */
  static final String SUFFIX = "$$StetSites";

  private static final String INT = "I";
  private static final String TEXT = "Ljava/lang/String;";

  private final List<Site> sites = new ArrayList<>();
  private String name = "";
  private boolean used;

  @Override
  public Site number(
      String key, String className, String method, String file, int line, Rule rule, boolean told) {
    name = className.replace('.', '/') + SUFFIX;
    Site site = Site.of(sites.size(), key, className, method, file, line, rule, told);
    sites.add(site);
    return site;
  }

  @Override
  public AbstractInsnNode push(Site site) {
    used = true;
    return new FieldInsnNode(Opcodes.GETSTATIC, name, constant(site), INT);
  }

  private static String constant(Site site) {
    return "site" + site.id();
  }

  /** Whether the rewritten class needs the second one. */
  boolean areUsed() {
    return used;
  }

  /** The second class. */
  byte[] toBytes() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V1_8,
        Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        name,
        null,
        "java/lang/Object",
        null);
    for (Site site : sites) {
      writer
          .visitField(
              Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
              constant(site),
              INT,
              null,
              null)
          .visitEnd();
    }
    MethodVisitor body = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    body.visitCode();
    sites.forEach(site -> number(body, site));
    body.visitInsn(Opcodes.RETURN);
    body.visitMaxs(10, 0);
    body.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private void number(MethodVisitor body, Site site) {
    body.visitLdcInsn(site.key());
    body.visitLdcInsn(site.className());
    body.visitLdcInsn(site.method());
    body.visitLdcInsn(site.file());
    body.visitLdcInsn(site.line());
    body.visitLdcInsn(site.kind().name());
    body.visitLdcInsn(site.api());
    body.visitLdcInsn(site.remedy());
    body.visitLdcInsn(site.replaced().name());
    body.visitInsn(site.told() ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    body.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Table.RUNTIME,
        "site",
        "(" + TEXT.repeat(4) + INT + TEXT.repeat(4) + "Z)" + INT,
        false);
    body.visitFieldInsn(Opcodes.PUTSTATIC, name, constant(site), INT);
  }
}
