package dev.stet.guard;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads and links every class of many jars, without initialising any, and counts what became of them; the agent rewrites
 * them if it is there.
 *
 * <p>Every jar has a loader of its own over this JVM's, so that versions of a library do not mix.
 *
 * <pre>{@code
 * java -javaagent:stet-guard.jar=mode=replace,strict,linked -cp ... dev.stet.guard.ClassPathProgram all ~/.m2/repository 120
 * }</pre>
 *
 * <p>Instead of a directory, {@code class-path} means the jars of this JVM, and {@code class-pathscala|kotlin} some of them.
 * With {@code isolated} instead of {@code all}, the classes do not see the guard.
 */
final class ClassPathProgram {
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  private ClassPathProgram() {}

  public static void main(String... arguments) throws IOException {
    boolean isolated = arguments[0].equals("isolated");
    List<File> jars = jars(new File(arguments[1]), Integer.parseInt(arguments[2]));
    ClassPathProgram program = new ClassPathProgram();
    long start = System.nanoTime();
    program.load(jars, isolated);
    program.counts.put("milliseconds", (int) ((System.nanoTime() - start) / 1_000_000));
    program.counts.put("jars", jars.size());
    program.counts.forEach((name, count) -> System.out.println(name + "=" + count));
    Guard.limits().forEach(limit -> System.out.println("limit=" + limit));
    program.wrong.forEach(one -> System.out.println("wrong=" + one));
    System.out.println("status=" + Guard.status());
    System.exit(0);
  }

  /** Those of the class path, or the largest below a directory, the newest version of each. */
  private static List<File> jars(File place, int most) {
    Map<String, File> found = new TreeMap<>();
    if (place.getPath().startsWith("class-path")) {
      String names = place.getPath().substring("class-path".length());
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        if (entry.endsWith(".jar") && new File(entry).getName().matches(".*(" + names + ").*")) {
          found.put(entry, new File(entry));
        }
      }
    } else {
      find(place, found);
    }
    return found.values().stream()
        .sorted(Comparator.comparingLong(File::length).reversed().thenComparing(File::getPath))
        .limit(most)
        .toList();
  }

  private static void find(File directory, Map<String, File> found) {
    File[] files = directory.listFiles();
    for (File file : files == null ? new File[0] : files) {
      if (file.isDirectory()) {
        find(file, found);
      } else if (file.getName().matches(".*\\.jar")
          && !file.getName()
              .matches(
                  ".*-(sources|javadoc|natives|tests|linux.*|windows.*|macosx.*)\\.jar|stet-.*")) {
        String artifact = file.getParentFile().getParent();
        found.merge(
            artifact,
            file,
            (one, other) -> one.getPath().compareTo(other.getPath()) < 0 ? other : one);
      }
    }
  }

  private void load(List<File> jars, boolean isolated) throws IOException {
    ClassLoader parent = isolated
        ? ClassLoader.getPlatformClassLoader()
        : new Siblings(jars, ClassPathProgram.class.getClassLoader());
    for (File jar : jars) {
      try (JarFile file = new JarFile(jar);
          OwnFirst loader = new OwnFirst(jar, parent)) {
        for (JarEntry entry : file.stream().toList()) {
          String name = entry.getName();
          if (name.endsWith(".class")
              && !name.startsWith("META-INF/")
              && !name.endsWith("-info.class")) {
            link(loader, name.substring(0, name.length() - 6).replace('/', '.'));
          }
        }
      }
    }
  }

  private void link(ClassLoader loader, String name) {
    try {
      // Which links the class, and so verifies it.
      Object[] unused = Class.forName(name, false, loader).getDeclaredConstructors();
      count("linked");
    } catch (UnsupportedClassVersionError e) {
      count("newer"); // than this JVM
    } catch (VerifyError | ClassFormatError e) {
      count(e instanceof VerifyError ? "unverified" : "misshapen");
      wrong.add(name + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (LinkageError | ClassNotFoundException | TypeNotPresentException e) {
      count("incomplete"); // something that it needs is not there
    } catch (SecurityException e) {
      count("refused"); // a package of the JDK, or a signed one
    }
  }

  private void count(String name) {
    counts.merge(name, 1, Integer::sum);
  }

  /** One jar, whose classes come before those of its parent; Stet is the parent's. */
  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(File jar, ClassLoader parent) throws IOException {
      super(new URL[] {jar.toURI().toURL()}, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null
            && !name.startsWith("java.")
            && !name.startsWith("dev.stet.")
            && own(name)) {
          loaded = findClass(name);
        }
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
    }

    private boolean own(String name) {
      return findResource(name.replace('.', '/') + ".class") != null;
    }
  }

  /** What the jars need of one another. */
  private static final class Siblings extends URLClassLoader {
    Siblings(List<File> jars, ClassLoader parent) {
      super(urls(jars), parent);
    }

    private static URL[] urls(List<File> jars) {
      return jars.stream()
          .map(jar -> {
            try {
              return jar.toURI().toURL();
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          })
          .toArray(URL[]::new);
    }
  }
}
