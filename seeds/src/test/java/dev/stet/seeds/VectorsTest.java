package dev.stet.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The numbers that never change: the committed vectors are what this JVM yields, and what the script yields. */
class VectorsTest {
  private static final Path DOCS =
      Path.of(System.getProperty("basedir", "."), "..", "docs").normalize();
  private static final Path FILE = DOCS.resolve("seeds-vectors.json");

  @Test
  @Tag("golden")
  void areWhatTheSchemeYields() throws IOException {
    assertThat(Vectors.json().lines().toList())
        .as("scheme v1 is frozen: correct the code, never this file")
        .isEqualTo(Files.readAllLines(FILE));
  }

  @Test
  void areWhatTheScriptInTheDocumentsYields() throws Exception {
    assumeTrue(hasPython(), "python3 is not on the PATH");
    Process process = new ProcessBuilder(
            "python3", DOCS.resolve("seeds.py").toString(), FILE.toString())
        .redirectErrorStream(true)
        .start();
    String output = new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("21 seeds and 52 runs: all equal");
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", "--version").redirectErrorStream(true).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
