package dev.stet.guard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Attaches the agent to the JVM it runs in, through a JVM beside it: a JVM must not attach to itself unless told so. */
final class SelfAttach {
  private static final int SECONDS = 30;

  private SelfAttach() {}

  /** Attaches; returns null, or in words why it could not. Never throws. */
  static @Nullable String attach(GuardOptions options) {
    if (GuardAgent.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
      return "Stet was loaded by " + GuardAgent.class.getClassLoader()
          + ", and an agent can only be of the system class loader";
    }
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()
        && !ModuleFinderHolder.hasAttach()) {
      return "this Java runtime has no module jdk.attach";
    }
    Path jar = null;
    try {
      jar = jar();
      return run(jar, options);
    } catch (IOException e) {
      return "the agent could not be attached: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the thread was interrupted while it attached the agent";
    } finally {
      delete(jar);
    }
  }

  /** Looks only when the boot layer has no such module, which most have not: nothing needs it. */
  private static final class ModuleFinderHolder {
    static boolean hasAttach() {
      return java.lang.module.ModuleFinder.ofSystem().find("jdk.attach").isPresent();
    }
  }

  private static @Nullable String run(Path jar, GuardOptions options)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.attach",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Attacher.class.getName(),
            Long.toString(ProcessHandle.current().pid()),
            jar.toString(),
            options.toString())
        .redirectErrorStream(true)
        .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "the JVM did not answer within " + SECONDS + " seconds";
    }
    return process.exitValue() == 0 && Guard.hasAgent()
        ? null
        : "the JVM did not take the agent: " + lastLine(said);
  }

  private static String lastLine(String said) {
    List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "it said nothing" : lines.get(0).strip();
  }

  /** A jar that only names the agent: its classes are on the class path already. */
  private static Path jar() throws IOException {
    Manifest manifest = new Manifest();
    Attributes of = manifest.getMainAttributes();
    of.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    of.put(new Attributes.Name("Agent-Class"), GuardAgent.class.getName());
    of.put(new Attributes.Name("Can-Retransform-Classes"), "true");
    of.put(new Attributes.Name("Can-Redefine-Classes"), "true");
    Path jar = Files.createTempFile("stet-guard", ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream all = new JarOutputStream(out, manifest)) {
      all.finish();
    }
    return jar;
  }

  private static void delete(@Nullable Path jar) {
    if (jar != null) {
      try {
        Files.deleteIfExists(jar);
      } catch (IOException e) {
        jar.toFile().deleteOnExit(); // Windows keeps an open jar
      }
    }
  }
}
