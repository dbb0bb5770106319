package dev.stet.replication;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of comma-separated text by RFC 4180, and a little more kindly: semicolons and tabs, any line end, blanks around
 * cells, blank lines and lines that begin with {@code #}.
 *
 * <p>The delimiter is the one that the first row shows: a tab, else a semicolon, else a comma. Without any of them each
 * row is one cell, whatever it holds.
 */
final class CsvText {
  private static final char NONE = '\n';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final String text;
  private char delimiter = NONE;
  private int at;
  private int line = 1;

  /** A row and the line on which it begins. */
  record Row(int line, List<String> cells) {}

  private CsvText(String file, String text) {
    this.file = file;
    this.text = text;
  }

  static List<Row> rows(String file, String text) {
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new CsvText(file, marked ? text.substring(1) : text).rows();
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    while (at < text.length()) {
      if (isBlankOrComment()) {
        skipLine();
      } else {
        if (rows.isEmpty()) {
          delimiter = shownDelimiter();
        }
        rows.add(row());
      }
    }
    return rows;
  }

  private boolean isBlankOrComment() {
    int i = at;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i == text.length() || isLineEnd(i) || text.charAt(i) == '#';
  }

  private void skipLine() {
    while (at < text.length() && !isLineEnd(at)) {
      at++;
    }
    endLine();
  }

  /** The most telling delimiter of the row that begins here, outside of quotes. */
  private char shownDelimiter() {
    String candidates = ",;\t";
    int best = -1;
    boolean quoted = false;
    for (int i = at; i < text.length() && (quoted || !isLineEnd(i)); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      best = quoted ? best : Math.max(best, candidates.indexOf(c));
    }
    return best < 0 ? NONE : candidates.charAt(best);
  }

  private Row row() {
    int start = line;
    List<String> cells = new ArrayList<>();
    cells.add(cell());
    while (at < text.length() && !isLineEnd(at)) {
      at++;
      cells.add(cell());
    }
    endLine();
    return new Row(start, List.copyOf(cells));
  }

  private String cell() {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '"') {
      return quotedCell();
    }
    int start = at;
    while (!isCellEnd()) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String quotedCell() {
    int opened = line;
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '"') {
        cell.append(c);
        if (isLineEnd(at)
            && !(c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n')) {
          line++;
        }
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        cell.append('"');
        at++;
      } else {
        at++;
        skipBlanks();
        requireCellEnd();
        return cell.toString();
      }
      at++;
    }
    throw new IllegalArgumentException(file + ", line " + opened
        + ": a quote opens here and is never closed. Close it, or write a quote"
        + " that is meant as \"\" within quotes.");
  }

  private void requireCellEnd() {
    if (!isCellEnd()) {
      throw new IllegalArgumentException(file + ", line " + line + ": '" + text.charAt(at)
          + "' follows a closing quote, where the cell ends."
          + " Write a quote that is meant as \"\" within quotes.");
    }
  }

  private void skipBlanks() {
    while (!isCellEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private boolean isCellEnd() {
    return at >= text.length() || isLineEnd(at) || text.charAt(at) == delimiter;
  }

  private boolean isLineEnd(int index) {
    char c = text.charAt(index);
    return c == '\n' || c == '\r';
  }

  /** Steps over one line end: LF, CRLF or CR. */
  private void endLine() {
    if (at < text.length()) {
      boolean two =
          text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
      at += two ? 2 : 1;
      line++;
    }
  }
}
