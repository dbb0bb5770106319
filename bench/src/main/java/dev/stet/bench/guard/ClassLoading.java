package dev.stet.bench.guard;

import dev.stet.guard.GuardAgent;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Measures what the agent adds to the loading of a class: the classes of Guava, Jackson and Apache Commons, each handed to
 * its transformer, again and again in a JVM of its own. The first pass is a cold JVM's.
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests
 * java -cp bench/target/benchmarks.jar dev.stet.bench.guard.ClassLoading [JVMs]
 * }</pre>
 */
public final class ClassLoading {
  private static final int PASSES = 20;

  private ClassLoading() {}

  /** A class as the JVM hands it over. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Loaded(String name, byte[] bytes) {}

  /**
   * Runs the measurement and prints medians over the JVMs, in milliseconds a class.
   *
   * @param arguments the number of JVMs (5)
   * @throws Exception when one cannot be started
   */
  public static void main(String... arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("--passes")) {
      passes();
      return;
    }
    int jvms = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    double[][] all = new double[4][jvms];
    String counts = "";
    for (int jvm = 0; jvm < jvms; jvm++) {
      List<String> lines =
          ChildJvm.run(List.of(), ClassLoading.class.getName(), "--passes").lines();
      counts = lines.get(0);
      for (int i = 0; i < all.length; i++) {
        all[i][jvm] = Double.parseDouble(lines.get(i + 1));
      }
    }
    System.out.println(counts);
    String[] names = {
      "with sites, first pass", "with sites, warm", "without, first pass", "without, warm"
    };
    for (int i = 0; i < all.length; i++) {
      Median of = Median.of(all[i]);
      System.out.printf(
          Locale.ROOT,
          "a class %s: median %.4f ms, least %.4f ms%n",
          names[i],
          of.median(),
          of.least());
    }
  }

  private static void passes() throws Exception {
    List<Loaded> classes = classes();
    ClassFileTransformer transformer = transformer();
    double[] with = new double[PASSES];
    double[] without = new double[PASSES];
    int rewritten = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      rewritten = 0;
      for (Loaded one : classes) {
        long before = System.nanoTime();
        boolean changed = isChanged(transformer, one);
        double millis = (System.nanoTime() - before) / 1e6;
        (changed ? with : without)[pass] += millis;
        rewritten += changed ? 1 : 0;
      }
    }
    int rest = classes.size() - rewritten;
    System.out.println(classes.size() + " classes, " + rewritten + " with sites");
    System.out.println(with[0] / rewritten);
    System.out.println(warm(with) / rewritten);
    System.out.println(without[0] / rest);
    System.out.println(warm(without) / rest);
  }

  /** The median of the later half of the passes. */
  private static double warm(double[] passes) {
    return Median.of(Arrays.copyOfRange(passes, PASSES / 2, PASSES)).median();
  }

  private static boolean isChanged(ClassFileTransformer transformer, Loaded one)
      throws IllegalClassFormatException {
    ClassLoader loader = ClassLoading.class.getClassLoader();
    return transformer.transform(loader, one.name, null, null, one.bytes) != null;
  }

  private static List<Loaded> classes() throws IOException {
    List<Loaded> classes = new ArrayList<>();
    try (JarFile jar = new JarFile(System.getProperty("java.class.path"))) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.matches("(com/google/common|com/fasterxml|org/apache/commons)/.*\\.class")) {
          try (var in = jar.getInputStream(entry)) {
            classes.add(new Loaded(
                name.substring(0, name.length() - ".class".length()), in.readAllBytes()));
          }
        }
      }
    }
    return classes;
  }

  /** The agent's transformer, taken from it by an instrumentation that does nothing else. */
  private static ClassFileTransformer transformer() {
    List<ClassFileTransformer> taken = new ArrayList<>();
    Instrumentation instrumentation = (Instrumentation) Proxy.newProxyInstance(
        ClassLoading.class.getClassLoader(),
        new Class<?>[] {Instrumentation.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("addTransformer")) {
            taken.add((ClassFileTransformer) arguments[0]);
          }
          return null;
        });
    GuardAgent.premain("", instrumentation);
    return taken.get(0);
  }
}
