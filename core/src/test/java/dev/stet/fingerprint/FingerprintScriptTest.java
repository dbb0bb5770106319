package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that people without a JVM use must agree with us about every digest. */
class FingerprintScriptTest {
  private static final Path SCRIPT =
      Path.of("..", "docs", "fingerprint.py").toAbsolutePath().normalize();

  @TempDir
  Path folder;

  @BeforeEach
  void needsPython() {
    assumeThat(hasPython()).as("python3 is on the PATH").isTrue();
    assertThat(SCRIPT).exists();
  }

  private static boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "--version")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String run(Path... files) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString()));
    for (Path file : files) {
      command.add(file.getFileName().toString());
    }
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output.replace("\r\n", "\n") + "exit " + process.waitFor();
  }

  @Test
  void agreesOnAllTagsAndManyNumbers() throws Exception {
    Path sample = Files.writeString(
        folder.resolve("sample.json"), FingerprintTest.sample().toJson());
    Fingerprint many =
        FingerprintTest.sample().with(Facet.CONFIG, CanonicalForm.of(Map.of("numbers", numbers())));
    Path numbers = Files.writeString(folder.resolve("numbers.json"), many.toJson());
    assertThat(run(sample, numbers)).isEqualTo("sample.json: ok\nnumbers.json: ok\nexit 0");
  }

  private static Map<String, Object> numbers() {
    SplittableRandom random = new SplittableRandom(42);
    Map<String, Object> numbers = new TreeMap<>();
    for (int i = 0; i < 3000; i++) {
      double scaled = (random.nextDouble() - 0.5) * StrictMath.pow(10, random.nextInt(-12, 26));
      numbers.put("scaled" + i, scaled);
      numbers.put("bits" + i, Double.longBitsToDouble(random.nextLong()));
      numbers.put("whole" + i, (double) random.nextInt());
      numbers.put("long" + i, random.nextLong());
    }
    return numbers;
  }

  @Test
  void namesTheFacetThatWasAltered() throws Exception {
    String altered = FingerprintTest.sample().toJson().replace("17.0.15", "25.0.3");
    assertThat(run(Files.writeString(folder.resolve("altered.json"), altered)))
        .startsWith("altered.json: facet runtime differs: computed ")
        .contains("stored " + FingerprintTest.sample().form(Facet.RUNTIME).digest())
        .endsWith("exit 1");
  }
}
