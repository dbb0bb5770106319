package dev.stet.bench.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a document that a program writes: what stands between the lines {@code <!-- name -->} and
 * {@code <!-- /name -->}.
 */
final class MarkedText {
  private MarkedText() {}

  /** Replaces one part of a document. */
  static String replace(String document, String name, String text) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->";
    int from = document.indexOf(begin);
    int to = document.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("the document has no part named \"" + name
          + "\". Add the lines " + begin.strip() + " and " + end + " where its table belongs.");
    }
    return document.substring(0, from + begin.length()) + "\n" + text.strip() + "\n\n"
        + document.substring(to);
  }

  /** Replaces one part of a file. */
  static void replace(Path file, String name, String text) throws IOException {
    Files.writeString(file, replace(Files.readString(file), name, text));
  }
}
