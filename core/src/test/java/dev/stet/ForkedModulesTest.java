package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of modules whose trials run in forks: this library and the program on the module path, the rest not. */
class ForkedModulesTest {
  private static final String LAB = """
      package lab;
      import dev.stet.*;
      import dev.stet.seeds.Seed;
      public class Main {
        public record Config(double level) {}
        public static void main(String[] arguments) {
          Experiment<Config> noise = Experiment.of("noise", Config.class, (config, trial) -> {
            trial.record("pid", ProcessHandle.current().pid());
            trial.record("named", Main.class.getModule().isNamed() ? 1 : 0);
            trial.record("accuracy", config.level() + trial.random("noise").nextDouble());
          });
          Study threads = noise.study(new Config(1)).seeds(Seed.of(7), 2).run();
          Study forks = noise.study(new Config(1)).seeds(Seed.of(7), 2).forks(1).run();
          for (int i = 0; i < 2; i++) {
            Run here = threads.runs().get(i);
            Run there = forks.runs().get(i);
            System.out.println(here.status() + " " + there.status() + " "
                + (here.value("accuracy") == there.value("accuracy"))
                + " " + (here.value("pid") != there.value("pid")) + " " + there.value("named")
                + " " + here.fingerprint().without(dev.stet.fingerprint.Facet.RUNTIME)
                    .equals(there.fingerprint().without(dev.stet.fingerprint.Facet.RUNTIME)));
          }
        }
      }
      """;

  @TempDir
  Path folder;

  private static final List<Path> CLASS_PATH = Stream.of(
          System.getProperty("java.class.path").split(File.pathSeparator))
      .filter(entry -> !entry.isEmpty())
      .map(Path::of)
      .toList();

  /** All of the library in one jar, as a module without a description. */
  private Path library() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Automatic-Module-Name", "dev.stet");
    Path jar = folder.resolve("stet.jar");
    Set<String> names = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Path entry : CLASS_PATH) {
        if (Files.isDirectory(entry.resolve("dev/stet"))
            && !Files.exists(entry.resolve("dev/stet/ForkedModulesTest.class"))) {
          try (Stream<Path> classes = Files.walk(entry.resolve("dev"))) {
            for (Path one : classes.filter(Files::isRegularFile).toList()) {
              add(
                  out,
                  entry.relativize(one).toString().replace('\\', '/'),
                  Files.readAllBytes(one),
                  names);
            }
          }
        } else if (isOurs(entry)) {
          copy(entry, out, names);
        }
      }
    }
    return jar;
  }

  private static boolean isOurs(Path entry) throws IOException {
    if (!entry.toString().endsWith(".jar") || !Files.exists(entry)) {
      return false;
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.getEntry("dev/stet/seeds/Seed.class") != null;
    }
  }

  private static void copy(Path from, JarOutputStream out, Set<String> names) throws IOException {
    try (JarFile jar = new JarFile(from.toFile())) {
      for (JarEntry entry :
          jar.stream().filter(one -> one.getName().endsWith(".class")).toList()) {
        if (entry.getName().startsWith("dev/")) {
          add(out, entry.getName(), jar.getInputStream(entry).readAllBytes(), names);
        }
      }
    }
  }

  private static void add(JarOutputStream out, String name, byte[] content, Set<String> names)
      throws IOException {
    if (names.add(name)) {
      out.putNextEntry(new JarEntry(name));
      out.write(content);
      out.closeEntry();
    }
  }

  private static String others() throws IOException {
    List<String> others = new ArrayList<>();
    for (Path entry : CLASS_PATH) {
      if (entry.toString().endsWith(".jar") && !isOurs(entry)) {
        others.add(entry.toString());
      }
    }
    return others.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private Path lab(Path library) throws IOException {
    Path source = Files.createDirectories(folder.resolve("src/lab")).resolve("Main.java");
    Files.writeString(source, LAB);
    Path description = folder.resolve("src/module-info.java");
    Files.writeString(description, "open module lab { requires dev.stet; }");
    Path classes = folder.resolve("lab");
    int failed = ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-Xlint:none",
            "-d",
            classes.toString(),
            "-p",
            library.toString(),
            "-cp",
            others(),
            description.toString(),
            source.toString());
    assertThat(failed).isZero();
    return classes;
  }

  @Test
  void aForkHasTheModulesOfItsParent() throws Exception {
    Path library = library();
    Path output = folder.resolve("output.txt");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-p",
            lab(library) + File.pathSeparator + library,
            "-cp",
            others(),
            "-m",
            "lab/lab.Main")
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(output, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("SLF4J")))
        .containsExactly(
            "COMPLETED COMPLETED true true 1.0 true", "COMPLETED COMPLETED true true 1.0 true");
  }
}
