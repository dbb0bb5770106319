package dev.stet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other tools read a ledger as it is. */
class InteropTest {
  @TempDir
  Path folder;

  @BeforeEach
  void writeRuns() {
    try (Ledger ledger = Ledger.open(folder)) {
      for (int i = 0; i < 5; i++) {
        Samples.complete(ledger, i, 0.25 * i);
      }
      ledger
          .begin(Samples.start(7))
          .failed(
              RunFailure.of(new IllegalStateException("quote \" and \u00e9")),
              Samples.trace(Double.NaN),
              Samples.DURATION);
      ledger.begin(Samples.start(8).withStudy("night"));
    }
  }

  private List<String> python(String script) throws Exception {
    Path output = folder.resolve("output.txt");
    Path file = folder.resolve("script.py");
    try (InputStream source = InteropTest.class.getResourceAsStream(script)) {
      Files.write(file, source.readAllBytes());
    }
    Process process;
    try {
      process = new ProcessBuilder(
              "python3", file.toString(), folder.resolve("segments").toString())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      assumeThat(false).as("python3 is installed").isTrue();
      throw e;
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }

  @Test
  void pythonReadsTheLinesAndTheirChecksums() throws Exception {
    assertThat(python("lines.py"))
        .containsExactly(
            "lines 13",
            "checksums right 13",
            "completed 5 failed 1 running 7",
            "best 1.0 seed 4 rate 0.1 after 1.5 s",
            "failed java.lang.IllegalStateException: quote \" and \u00e9, accuracy {'$number': 'NaN'}");
  }

  @Test
  void pandasReadsASegmentAsItIs() throws Exception {
    List<String> lines = python("frame.py");
    assumeThat(lines).as("pandas is installed").doesNotContain("no pandas");
    assertThat(lines).containsExactly("rows 13", "ended 6", "best 1.0 seed 4");
  }
}
