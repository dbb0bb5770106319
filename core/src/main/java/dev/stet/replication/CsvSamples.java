package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.replication.CsvText.Row;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Results that were not made by Stet, from a CSV file: a row for each run, a column for each metric.
 *
 * <pre>{@code
 * CsvSamples results = CsvSamples.read(Path.of("results.csv"));   // seed,accuracy,loss
 * Sample accuracy = results.sample("resnet", Metric.of("accuracy").higherIsBetter());
 * }</pre>
 *
 * <p>The file is UTF-8, with or without byte order mark. Cells are separated by tabs, semicolons or commas, whichever the
 * first row shows; they may be quoted (RFC 4180). Blank lines and lines that begin with {@code #} are skipped. Numbers
 * have a decimal point, unless {@link #withDecimalComma()} says otherwise.
 *
 * <p>A failed run is an empty cell, {@code NaN}, {@code NA}, {@code inf} with or without a sign, or {@code failed}, in
 * any case. A column called {@code seed} holds the seeds, as {@link Seed#parse} reads them: runs of equal seeds on both
 * sides of a comparison are then paired. Without one, runs are never paired.
 *
 * <p>What cannot be read for certain is an error with file, line and column. A sample from a file has no fingerprint and
 * no digests, and a verdict says that its runs were read from a file.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class CsvSamples {
  private static final String SEED = "seed";

  private final String file;
  private final List<String> columns;
  private final boolean named;
  private final List<Row> rows;
  private final int seeds;
  private final boolean decimalComma;

  private CsvSamples(
      String file,
      List<String> columns,
      boolean named,
      List<Row> rows,
      int seeds,
      boolean decimalComma) {
    this.file = file;
    this.columns = columns;
    this.named = named;
    this.rows = rows;
    this.seeds = seeds;
    this.decimalComma = decimalComma;
  }

  /**
   * Reads a file whose first row names the columns.
   *
   * @param file a CSV file
   * @return its columns
   * @throws IllegalArgumentException if there is no such file, or it has no header, no row, two columns of one name, rows of
   *     different lengths, or text that is not CSV in UTF-8
   * @throws UncheckedIOException if it cannot be read
   */
  public static CsvSamples read(Path file) {
    String name = name(file);
    List<Row> all = CsvText.rows(name, text(file, name));
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is empty: it holds no row. Write a header and one row for each run.");
    }
    Row header = all.get(0);
    requireNames(name, header);
    if (all.size() == 1) {
      throw new IllegalArgumentException(
          name + " holds a header, \"" + String.join(", ", header.cells())
              + "\", and no row below it. Write one row for each run.");
    }
    requireEqualLengths(name, all);
    int seeds = IntStream.range(0, header.cells().size())
        .filter(i -> header.cells().get(i).equalsIgnoreCase(SEED))
        .findFirst()
        .orElse(-1);
    return new CsvSamples(
        name, header.cells(), true, List.copyOf(all.subList(1, all.size())), seeds, false);
  }

  /**
   * Reads a file without header, whose columns are then called {@code 1}, {@code 2} and so on.
   *
   * @param file a CSV file
   * @return its columns
   * @throws IllegalArgumentException if there is no such file, or it has no row, rows of different lengths, or text that is
   *     not CSV in UTF-8
   * @throws UncheckedIOException if it cannot be read
   */
  public static CsvSamples readWithoutHeader(Path file) {
    String name = name(file);
    List<Row> all = CsvText.rows(name, text(file, name));
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is empty: it holds no row. Write one row for each run.");
    }
    requireEqualLengths(name, all);
    List<String> columns = IntStream.rangeClosed(1, all.get(0).cells().size())
        .mapToObj(Integer::toString)
        .toList();
    return new CsvSamples(name, columns, false, List.copyOf(all), -1, false);
  }

  /**
   * Returns a copy that takes the seeds from another column than the one called {@code seed}.
   *
   * @param column the name of the column
   * @return the copy
   * @throws IllegalArgumentException if there is no such column
   */
  public CsvSamples withSeeds(String column) {
    return new CsvSamples(file, columns, named, rows, index(column), decimalComma);
  }

  /**
   * Returns a copy whose numbers have a decimal comma, as in {@code 0,91}. A decimal point is then an error.
   *
   * @return the copy
   */
  public CsvSamples withDecimalComma() {
    return new CsvSamples(file, columns, named, rows, seeds, true);
  }

  /**
   * Returns a copy of the rows that hold a text in a column, such as one data set of several.
   *
   * @param column the name of the column
   * @param text the whole cell
   * @return the copy
   * @throws IllegalArgumentException if there is no such column, or no row holds the text
   */
  public CsvSamples where(String column, String text) {
    requireNonNull(text, "text");
    int index = index(column);
    List<Row> some =
        rows.stream().filter(row -> row.cells().get(index).equals(text)).toList();
    if (some.isEmpty()) {
      Set<String> seen = new LinkedHashSet<>();
      rows.forEach(row -> seen.add("\"" + row.cells().get(index) + "\""));
      String some5 = String.join(", ", seen.stream().limit(5).toList());
      throw new IllegalArgumentException(
          file + " has no row with \"" + text + "\" in column " + column + "; it has: " + some5
              + (seen.size() > 5 ? " and " + (seen.size() - 5) + " more" : "") + ".");
    }
    return new CsvSamples(file, columns, named, some, seeds, decimalComma);
  }

  /**
   * Returns the names of the columns.
   *
   * @return the header; numbers from 1 if there is none
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * Returns the column that has the name of the metric. In a file without header it is the only column that does not hold
   * the seeds.
   *
   * @param experiment the name of the experiment
   * @param metric what was measured
   * @return a run for each row
   * @throws IllegalArgumentException if there is no such column, a cell is not a number, or a seed is none or occurs twice
   */
  public Sample sample(String experiment, Metric metric) {
    if (named) {
      return sample(experiment, metric, metric.name());
    }
    List<String> values =
        columns.stream().filter(column -> columns.indexOf(column) != seeds).toList();
    if (values.size() != 1) {
      throw new IllegalArgumentException(file + " has no header and " + values.size()
          + " columns of values: " + String.join(", ", values)
          + ". Name one of them: sample(experiment, metric, \""
          + values.get(values.size() - 1) + "\")."
          + (values.size() == 2
              ? " If commas are decimal commas here, separate by semicolons."
              : ""));
    }
    return sample(experiment, metric, values.get(0));
  }

  /**
   * Returns a column by its name.
   *
   * @param experiment the name of the experiment
   * @param metric what was measured
   * @param column the name of the column
   * @return a run for each row
   * @throws IllegalArgumentException if there is no such column, a cell is not a number, or a seed is none or occurs twice
   */
  public Sample sample(String experiment, Metric metric, String column) {
    requireNonNull(experiment, "experiment");
    requireNonNull(metric, "metric");
    int values = index(column);
    List<SampleRun> runs = new ArrayList<>(rows.size());
    Map<Seed, Integer> lines = new HashMap<>();
    for (Row row : rows) {
      requireSomething(row);
      runs.add(new SampleRun(seed(row, lines), value(row, values), false, null));
    }
    return Sample.of(experiment, metric, runs).readFromFile();
  }

  private double value(Row row, int column) {
    try {
      return CsvNumber.parse(row.cells().get(column), decimalComma);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place(row, column) + e.getMessage() + header(row), e);
    }
  }

  private String header(Row row) {
    return !named && row.line() == rows.get(0).line()
        ? " If this row is a header, read the file with CsvSamples.read."
        : "";
  }

  private @Nullable Seed seed(Row row, Map<Seed, Integer> lines) {
    if (seeds < 0) {
      return null;
    }
    Seed seed;
    try {
      seed = Seed.parse(row.cells().get(seeds));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place(row, seeds) + e.getMessage() + header(row), e);
    }
    Integer before = lines.put(seed, row.line());
    if (before != null) {
      throw new IllegalArgumentException(
          place(row, seeds) + "seed " + seed + " stands in line " + before
              + " already. Equal seeds give equal runs, which count once: leave one out, or choose one group of rows by"
              + " where(column, text).");
    }
    return seed;
  }

  /** A row of delimiters alone, as spreadsheets leave at the end, is neither a run nor nothing. */
  private void requireSomething(Row row) {
    if (row.cells().size() > 1 && row.cells().stream().allMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          file + ", line " + row.line()
              + ": all cells are empty. Delete the line, or write failed if it stands for a failed run.");
    }
  }

  private String place(Row row, int column) {
    return file + ", line " + row.line() + ", column " + columns.get(column) + ": ";
  }

  private int index(String column) {
    int index = columns.indexOf(requireNonNull(column, "column"));
    if (index < 0) {
      throw new IllegalArgumentException(file + " has no column \"" + column + "\"; it has: "
          + String.join(", ", columns) + ". Name one of them, such as sample(experiment, metric, \""
          + columns.get(columns.size() - 1) + "\").");
    }
    return index;
  }

  private static void requireNames(String file, Row header) {
    if (header.cells().stream().allMatch(CsvSamples::isData)) {
      throw new IllegalArgumentException(
          file + ", line " + header.line() + ": the first row, \""
              + String.join(", ", header.cells())
              + "\", names no columns. If the file has no header, read it with CsvSamples.readWithoutHeader.");
    }
    Set<String> seen = new LinkedHashSet<>();
    for (String column : header.cells()) {
      if (!column.isEmpty() && !seen.add(column)) {
        throw new IllegalArgumentException(file + ", line " + header.line()
            + ": two columns are called \"" + column + "\". Give each column a name of its own.");
      }
    }
  }

  private static boolean isData(String cell) {
    String point = cell.indexOf('.') < 0 ? cell.replace(',', '.') : cell;
    try {
      CsvNumber.parse(point, false);
      // A column may well be called "failed" or "na": only numbers are taken for data.
      return cell.isEmpty() || cell.chars().anyMatch(Character::isDigit);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void requireEqualLengths(String file, List<Row> rows) {
    Row first = rows.get(0);
    for (Row row : rows) {
      if (row.cells().size() != first.cells().size()) {
        throw new IllegalArgumentException(
            file + ", line " + row.line() + ": " + cells(row)
                + ", where line " + first.line() + " has " + first.cells().size() + ": "
                + String.join(" | ", row.cells())
                + ". Fill in what is missing; a comma within a cell needs quotes around it, also a decimal comma.");
      }
    }
  }

  private static String cells(Row row) {
    return row.cells().size() + (row.cells().size() == 1 ? " cell" : " cells");
  }

  private static String name(Path file) {
    Path name = requireNonNull(file, "file").getFileName();
    return name == null ? file.toString() : name.toString();
  }

  private static String text(Path file, String name) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "there is no file " + file
              + ". Give the path of a CSV file, seen from the working directory.",
          e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          name + " is not UTF-8. Save it as \"CSV UTF-8\", or convert it.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
