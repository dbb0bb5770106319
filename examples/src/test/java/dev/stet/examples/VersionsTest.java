package dev.stet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bill of materials has no parent, so nothing but this holds its version to ours. */
class VersionsTest {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  private static String firstVersionIn(String file) throws IOException {
    Matcher version = VERSION.matcher(Files.readString(Path.of("..").resolve(file)));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  void theBillOfMaterialsAndTheReadmeNameTheVersionOfTheBuild() throws IOException {
    String version = firstVersionIn("pom.xml");
    assertThat(firstVersionIn("bom/pom.xml")).isEqualTo(version);
    assertThat(Files.readString(Path.of("../README.md")))
        .contains("<artifactId>stet-core</artifactId>\n      <version>" + version + "</version>");
  }

  @Test
  void theBillOfMaterialsHoldsEveryPublishedModule() throws IOException {
    String bom = Files.readString(Path.of("../bom/pom.xml"));
    assertThat(bom)
        .contains("<artifactId>stet-seeds</artifactId>", "<artifactId>stet-core</artifactId>");
  }
}
