package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Small programs that a test writes, compiles and loads. */
final class Compiled {
  private final Path classes;

  private Compiled(Path classes) {
    this.classes = classes;
  }

  /** Compiles sources, given by the names of their top-level classes. */
  static Compiled of(Path folder, Map<String, String> sources, String... options) {
    try {
      Path root = Files.createTempDirectory(folder, "program");
      Path classes = Files.createDirectories(root.resolve("target/classes"));
      List<String> arguments =
          new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-nowarn"));
      arguments.addAll(List.of(options));
      for (Map.Entry<String, String> source : new TreeMap<>(sources).entrySet()) {
        Path file = root.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.getValue());
        arguments.add(file.toString());
      }
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      StringWriter messages = new StringWriter();
      boolean done = compiler
          .getTask(
              messages,
              null,
              null,
              javacOptions(arguments),
              null,
              compiler
                  .getStandardFileManager(null, null, StandardCharsets.UTF_8)
                  .getJavaFileObjectsFromStrings(files(arguments)))
          .call();
      assertThat(done).as(messages.toString()).isTrue();
      return new Compiled(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> javacOptions(List<String> arguments) {
    return arguments.stream().filter(argument -> !argument.endsWith(".java")).toList();
  }

  private static List<String> files(List<String> arguments) {
    return arguments.stream().filter(argument -> argument.endsWith(".java")).toList();
  }

  Path classes() {
    return classes;
  }

  /** Packs the classes, with whatever else is given, into a jar. */
  Path jar(Path jar, Map<String, String> more, Path... shaded) {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, String> file : more.entrySet()) {
        entry(out, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      pack(out, classes);
      for (Path folder : shaded) {
        pack(out, folder);
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pack(JarOutputStream out, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entry(out, folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  private static void entry(OutputStream to, String name, byte[] bytes) throws IOException {
    JarOutputStream out = (JarOutputStream) to;
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  /** What the static method {@code body()} of a class returns. */
  static Serializable body(String className, Path... classPath) {
    return body(className, "body", classPath);
  }

  static Serializable body(String className, String methodName, Path... classPath) {
    try {
      URL[] urls = new URL[classPath.length];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = classPath[i].toUri().toURL();
      }
      ClassLoader loader = new URLClassLoader(urls, Compiled.class.getClassLoader());
      Method method = loader.loadClass(className).getDeclaredMethod(methodName);
      method.setAccessible(true);
      return (Serializable) method.invoke(null);
    } catch (ReflectiveOperationException | IOException e) {
      throw new AssertionError(e);
    }
  }

  Serializable body(String className) {
    return body(className, classes);
  }

  /** The digests of the classes that the body of a class reaches. */
  Map<String, Object> code(String className) {
    return part(Code.of(CapturedBody.of(body(className))).tree(), "classes");
  }

  /** A branch of a tree. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> part(Map<String, Object> tree, String name) {
    return (Map<String, Object>) java.util.Objects.requireNonNull(tree.get(name), name);
  }
}
