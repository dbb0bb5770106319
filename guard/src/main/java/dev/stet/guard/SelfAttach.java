package dev.stet.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Attaches the agent to the JVM it runs in, through a JVM beside it: a JVM must not attach to itself unless told so. */
final class SelfAttach {
  private static final int SECONDS = 30;

  private SelfAttach() {}

  /** Attaches; returns null, or in words why it could not. Never throws. */
  static @Nullable String attach(GuardOptions options) {
    if (!ClassLoader.getSystemClassLoader().equals(GuardAgent.class.getClassLoader())) {
      return "Stet was loaded by " + GuardAgent.class.getClassLoader()
          + ", and an agent can only be of the system class loader";
    }
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty() && !Modules.hasAttach()) {
      return "this Java runtime has no module jdk.attach";
    }
    Path jar = null;
    Path said = null;
    try {
      jar = Files.createTempFile("stet-guard", ".jar");
      AgentJar.write(jar);
      said = Files.createTempFile("stet-guard", ".txt");
      return run(jar, said, options);
    } catch (IOException e) {
      return "the agent could not be attached: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the thread was interrupted while it attached the agent";
    } finally {
      delete(jar);
      delete(said);
    }
  }

  /** Looks only when the boot layer has no such module, which most have not: nothing needs it. */
  private static final class Modules {
    static boolean hasAttach() {
      return java.lang.module.ModuleFinder.ofSystem().find("jdk.attach").isPresent();
    }
  }

  private static @Nullable String run(Path jar, Path said, GuardOptions options)
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
        .redirectOutput(said.toFile())
        .start();
    process.getOutputStream().close();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "the JVM did not answer within " + SECONDS + " seconds";
    }
    return process.exitValue() == 0 && Guard.hasAgent()
        ? null
        : "the JVM did not take the agent: " + firstLine(Files.readString(said));
  }

  private static String firstLine(String said) {
    return said.lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("it said nothing")
        .strip();
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit(); // Windows keeps an open jar
      }
    }
  }
}
