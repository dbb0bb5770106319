package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, in a folder of its own. */
record ChildJvm(Path home, Path folder, List<String> options, Map<String, String> variables) {
  static ChildJvm in(Path folder, String... options) {
    return new ChildJvm(
        Path.of(System.getProperty("java.home")), folder, List.of(options), Map.of());
  }

  ChildJvm with(String variable, String value) {
    return new ChildJvm(home, folder, options, Map.of(variable, value));
  }

  /** With the Java of another home. */
  ChildJvm under(Path otherHome) {
    return new ChildJvm(otherHome, folder, options, variables);
  }

  /** Returns what it printed, on both outputs. */
  List<String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return run(System.getProperty("java.class.path"), main, arguments);
  }

  List<String> run(String classPath, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(home.resolve("bin").resolve("java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", classPath, main.getName()));
    line.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(line)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
