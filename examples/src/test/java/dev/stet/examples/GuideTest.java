package dev.stet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code in the guide is compiled here, and output is what that code prints. */
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/guide");

  static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.list(GUIDE)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Page page(String name) throws IOException {
    return Page.of("docs/guide/" + name);
  }

  /** All sources of this module, without blanks at the ends of lines. */
  private static String sources() throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    return String.join("\n", sources).replaceAll("(?m) +$", "");
  }

  /** Blocks stand at the margin, and in the sources at the depth of a member or of a statement, also within a try. */
  private static boolean holds(String sources, String block) {
    return Stream.of(0, 2, 4, 6)
        .anyMatch(depth -> sources.contains(block.indent(depth).replaceAll("(?m) +$", "")));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void codeIsWhatIsCompiledHere(String name) throws IOException {
    String sources = sources();
    assertThat(page(name).blocks("java")).allMatch(block -> holds(sources, block));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFilesThatAreThere(String name) throws IOException {
    assertThat(page(name).links())
        .allSatisfy(link -> assertThat(GUIDE.resolve(link)).exists());
  }

  @Test
  void boundsPrintWhatIsShown() throws IOException {
    shows("4-bounds.md", Page.printedBy(() -> Example04Bounds.main(new String[0])));
  }

  @Test
  void theOtherComparisonsPrintWhatIsShown() throws IOException {
    shows("5-beyond-a-baseline.md", Page.printedBy(() -> Example05Beyond.main(new String[0])));
  }

  @Test
  void theNightPrintsWhatIsShown(@TempDir Path directory) throws IOException {
    shows("6-unattended-studies.md", Page.printedBy(() -> Example06Night.show(directory)));
  }

  private static void shows(String page, String printed) throws IOException {
    assertThat(page(page).blocks("java")).hasSizeGreaterThan(2);
    assertThat(page(page).blocks("text")).isNotEmpty();
    String same = Page.onAnyMachine(printed);
    assertThat(page(page).blocks("text"))
        .allSatisfy(block -> assertThat(same).contains(Page.onAnyMachine(block)));
  }
}
