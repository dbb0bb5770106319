package dev.stet.replication;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a cell as a number. Nothing is guessed: what could be meant in two ways is an error that names both. */
final class CsvNumber {
  private static final Pattern POINT =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern COMMA = Pattern.compile("[+-]?(\\d+,\\d*|,\\d+)([eE][+-]?\\d+)?");
  private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3}[.,]\\d{3}");
  private static final Set<String> NO_RESULT = Set.of("", "nan", "na", "failed");
  private static final Set<String> INFINITY = Set.of("inf", "+inf", "infinity", "+infinity");
  private static final Set<String> MINUS_INFINITY = Set.of("-inf", "-infinity");

  private CsvNumber() {}

  /** A number; NaN or an infinity for a failed run. */
  static double parse(String cell, boolean decimalComma) {
    String word = cell.toLowerCase(Locale.ROOT);
    if (NO_RESULT.contains(word)) {
      return Double.NaN;
    }
    if (INFINITY.contains(word)) {
      return Double.POSITIVE_INFINITY;
    }
    if (MINUS_INFINITY.contains(word)) {
      return Double.NEGATIVE_INFINITY;
    }
    if (COMMA.matcher(cell).matches() && !decimalComma) {
      throw new IllegalArgumentException("\"" + cell + "\" has a decimal comma. If "
          + cell.replace(',', '.')
          + " is meant, write it with a point, or read the file with withDecimalComma() if"
          + " all its numbers are written so." + thousands(cell));
    }
    if (decimalComma && POINT.matcher(cell).matches() && cell.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          "\"" + cell + "\" has a decimal point, and the file is read with"
              + " decimal commas. If " + cell + " is meant, write " + cell.replace('.', ',')
              + ", or leave withDecimalComma() out if all numbers have points." + thousands(cell));
    }
    return number(cell, decimalComma ? cell.replace(',', '.') : cell);
  }

  private static double number(String cell, String digits) {
    if (!POINT.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          "\"" + cell + "\" is not a number. Write one such as 0.91 or 9.1e-1;"
              + " a failed run is an empty cell, NaN, NA, inf or failed.");
    }
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("\"" + cell
          + "\" is beyond the largest number, 1.8e308. Write inf for" + " a failed run.");
    }
    return value;
  }

  private static String thousands(String cell) {
    return THOUSANDS.matcher(cell).matches()
        ? " If " + cell.replace(",", "").replace(".", "") + " is meant, write it without separator."
        : "";
  }
}
