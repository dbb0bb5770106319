package dev.stet.guard;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * The guard at build time: rewrites the classes of a folder or a jar before the program runs, which then needs neither an
 * agent nor another class loader.
 *
 * <pre>{@code
 * java -cp ... dev.stet.guard.GuardBuild target/classes                    # in place
 * java -cp ... dev.stet.guard.GuardBuild lib/weka.jar guarded/weka.jar     # to another place
 * java -Dstet.guard=mode=replace -cp guarded/weka.jar:... com.acme.Main    # the mode is chosen when it runs
 * }</pre>
 *
 * <p>Rewritten classes need {@code stet-guard} of the same version on their class path: they are for experiments and tests,
 * and not to be published. The switches that change how classes are rewritten are given here: {@code --strict} and {@code
 * --linked} (see {@link GuardOptions#withStrictMath()} and {@link GuardOptions#withLinkedCollections()}). What is rewritten
 * already stays as it is, so this may be called after every compilation. A class that cannot be rewritten is left alone and
 * counted, and guarded runs say so. Where there is no class nothing is guarded, and the output says so.
 *
 * <p>What stood in another folder before and does not come from the first stays as it is. Links to files are followed: a
 * rewritten class takes the place of the link. Links to folders are left alone.
 *
 * @since 0.1
 */
public final class GuardBuild {
  private GuardBuild() {}

  /**
   * Rewrites a folder or a jar, and prints how many classes were rewritten.
   *
   * @param arguments {@code --strict} and {@code --linked} if wanted; what to rewrite; where to, if not in place
   * @throws IllegalArgumentException if an option or a path is not one of these, a jar is signed, or classes were rewritten
   *     before with other switches
   * @throws IOException if a file cannot be read or written; a jar is then as it was, and a folder can be rewritten again
   */
  public static void main(String... arguments) throws IOException {
    List<Path> paths = new ArrayList<>();
    GuardOptions options = GuardOptions.observe();
    for (String argument : arguments) {
      switch (argument) {
        case "--strict" -> options = options.withStrictMath();
        case "--linked" -> options = options.withLinkedCollections();
        default -> paths.add(path(argument));
      }
    }
    if (paths.isEmpty() || paths.size() > 2) {
      throw new IllegalArgumentException("GuardBuild was given " + paths.size()
          + " paths. Give a folder of classes or a jar, and where to write it if not in place:"
          + " GuardBuild [--strict] [--linked] FROM [TO].");
    }
    Path from = paths.get(0);
    Path to = paths.get(paths.size() - 1);
    System.out.println("stet: " + rewrite(from, to, options.rewriting()) + " (" + to + ")");
  }

  private static Path path(String argument) {
    if (argument.startsWith("--")) {
      throw new IllegalArgumentException("GuardBuild has no option \"" + argument
          + "\". Give --strict and --linked here; what else the guard does is said when the program runs, as -D"
          + GuardOptions.PROPERTY + "=mode=replace.");
    }
    return Path.of(argument);
  }

  /** Rewrites, and says in words what was done. */
  static String rewrite(Path from, Path to, Rewriter.Switches switches) throws IOException {
    if (Files.isDirectory(from)) {
      return folder(from, to, switches);
    }
    if (Files.isRegularFile(from)) {
      return jar(from, to, switches);
    }
    throw new IllegalArgumentException(
        "there is no " + from + " to rewrite. Give a folder of classes or a jar.");
  }

  private static String folder(Path from, Path to, Rewriter.Switches switches) throws IOException {
    if (Files.exists(to) && !Files.isDirectory(to)) {
      throw new IllegalArgumentException(to + " is no folder, and " + from
          + " is one. Give a folder to write to, which may be new.");
    }
    Path realFrom = from.toRealPath();
    Path realTo = real(to);
    boolean within = realTo.startsWith(realFrom);
    if (!realTo.equals(realFrom) && (within || realFrom.startsWith(realTo))) {
      throw new IllegalArgumentException(to + (within ? " is within " : " contains ") + from
          + ". Give a folder beside it, or none to rewrite in place.");
    }
    return RewrittenFolder.of(realFrom, realTo, from.toUri().toString(), switches);
  }

  /** Where a path leads, of which the end may not be there yet. */
  private static Path real(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null
        ? absolute
        : real(parent).resolve(parent.relativize(absolute)).normalize();
  }

  /** A jar is rewritten in a copy, which takes its place when it is whole. */
  private static String jar(Path from, Path to, Rewriter.Switches switches) throws IOException {
    if (Files.isDirectory(to)) {
      throw new IllegalArgumentException(to + " is a folder. Give the jar to write, such as "
          + to.resolve(String.valueOf(from.getFileName())) + ".");
    }
    Path parent = to.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path unfinished = RewrittenFolder.unfinished(to);
    try {
      Files.copy(from, unfinished, StandardCopyOption.REPLACE_EXISTING);
      String words;
      try (FileSystem zip = FileSystems.newFileSystem(unfinished, Map.of())) {
        Path root = zip.getPath("/");
        refuseSigned(root, from);
        words = RewrittenFolder.of(root, root, from.toUri().toString(), switches);
      }
      Files.move(unfinished, to, StandardCopyOption.REPLACE_EXISTING);
      return words;
    } catch (ProviderNotFoundException | ZipException e) {
      throw new IllegalArgumentException(
          from + " is no jar: " + e.getMessage() + ". Give a folder of classes or a jar.", e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void refuseSigned(Path root, Path from) throws IOException {
    Path meta = root.resolve("META-INF");
    if (!Files.isDirectory(meta)) {
      return;
    }
    try (Stream<Path> files = Files.list(meta)) {
      if (files.anyMatch(file -> file.toString().toUpperCase(Locale.ROOT).endsWith(".SF"))) {
        throw new IllegalArgumentException(from
            + " is signed, and its classes would not be the signed ones any more. Guard it by the agent or the class"
            + " loader, or give a copy without the signature.");
      }
    }
  }
}
