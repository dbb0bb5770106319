package dev.stet.bench.guard;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A JVM with this one's Java and the benchmarks on its class path, run to its end. */
record ChildJvm(double millis, List<String> lines) {
  static ChildJvm run(List<String> options, String... command)
      throws IOException, InterruptedException {
    return runIn(Path.of("").toAbsolutePath(), "", options, command);
  }

  /** Runs it in a folder, with more on the class path. */
  static ChildJvm runIn(Path directory, String more, List<String> options, String... command)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(options);
    all.add("-cp");
    all.add(Path.of(System.getProperty("java.class.path")).toAbsolutePath()
        + (more.isEmpty() ? "" : File.pathSeparator + more));
    all.addAll(List.of(command));
    long before = System.nanoTime();
    Process process = new ProcessBuilder(all)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    double millis = (System.nanoTime() - before) / 1e6;
    if (exit != 0) {
      throw new IllegalStateException(all + " ended with " + exit + ":\n" + said);
    }
    return new ChildJvm(millis, said.lines().toList());
  }

  /** The option that starts the agent: a jar that names it, its classes being on the class path. */
  static String agent() throws IOException {
    Path jar = Files.createTempFile("stet-agent", ".jar");
    jar.toFile().deleteOnExit();
    Manifest manifest = new Manifest();
    Attributes of = manifest.getMainAttributes();
    of.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    of.put(new Attributes.Name("Premain-Class"), "dev.stet.guard.GuardAgent");
    of.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream all = new JarOutputStream(out, manifest)) {
      all.finish();
    }
    return "-javaagent:" + jar;
  }
}
