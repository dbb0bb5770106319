package dev.stet.replication;

import java.util.ArrayList;
import java.util.List;

/** Lines of a page: paragraphs broken at blanks, indented by two. */
final class Paragraphs {
  private static final int WIDTH = 100;

  private final List<String> lines = new ArrayList<>();

  Paragraphs line(String line) {
    lines.add(line);
    return this;
  }

  Paragraphs text(String text) {
    StringBuilder line = new StringBuilder(" ");
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return this;
  }

  String page() {
    return String.join("\n", lines);
  }
}
