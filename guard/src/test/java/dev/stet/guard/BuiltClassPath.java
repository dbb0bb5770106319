package dev.stet.guard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The class path of the tests, rewritten before a JVM is started with it. */
final class BuiltClassPath {
  private static final Rewriter.Switches PLAIN = new Rewriter.Switches(false, false);

  private BuiltClassPath() {}

  /** Rewrites every folder and jar but Stet's own, and returns the class path of the copies. */
  static String in(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (!Files.exists(from) || Transformer.isOurPlace(from.toUri().toString())) {
        entries.add(entry);
      } else {
        Path to = directory.resolve(entries.size() + "-" + from.getFileName());
        GuardBuild.rewrite(from, to, PLAIN);
        entries.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
