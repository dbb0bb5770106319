package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  /** Prints every tree of a JVM. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
      Environment environment = Environment.current();
      System.out.println("runtime " + environment.runtime());
      System.out.println("hardware " + environment.hardware());
      System.out.println("source " + environment.source());
      System.out.println("informational " + environment.informational());
      System.out.println("settings " + Settings.standard().tree());
    }
  }

  @TempDir
  static Path folder;

  private static List<String> probe(List<String> options, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
    line.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "probe", ".txt");
    Process process = new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(lines.toString()).isZero();
    return lines;
  }

  @Test
  void holdsNoArgumentAndNoPropertyAndIsTheSameInAnotherLocale() throws Exception {
    List<String> plain =
        probe(List.of("-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.country=US"));
    List<String> turkish = probe(
        List.of(
            "-Dfile.encoding=UTF-8",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Ddb.password=hunter2"),
        "--password=swordfish");

    assertThat(turkish).noneMatch(line -> line.contains("hunter2") || line.contains("swordfish"));
    assertThat(turkish.subList(0, 3)).isEqualTo(plain.subList(0, 3));
    assertThat(turkish.get(4)).isNotEqualTo(plain.get(4)).contains("locale=tr-TR");
  }

  @Test
  void namesEntriesOfTheClassPathThatDoNotExist() {
    String separator = java.io.File.pathSeparator;
    String missing = folder.resolve("missing.jar").toString();

    assertThat(Informational.absent(folder + separator + missing + separator))
        .containsExactly(missing);
    assertThat(Informational.absent("")).isEmpty();
  }

  @Test
  void comparesTheOperatingSystemByTwoNumbers() {
    assertThat(Hardware.majorMinor("6.8.0-45-generic #45~22.04-Ubuntu")).isEqualTo("6.8");
    assertThat(Hardware.majorMinor("10.0")).isEqualTo("10.0");
    assertThat(Hardware.majorMinor("14.6.1")).isEqualTo("14.6");
    assertThat(Hardware.majorMinor("unknown")).isEqualTo("unknown");
    assertThat(Hardware.majorMinor(new NotCaptured("os.version is not set")))
        .isEqualTo(new NotCaptured("os.version is not set"));
    assertThat(Environment.current().hardware().get("operatingSystemVersion"))
        .isEqualTo(Hardware.majorMinor(System.getProperty("os.version")));
  }

  @Test
  void isReadOnce() {
    assertThat(Environment.current()).isSameAs(Environment.current());
  }

  @Test
  void holdsWhatItPromises() {
    Environment environment = Environment.current();

    assertThat(environment.runtime())
        .containsEntry("processors", Runtime.getRuntime().availableProcessors())
        .containsEntry("guard", false)
        .containsEntry("vectorModule", false)
        .containsKeys("java.vm.version", "agents", "garbageCollectors", "commonPoolParallelism");
    assertThat(Compiled.part(environment.runtime(), "options"))
        .containsKeys("UseG1GC", "UseFMA", "UseSuperWord");
    assertThat(environment.hardware())
        .containsKeys("processor", "vectorInstructions", "containerMemory", "gpu");
    assertThat(environment.informational())
        .containsKeys("host", "user", "pid", "started", "workingDirectory")
        .containsEntry("operatingSystemVersion", System.getProperty("os.version"));
  }

  @Test
  void namesAgentsByTheirContentAndNotByTheirOptions() throws Exception {
    Path jar = Files.writeString(folder.resolve("agent.jar"), "abc");
    List<String> arguments = List.of(
        "-javaagent:" + jar + "=password=x",
        "-agentlib:jdwp=address=secret",
        "-Dtoken=x",
        "-javaagent:/no/a.jar");

    assertThat(Runtimes.agents(arguments))
        .isEqualTo(List.of(
            Map.of(
                "jar",
                "agent.jar",
                "sha256",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            Map.of("native", "jdwp"),
            new NotCaptured("the jar of the agent a.jar cannot be read")));
  }

  @Nested
  class Machine {
    private Path system(String cpuinfo, String maps) throws Exception {
      Path root = Files.createTempDirectory(folder, "system");
      Files.createDirectories(root.resolve("proc/self"));
      Files.createDirectories(root.resolve("sys/fs/cgroup/job"));
      Files.writeString(root.resolve("proc/cpuinfo"), cpuinfo);
      Files.writeString(root.resolve("proc/self/maps"), maps);
      Files.writeString(root.resolve("proc/self/cgroup"), "0::/job\n");
      Files.writeString(root.resolve("sys/fs/cgroup/job/cpu.max"), "200000 100000\n");
      return root;
    }

    @Test
    void isReadFromWhatTheKernelTells() throws Exception {
      Path blas = Files.writeString(folder.resolve("libopenblas.so.0"), "abc");
      Path root = system(
          "processor : 0\nmodel name : Small CPU\nflags : fpu avx2 sse fma\n\nprocessor : 1\nmodel name : Other\n",
          "7f00-7f01 r-xp 00000000 08:01 1  " + blas
              + "\n7f01-7f02 r-xp 0 08:01 2  /lib/libzip.so\n7f02-7f03 rw-p 0 0 0\n");

      assertThat(Hardware.tree(root, "none"))
          .containsEntry("processor", "model name Small CPU")
          .containsEntry("vectorInstructions", List.of("avx2", "fma", "sse"))
          .containsEntry("containerProcessors", "200000 100000")
          .containsEntry("containerMemory", "none")
          .containsEntry(
              "nativeLibraries",
              Map.of(
                  "libopenblas.so.0",
                  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void saysWhatItCannotTell() {
      Map<String, Object> tree = Hardware.tree(folder.resolve("no-such-system"), "none");

      assertThat(tree)
          .containsEntry("processor", new NotCaptured("this system has no readable /proc/cpuinfo"))
          .containsEntry(
              "nativeLibraries", new NotCaptured("this system has no readable /proc/self/maps"));
    }

    @Test
    void namesItsGraphicsProcessors() {
      Command answers = (where, line) ->
          new Command.Outcome("A100, 550.1, 40 GiB\n", 0, java.util.Optional.empty());
      Command missing = (where, line) -> Command.Outcome.failed("nvidia-smi is not installed");
      Command late =
          (where, line) -> Command.Outcome.failed("nvidia-smi did not answer within 5.0 s");

      assertThat(Hardware.gpu(answers)).isEqualTo(List.of("A100, 550.1, 40 GiB"));
      assertThat(Hardware.gpu(missing)).isEqualTo("none seen: nvidia-smi is not installed");
      assertThat(Hardware.gpu(late))
          .isEqualTo(new NotCaptured("nvidia-smi did not answer within 5.0 s"));
    }
  }

  @Nested
  class Programs {
    @Test
    void thatAreMissingAreSaidToBe() {
      assertThat(Command.ofSystem(Duration.ofSeconds(5), 10)
              .run(null, List.of("no-such-program"))
              .failure())
          .hasValue("no-such-program is not installed");
    }

    @Test
    void thatAreLateAreEnded() {
      assertThat(Command.ofSystem(Duration.ofMillis(200), 10)
              .run(null, List.of("sleep", "77"))
              .failure())
          .hasValue("sleep did not answer within 0.2 s");
      assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
          .noneMatch(child -> child.info().commandLine().orElse("").contains("sleep 77"));
    }

    @Test
    void thatWriteTooMuchAreEnded() {
      assertThat(Command.ofSystem(Duration.ofSeconds(5), 10)
              .run(null, List.of("yes"))
              .failure())
          .hasValue("yes wrote more than 10 bytes");
    }

    @Test
    void haveNoInputAndTheCLocale() {
      Command.Outcome outcome = Command.ofSystem(Duration.ofSeconds(5), 100)
          .run(null, List.of("sh", "-c", "cat; echo $LC_ALL; exit 3"));

      assertThat(outcome.text()).isEqualTo("C");
      assertThat(outcome.exit()).isEqualTo(3);
      assertThat(outcome.succeeded()).isFalse();
    }
  }
}
