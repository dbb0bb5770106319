package dev.stet.guard;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The argument that this JVM was started with and that brought the guard: what a child JVM needs to be guarded as this one is. */
final class AgentArgument {
  private static final String OPTION = "-javaagent:";

  private AgentArgument() {}

  /** The option for {@code java}; none if no argument brought the guard. */
  static List<String> ofThisJvm() {
    return among(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static List<String> among(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(OPTION) && isGuard(argument))
        .limit(1)
        .toList();
  }

  private static boolean isGuard(String argument) {
    String jar = argument.substring(OPTION.length()).split("=", 2)[0];
    try (JarFile file = new JarFile(Path.of(jar).toFile())) {
      Manifest manifest = file.getManifest();
      return manifest != null
          && GuardAgent.class
              .getName()
              .equals(manifest.getMainAttributes().getValue("Premain-Class"));
    } catch (IOException | RuntimeException e) {
      // Another agent's own business.
      return false;
    }
  }
}
