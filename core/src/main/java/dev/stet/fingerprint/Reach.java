package dev.stet.fingerprint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Follows references from a body through the classes under the root packages.
 *
 * <p>Most classes are taken whole. A class that other things are written beside the body in (the class that holds it,
 * those around it, their superclasses) is a {@link Slice}: only what is reached counts.
 */
final class Reach extends References {
  private final ClassFiles files;
  private final Roots roots;
  private final Map<String, ClassNode> whole = new TreeMap<>();
  private final Map<String, Slice> slices = new TreeMap<>();
  private final Map<String, String> unreadable = new TreeMap<>();
  private final Set<String> others = new TreeSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> canonicalNames = new LinkedHashMap<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final Set<String> beside = new HashSet<>();

  Reach(ClassFiles files, Roots roots) {
    this.files = files;
    this.roots = roots;
  }

  Map<String, ClassNode> whole() {
    return whole;
  }

  Map<String, Slice> slices() {
    return slices;
  }

  Map<String, String> unreadable() {
    return unreadable;
  }

  /** Classes outside the roots that classes under the roots name. */
  Set<String> others() {
    return others;
  }

  /** Starts at the code of a body, and at that of the lambdas and objects in what it captured. */
  void from(CapturedBody body) {
    CapturedBody.Origin origin = body.origin();
    String host = origin.className().replace('.', '/');
    nest(host);
    type(host);
    if (origin.isObject()) {
      instance(host);
    } else {
      method(host, origin.methodName(), origin.descriptor());
    }
    for (Object code : body.reached()) {
      if (code instanceof CapturedBody.Origin lambda) {
        nest(lambda.className().replace('.', '/'));
        method(lambda.className().replace('.', '/'), lambda.methodName(), lambda.descriptor());
      } else if (code instanceof Class<?> type) {
        type(type.getName().replace('.', '/'));
        instance(type.getName().replace('.', '/'));
      }
    }
    drain();
  }

  /** The class that holds a body and those around it: other things are written there. */
  private void nest(String host) {
    for (int end = host.length(); end > 0; end = host.lastIndexOf('$', end - 1)) {
      String name = host.substring(0, end);
      beside.add(name);
      for (String parent = parent(name);
          parent != null && roots.hold(parent);
          parent = parent(parent)) {
        beside.add(parent);
      }
    }
  }

  private @Nullable String parent(String name) {
    return files.read(name).map(node -> node.superName).orElse(null);
  }

  private boolean isOwn(String name) {
    return roots.hold(name) || beside.contains(name);
  }

  private void drain() {
    while (!work.isEmpty()) {
      work.remove().run();
    }
  }

  @Override
  void type(String name) {
    if (!seen.add(name)) {
      return;
    }
    if (!isOwn(name)) {
      others.add(name);
      return;
    }
    canonicalNames.put(name, canonical(name));
    Optional<ClassNode> read = files.read(name);
    if (read.isEmpty()) {
      unreadable.put(name, files.whyUnreadable(name));
      return;
    }
    ClassNode node = read.get();
    if (beside.contains(name) || isSwitchMap(node)) {
      slices.put(name, new Slice(node));
      // What the superclass does when it is initialised happens before the body runs.
      if (node.superName != null) {
        mapType(node.superName);
      }
    } else {
      whole.put(name, node);
      work.add(() -> ofWhole(node));
    }
  }

  /** The class in which javac keeps the tables of a file's switches over enums, all of them together. */
  private static boolean isSwitchMap(ClassNode node) {
    return (node.access & Opcodes.ACC_SYNTHETIC) != 0
        && node.fields.stream().anyMatch(field -> field.name.startsWith("$SwitchMap$"));
  }

  private void ofWhole(ClassNode node) {
    ofHeader(node);
    node.fields.forEach(this::ofField);
    node.methods.stream().filter(method -> !ClassText.isDerived(method)).forEach(this::ofMethod);
  }

