package dev.stet.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.junit.demo.Demos;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The other tests of this module once more, under JUnit 6 and in a JVM of their own. */
class JUnit6Test {
  private static final List<Class<?>> TESTS = List.of(
      ReplayableTest.class,
      BitForBitTest.class,
      GuardedTest.class,
      BaselineFileTest.class,
      PageTest.class,
      Demos.MEAN_BY_SGD);

  @TempDir
  Path folder;

  /** Where the build has put the jars of JUnit 6. */
  private static List<String> jars() throws IOException {
    Path jars = Path.of(System.getProperty("stet.test.junit6", "target/junit-6"));
    try (Stream<Path> all = Files.list(jars)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  private static LauncherDiscoveryRequest request() {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(TESTS.stream().map(DiscoverySelectors::selectClass).toList())
        .build();
  }

  @Test
  void everyTestPassesUnderJUnit6() throws Exception {
    List<String> classPath = new ArrayList<>(jars());
    assertThat(classPath).hasSize(6);
    Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"))
        .forEach(classPath::add);
    List<String> line = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        String.join(File.pathSeparator, classPath),
        SixMain.class.getName()));
    TESTS.forEach(test -> line.add(test.getName()));
    Path output = folder.resolve("output.txt");
    Process process = new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as(printed).isZero();
    long tests =
        LauncherFactory.create().discover(request()).countTestIdentifiers(TestIdentifier::isTest);
    assertThat(printed).contains("JUnit 6.").contains(": " + tests + " of " + tests);
  }
}
