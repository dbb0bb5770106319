package dev.stet.fingerprint;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Reads class files as resources of a class loader: what was compiled, wherever it lies, untouched by agents.
 *
 * <p>Names are internal: {@code java/lang/String}.
 */
final class ClassFiles {
  private final ClassLoader loader;
  private final Map<String, Optional<ClassNode>> nodes = new HashMap<>();
  private final Map<String, String> unreadable = new HashMap<>();

  ClassFiles(@Nullable ClassLoader loader) {
    this.loader = loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  /** The class without debug data; empty when it cannot be read, for the reason kept in {@link #whyUnreadable}. */
  Optional<ClassNode> read(String name) {
    Optional<ClassNode> known = nodes.get(name);
    if (known == null) {
      known = parse(name);
      nodes.put(name, known);
    }
    return known;
  }

  String whyUnreadable(String name) {
    return unreadable.getOrDefault(name, "it was not read");
  }

  @Nullable
  URL locate(String name) {
    return loader.getResource(name + ".class");
  }

  private Optional<ClassNode> parse(String name) {
    URL url = locate(name);
    if (url == null) {
      unreadable.put(name, "its class loader has no class file of that name");
      return Optional.empty();
    }
    try {
      URLConnection connection = url.openConnection();
      // The JVM's cache of open jars would keep a jar open, and hand out stale bytes after it was
      // rewritten.
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        ClassNode node = new ClassNode();
        new ClassReader(in).accept(node, ClassReader.SKIP_DEBUG | ClassReader.EXPAND_FRAMES);
        return Optional.of(node);
      }
    } catch (IOException | RuntimeException e) {
      unreadable.put(name, "its class file cannot be read: " + e);
      return Optional.empty();
    }
  }
}