  @Override
  void method(String owner, String name, String descriptor) {
    member(owner, slice -> method(slice, name, descriptor));
    if (name.equals("<init>")) {
      Slice slice = slices.get(owner);
      if (slice != null) {
        instance(owner);
      }
    }
  }

  @Override
  void field(String owner, String name, String descriptor) {
    member(owner, slice -> field(slice, name, descriptor));
  }

  /** Looks a member up where it is declared: in its named owner, or what that inherits from. */
  private boolean member(String owner, java.util.function.Predicate<Slice> find) {
    if (owner.startsWith("[") || !isOwn(owner)) {
      return false;
    }
    type(owner);
    Slice slice = slices.get(owner);
    if (slice != null && find.test(slice)) {
      return true;
    }
    Optional<ClassNode> node = files.read(owner);
    if (node.isEmpty()) {
      return false;
    }
    String parent = node.get().superName;
    if (parent != null && member(parent, find)) {
      return true;
    }
    boolean found = false;
    for (String type : node.get().interfaces) {
      found |= member(type, find);
    }
    return found;
  }

  private boolean method(Slice slice, String name, String descriptor) {
    for (MethodNode method : slice.node().methods) {
      if (method.name.equals(name) && method.desc.equals(descriptor)) {
        reach(slice, method);
        return true;
      }
    }
    return false;
  }

  private void reach(Slice slice, MethodNode method) {
    if (slice.reach(method)) {
      work.add(() -> ofMethod(method));
      work.add(() -> initialiser(slice));
    }
  }

  private boolean field(Slice slice, String name, String descriptor) {
    for (FieldNode field : slice.node().fields) {
      if (field.name.equals(name) && field.desc.equals(descriptor)) {
        if (slice.reach(field)) {
          work.add(() -> ofField(field));
          work.add(() -> initialiser(slice));
        }
        return true;
      }
    }
    return false;
  }

  private void initialiser(Slice slice) {
    for (StaticInitialiser.Statement statement : slice.newStatements()) {
      ofCode(statement.code(), slice.handlers(statement));
    }
  }

  /** An object of the class exists: what overrides something may be called from anywhere. */
  private void instance(String name) {
    Slice slice = slices.get(name);
    if (slice == null || !slice.instantiate()) {
      return;
    }
    ClassNode node = slice.node();
    ofHeader(node);
    work.add(() -> initialiser(slice));
    for (MethodNode method : node.methods) {
      int never = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE;
      boolean special = method.name.startsWith("<");
      if (!special && (method.access & never) == 0 && overrides(node, method)) {
        reach(slice, method);
      }
    }
    if (node.superName != null) {
      instance(node.superName);
    }
  }

  private boolean overrides(ClassNode node, MethodNode method) {
    return declaredIn(node.superName, method)
        || node.interfaces.stream().anyMatch(parent -> declaredIn(parent, method));
  }

  private boolean declaredIn(@Nullable String parent, MethodNode method) {
    if (parent == null) {
      return false;
    }
    Optional<ClassNode> node = files.read(parent);
    // A parent that cannot be read may declare anything.
    return node.isEmpty()
        || node.get().methods.stream()
            .anyMatch(other -> other.name.equals(method.name) && other.desc.equals(method.desc))
        || overrides(node.get(), method);
  }

  /** The name with the numbers of anonymous and local classes given anew, in the order in which they are reached. */
  String canonical(String name) {
    String known = canonicalNames.get(name);
    if (known != null) {
      return known;
    }
    for (int dollar = name.lastIndexOf('$');
        dollar > 0;
        dollar = name.lastIndexOf('$', dollar - 1)) {
      int end = dollar + 1;
      while (end < name.length() && Character.isDigit(name.charAt(end))) {
        end++;
      }
      if (end > dollar + 1) {
        String outer = canonical(name.substring(0, dollar));
        String own = name.substring(end);
        int next = counters.merge(outer + "$#" + own, 1, Integer::sum);
        return outer + "$" + next + own;
      }
    }
    return name;
  }
}
