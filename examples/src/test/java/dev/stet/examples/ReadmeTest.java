package dev.stet.examples;

import static dev.stet.examples.Page.onAnyMachine;
import static dev.stet.examples.Page.printedBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Code and output in the README are what the examples hold and print. */
class ReadmeTest {
  private static Page readme() throws IOException {
    return Page.of("README.md");
  }

  private static List<String> blocks(String kind) throws IOException {
    return readme().blocks(kind);
  }

  @Test
  void theFirstBlockHoldsTwoCommandsTheMainJobAndTheTests() throws IOException {
    String first = readme().text().split("```", 3)[1];
    assertThat(first)
        .isEqualTo("sh\nmvn -q compile -pl examples -am -Dexample=Example01Digits\nmvn verify\n");
  }

  @Test
  void theFirstProgramIsOneThatIsCompiledHere() throws IOException {
    String source = Files.readString(Path.of("src/main/java/dev/stet/examples/First.java"));
    String bare = source
        .replace("package dev.stet.examples;\n\n", "")
        .replaceAll("(?s) *(?<!\\S)/\\*\\*.*?\\*/\n", "");
    assertThat(blocks("java").get(0)).isEqualTo(bare);
  }

  @Test
  void theTestIsOneThatRunsHere() throws IOException {
    assertThat(Files.readString(Path.of("src/test/java/dev/stet/examples/DigitsTest.java")))
        .contains(blocks("java").get(1));
  }

  @Test
  void theFirstProgramPrintsWhatIsShown() throws IOException {
    String printed = printedBy(() -> First.main(new String[0]));
    assertThat(onAnyMachine(blocks("text").get(0))).isEqualTo(onAnyMachine(printed));
  }

  @Test
  void theMainJobPrintsWhatIsShown() throws IOException {
    assertThat(onAnyMachine(blocks("text").get(1)))
        .isEqualTo(onAnyMachine(printedBy(Example01Digits::show)));
  }

  @Test
  void theLibraryWithAPoolPrintsWhatIsShown() throws IOException {
    String printed = printedBy(Example03Jenetics::show);
    assertThat(printed)
        .contains("rastrigin-jenetics did not rerun bit for bit")
        .endsWith(
            "rastrigin-jenetics reran identical in 5 of 5: 31 records, bit for bit, seed 42.\n");
    assertThat(blocks("text").get(2).lines().toList())
        .contains(printed.lines().reduce((a, b) -> b).orElseThrow());
  }

  @Test
  void tribuoRerunsIdentical() {
    assertThat(printedBy(Example02Tribuo::show))
        .endsWith("digits-tribuo reran identical in 3 of 3: 2 records, bit for bit, seed 42.\n");
  }

  @Test
  void theNightIsThatOfTheGuideWhoseTestRunsIt() throws IOException {
    Page guide = Page.of("docs/guide/6-unattended-studies.md");
    assertThat(guide.blocks("java")).contains(blocks("java").get(2));
    assertThat(guide.blocks("text")).contains(blocks("text").get(3));
  }

  @Test
  void linksLeadToFilesThatAreThere() throws IOException {
    for (String link : readme().links()) {
      assertThat(Path.of("..", link)).exists();
    }
  }
}
