package dev.stet.fingerprint;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** A class of which only a part is reached. */
final class Slice {
  private final ClassNode node;
  private final Set<MethodNode> methods = new LinkedHashSet<>();
  private final Set<FieldNode> fields = new LinkedHashSet<>();
  private final Set<String> usedFields = new HashSet<>();
  private final @Nullable StaticInitialiser initialiser;
  private final Set<StaticInitialiser.Statement> statements = new HashSet<>();
  private boolean instantiated;

  Slice(ClassNode node) {
    this.node = node;
    this.initialiser = node.methods.stream()
        .filter(method -> method.name.equals("<clinit>"))
        .findFirst()
        .map(method -> new StaticInitialiser(node, method))
        .orElse(null);
  }

  ClassNode node() {
    return node;
  }

  Set<MethodNode> methods() {
    return methods;
  }

  Set<FieldNode> fields() {
    return fields;
  }

  boolean isInstantiated() {
    return instantiated;
  }

  boolean reach(MethodNode method) {
    return methods.add(method);
  }

  boolean reach(FieldNode field) {
    usedFields.add(field.name);
    return fields.add(field);
  }

  boolean instantiate() {
    boolean first = !instantiated;
    instantiated = true;
    return first;
  }

  /** The statements of the static initialiser that matter, in their order. */
  List<StaticInitialiser.Statement> statements() {
    return initialiser == null ? List.of() : initialiser.relevant(usedFields);
  }

  /** Those that have come to matter since this was asked last. */
  List<StaticInitialiser.Statement> newStatements() {
    return statements().stream().filter(statements::add).toList();
  }

  List<TryCatchBlockNode> handlers(StaticInitialiser.Statement statement) {
    return initialiser == null ? List.of() : initialiser.handlers(statement);
  }
}
