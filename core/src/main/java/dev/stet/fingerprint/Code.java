package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The code that a body runs: every class under its root packages that can be reached from it, each with a digest of
 * what it means.
 *
 * <p>Classes are read as resources of the body's class loader, from a class folder, a jar or a module alike. Comments,
 * blank lines, debug options, the order of members, agents that rewrite loaded classes, and other tests or experiments
 * in the class that holds the body change nothing. Another compiler may give other code for the same source. Classes
 * that are loaded by reflection or as services are not seen.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1
 */
public final class Code {
  /** A loaded class stays as it is, so what was read once for a loader holds. Nothing here refers to a loader. */
  private static final Map<ClassLoader, Map<String, Code>> CACHE = new WeakHashMap<>();

  private final Map<String, Object> tree;
  private final Dependencies dependencies;

  private Code(Map<String, Object> tree, Dependencies dependencies) {
    this.tree = tree;
    this.dependencies = dependencies;
  }

  /**
   * Reads the code of a body under its default roots: the first two segments of the package of the class that holds
   * it, and of the class that wrote it down.
   *
   * <p>Where the first two segments are shared by many projects, three count: {@code io.github}, {@code com.github},
   * {@code io.gitlab}, {@code com.gitlab}, {@code org.bitbucket}, {@code org.apache}, {@code org.eclipse},
   * {@code com.google}, {@code com.microsoft}, {@code com.amazonaws}, and a country's {@code com}, {@code co},
   * {@code ac}, {@code edu}, {@code org}, {@code net} and {@code gov}, such as {@code uk.ac}.
   *
   * @param body the body
   * @return its code
   */
  public static Code of(CapturedBody body) {
    return read(body, Roots.of(body.origin()));
  }

  /**
   * Reads the code of a body under the given roots. The class that holds the body counts as well, wherever it is.
   *
   * @param body the body
   * @param roots names of packages, such as {@code com.acme}; classes in them and in packages below are the
   *     experiment's own code. The empty text is the unnamed package.
   * @return its code
   * @throws IllegalArgumentException when there is no root, or one is not the name of a package
   */
  public static Code of(CapturedBody body, Collection<String> roots) {
    return read(body, Roots.of(requireNonNull(roots, "roots")));
  }

  private static Code read(CapturedBody body, Roots roots) {
    ClassLoader loader = body.loader();
    Map<String, Code> known;
    synchronized (CACHE) {
      known = CACHE.computeIfAbsent(loader, any -> new ConcurrentHashMap<>());
    }
    return known.computeIfAbsent(
        roots.packages() + " " + body.start(), any -> compute(body, roots));
  }

  private static Code compute(CapturedBody body, Roots roots) {
    ClassFiles files = new ClassFiles(body.loader());
    Reach reach = new Reach(files, roots);
    reach.from(body);
    TreeMap<String, Object> classes = new TreeMap<>();
    reach
        .whole()
        .forEach((name, node) ->
            classes.put(key(reach, name), new ClassText(node, reach::canonical).whole()));
    reach
        .slices()
        .forEach((name, slice) -> classes.put(
            key(reach, name), new ClassText(slice.node(), reach::canonical).slice(slice)));
    reach.unreadable().forEach((name, why) -> classes.put(key(reach, name), new NotCaptured(why)));
    TreeMap<String, Object> tree = new TreeMap<>();
    tree.put("roots", roots.packages());
    tree.put("classes", Collections.unmodifiableMap(classes));
    if (!body.lambdas().isEmpty()) {
      tree.put("lambdas", body.lambdas().stream().map(one -> lambda(reach, one)).toList());
    }
    return new Code(Collections.unmodifiableMap(tree), Dependencies.of(files, roots, reach));
  }

  // Which of them stands where: that all of them are reached does not say it, and their names mean
  // nothing.
  private static Object lambda(Reach reach, CapturedBody.Origin lambda) {
    if (lambda.isMethodReference()) {
      return NestName.named(lambda.className()) + "." + lambda.methodName() + lambda.descriptor();
    }
    Slice host = reach.slices().get(lambda.className().replace('.', '/'));
    return host == null
        ? new NotCaptured("the class file of " + NestName.named(lambda.className())
            + ", which holds a captured lambda, cannot be read")
        : new ClassText(host.node(), reach::canonical)
            .code(lambda.methodName(), lambda.descriptor());
  }

  private static String key(Reach reach, String name) {
    return reach.canonical(name).replace('/', '.');
  }

  /**
   * Returns the facet {@code code}: {@code roots}, {@code classes} with a SHA-256 for each class by its name, and, if
   * the body captured lambdas, {@code lambdas} with a SHA-256 of the code of each in the order of the captured values
   * (for a method reference, the method). A class whose file cannot be read is {@link NotCaptured}.
   *
   * @return an unmodifiable tree of bare values
   */
  public Map<String, Object> tree() {
    return tree;
  }

  /**
   * Returns the facet {@code dependencies}: the jars, class folders and modules that supply classes outside the
   * roots, by coordinates, each with its version where it is known and a SHA-256 of its content.
   *
   * @return an unmodifiable tree of bare values
   */
  public Map<String, Object> dependencies() {
    return dependencies.tree();
  }
}
