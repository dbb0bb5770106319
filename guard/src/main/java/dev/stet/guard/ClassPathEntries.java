package dev.stet.guard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The jars and folders of a class path that are there, and those that the manifests of its jars add. */
final class ClassPathEntries {
  private ClassPathEntries() {}

  static Set<Path> of(String classPath) {
    Set<Path> found = new LinkedHashSet<>();
    Deque<Path> left = new ArrayDeque<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        left.add(Path.of(entry));
      }
    }
    while (!left.isEmpty()) {
      Path entry = left.removeFirst();
      if (Files.exists(entry) && found.add(entry) && Files.isRegularFile(entry)) {
        named(entry).forEach(left::addLast);
      }
    }
    return found;
  }

  private static List<Path> named(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String names = manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      List<Path> all = new ArrayList<>();
      for (StringTokenizer each = new StringTokenizer(names == null ? "" : names);
          each.hasMoreTokens(); ) {
        all.add(Path.of(jar.toUri().resolve(each.nextToken())));
      }
      return all;
    } catch (IOException | IllegalArgumentException e) {
      return List.of(); // whoever reads the jar itself says what is wrong with it
    }
  }
}
