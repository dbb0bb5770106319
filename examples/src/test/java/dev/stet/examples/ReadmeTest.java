package dev.stet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Code and output in the README are what the examples hold and print. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern MACHINE = Pattern.compile(
      "(?m)^(  (?:experiment|code|dependencies|runtime|hardware|settings|source) ).*$|^(fingerprint ).*$"
          + "|^  \\S+ (?:\\S+ )?not captured: .*\n");
  private static final Pattern CHANGES =
      Pattern.compile("  The fingerprints differ in:(?:.*\n)+?(?=\n|$)");

  /** A bug of chance gives other numbers each time; the place where it shows is the same. */
  private static final Pattern CHANCE = Pattern.compile("(?m)^(    (?:first run|rerun|apart) ).*$");

  private static String readme() throws IOException {
    return Files.readString(Path.of("../README.md"));
  }

  private static List<String> blocks(String kind) throws IOException {
    List<String> blocks = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(readme()); block.find(); ) {
      if (block.group(1).equals(kind)) {
        blocks.add(block.group(2));
      }
    }
    return blocks;
  }

  private static String printedBy(Consumer<PrintStream> example) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    example.accept(out);
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static String onAnyMachine(String text) {
    String same = MACHINE.matcher(text).replaceAll("$1$2");
    same = CHANGES.matcher(same).replaceAll("");
    return CHANCE.matcher(same).replaceAll("$1");
  }

  @Test
  void theFirstBlockHoldsTwoCommandsTheMainJobAndTheTests() throws IOException {
    String first = readme().split("```", 3)[1];
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
    PrintStream before = System.out;
    String printed;
    try {
      printed = printedBy(out -> {
        System.setOut(out);
        First.main(new String[0]);
      });
    } finally {
      System.setOut(before);
    }
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
  void linksLeadToFilesThatAreThere() throws IOException {
    for (Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme()); link.find(); ) {
      assertThat(Path.of("..", link.group(1))).exists();
    }
  }
}
