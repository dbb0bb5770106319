package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.guard.Scan.Place;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Certainty;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
  @TempDir
  private Path folder;

  /** What is scanned; it never runs. */
  static final class Sources {
    private Sources() {}

    static Random unseeded() {
      return new Random();
    }

    static Random seeded() {
      return new Random(1);
    }

    static Random seededByTheClock() {
      return new Random(System.nanoTime());
    }

    static void order(List<Integer> list) {
      Collections.shuffle(list);
      list.parallelStream().forEach(i -> {});
    }
  }

  private static byte[] sources() throws IOException {
    try (InputStream in = ScanTest.class.getResourceAsStream("ScanTest$Sources.class")) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }

  private Path jar(String name, byte[]... classes) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("README.txt"));
      for (int i = 0; i < classes.length; i++) {
        zip.putNextEntry(new ZipEntry("p/C" + i + ".class"));
        zip.write(classes[i]);
      }
    }
    return jar;
  }

  @Test
  void namesTheLinesOfAJar() throws IOException {
    Scan scan = Scan.of(jar("sources.jar", sources()));
    Place place = scan.places().get(0);
    assertThat(place.classes()).isOne();
    assertThat(place.unread()).isZero();
    assertThat(place.findings())
        .extracting(finding -> finding.kind() + " " + finding.api() + " " + finding.method())
        .containsExactly(
            "SEED_FROM_CLOCK new Random(clock) seededByTheClock",
            "UNSEEDED_RANDOM Collections.shuffle(list) order",
            "UNSEEDED_RANDOM new Random() unseeded",
            "PARALLEL_ORDER Collection.parallelStream() order",
            "CLOCK System.nanoTime() seededByTheClock");
    assertThat(place.findings()).extracting(Finding::line).doesNotContain(0);
    assertThat(scan.explain())
        .startsWith(
            "3 certain defects and 1 risk in 1 class of 1 jar or folder; clocks, inputs and the like:"
                + " 1 place.\n\nsources.jar: 3 certain defects, 1 risk\n  seed from the clock: ")
        .contains(
            "\n  unseeded generator: new Random()\n    dev.stet.guard.ScanTest$Sources.unseeded(ScanTest.java:");
  }

  @Test
  void readsAFolderAsItReadsAJar() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes/p"));
    Files.write(classes.resolve("Sources.class"), sources());
    assertThat(Scan.of(folder.resolve("classes")).places().get(0).findings())
        .isEqualTo(Scan.of(jar("sources.jar", sources())).places().get(0).findings());
  }

  @Test
  void putsThePlaceWithMostDefectsFirst() throws IOException {
    Path one = jar("one.jar", sources());
    Path none = jar("none.jar");
    Path two = jar("two.jar", sources(), sources());
    assertThat(Scan.of(none, one, two).places())
        .extracting(Place::path)
        .containsExactly(two, one, none);
    assertThat(Scan.of(two).places().get(0).count(Certainty.DEFECT)).isEqualTo(6);
  }

  @Test
  void countsClassesThatItCannotRead() throws IOException {
    byte[] newer = sources();
    newer[7] = 120;
    Scan scan = Scan.of(jar("broken.jar", new byte[] {1, 2, 3}, newer));
    assertThat(scan.places().get(0).unread()).isEqualTo(2);
    assertThat(scan.explain())
        .startsWith("0 certain defects and 0 risks in 2 classes of 1 jar or folder")
        .contains("of a newer format than is known:\n  2 classes of ");
  }

  @Test
  void refusesWhatIsNoPlaceOfClasses() throws IOException {
    Path missing = folder.resolve("missing.jar");
    assertThatThrownBy(() -> Scan.of(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no " + missing + " to scan. Give jars and folders of classes.");
    Path text = Files.writeString(folder.resolve("text.txt"), "text");
    assertThatThrownBy(() -> Scan.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot scan " + text + ": ");
  }

  @Test
  void findsTheGeneratorOfARealLibrary() throws URISyntaxException {
    Path libsvm = Path.of(
        libsvm.svm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(Scan.of(libsvm).places().get(0).findings())
        .filteredOn(finding -> finding.kind() == Finding.Kind.UNSEEDED_RANDOM)
        .extracting(Finding::place)
        .containsExactly("libsvm.svm.<clinit>(svm.java:1298)");
  }

  @Test
  void looksAtItsOwnClassPathButNotAtStet() {
    assertThat(Scan.ofClassPath().places())
        .extracting(place -> place.path().getFileName().toString())
        .anyMatch(name -> name.startsWith("libsvm"))
        .noneMatch(name -> name.startsWith("stet-core"));
  }
}
