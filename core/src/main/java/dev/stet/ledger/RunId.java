package dev.stet.ledger;

/** What names a run, as it is read. */
final class RunId {
  private static final int LONGEST = 200;

  private RunId() {}

  /** Whether a text can be an id: it names files, so it is of letters, digits and dashes. */
  static boolean isId(String text) {
    if (text.length() < 2 || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
  }
}
