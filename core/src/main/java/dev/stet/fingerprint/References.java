package dev.stet.fingerprint;

import java.util.Collection;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.MethodRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Finds the classes, methods and fields that code names. */
abstract class References extends Remapper {
  References() {
    super(Opcodes.ASM9);
  }

  abstract void type(String name);

  abstract void method(String owner, String name, String descriptor);

  abstract void field(String owner, String name, String descriptor);

  void ofHeader(ClassNode node) {
    if (node.superName != null) {
      mapType(node.superName);
    }
    node.interfaces.forEach(this::mapType);
  }

  void ofField(FieldNode field) {
    mapDesc(field.desc);
  }

  void ofMethod(MethodNode method) {
    mapMethodDesc(method.desc);
    method.exceptions.forEach(this::mapType);
    ofCode(java.util.List.of(method.instructions.toArray()), method.tryCatchBlocks);
  }

  void ofCode(Collection<AbstractInsnNode> code, Collection<TryCatchBlockNode> handlers) {
    MethodRemapper visitor = new MethodRemapper(null, this);
    code.forEach(node -> node.accept(visitor));
    for (TryCatchBlockNode handler : handlers) {
      if (handler.type != null) {
        mapType(handler.type);
      }
    }
  }

  @Override
  public String map(String name) {
    type(name);
    return name;
  }

  @Override
  public String mapMethodName(String owner, String name, String descriptor) {
    method(owner, name, descriptor);
    return name;
  }

  @Override
  public String mapFieldName(String owner, String name, String descriptor) {
    field(owner, name, descriptor);
    return name;
  }
}
