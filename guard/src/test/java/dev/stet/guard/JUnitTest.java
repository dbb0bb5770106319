package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.junit.Guarded;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.example.watched.RunsTests;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that ask to be guarded, run by JUnit in JVMs that are. */
class JUnitTest {
  private static final String PROGRAM = RunsTests.class.getName();

  @TempDir
  static Path directory;

  private static String classPath;

  @BeforeAll
  static void pack() throws IOException {
    Path jar = directory.resolve("stet-junit-0.1.0.jar");
    Path place = Path.of(java.net.URI.create(
        String.valueOf(Transformer.place(Guarded.class.getProtectionDomain()))));
    if (Files.isDirectory(place)) {
      pack(place, jar);
    } else {
      Files.copy(place, jar);
    }
    classPath = jar + File.pathSeparator + System.getProperty("java.class.path");
  }

  /** As it is published, where it is a jar. */
  private static void pack(Path folder, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  private static void holdsWhatWasAskedFor(ChildJvm child) {
    assertThat(child.exit()).as("%s", child.lines()).isZero();
    assertThat(child.value("drawsFromItsSeed")).as("%s", child.lines()).isEqualTo("SUCCESSFUL");
    assertThat(child.value("tells")).isEqualTo("SUCCESSFUL");
    assertThat(child.value("drawsFromNobody")).isEqualTo("FAILED");
    assertThat(child.values("drawsFromNobody.message"))
        .contains(
            "Watched.drawsFromNobody used what is not its own, and @Guarded forbids that: 1 place.",
            "unseeded generator: Math.random(), 1 time",
            "at org.example.watched.Watched.drawsFromNobody(Watched.java:21)");
  }

  @Test
  void theAgentWatchesThem() {
    holdsWhatWasAskedFor(ChildJvm.runIn(
        classPath, ChildJvm.java(), List.of(ChildJvm.agent(directory, "")), PROGRAM));
  }

  @Test
  void theClassLoaderWatchesThem() {
    holdsWhatWasAskedFor(ChildJvm.runIn(
        classPath, ChildJvm.java(), List.of(), GuardLauncher.class.getName(), PROGRAM));
  }

  @Test
  void classesRewrittenBeforeAreWatched() throws IOException {
    Path folder = directory.resolve("classes");
    for (String name : List.of("Watched", "RunsTests")) {
      Path file = folder.resolve("org/example/watched/" + name + ".class");
      Files.createDirectories(folder.resolve("org/example/watched"));
      try (var in =
          JUnitTest.class.getResourceAsStream("/org/example/watched/" + name + ".class")) {
        Files.copy(in, file);
      }
    }
    GuardBuild.main(folder.toString());

    holdsWhatWasAskedFor(ChildJvm.runIn(
        folder + File.pathSeparator + classPath, ChildJvm.java(), List.of(), PROGRAM));
  }

  @Test
  void whereNobodyWatchesTheyFailAndSayHowToBeWatched() {
    ChildJvm child = ChildJvm.runIn(classPath, ChildJvm.java(), List.of(), PROGRAM);

    assertThat(child.value("drawsFromItsSeed")).isEqualTo("FAILED");
    assertThat(String.join(" ", child.values("drawsFromItsSeed.message"))).contains("guard");
  }
}
