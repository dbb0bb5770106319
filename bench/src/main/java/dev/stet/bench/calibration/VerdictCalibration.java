package dev.stet.bench.calibration;

import dev.stet.bench.calibration.Cell.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Simulates how often verdicts are false, and how often true ones are found, and writes the tables of
 * {@code docs/calibration.md}.
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests
 * java -cp bench/target/benchmarks.jar dev.stet.bench.calibration.VerdictCalibration docs/calibration.md
 * }</pre>
 *
 * <p>Without an argument the tables are only printed. Each cell draws from a seed of its own, so that the numbers do
 * not depend on the number of threads or on which other cells are simulated. {@code -Dstet.replicates} is the number
 * of replicates of a cell at an edge of the margin (1000; elsewhere half as many), {@code -Dstet.only} limits the
 * cells to those whose name holds it. The exit code is 1 if a rate lies above 5 % by more than three Monte Carlo
 * errors.
 */
public final class VerdictCalibration {
  private VerdictCalibration() {}

  /**
   * Simulates, prints, and writes.
   *
   * @param arguments the document to write into; none to print only
   * @throws IOException when the document cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    int replicates = Integer.getInteger("stet.replicates", 1000);
    String only = System.getProperty("stet.only", "");
    List<Table> tables = new VerdictTables(replicates, (replicates + 1) / 2).all();
    long start = System.nanoTime();
    Map<String, Result> results = simulate(tables, only);
    String summary = summary(tables, results);
    for (Table table : tables) {
      System.out.println(table.name() + "\n\n" + table.markdown(results));
    }
    System.out.println(summary);
    System.out.println((System.nanoTime() - start) / 1_000_000_000 + " s");
    if (arguments.length > 0) {
      Path document = Path.of(arguments[0]);
      for (Table table : tables) {
        MarkedText.replace(document, table.name(), table.markdown(results));
      }
      MarkedText.replace(document, "settings", settings(replicates, only));
      MarkedText.replace(document, "summary", summary);
    }
    if (!above(tables, results).isEmpty()) {
      System.exit(1);
    }
  }

  private static Map<String, Result> simulate(List<Table> tables, String only) {
    Map<String, Cell> cells = new TreeMap<>();
    for (Table table : tables) {
      for (Cell cell : table.cells()) {
        if (cell.key().contains(only)) {
          cells.put(cell.key(), cell);
        }
      }
    }
    return cells.values().parallelStream()
        .map(Cell::simulate)
        .collect(Collectors.toMap(result -> result.cell().key(), result -> result));
  }

  private static String settings(int replicates, String only) {
    return "These tables: " + replicates + " replicates at the ends of the margin, "
        + (replicates + 1) / 2 + " elsewhere"
        + (only.isEmpty() ? "." : ", only cells with \"" + only + "\" in their name.");
  }

  private static List<Result> above(List<Table> tables, Map<String, Result> results) {
    return bounded(tables, results).stream().filter(Result::isAboveBound).toList();
  }

  private static List<Result> bounded(List<Table> tables, Map<String, Result> results) {
    return tables.stream()
        .filter(VerdictTables::isBounded)
        .flatMap(table -> table.cells().stream())
        .map(Cell::key)
        .distinct()
        .filter(results::containsKey)
        .map(results::get)
        .toList();
  }

  private static String summary(List<Table> tables, Map<String, Result> results) {
    List<Result> bounded = bounded(tables, results);
    double replicated =
        bounded.stream().mapToDouble(Result::falselyReplicated).max().orElse(0);
    double differs = bounded.stream().mapToDouble(Result::falselyDiffers).max().orElse(0);
    List<Result> above = above(tables, results);
    StringBuilder text = new StringBuilder("Cells: " + bounded.size()
        + ". Worst false *replicated*: " + Numbers.perCent(replicated)
        + " %. Worst false *differs*: " + Numbers.perCent(differs)
        + " %. Cells above 5 % by more than three Monte Carlo errors: "
        + (above.isEmpty() ? "none." : above.size() + ".") + "\n");
    for (Result result : above) {
      text.append("\n- ").append(result.cell().key()).append(": ");
      text.append(Numbers.perCent(result.falselyReplicated())).append(" / ");
      text.append(Numbers.perCent(result.falselyDiffers()));
    }
    return text.toString();
  }
}
