package dev.stet.fork;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a JVM like this one is started: the same Java, options, class path and modules. Left out are agents, debuggers and
 * whatever else two JVMs cannot share, such as a port or the file of a log.
 *
 * @param java the launcher
 * @param options for the JVM
 * @param classPath where classes are; may be empty when all are in modules
 */
record JvmCommand(Path java, List<String> options, String classPath) {
  private static final List<String> NOT_SHARED = List.of(
      "-javaagent:",
      "-agentlib:",
      "-agentpath:",
      "-Xdebug",
      "-Xrunjdwp",
      "-Xloggc:",
      "-XX:StartFlightRecording",
      "-XX:ArchiveClassesAtExit",
      "-XX:+AutoCreateSharedArchive",
      "-XX:AOTCacheOutput",
      "-XX:AOTConfiguration",
      "-XX:AOTMode",
      "-XX:+ManagementServer",
      "-XX:VMOptionsFile",
      "-XX:Flags=",
      "-Dcom.sun.management.jmxremote",
      "-Djdk.module.",
      "--module-path",
      "-p=");

  static JvmCommand likeThisJvm() {
    List<String> options = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(JvmCommand::isShared)
        .forEach(options::add);
    // What the JVM itself says on its way out belongs to its error output, whose last lines are
    // kept.
    options.add("-XX:+DisplayVMOutputToStderr");
    options.addAll(modules());
    Path java = JvmChange.launcher(Path.of(System.getProperty("java.home")));
    return new JvmCommand(java, List.copyOf(options), System.getProperty("java.class.path", ""));
  }

  static boolean isShared(String option) {
    return option.startsWith("-")
        && !logsToFile(option)
        && NOT_SHARED.stream().noneMatch(option::startsWith);
  }

  /** The words are {@code -Xlog:what:where:...}, and a file need not be called one. */
  private static boolean logsToFile(String option) {
    String[] words = option.split(":", 4);
    return words[0].equals("-Xlog")
        && words.length > 2
        && !List.of("", "stdout", "stderr").contains(words[2]);
  }

  /** The program's modules, all of them: which one an experiment needs is not known here. */
  private static List<String> modules() {
    String path = System.getProperty("jdk.module.path", "");
    if (path.isEmpty()) {
      return List.of();
    }
    String names = ModuleLayer.boot().modules().stream()
        .map(Module::getName)
        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
        .sorted()
        .collect(Collectors.joining(","));
    return Stream.of("--module-path=" + path, names.isEmpty() ? "" : "--add-modules=" + names)
        .filter(option -> !option.isEmpty())
        .toList();
  }

  JvmCommand withJava(Path other) {
    return new JvmCommand(other, options, classPath);
  }

  JvmCommand withClassPath(String other) {
    return new JvmCommand(java, options, other);
  }

  JvmCommand withOptions(String... more) {
    return new JvmCommand(
        java, Stream.concat(options.stream(), Arrays.stream(more)).toList(), classPath);
  }

  /** Starts it; the arguments stand in a file, since a class path may be longer than a command line. */
  Process start(Path arguments, Class<?> main, String... rest) throws IOException {
    List<String> words = new ArrayList<>(options);
    if (!classPath.isEmpty()) {
      words.addAll(List.of("-cp", classPath));
    }
    if (main.getModule().isNamed()) {
      words.addAll(List.of("-m", main.getModule().getName() + "/" + main.getName()));
    } else {
      words.add(main.getName());
    }
    words.addAll(List.of(rest));
    Files.write(arguments, words.stream().map(JvmCommand::quoted).toList(), ofLauncher());
    ProcessBuilder builder = new ProcessBuilder(java.toString(), "@" + arguments);
    // These hold options that are among ours already, and agents that are not.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    return builder.start();
  }

  /** The launcher reads the file as bytes of the system's own charset. */
  private static Charset ofLauncher() {
    String name = System.getProperty("sun.jnu.encoding", "UTF-8");
    return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
