package dev.stet.bench.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A table of simulated cells. A place of it may hold several, such as both edges of the margin; its view says what is
 * shown of them.
 */
final class Table {
  private final String name;
  private final List<String> head;
  private final Function<List<Cell.Result>, String> view;
  private final Map<List<String>, Map<String, List<Cell>>> rows = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /**
   * An empty table.
   *
   * @param name under which a document holds it
   * @param head what the first columns, which name the row, are called
   * @param view what is shown of the cells of a place
   */
  Table(String name, List<String> head, Function<List<Cell.Result>, String> view) {
    this.name = name;
    this.head = head;
    this.view = view;
  }

  void put(List<String> row, String column, List<Cell> cells) {
    columns.add(column);
    rows.computeIfAbsent(row, key -> new LinkedHashMap<>())
        .computeIfAbsent(column, key -> new ArrayList<>())
        .addAll(cells);
  }

  String name() {
    return name;
  }

  List<Cell> cells() {
    return rows.values().stream()
        .flatMap(places -> places.values().stream())
        .flatMap(List::stream)
        .toList();
  }

  /** The table in Markdown; places without results stay empty. */
  String markdown(Map<String, Cell.Result> results) {
    StringBuilder text = new StringBuilder();
    List<String> titles = new ArrayList<>(head);
    titles.addAll(columns);
    line(text, titles);
    List<String> rule = new ArrayList<>(head.stream().map(title -> "---").toList());
    columns.forEach(column -> rule.add("---:"));
    line(text, rule);
    rows.forEach((row, places) -> {
      List<String> line = new ArrayList<>(row);
      columns.forEach(column -> line.add(show(places.getOrDefault(column, List.of()), results)));
      line(text, line);
    });
    return text.toString();
  }

  private String show(List<Cell> cells, Map<String, Cell.Result> results) {
    List<Cell.Result> known = cells.stream()
        .filter(cell -> results.containsKey(cell.key()))
        .map(cell -> results.get(cell.key()))
        .toList();
    return known.isEmpty() ? "" : view.apply(known);
  }

  private static void line(StringBuilder text, List<String> places) {
    text.append("| ").append(String.join(" | ", places)).append(" |\n");
  }
}
