package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.guard.Scan.Place;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Certainty;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
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
  void saysWhatItHasNotLookedAt() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.move(jar("bad.jar", sources()), lib.resolve("bad.jar"));
    Path built = Files.createDirectories(folder.resolve("built"));
    Files.write(built.resolve("Sources.class"), sources());
    GuardBuild.rewrite(built, built, new Rewriter.Switches(false, false));

    assertThat(Scan.of(lib).places().get(0).limits())
        .containsExactly(
            "it has no class",
            "1 jar inside: give what is in a jar on its own, and the jars of a folder one by one");
    assertThat(Scan.of(built).places().get(0).limits())
        .containsExactly("2 classes that the guard made or rewrote: scan what they were made of");
    assertThat(Scan.of(lib).explain())
        .contains("\n\nNot looked at:\n  " + lib + ": it has no class");
    assertThat(Scan.of(jar("good.jar", sources())).explain()).doesNotContain("Not looked at");
  }

  @Test
  void readsTheVersionsThatThisJvmWouldTake() throws IOException {
    Path jar = folder.resolve("versions.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(file, manifest)) {
      zip.putNextEntry(new ZipEntry("META-INF/versions/11/p/Sources.class"));
      zip.write(sources());
      zip.putNextEntry(new ZipEntry("META-INF/versions/99/p/Later.class"));
      zip.write(sources());
    }
    assertThat(Scan.of(jar).places().get(0).classes()).isEqualTo(1);
    assertThat(Scan.of(jar).places().get(0).count(Certainty.DEFECT)).isEqualTo(3);
  }

  @Test
  void followsALinkAndPassesOverWhatOnlyHasTheNameOfAClass() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Files.createDirectories(classes.resolve("odd.class"));
    Files.write(classes.resolve("Sources.class"), sources());
    Path link = Files.createSymbolicLink(folder.resolve("link"), classes);

    assertThat(Scan.of(link).places().get(0).classes()).isEqualTo(1);
    assertThat(Scan.of(link).places().get(0).count(Certainty.DEFECT)).isEqualTo(3);
  }

  @Test
  void oneEntryThatCannotBeReadHidesNoOther() throws IOException {
    Path jar = jar("torn.jar", sources(), sources());
    byte[] bytes = Files.readAllBytes(jar);
    for (int i = 0; i < 20; i++) {
      bytes[200 + i] ^= 0x55; // in the packed bytes of the first class
    }
    Files.write(jar, bytes);

    assertThat(Scan.of(jar).places().get(0).classes()).isEqualTo(2);
    assertThat(Scan.of(jar).places().get(0).unread()).isEqualTo(1);
    assertThat(Scan.of(jar).places().get(0).count(Certainty.DEFECT)).isEqualTo(3);
  }

  @Test
  void aClassPathHasWhatItsJarsNameAndMayHaveWhatCannotBeRead() throws IOException {
    Path named = jar("named.jar", sources());
    Path text = Files.writeString(folder.resolve("text.txt"), "text");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "named.jar missing.jar");
    Path naming = folder.resolve("naming.jar");
    try (OutputStream file = Files.newOutputStream(naming);
        JarOutputStream zip = new JarOutputStream(file, manifest)) {
      zip.finish();
    }
    ChildJvm child = ChildJvm.runIn(
        System.getProperty("java.class.path")
            + File.pathSeparator
            + naming
            + File.pathSeparator
            + text,
        ChildJvm.java(),
        List.of(),
        Scan.class.getName());

    assertThat(child.exit()).as("%s", child.lines()).isZero();
    assertThat(child.lines())
        .contains("named.jar: 3 certain defects, 1 risk")
        .anyMatch(line -> line.startsWith("  " + text + ": it cannot be read: "));
    assertThat(named).exists();
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
