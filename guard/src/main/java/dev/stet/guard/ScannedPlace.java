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
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The call sites of one jar or folder, by the rewriter whose classes nobody takes. */
final class ScannedPlace {
  private static final String CLASS = ".class";
  private static final String JAR = ".jar";
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
  private int rewritten;
  private int jars;

  private ScannedPlace() {}

  /** Looks at all of it. */
  static Scan.Place of(Path path) throws IOException {
    ScannedPlace place = new ScannedPlace();
    if (Files.isDirectory(path)) {
      place.folder(path.toRealPath());
    } else {
      place.jar(path);
    }
    List<Finding> findings = new ArrayList<>();
    place.counts.forEach((finding, count) -> findings.add(finding.withCount(count)));
    findings.sort(WORST_FIRST);
    return new Scan.Place(path, place.classes, place.unread, findings, place.limits());
  }

  /** One of which nothing can be read. */
  static Scan.Place unreadable(Path path, IOException why) {
    return new Scan.Place(path, 0, 0, List.of(), List.of("it cannot be read: " + why.getMessage()));
  }

  private List<String> limits() {
    List<String> limits = new ArrayList<>();
    if (classes == 0) {
      limits.add("it has no class");
    }
    if (jars > 0) {
      limits.add(ScanPage.count(jars, "jar", "jars")
          + " inside: give what is in a jar on its own, and" + " the jars of a folder one by one");
    }
    if (rewritten > 0) {
      limits.add(ScanPage.count(rewritten, "class", "classes")
          + " that the guard made or rewrote: scan what they were made of");
    }
    return limits;
  }

  private void folder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(CLASS)) {
          look(() -> Files.readAllBytes(file));
        } else if (file.toString().endsWith(JAR)) {
          jars++;
        }
      }
    }
  }

  /** As a JVM of this version reads it: of a class with several versions, the one that it would take. */
  private void jar(Path path) throws IOException {
    try (JarFile jar =
        new JarFile(path.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion())) {
      for (JarEntry entry : jar.versionedStream().toList()) {
        String name = entry.getName();
        if (name.endsWith(JAR)) {
          jars++;
        } else if (name.endsWith(CLASS) && !name.startsWith("META-INF/")) {
          look(() -> {
            try (InputStream in = jar.getInputStream(entry)) {
              return in.readAllBytes();
            }
          });
        }
      }
    }
  }

  /** Reads one class. */
  private interface Reading {
    byte[] bytes() throws IOException;
  }

  private void look(Reading reading) {
    classes++;
    try {
      byte[] bytes = reading.bytes();
      switch (REWRITER.filter().ask(bytes)) {
        case MAYBE -> REWRITER.rewrite(bytes, this::site);
        case REWRITTEN -> rewritten++;
        case NO -> {}
      }
    } catch (IOException | RuntimeException | LinkageError e) {
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
