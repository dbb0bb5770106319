package dev.stet.ledger;

import java.util.ArrayList;
import java.util.List;

/** What one look could not read; the first thousand in words, the others counted. */
final class Problems {
  private static final int MOST = 1000;

  private final List<String> texts = new ArrayList<>();
  private long more;

  synchronized void add(String problem) {
    if (texts.size() < MOST) {
      texts.add(problem);
    } else {
      more++;
    }
  }

  synchronized List<String> list() {
    List<String> all = new ArrayList<>(texts);
    if (more > 0) {
      all.add("and " + more + " more");
    }
    return List.copyOf(all);
  }
}
