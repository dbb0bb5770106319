package dev.stet.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JVM that a test starts. */
record ChildJvm(int exit, List<String> lines) {
  /** Runs a program of the tests' class path to its end. */
  static ChildJvm run(String java, List<String> options, String main, String... arguments) {
    return runIn(System.getProperty("java.class.path"), java, options, main, arguments);
  }

  /** Runs a program of another class path. */
  static ChildJvm runIn(
      String classPath, String java, List<String> options, String main, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ChildJvm(process.waitFor(), said.lines().toList());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Another JDK of this machine, if there is one: the one of -Dstet.test.jdk, or one that stands beside this one. */
  static Optional<String> otherJava() {
    String given = System.getProperty("stet.test.jdk");
    if (given != null) {
      return Optional.of(Path.of(given, "bin", "java").toString());
    }
    Path own = Path.of(System.getProperty("java.home")).toAbsolutePath();
    try (var homes = Files.list(own.getParent())) {
      return homes
          .filter(
              home -> Files.isExecutable(home.resolve("bin/java")) && !Files.isSymbolicLink(home))
          .filter(home -> !home.toAbsolutePath().equals(own))
          .map(home -> home.resolve("bin/java").toString())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The option that starts the agent: a jar that names it, its classes being on the class path. */
  static String agent(Path directory, String options) {
    Path jar = directory.resolve("agent.jar");
    try {
      AgentJar.write(jar);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return "-javaagent:" + jar + (options.isEmpty() ? "" : "=" + options);
  }

  String value(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + String.join("\n", lines)));
  }

  List<String> values(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }
}
