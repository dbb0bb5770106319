package dev.stet.fingerprint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a jar or a class folder holds: a digest that is the same for both when they hold the same, the classes they
 * name, and the coordinates they carry.
 *
 * @param digest SHA-256 over the sorted names and bytes of the files, without what a build adds to a jar
 * @param named internal names of the classes that its classes name and that it does not hold
 * @param packed how many files count
 * @param poms the versions in its Maven descriptors by coordinates
 * @param attributes the main attributes of its manifest
 */
record Content(
    String digest,
    Set<String> named,
    int packed,
    TreeMap<String, String> poms,
    TreeMap<String, String> attributes) {

  private static final int TEXT = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;

  /** Reads the content of a jar or a folder, as far as the names of its files pass. */
  static Content of(Path place, Predicate<String> counts) throws IOException {
    if (Files.isDirectory(place)) {
      return ofFolder(place, counts);
    }
    Reading reading = new Reading(counts);
    try (ZipFile jar = new ZipFile(place.toFile())) {
      TreeMap<String, ZipEntry> entries = new TreeMap<>();
      for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), entry);
        }
      }
      for (ZipEntry entry : entries.values()) {
        try (InputStream in = jar.getInputStream(entry)) {
          reading.file(entry.getName(), in);
        }
      }
    }
    return reading.content();
  }

  private static Content ofFolder(Path folder, Predicate<String> counts) throws IOException {
    TreeMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
    }
    Reading reading = new Reading(counts);
    for (var file : files.entrySet()) {
      try (InputStream in = Files.newInputStream(file.getValue())) {
        reading.file(file.getKey(), in);
      }
    }
    return reading.content();
  }

  /** Files that a build writes into a jar, and which say nothing of what it does. */
  private static boolean isPackaging(String name) {
    return name.startsWith("META-INF/") && isPackagingFile(name);
  }

  private static boolean isPackagingFile(String name) {
    return name.equals("META-INF/MANIFEST.MF")
        || name.equals("META-INF/INDEX.LIST")
        || name.startsWith("META-INF/maven/")
        || name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
  }

  private static final class Reading {
    private final Predicate<String> counts;
    private final FramedDigest digest = new FramedDigest();
    private final Set<String> named = new HashSet<>();
    private final Set<String> held = new HashSet<>();
    private final TreeMap<String, String> poms = new TreeMap<>();
    private final TreeMap<String, String> attributes = new TreeMap<>();
    private int packed;

    Reading(Predicate<String> counts) {
      this.counts = counts;
    }

    void file(String name, InputStream in) throws IOException {
      if (isPackaging(name)) {
        packaging(name, in);
      } else if (counts.test(name)) {
        packed++;
        byte[] bytes = in.readAllBytes();
        digest.text(name).bytes(bytes);
        if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
          held.add(name.substring(0, name.length() - ".class".length()));
          named(bytes, named);
        }
      }
    }

    private void packaging(String name, InputStream in) throws IOException {
      if (name.endsWith("/pom.properties")) {
        Properties pom = new Properties();
        pom.load(in);
        poms.put(
            pom.getProperty("groupId") + ":" + pom.getProperty("artifactId"),
            pom.getProperty("version", ""));
      } else if (name.equals("META-INF/MANIFEST.MF")) {
        Attributes main = new Manifest(in).getMainAttributes();
        main.forEach((key, value) -> attributes.put(key.toString(), value.toString()));
      }
    }

    Content content() {
      named.removeAll(held);
      return new Content(
          digest.hex(), Collections.unmodifiableSet(named), packed, poms, attributes);
    }
  }

  /** Adds the classes in a class file's constant pool; what is not a class file, or of a future format, adds none. */
  static void named(byte[] classFile, Set<String> names) {
    ByteBuffer in = ByteBuffer.wrap(classFile);
    if (classFile.length < 10 || in.getInt(0) != 0xCAFEBABE) {
      return;
    }
    int size = in.getShort(8) & 0xFFFF;
    int[] texts = new int[size];
    int[] classes = new int[size];
    int found = 0;
    int at = 10;
    for (int i = 1; i < size && at < classFile.length - 3; i++) {
      int tag = in.get(at);
      int next = at + length(tag, in, at);
      if (next == at || next > classFile.length) {
        return;
      }
      if (tag == TEXT) {
        texts[i] = at;
      } else if (tag == CLASS) {
        classes[found++] = in.getShort(at + 1) & 0xFFFF;
      } else if (tag == LONG || tag == DOUBLE) {
        i++;
      }
      at = next;
    }
    for (int i = 0; i < found; i++) {
      int start = texts[classes[i]];
      String name =
          new String(classFile, start + 3, in.getShort(start + 1) & 0xFFFF, StandardCharsets.UTF_8);
      if (!name.startsWith("[") && !name.startsWith("java/")) {
        names.add(name);
      }
    }
  }

  /** Java Virtual Machine Specification, table 4.4-B; 0 for a tag that is not in it. */
  private static int length(int tag, ByteBuffer in, int at) {
    return switch (tag) {
      case TEXT -> 3 + (in.getShort(at + 1) & 0xFFFF);
      case CLASS, 8, 16, 19, 20 -> 3;
      case 15 -> 4;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
      case LONG, DOUBLE -> 9;
      default -> 0;
    };
  }
}
