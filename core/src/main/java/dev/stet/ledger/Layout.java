package dev.stet.ledger;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** Where things stand in the directory of a ledger. */
record Layout(Path directory) {
  /** Begins the name of a file that is not whole yet. */
  private static final String TEMPORARY = ".writing-";

  Path description() {
    return directory.resolve("ledger.json");
  }

  Path segments() {
    return directory.resolve("segments");
  }

  /** Where files are written whole by any process: the directory, and folders of folders. */
  List<Path> shared() {
    return List.of(
        directory,
        directory.resolve("facets"),
        directory.resolve("traces"),
        directory.resolve("checkpoints"));
  }

  Path facet(String digest) {
    return directory.resolve("facets").resolve(digest.substring(0, 2)).resolve(digest + ".json");
  }

  /** The trace of a run; the first letters of an id are a time, and its last spread evenly. */
  Path trace(String run) {
    String spread = run.length() < 2 ? "00" : run.substring(run.length() - 2);
    return directory.resolve("traces").resolve(spread).resolve(run + ".trace");
  }

  Path checkpoints(String run) {
    return directory.resolve("checkpoints").resolve(run);
  }

  /** A name beside a file that no other writer uses. */
  static Path temporary(Path file) {
    return file.resolveSibling(TEMPORARY + Writer.random(8) + ".tmp");
  }

  static boolean isTemporary(Path file) {
    return String.valueOf(file.getFileName()).startsWith(TEMPORARY);
  }

  /** How messages name a file of the ledger. */
  String shown(Path file) {
    return directory.relativize(file).toString().replace(File.separatorChar, '/');
  }
}
