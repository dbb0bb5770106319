package dev.stet.ledger;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the members of one JSON object in bytes and says where their values stand, without reading them.
 *
 * <p>Most lines of a ledger are only looked at: for an id, a name, one metric.
 */
final class Members {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int nameFrom;
  private int nameTo;
  private int from;
  private boolean first = true;

  /** Begins in front of an object's brace. */
  Members(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.end = end;
    this.at = from;
    expect('{');
  }

  /** Goes to the next member; false behind the last one. */
  boolean next() {
    skipBlanks();
    if (peek() == '}') {
      at++;
      return false;
    }
    if (!first) {
      expect(',');
      skipBlanks();
    }
    first = false;
    nameFrom = at + 1;
    skipText();
    nameTo = at - 1;
    skipBlanks();
    expect(':');
    skipBlanks();
    from = at;
    skipValue();
    return true;
  }

  /** The name between its quotes, escapes as they stand. */
  String rawName() {
    return new String(bytes, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
  }

  boolean isNamed(byte[] name) {
    return java.util.Arrays.equals(bytes, nameFrom, nameTo, name, 0, name.length);
  }

  /** Where the value begins. */
  int from() {
    return from;
  }

  /** Where the value has ended. */
  int to() {
    return at;
  }

  private void skipValue() {
    switch (peek()) {
      case '"' -> skipText();
      case '{', '[' -> skipNested();
      default -> skipWord();
    }
  }

  private void skipNested() {
    int depth = 0;
    do {
      switch (peek()) {
        case '"' -> {
          skipText();
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      at++;
    } while (depth > 0);
  }

  private void skipWord() {
    int begin = at;
    while (at < end && isWord(bytes[at])) {
      at++;
    }
    if (at == begin) {
      throw malformed();
    }
  }

  private static boolean isWord(byte b) {
    return b > ' ' && b != ',' && b != '}' && b != ']' && b != ':' && b != '"';
  }

  private void skipText() {
    expect('"');
    while (peek() != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipBlanks() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
  }

  private byte peek() {
    if (at >= end) {
      throw malformed();
    }
    return bytes[at];
  }

  private void expect(char c) {
    if (peek() != c) {
      throw malformed();
    }
    at++;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("it is no JSON object, from its byte " + at + " on");
  }
}
