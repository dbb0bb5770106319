package dev.stet.guard;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Two constants of the JDK, for the mode that replaces: the salt of {@code Set.of} and {@code Map.of}, which decides the
 * order of their iterators and is drawn when the JVM starts; and the number of the thread, which {@code ThreadLocalRandom}
 * adds at each step. Only an agent can set them. Nothing of ours is called from the JDK.
 */
final class JdkPatches implements ClassFileTransformer {
  private static final String COLLECTIONS = "java/util/ImmutableCollections";
  private static final String LOCAL = "java/util/concurrent/ThreadLocalRandom";

  /** Any 32 bits do; these have stood since the first version, and orders depend on them. */
  private static final long SALT = 0x5374_6574L;

  private static volatile boolean saltPinned;

  private volatile boolean patched;

  private JdkPatches() {}

  static boolean isSaltPinned() {
    return saltPinned;
  }

  static void apply(Instrumentation instrumentation) {
    JdkPatches patches = new JdkPatches();
    instrumentation.addTransformer(patches, true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isPatched(type.getName().replace('.', '/'))) {
        loaded.add(type);
      }
    }
    try {
      instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
      saltPinned = patches.patched;
    } catch (UnmodifiableClassException | LinkageError e) {
      instrumentation.removeTransformer(patches); // the limits say that nothing is pinned
    }
  }

  private static boolean isPatched(String name) {
    return name.startsWith(COLLECTIONS) || name.equals(LOCAL);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader != null || name == null || !isPatched(name)) {
      return null;
    }
    ClassReader reader = Rewriter.reader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Constants(writer, name.equals(LOCAL)), 0);
    patched |= name.equals(COLLECTIONS);
    return writer.toByteArray();
  }

  /** Reads of a constant become the constant. */
  private static final class Constants extends ClassVisitor {
    private final boolean threads;

    Constants(ClassVisitor next, boolean threads) {
      super(Opcodes.ASM9, next);
      this.threads = threads;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String desc,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, desc, signature, exceptions);
      if (threads) {
        return name.equals("nextSeed") ? new WithoutThread(next) : next;
      }
      return new Salted(next);
    }
  }

  /** The identity of the thread becomes 0; the stack holds two slots for it anyway. */
  private static final class WithoutThread extends MethodVisitor {
    WithoutThread(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String desc, boolean itf) {
      if (owner.equals("java/lang/Thread")
          && (name.equals("getId") || name.equals("threadId"))
          && desc.equals("()J")) {
        super.visitInsn(Opcodes.POP);
        super.visitInsn(Opcodes.LCONST_0);
      } else {
        super.visitMethodInsn(opcode, owner, name, desc, itf);
      }
    }
  }

  private static final class Salted extends MethodVisitor {
    Salted(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String desc) {
      if (opcode == Opcodes.GETSTATIC && owner.equals(COLLECTIONS) && name.equals("SALT32L")) {
        super.visitLdcInsn(SALT);
      } else if (opcode == Opcodes.GETSTATIC
          && owner.equals(COLLECTIONS)
          && name.equals("REVERSE")) {
        super.visitInsn(Opcodes.ICONST_0);
      } else {
        super.visitFieldInsn(opcode, owner, name, desc);
      }
    }
  }
}
