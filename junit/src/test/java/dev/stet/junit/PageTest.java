package dev.stet.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.junit.demo.Demos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code on the page is compiled here, and its failures are those of the demo. */
@SuppressWarnings("try") // properties that are there to be undone
class PageTest {
  private static final Path PAGE = Path.of("../docs/junit.md");
  private static final Path DEMO = Path.of("src/test/java/dev/stet/junit/demo");

  /** What is of one machine, one seed, or one moment. */
  private static final Pattern CHANCE = Pattern.compile(
      "(?m)^(    (?:first run|rerun|apart) ).*$|0x[0-9a-f]{32}|trace [0-9a-f]{8}|(expected: |but was: ).*"
          + "| -pl junit -am -Dsurefire.failIfNoSpecifiedTests=false");

  @TempDir
  Path folder;

  private static List<String> blocks(String language) throws IOException {
    Matcher matcher = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  private static String anywhere(String text) {
    return CHANCE.matcher(text).replaceAll("$1$2").replaceAll("(?m)[ ]+$", "").strip();
  }

  @Test
  void codeIsThatOfTheDemo() throws IOException {
    String demo = Files.readString(DEMO.resolve("MeanBySgdTest.java"))
        + Files.readString(DEMO.resolve("Broken.java"));
    String without = demo.replaceAll("(?m)^[ ]+|[ ]+$", "");
    assertThat(blocks("java")).hasSizeGreaterThan(3).allSatisfy(block -> {
      Pattern.compile("\n\n")
          .splitAsStream(block)
          .forEach(part -> assertThat(without).contains(part.replaceAll("(?m)^[ ]+|[ ]+$", "")));
    });
  }

  @Test
  void failuresAreThoseOfTheDemo() throws IOException {
    try (Properties properties = new Properties()
        .without("stet.seed")
        .with("stet.ci", "false")
        .with("stet.failing-seeds", folder.toString())) {
      Launched broken = Launched.of(Demos.BROKEN);
      String failures =
          anywhere(broken.message("sumsHaveNoOrder") + "\n" + broken.message("trainsWithNoise"));
      assertThat(blocks("text"))
          .hasSize(2)
          .allSatisfy(block -> assertThat(failures).contains(anywhere(block)));
    }
  }

  @Test
  void linksLeadToFilesThatAreThere() throws IOException {
    Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(PAGE));
    while (links.find()) {
      assertThat(PAGE.resolveSibling(links.group(1))).exists();
    }
  }
}
