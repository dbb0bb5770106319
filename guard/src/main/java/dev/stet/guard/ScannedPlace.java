package dev.stet.guard;

import dev.stet.guard.Rule.Action;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Treatment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The call sites of one jar or folder, by the rewriter whose classes nobody takes. */
final class ScannedPlace {
  private static final String CLASS = ".class";
  private static final Rewriter REWRITER = new Rewriter(new Rewriter.Switches(false, false));

  private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::certainty)
      .thenComparing(Finding::kind)
      .thenComparing(Finding::api)
      .thenComparing(Finding::className)
      .thenComparingInt(Finding::line)
      .thenComparing(Finding::method);

  private final Map<Finding, Long> counts = new LinkedHashMap<>();
  private int classes;
  private int unread;

  private ScannedPlace() {}

  static Scan.Place of(Path path) {
    ScannedPlace place = new ScannedPlace();
    try {
      if (Files.isDirectory(path)) {
        place.folder(path);
      } else {
        place.jar(path);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot scan " + path + ": " + e.getMessage() + ". Give jars and folders of classes.", e);
    }
    List<Finding> findings = new ArrayList<>();
    place.counts.forEach((finding, count) -> findings.add(finding.withCount(count)));
    findings.sort(WORST_FIRST);
    return new Scan.Place(path, place.classes, place.unread, findings);
  }

  private void folder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files.filter(one -> one.toString().endsWith(CLASS)).sorted().toList()) {
        look(Files.readAllBytes(file));
      }
    }
  }

  private void jar(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries = zip.stream()
          .filter(entry -> entry.getName().endsWith(CLASS))
          // Other versions of the same classes, for newer JDKs.
          .filter(entry -> !entry.getName().startsWith("META-INF/"))
          .toList();
      for (ZipEntry entry : entries) {
        try (InputStream in = zip.getInputStream(entry)) {
          look(in.readAllBytes());
        }
      }
    }
  }

  private void look(byte[] bytes) {
    classes++;
    try {
      if (REWRITER.filter().ask(bytes) == Prefilter.Answer.MAYBE) {
        REWRITER.rewrite(bytes, this::site);
      }
    } catch (RuntimeException | LinkageError e) {
      unread++;
    }
  }

  private Site site(
      String key, String className, String method, String file, int line, Rule rule, boolean told) {
    if (told && rule.action() != Action.WRAP && rule.action() != Action.TELL) {
      Finding finding = new Finding(
          rule.kind(),
          Treatment.OBSERVED,
          rule.api(),
          className,
          method,
          file,
          line,
          1,
          rule.remedy());
      counts.merge(finding, 1L, Long::sum);
    }
    return Site.of(0, key, className, method, file, line, rule, told);
  }
}
