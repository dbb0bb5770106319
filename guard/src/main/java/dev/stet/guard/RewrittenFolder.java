package dev.stet.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of classes, or a jar seen as one, whose classes are rewritten in place. */
final class RewrittenFolder {
  private static final String CLASS = ".class";
  private static final String JAR = ".jar";

  private final Path root;
  private final Rewriter.Switches switches;
  private final Rewriter rewriter;
  private final boolean ours;
  private final List<Path> waiting = new ArrayList<>();
  private final List<Path> plain = new ArrayList<>();
  private int classes;
  private int jars;
  private int before;
  private int rewritten;
  private int newer;
  private int failed;

  private RewrittenFolder(Path root, Rewriter.Switches switches, boolean ours) {
    this.root = root;
    this.switches = switches;
    this.rewriter = new Rewriter(switches);
    this.ours = ours;
  }

  /**
   * Rewrites what is not rewritten yet.
   *
   * @param place the folder or jar as a class loader names it
   * @return what was done, in words
   * @throws IllegalArgumentException if some is rewritten already, with other switches; nothing is changed then
   */
  static String of(Path root, String place, Rewriter.Switches switches) throws IOException {
    boolean ours = Transformer.isOurPlace(place)
        || Files.exists(root.resolve("dev/stet/spi/TrialWatcher" + CLASS))
        || Files.exists(root.resolve(Table.RUNTIME + CLASS));
    RewrittenFolder folder = new RewrittenFolder(root, switches, ours);
    folder.look();
    folder.rewrite();
    return folder.words();
  }

  /** The name of a file while it is written. */
  static Path unfinished(Path file) {
    return file.resolveSibling(
        file.getFileName() + "." + ProcessHandle.current().pid() + ".unfinished");
  }

  private void look() throws IOException {
    BuildMarker marker = marker();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted().toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        jars += name.endsWith(JAR) ? 1 : 0;
        if (name.endsWith(CLASS) && !name.endsWith(SiteConstants.SUFFIX + CLASS)) {
          classes++;
          look(file, name.substring(0, name.length() - CLASS.length()));
        }
      }
    }
    if (before > 0 && marker != null && !marker.switches().equals(switches)) {
      throw new IllegalArgumentException("classes here are rewritten already, with "
          + words(marker.switches()) + ", and cannot be rewritten again with " + words(switches)
          + ". Give the same switches, or compile the classes anew first.");
    }
  }

  private static String words(Rewriter.Switches switches) {
    String strict = switches.strict() ? "--strict" : "";
    String linked = switches.linked() ? "--linked" : "";
    String both = (strict + " " + linked).strip();
    return both.isEmpty() ? "no switches" : both;
  }

  private @Nullable BuildMarker marker() throws IOException {
    Path file = root.resolve(BuildMarker.PATH);
    return Files.exists(file) ? BuildMarker.parse(Files.readString(file), file.toString()) : null;
  }

  private void look(Path file, String name) throws IOException {
    if (Transformer.isOurs(name, null) || (ours && Transformer.isNamedAsOurs(name))) {
      return;
    }
    Prefilter.Answer answer;
    try {
      answer = rewriter.filter().ask(Files.readAllBytes(file));
    } catch (RuntimeException e) {
      failed++; // no class: what reads it next will say so
      return;
    }
    switch (answer) {
      case MAYBE -> waiting.add(file);
      case REWRITTEN -> before++;
      case NO -> plain.add(file);
    }
  }

  /** The class of the numbers of a class. */
  private static Path beside(Path file) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(
        name.substring(0, name.length() - CLASS.length()) + SiteConstants.SUFFIX + CLASS);
  }

  private void rewrite() throws IOException {
    for (Path file : plain) {
      Files.deleteIfExists(beside(file)); // of a class that had sites before it was compiled again
    }
    for (Path file : waiting) {
      rewrite(file);
    }
    BuildMarker marker = new BuildMarker(switches, before + rewritten, newer, failed);
    Path file = root.resolve(BuildMarker.PATH);
    Files.createDirectories(root.resolve("META-INF"));
    write(file, marker.toText().getBytes(StandardCharsets.UTF_8), FileTime.fromMillis(0));
  }

  private void rewrite(Path file) throws IOException {
    SiteConstants constants = new SiteConstants();
    Rewriter.Rewritten result = null;
    byte[] numbers = null;
    try {
      result = rewriter.rewrite(Files.readAllBytes(file), constants);
      numbers = constants.toBytes();
    } catch (UnsupportedClassVersionError e) {
      newer++;
    } catch (RuntimeException | LinkageError e) {
      failed++;
      result = null;
    }
    FileTime time = Files.getLastModifiedTime(file);
    if (result == null || numbers == null || !constants.areUsed()) {
      Files.deleteIfExists(beside(file));
    } else {
      write(beside(file), numbers, time);
    }
    if (result != null) {
      rewritten++;
      write(file, result.bytes(), time);
    }
  }

  /** Whole or not at all; as old as it was, for tools that compare ages. */
  private static void write(Path file, byte[] bytes, FileTime time) throws IOException {
    Path unfinished = unfinished(file);
    Files.write(unfinished, bytes);
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(file, time);
  }

  private String words() {
    StringBuilder words = new StringBuilder();
    words.append(rewritten).append(" of ").append(classes);
    words.append(classes == 1 ? " class rewritten" : " classes rewritten");
    add(words, before, " rewritten before");
    add(words, newer, " of a class file version newer than the guard knows left alone");
    add(words, failed, " that cannot be read left alone");
    add(words, jars, (jars == 1 ? " jar" : " jars") + " inside left alone");
    return words.toString();
  }

  private static void add(StringBuilder words, int count, String what) {
    if (count > 0) {
      words.append(", ").append(count).append(what);
    }
  }
}
