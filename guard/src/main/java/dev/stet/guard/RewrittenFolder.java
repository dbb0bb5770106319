package dev.stet.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of classes, or a jar seen as one, whose classes are rewritten in place or in another folder. */
final class RewrittenFolder {
  private static final String CLASS = ".class";
  private static final String JAR = ".jar";
  private static final String META = "META-INF"; // where the marker is

  private final Path from;
  private final Path to;
  private final Rewriter.Switches switches;
  private final Rewriter rewriter;
  private final boolean ours;
  private final Set<Path> coming = new TreeSet<>();
  private final List<Path> waiting = new ArrayList<>();
  private final List<Path> plain = new ArrayList<>();
  private int classes;
  private int jars;
  private int links;
  private int before;
  private int others;
  private int rewritten;
  private int newer;
  private int failed;

  private RewrittenFolder(Path from, Path to, Rewriter.Switches switches, boolean ours) {
    this.from = from;
    this.to = to;
    this.switches = switches;
    this.rewriter = new Rewriter(switches);
    this.ours = ours;
  }

  /**
   * Rewrites what is not rewritten yet.
   *
   * @param from a folder that is no link
   * @param to the same, or another that is no link and may be new
   * @param place the folder or jar as a class loader names it
   * @return what was done, in words
   * @throws IllegalArgumentException if some is rewritten already, with other switches, or would be written elsewhere;
   *     nothing is changed then
   */
  static String of(Path from, Path to, String place, Rewriter.Switches switches)
      throws IOException {
    boolean ours = Transformer.isOurPlace(place)
        || Files.exists(from.resolve("dev/stet/spi/TrialWatcher" + CLASS))
        || Files.exists(from.resolve(Table.RUNTIME + CLASS));
    RewrittenFolder folder = new RewrittenFolder(from, to, switches, ours);
    refuseLink(to.resolve(META));
    folder.look();
    if (!from.equals(to)) {
      folder.lookAround();
      folder.copy();
    }
    folder.rewrite();
    return folder.words();
  }

  /** The name of a file while it is written. */
  static Path unfinished(Path file) {
    return file.resolveSibling(
        file.getFileName() + "." + ProcessHandle.current().pid() + ".unfinished");
  }

  private void look() throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        if (Files.isDirectory(file) && Files.isSymbolicLink(file)) {
          links++;
        } else if (Files.isDirectory(file) || Files.isRegularFile(file)) {
          coming.add(from.relativize(file));
        } // else a link to nowhere, or nothing that holds a class
      }
    }
    for (Path path : coming) {
      String name = name(path);
      jars += name.endsWith(JAR) ? 1 : 0;
      if (isClass(from, path)) {
        classes++;
        look(path, name.substring(0, name.length() - CLASS.length()));
      }
    }
    refuseOtherSwitches(from, before);
  }

  private static String name(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static boolean isClass(Path root, Path path) {
    String name = name(path);
    return name.endsWith(CLASS)
        && !name.endsWith(SiteConstants.SUFFIX + CLASS)
        && Files.isRegularFile(root.resolve(path));
  }

  /** What stands where the copy goes, and stays there. */
  private void lookAround() throws IOException {
    for (Path path : coming) {
      if (Files.isDirectory(from.resolve(path))) {
        refuseLink(to.resolve(path));
      }
    }
    if (!Files.exists(to)) {
      return;
    }
    int there = 0;
    try (Stream<Path> files = Files.walk(to)) {
      for (Path file : files.toList()) {
        Path path = to.relativize(file);
        if (isClass(to, path) && !coming.contains(path)) {
          Prefilter.Answer answer = ask(file);
          there += answer == Prefilter.Answer.REWRITTEN ? 1 : 0;
          others += answer == Prefilter.Answer.MAYBE ? 1 : 0;
        }
      }
    }
    refuseOtherSwitches(to, there);
    before += there;
  }

  private static void refuseLink(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new IllegalArgumentException(folder + " is a link to another folder, "
          + (Files.exists(folder) ? folder.toRealPath() : "which is not there")
          + ", and files would be written there. Remove the link, or give a folder without links.");
    }
  }

  private void refuseOtherSwitches(Path root, int rewrittenThere) throws IOException {
    Path file = root.resolve(BuildMarker.PATH);
    if (rewrittenThere == 0 || !Files.exists(file)) {
      return;
    }
    BuildMarker marker = BuildMarker.parse(Files.readString(file), file.toString());
    if (!marker.switches().equals(switches)) {
      throw new IllegalArgumentException("classes here are rewritten already, with "
          + words(marker.switches()) + ", and cannot be rewritten again with " + words(switches)
          + ". Give the same switches, or compile the classes anew first.");
    }
  }

  private void copy() throws IOException {
    Path marker = from.resolve(BuildMarker.PATH);
    for (Path path : coming) {
      Path file = from.resolve(path);
      Path copy = to.resolve(path);
      if (Files.isDirectory(file)) {
        Files.createDirectories(copy);
      } else if (!file.equals(marker)) {
        Files.copy(
            file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static String words(Rewriter.Switches switches) {
    String strict = switches.strict() ? "--strict" : "";
    String linked = switches.linked() ? "--linked" : "";
    String both = (strict + " " + linked).strip();
    return both.isEmpty() ? "no switches" : both;
  }

  private void look(Path path, String name) throws IOException {
    if (Transformer.isOurs(name, null) || (ours && Transformer.isNamedAsOurs(name))) {
      return;
    }
    Prefilter.Answer answer = ask(from.resolve(path));
    if (answer == null) {
      failed++;
      return;
    }
    switch (answer) {
      case MAYBE -> waiting.add(to.resolve(path));
      case REWRITTEN -> before++;
      case NO -> plain.add(to.resolve(path));
    }
  }

  private Prefilter.@Nullable Answer ask(Path file) throws IOException {
    try {
      return rewriter.filter().ask(Files.readAllBytes(file));
    } catch (RuntimeException e) {
      return null; // no class: what reads it next will say so
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
    Path file = to.resolve(BuildMarker.PATH);
    if (classes + before == 0) {
      Files.deleteIfExists(file); // nothing is guarded, and nothing may say so
      return;
    }
    BuildMarker marker = new BuildMarker(switches, before + rewritten, newer, failed);
    Files.createDirectories(to.resolve(META));
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
    add(words, others, " that stood there before left alone");
    add(words, links, (links == 1 ? " link to a folder" : " links to folders") + " left alone");
    add(words, jars, (jars == 1 ? " jar" : " jars") + " inside left alone");
    if (classes == 0) {
      words.append(
          ", so nothing is guarded here: if there should be classes, compile them first or give"
              + " the folder where they are");
    }
    return words.toString();
  }

  private static void add(StringBuilder words, int count, String what) {
    if (count > 0) {
      words.append(", ").append(count).append(what);
    }
  }
}
