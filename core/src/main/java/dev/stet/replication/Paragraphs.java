package dev.stet.replication;

import java.util.ArrayList;
import java.util.List;

/** Lines of a page: paragraphs broken at blanks, indented by two. */
final class Paragraphs {
  private static final int WIDTH = 100;

  /** A number and its per cent sign stay on one line. */
  private static final String GLUED = "\u00a0%";

  private final List<String> lines = new ArrayList<>();

  Paragraphs line(String line) {
    lines.add(line);
    return this;
  }

  Paragraphs text(String text) {
    StringBuilder line = new StringBuilder(" ");
    for (String word : text.replace(" %", GLUED).split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        add(line);
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    add(line);
    return this;
  }

  private void add(StringBuilder line) {
    lines.add(line.toString().replace(GLUED, " %"));
  }

  String page() {
    return String.join("\n", lines);
  }
}
