package dev.stet;

import com.google.common.base.Splitter;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/** Counts, lists and durations as messages print them, the same in every locale. */
final class Words {
  private static final int WIDTH = 100;

  private Words() {}

  static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  static String count(long n, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", n, noun, n == 1 ? "" : "s");
  }

  static String list(Collection<String> names) {
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }

  static String duration(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
    }
    return seconds < 100
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%d min %d s", duration.toMinutes(), duration.toSecondsPart());
  }

  /** Breaks a paragraph at blanks so that no line is longer than a page is wide, each line indented by two. */
  static String paragraph(String text) {
    StringBuilder page = new StringBuilder();
    int column = 0;
    for (String word : Splitter.on(' ').omitEmptyStrings().split(text)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        page.append('\n');
        column = 0;
      }
      page.append(column == 0 ? "  " : " ").append(word);
      column += (column == 0 ? 2 : 1) + word.length();
    }
    return page.toString();
  }
}
