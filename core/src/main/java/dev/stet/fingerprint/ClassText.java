package dev.stet.fingerprint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;

/**
 * The digest of a class, or of a slice of one, by what its parts mean.
 *
 * <p>Left out: debug data, names of parameters, stack maps, the constant pool, lists of nested classes, annotations
 * that are not kept at run time, annotations of types, and the order of members and annotations. A lambda's method
 * counts where it is used, by its code.
 */
final class ClassText {
  private static final int CLASS_FILE_FLAGS = 0xFFFF;

  private final ClassNode node;
  private final Remapper names;
  private final Set<String> open = new HashSet<>();

  ClassText(ClassNode node, UnaryOperator<String> canonicalName) {
    this.node = node;
    this.names = new Remapper(Opcodes.ASM9) {
      @Override
      public String map(String name) {
        return canonicalName.apply(name);
      }
    };
  }

  /** Methods that only repeat what is written elsewhere in the class. */
  static boolean isDerived(MethodNode method) {
    return method.name.equals("$deserializeLambda$");
  }

  String whole() {
    FramedDigest out = new FramedDigest();
    header(out);
    out.text(signature(node.signature, false));
    Collection<String> permitted =
        node.permittedSubclasses == null ? List.of() : node.permittedSubclasses;
    sorted(out, permitted.stream().map(names::mapType).toList());
    sorted(out, annotations(node.visibleAnnotations));
    if (node.recordComponents != null) {
      for (RecordComponentNode part : node.recordComponents) {
        out.text(part.name)
            .text(names.mapDesc(part.descriptor))
            .text(signature(part.signature, true));
        sorted(out, annotations(part.visibleAnnotations));
      }
    }
    sorted(out, node.fields.stream().map(this::field).toList());
    sorted(
        out,
        node.methods.stream()
            .filter(method -> !isDerived(method) && !isLambda(method))
            .map(this::method)
            .toList());
    return out.hex();
  }

  String slice(Slice slice) {
    FramedDigest out = new FramedDigest();
    if (slice.isInstantiated()) {
      header(out);
    } else {
      out.text(names.mapType(node.name))
          .text(node.superName == null ? "" : names.mapType(node.superName));
    }
    sorted(out, slice.fields().stream().map(this::field).toList());
    sorted(
        out,
        slice.methods().stream()
            .filter(method -> !isLambda(method))
            .map(this::method)
            .toList());
    // A body's own lambda is used by nothing inside its class.
    sorted(out, slice.methods().stream().filter(this::isLambda).map(this::code).toList());
    for (StaticInitialiser.Statement statement : slice.statements()) {
      text(out).write(statement.code(), slice.handlers(statement));
    }
    return out.hex();
  }

  private void header(FramedDigest out) {
    out.number(node.access & CLASS_FILE_FLAGS & ~Opcodes.ACC_SUPER);
    out.text(names.mapType(node.name))
        .text(node.superName == null ? "" : names.mapType(node.superName));
    out.number(node.interfaces.size());
    node.interfaces.forEach(type -> out.text(names.mapType(type)));
  }

  private String field(FieldNode field) {
    FramedDigest out = new FramedDigest();
    out.number(field.access & CLASS_FILE_FLAGS).text(field.name).text(names.mapDesc(field.desc));
    out.text(signature(field.signature, true));
    text(out).constant(field.value);
    sorted(out, annotations(field.visibleAnnotations));
    return out.hex();
  }

  private String method(MethodNode method) {
    FramedDigest out = new FramedDigest();
    out.number(method.access & CLASS_FILE_FLAGS)
        .text(method.name)
        .text(signature(method.signature, false));
    sorted(out, method.exceptions.stream().map(names::mapType).toList());
    sorted(out, annotations(method.visibleAnnotations));
    if (method.visibleParameterAnnotations != null) {
      for (List<AnnotationNode> parameter : method.visibleParameterAnnotations) {
        sorted(out, annotations(parameter));
      }
    }
    annotationValue(out, method.annotationDefault);
    return out.text(code(method)).hex();
  }

  /** The code of a lambda's method. */
  Object code(String name, String descriptor) {
    for (MethodNode method : node.methods) {
      if (method.name.equals(name) && method.desc.equals(descriptor)) {
        return code(method);
      }
    }
    return new NotCaptured("the class file of " + NestName.named(node.name.replace('/', '.'))
        + " does not hold the code of a lambda");
  }

  private String code(MethodNode method) {
    FramedDigest out = new FramedDigest();
    out.text(names.mapMethodDesc(method.desc));
    text(out).write(Arrays.asList(method.instructions.toArray()), method.tryCatchBlocks);
    return out.hex();
  }

  private MethodText text(FramedDigest out) {
    return new MethodText(out, names, this::lambda);
  }

  private @Nullable String lambda(Handle handle) {
    if (!handle.getOwner().equals(node.name) || !NestName.isLambda(handle.getName())) {
      return null;
    }
    String key = handle.getName() + handle.getDesc();
    for (MethodNode method : node.methods) {
      if (key.equals(method.name + method.desc) && isLambda(method) && open.add(key)) {
        String digest = code(method);
        open.remove(key);
        return digest;
      }
    }
    return null;
  }

  private boolean isLambda(MethodNode method) {
    return NestName.isLambda(method.name);
  }

  private String signature(@Nullable String signature, boolean ofType) {
    String mapped = names.mapSignature(signature, ofType);
    return mapped == null ? "" : mapped;
  }

  private List<String> annotations(@Nullable List<AnnotationNode> annotations) {
    List<String> digests = new ArrayList<>();
    for (AnnotationNode annotation :
        annotations == null ? List.<AnnotationNode>of() : annotations) {
      FramedDigest out = new FramedDigest();
      annotationValue(out, annotation);
      digests.add(out.hex());
    }
    return digests;
  }

  private void annotationValue(FramedDigest out, @Nullable Object value) {
    if (value instanceof AnnotationNode annotation) {
      out.text("@").text(names.mapDesc(annotation.desc));
      annotationValue(out, annotation.values);
    } else if (value instanceof List<?> list) {
      out.text("list").number(list.size());
      list.forEach(item -> annotationValue(out, item));
    } else if (value instanceof String[] constant) {
      out.text("enum").text(names.mapDesc(constant[0])).text(constant[1]);
    } else if (value instanceof Boolean
        || value instanceof Character
        || value instanceof Byte
        || value instanceof Short) {
      out.text("scalar").text(value.toString());
    } else if (value != null && value.getClass().isArray()) {
      out.text("array").number(java.lang.reflect.Array.getLength(value));
      for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
        annotationValue(out, java.lang.reflect.Array.get(value, i));
      }
    } else {
      text(out).constant(value);
    }
  }

  private static void sorted(FramedDigest out, Collection<String> parts) {
    // A set: whether a compiler keeps two equal lambdas or shares one depends on its debug options.
    Set<String> unique = new TreeSet<>(parts);
    out.number(unique.size());
    unique.forEach(out::text);
  }
}
