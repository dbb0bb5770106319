package dev.stet.statistics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Known answers: the rows of a table that lies beside the tests, without a header. */
final class Rows {
  private Rows() {}

  static List<String> of(String table) throws IOException {
    try (InputStream in = Rows.class.getResourceAsStream(table)) {
      return new String(Objects.requireNonNull(in, table).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  /** The rows whose first cell is the kind. */
  static List<String> of(String table, String kind) throws IOException {
    return of(table).stream().filter(row -> row.startsWith(kind + ",")).toList();
  }

  /** The numbers of a cell, between blanks; none for an empty one. */
  static double[] numbers(String cell) {
    return Stream.of(cell.split(" "))
        .filter(number -> !number.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }
}
