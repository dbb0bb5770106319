package dev.stet.fingerprint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Writes instructions into a digest by what they mean: no constant pool indexes, no debug data, no stack maps (which
 * follow from the code), and another name for each lambda.
 *
 * @param names gives numbered classes their own names
 * @param lambdas the digest of a lambda's code, or null for a method that is none
 */
record MethodText(FramedDigest out, Remapper names, Function<Handle, @Nullable String> lambdas) {
  void write(Collection<AbstractInsnNode> code, Collection<TryCatchBlockNode> handlers) {
    Map<LabelNode, Integer> targets = targets(code, handlers);
    for (AbstractInsnNode node : code) {
      if (node instanceof LabelNode label && targets.containsKey(label)) {
        out.text("label").number(number(targets, label));
      } else if (node.getOpcode() >= 0) {
        instruction(node, targets);
      }
    }
    for (TryCatchBlockNode handler : handlers) {
      out.text("catch").text(handler.type == null ? "any" : names.mapType(handler.type));
      out.number(number(targets, handler.start)).number(number(targets, handler.end));
      out.number(number(targets, handler.handler));
    }
  }

  /** Only labels that something jumps to count, numbered in the order of the code. */
  private static Map<LabelNode, Integer> targets(
      Collection<AbstractInsnNode> code, Collection<TryCatchBlockNode> handlers) {
    Set<LabelNode> used = new HashSet<>();
    code.forEach(node -> used.addAll(jumps(node)));
    handlers.forEach(handler -> used.addAll(List.of(handler.start, handler.end, handler.handler)));
    Map<LabelNode, Integer> targets = new HashMap<>();
    for (AbstractInsnNode node : code) {
      if (node instanceof LabelNode label && used.contains(label)) {
        targets.put(label, targets.size());
      }
    }
    return targets;
  }

  static List<LabelNode> jumps(AbstractInsnNode node) {
    List<LabelNode> targets = new ArrayList<>();
    if (node instanceof JumpInsnNode jump) {
      targets.add(jump.label);
    } else if (node instanceof TableSwitchInsnNode table) {
      targets.addAll(table.labels);
      targets.add(table.dflt);
    } else if (node instanceof LookupSwitchInsnNode lookup) {
      targets.addAll(lookup.labels);
      targets.add(lookup.dflt);
    }
    return targets;
  }

  private static int number(Map<LabelNode, Integer> targets, LabelNode label) {
    return targets.getOrDefault(label, -1);
  }

  private void instruction(AbstractInsnNode node, Map<LabelNode, Integer> targets) {
    out.number(node.getOpcode());
    if (node instanceof VarInsnNode variable) {
      out.number(variable.var);
    } else if (node instanceof IntInsnNode push) {
      out.number(push.operand);
    } else if (node instanceof IincInsnNode increment) {
      out.number(increment.var).number(increment.incr);
    } else if (node instanceof MethodInsnNode call) {
      member(call.owner, call.name, names.mapMethodDesc(call.desc)).number(call.itf ? 1 : 0);
    } else if (node instanceof FieldInsnNode field) {
      member(field.owner, field.name, names.mapDesc(field.desc));
    } else if (node instanceof TypeInsnNode type) {
      out.text(names.mapType(type.desc));
    } else if (node instanceof MultiANewArrayInsnNode array) {
      out.text(names.mapDesc(array.desc)).number(array.dims);
    } else if (node instanceof LdcInsnNode constant) {
      constant(constant.cst);
    } else if (node instanceof InvokeDynamicInsnNode dynamic) {
      dynamic(dynamic.name, dynamic.desc, dynamic.bsm, dynamic.bsmArgs);
    } else {
      if (node instanceof LookupSwitchInsnNode lookup) {
        lookup.keys.forEach(out::number);
      } else if (node instanceof TableSwitchInsnNode table) {
        out.number(table.min).number(table.max);
      }
      jumps(node).forEach(label -> out.number(number(targets, label)));
    }
  }

  private FramedDigest member(String owner, String name, String descriptor) {
    return out.text(names.mapType(owner)).text(name).text(descriptor);
  }

  private void dynamic(String name, String descriptor, Handle bootstrap, Object... arguments) {
    out.text(name).text(names.mapMethodDesc(descriptor));
    handle(bootstrap);
    out.number(arguments.length);
    for (Object argument : arguments) {
      constant(argument);
    }
  }

  private void handle(Handle handle) {
    String lambda = lambdas.apply(handle);
    if (lambda != null) {
      out.text("lambda").number(handle.getTag()).text(lambda);
      return;
    }
    out.text("handle").number(handle.getTag()).number(handle.isInterface() ? 1 : 0);
    boolean method = handle.getTag() >= Opcodes.H_INVOKEVIRTUAL;
    String descriptor = handle.getDesc();
    member(
        handle.getOwner(),
        handle.getName(),
        method ? names.mapMethodDesc(descriptor) : names.mapDesc(descriptor));
  }

  void constant(@Nullable Object value) {
    if (value instanceof Double number) {
      out.text("double").number(Double.doubleToRawLongBits(number));
    } else if (value instanceof Float number) {
      out.text("float").number(Float.floatToRawIntBits(number));
    } else if (value instanceof Number number) {
      out.text(number instanceof Long ? "long" : "int").number(number.longValue());
    } else if (value instanceof String text) {
      out.text("text").text(text);
    } else if (value instanceof Type type) {
      String descriptor = type.getDescriptor();
      boolean method = type.getSort() == Type.METHOD;
      out.text("type").text(method ? names.mapMethodDesc(descriptor) : names.mapDesc(descriptor));
    } else if (value instanceof Handle handle) {
      handle(handle);
    } else if (value instanceof ConstantDynamic dynamic) {
      Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = dynamic.getBootstrapMethodArgument(i);
      }
      out.text("dynamic").text(dynamic.getName()).text(names.mapDesc(dynamic.getDescriptor()));
      handle(dynamic.getBootstrapMethod());
      for (Object argument : arguments) {
        constant(argument);
      }
    } else {
      out.text("none");
    }
  }
}
