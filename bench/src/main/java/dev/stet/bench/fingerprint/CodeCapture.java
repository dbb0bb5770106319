package dev.stet.bench.fingerprint;

import dev.stet.fingerprint.CapturedBody;
import dev.stet.fingerprint.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Measures the facets code and dependencies of a body that reaches 100 jars: cold, again for the same class loader, and
 * for another loader of the same jars; beside hashing the same bytes on all cores.
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests
 * java -cp bench/target/benchmarks.jar dev.stet.bench.fingerprint.CodeCapture [jars] [classes in each]
 * }</pre>
 */
public final class CodeCapture {
  private static final int ROUNDS = 7;

  private CodeCapture() {}

  /**
   * Runs the measurement and prints medians in milliseconds.
   *
   * @param arguments the number of jars (100) and of classes in each (200)
   * @throws Exception when a file cannot be written or read
   */
  public static void main(String[] arguments) throws Exception {
    int jars = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    int classes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    Path folder = Files.createTempDirectory("stet-bench");
    try {
      List<Path> made = make(folder, jars, classes);
      double[][] times = new double[ROUNDS][];
      for (int round = 0; round < ROUNDS; round++) {
        times[round] = round(folder, made, round);
      }
      String[] names = {
        "hash the jars' bytes, all cores",
        "hash the unpacked bytes, all cores",
        "cold",
        "warm, same loader",
        "warm, new loader"
      };
      for (int i = 0; i < names.length; i++) {
        int column = i;
        double[] sorted =
            Arrays.stream(times).mapToDouble(row -> row[column]).sorted().toArray();
        System.out.printf(Locale.ROOT, "%-36s %9.2f ms%n", names[i], sorted[ROUNDS / 2]);
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static double[] round(Path folder, List<Path> made, int round) throws Exception {
    // Fresh copies, so that nothing is known of them.
    Path copies = Files.createDirectory(folder.resolve("round" + round));
    List<Path> jars = new ArrayList<>();
    for (Path jar : made) {
      jars.add(Files.copy(
          jar, copies.resolve(jar.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING));
    }
    CapturedBody body = body(jars);
    CapturedBody again = body(jars);
    return new double[] {
      time(() -> jars.parallelStream().forEach(CodeCapture::hashRaw)),
      time(() -> jars.parallelStream().forEach(CodeCapture::hashUnpacked)),
      time(() -> Code.of(body).dependencies()),
      time(() -> Code.of(body).dependencies()),
      time(() -> Code.of(again).dependencies())
    };
  }

  private static double time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static CapturedBody body(List<Path> jars) throws Exception {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    URLClassLoader loader = new URLClassLoader(urls, CodeCapture.class.getClassLoader());
    return CapturedBody.of((Serializable)
        loader.loadClass("lab.loop.Host").getDeclaredConstructor().newInstance());
  }

  private static void hashRaw(Path jar) {
    try {
      sha256().digest(Files.readAllBytes(jar));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void hashUnpacked(Path path) {
    try (JarFile jar = new JarFile(path.toFile(), false)) {
      MessageDigest digest = sha256();
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        try (InputStream in = jar.getInputStream(all.nextElement())) {
          digest.update(in.readAllBytes());
        }
      }
      digest.digest();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> make(Path folder, int jars, int classes) throws IOException {
    List<Path> made = new ArrayList<>();
    List<String> reached = new ArrayList<>();
    for (int j = 0; j < jars; j++) {
      Path jar = folder.resolve("lib" + j + ".jar");
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
        for (int c = 0; c < classes; c++) {
          String name = "lib" + j + "/p/C" + c;
          entry(out, name, library(name, new Random(j * 1000L + c)));
        }
        reached.add("lib" + j + "/p/C0");
      }
      made.add(jar);
    }
    Path host = folder.resolve("host.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(host))) {
      entry(out, "lab/loop/Host", host(reached));
    }
    made.add(host);
    return made;
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name + ".class"));
    out.write(bytes);
    out.closeEntry();
  }

  private static byte[] library(String name, Random random) {
    ClassWriter writer = start(name);
    for (int m = 0; m < 25; m++) {
      MethodVisitor method =
          writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "m" + m, "()V", null, null);
      method.visitCode();
      for (int i = 0; i < 20; i++) {
        method.visitLdcInsn(random.nextInt());
        method.visitInsn(Opcodes.POP);
      }
      method.visitLdcInsn("text " + Long.toHexString(random.nextLong()));
      method.visitInsn(Opcodes.POP);
      method.visitInsn(Opcodes.RETURN);
      method.visitMaxs(1, 0);
      method.visitEnd();
    }
    return writer.toByteArray();
  }

  private static byte[] host(List<String> reached) {
    ClassWriter writer = start("lab/loop/Host");
    MethodVisitor make = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    make.visitCode();
    make.visitVarInsn(Opcodes.ALOAD, 0);
    make.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    make.visitInsn(Opcodes.RETURN);
    make.visitMaxs(1, 1);
    make.visitEnd();
    MethodVisitor run = writer.visitMethod(Opcodes.ACC_PUBLIC, "run", "()V", null, null);
    run.visitCode();
    for (String name : reached) {
      run.visitMethodInsn(Opcodes.INVOKESTATIC, name, "m0", "()V", false);
    }
    run.visitInsn(Opcodes.RETURN);
    run.visitMaxs(0, 1);
    run.visitEnd();
    return writer.toByteArray();
  }

  private static ClassWriter start(String name) {
    ClassWriter writer = new ClassWriter(0);
    String[] interfaces = {"java/lang/Runnable", "java/io/Serializable"};
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", interfaces);
    return writer;
  }
}
