package dev.stet.bench.calibration;

import dev.stet.bench.calibration.Cell.Truth;
import dev.stet.bench.calibration.Paired.World;
import dev.stet.replication.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which worlds are simulated, and in which table they stand. */
final class VerdictTables {
  /** Baseline v fresh. */
  private static final int[][] SIZES = {
    {3, 3}, {5, 5}, {10, 10}, {20, 20}, {50, 50}, {5, 20}, {20, 5}
  };

  /** Without three runs: a fifth of them is none, and the trimmed mean is the mean. */
  private static final int[][] TRIMMED_SIZES = {{5, 5}, {10, 10}, {20, 20}, {50, 50}};

  private static final int[][] PERMUTED_SIZES = {{5, 5}, {10, 10}, {20, 20}};

  private static final List<Shape> CHOICE_SHAPES =
      List.of(Shape.NORMAL, Shape.T3, Shape.LOGNORMAL, Shape.BIMODAL);

  /** Between 30 and 70 % of fresh runs are higher. */
  private static final double PROBABILITY = 0.2;

  private static final List<Shape> SHAPES = List.of(
      Shape.NORMAL,
      Shape.T3,
      Shape.LOGNORMAL,
      Shape.BIMODAL,
      Shape.FINE_LATTICE,
      Shape.COARSE_LATTICE,
      Shape.COLLAPSES,
      Shape.FAILURES);

  private static final int[] PAIRS = {3, 5, 10, 20, 50};

  /** Baseline:fresh. */
  private static final Map<String, Double> SPREADS = new LinkedHashMap<>();

  static {
    SPREADS.put("1:3", 3.0);
    SPREADS.put("1:1", 1.0);
    SPREADS.put("3:1", 1.0 / 3);
  }

  private static final List<World> WORLDS = List.of(
      new World(false, 0.9, 0),
      new World(false, 0, 0),
      new World(false, -0.3, 0),
      new World(true, 0.9, 0),
      new World(true, 0, 0),
      new World(true, -0.3, 0),
      new World(false, 0.5, 0.6),
      new World(true, 0.5, 0.6));

  private static final World FEW_COLLAPSE = new World(false, 0, 0.85);

  private static final Truth[] EDGES = {Truth.LOWER, Truth.UPPER};
  private static final Truth[] CLEAR = {Truth.SAME, Truth.HALF, Truth.TWICE};
  private static final double[] PRACTICAL = {1, 1.4};
  private static final double ERRORS = 5;

  private final int atEdges;
  private final int elsewhere;

  /**
   * All tables.
   *
   * @param atEdges how many replicates a cell gets where verdicts would be false
   * @param elsewhere how many it gets elsewhere
   */
  VerdictTables(int atEdges, int elsewhere) {
    this.atEdges = atEdges;
    this.elsewhere = elsewhere;
  }

  List<Table> all() {
    return List.of(
        falseUnpaired(),
        powerUnpaired(),
        falsePaired(),
        powerPaired(),
        byMeans(),
        byChoice(),
        unseen());
  }

  /** Whether the rates of a table must keep to the bound; by means they do not, and the document says so. */
  static boolean isBounded(Table table) {
    return !List.of("by means", "by choice").contains(table.name());
  }

  private Table falseUnpaired() {
    Table table = new Table("false verdicts", List.of("shape", "runs"), Views::falseVerdicts);
    for (Shape shape : SHAPES) {
      for (int[] size : SIZES) {
        SPREADS.forEach((label, spread) -> {
          List<Cell> cells = new ArrayList<>();
          for (double margin : margins(shape, size, spread)) {
            for (Truth truth : EDGES) {
              cells.add(unpaired(shape, size, label, margin, truth));
            }
          }
          table.put(row(shape, size), label, cells);
        });
      }
    }
    return table;
  }

  private Table powerUnpaired() {
    Table table = new Table("power", List.of("shape", "runs"), Views::power);
    for (Shape shape : SHAPES) {
      for (int[] size : SIZES) {
        SPREADS.forEach((label, spread) -> {
          double margin = margins(shape, size, spread)[0];
          for (Truth truth : CLEAR) {
            table.put(
                row(shape, size), label, List.of(unpaired(shape, size, label, margin, truth)));
          }
        });
        for (double margin : PRACTICAL) {
          double whole = whole(shape, margin);
          for (Truth truth : CLEAR) {
            table.put(
                row(shape, size),
                "1:1, margin " + Numbers.shortest(margin),
                List.of(unpaired(shape, size, "1:1", whole, truth)));
          }
        }
      }
    }
    return table;
  }

  private Table falsePaired() {
    Table table =
        new Table("false verdicts of pairs", List.of("results", "pairs"), Views::falseVerdicts);
    for (World world : WORLDS) {
      for (int n : PAIRS) {
        SPREADS.forEach((label, spread) -> {
          List<Cell> cells = new ArrayList<>();
          for (double margin : margins(world, n, spread)) {
            for (Truth truth : EDGES) {
              cells.add(paired(world, n, label, margin, truth));
            }
          }
          table.put(List.of(world.label(), String.valueOf(n)), label, cells);
        });
      }
    }
    return table;
  }

  private Table powerPaired() {
    Table table = new Table("power of pairs", List.of("results", "pairs"), Views::power);
    for (World world : WORLDS) {
      for (int n : PAIRS) {
        SPREADS.forEach((label, spread) -> {
          double margin = margins(world, n, spread)[0];
          for (Truth truth : CLEAR) {
            table.put(
                List.of(world.label(), String.valueOf(n)),
                label,
                List.of(paired(world, n, label, margin, truth)));
          }
        });
      }
    }
    return table;
  }

  /** What the other methods ask, each with its own number exactly at the margin. */
  private Table byChoice() {
    Table table = new Table("by choice", List.of("method", "shape", "runs"), Views::falseVerdicts);
    Method mean = Method.mean();
    byChoice(table, "mean", mean, atEdges, SIZES, Independent::byMeans);
    byChoice(
        table, "trimmed", Method.trimmed(), atEdges, TRIMMED_SIZES, Independent::byTrimmedMeans);
    byChoice(
        table,
        "probability",
        Method.probabilityOfImprovement(),
        atEdges,
        SIZES,
        Independent::byProbability);
    // Permutations cost a hundred times as much.
    byChoice(
        table,
        "mean by permutation",
        mean.byPermutation(),
        (atEdges + 9) / 10,
        PERMUTED_SIZES,
        Independent::byMeans);
    return table;
  }

  private static void byChoice(
      Table table, String label, Method method, int replicates, int[][] sizes, Placed placed) {
    for (Shape shape : CHOICE_SHAPES) {
      for (int[] size : sizes) {
        SPREADS.forEach((ratio, spread) -> {
          double margin = method.equals(Method.probabilityOfImprovement())
              ? PROBABILITY
              : margins(shape, size, spread)[0];
          List<Cell> cells = new ArrayList<>();
          for (Truth truth : EDGES) {
            String name = label + ", " + name(shape, size, ratio);
            Source source = placed.of(shape, size[0], size[1], spread, truth.margins() * margin);
            cells.add(new Cell(name, truth, margin, source, method, replicates));
          }
          table.put(List.of(label, shape.label(), size[0] + " v " + size[1]), ratio, cells);
        });
      }
    }
  }

  @FunctionalInterface
  private interface Placed {
    Source of(Shape shape, int m, int n, double spread, double difference);
  }

  /** The same, with the difference of the means at the margin instead of that of the ranks. */
  private Table byMeans() {
    Table table = new Table("by means", List.of("shape", "runs"), Views::falseVerdicts);
    for (Shape shape : List.of(Shape.LOGNORMAL, Shape.BIMODAL, Shape.COLLAPSES)) {
      for (int[] size : SIZES) {
        SPREADS.forEach((label, spread) -> {
          List<Cell> cells = new ArrayList<>();
          for (Truth truth : EDGES) {
            double margin = margins(shape, size, spread)[0];
            Source source =
                Independent.byMeans(shape, size[0], size[1], spread, truth.margins() * margin);
            cells.add(cell(name(shape, size, label) + ", by means", truth, margin, source));
          }
          table.put(row(shape, size), label, cells);
        });
      }
    }
    for (int n : PAIRS) {
      List<Cell> cells = new ArrayList<>();
      for (Truth truth : EDGES) {
        Source source = Paired.byMeans(FEW_COLLAPSE, n, 1, truth.margins());
        cells.add(cell(FEW_COLLAPSE.label() + ", " + n + " pairs, by means", truth, 1, source));
      }
      table.put(List.of("85 % identical, the rest shifted", n + " pairs"), "1:1", cells);
    }
    return table;
  }

  /** Changes of the distribution that leave its location where it was. */
  private Table unseen() {
    Table table = new Table("unseen", List.of("fresh study", "margin"), Views::shares);
    Map<String, Change> changes = new LinkedHashMap<>();
    changes.put("no change", n -> Independent.byRanks(Shape.NORMAL, n, n, 1, 0));
    changes.put("spread 1.5 times", n -> Independent.byRanks(Shape.NORMAL, n, n, 1.5, 0));
    changes.put("spread twice", n -> Independent.byRanks(Shape.NORMAL, n, n, 2, 0));
    changes.put("spread 3 times", n -> Independent.byRanks(Shape.NORMAL, n, n, 3, 0));
    changes.put("spread halved", n -> Independent.byRanks(Shape.NORMAL, n, n, 0.5, 0));
    changes.put("10 % collapse", n -> changed(Shape.COLLAPSES, n));
    changes.put("20 % collapse", n -> changed(Shape.MANY_COLLAPSES, n));
    changes.put("two peaks", n -> changed(Shape.BIMODAL, n));
    changes.put("10 % fail", n -> changed(Shape.FAILURES, n));
    changes.put("30 % fail", n -> changed(Shape.MANY_FAILURES, n));
    changes.put(
        "pairs: 15 % collapse, the rest identical", n -> new Paired(FEW_COLLAPSE, n, 1, -8));
    changes.put("pairs, rho 0.9: spread twice", n -> new Paired(WORLDS.get(0), n, 2, 0));
    changes.forEach((label, change) -> {
      for (double margin : PRACTICAL) {
        for (int n : new int[] {5, 10, 20, 50}) {
          String name = label + ", " + n + ", margin " + Numbers.shortest(margin);
          Cell cell = cell(name, Truth.UNSEEN, margin, change.of(n));
          table.put(List.of(label, Numbers.shortest(margin)), "n = " + n, List.of(cell));
        }
      }
    });
    return table;
  }

  @FunctionalInterface
  private interface Change {
    Source of(int n);
  }

  private static Source changed(Shape now, int n) {
    return new Independent(Shape.NORMAL, n, now, n, 1, 0);
  }

  private Cell unpaired(Shape shape, int[] size, String label, double margin, Truth truth) {
    double spread = spread(label);
    Source source = Independent.byRanks(shape, size[0], size[1], spread, truth.margins() * margin);
    return cell(name(shape, size, label), truth, margin, source);
  }

  private Cell paired(World world, int n, String label, double margin, Truth truth) {
    Source source = Paired.byRanks(world, n, spread(label), truth.margins() * margin);
    return cell(world.label() + ", " + n + " pairs, " + label, truth, margin, source);
  }

  private static double spread(String label) {
    return SPREADS.getOrDefault(label, Double.NaN);
  }

  private Cell cell(String name, Truth truth, double margin, Source source) {
    int replicates = truth == Truth.LOWER || truth == Truth.UPPER ? atEdges : elsewhere;
    String full = name + ", margin " + Numbers.shortest(margin);
    return new Cell(full, truth, margin, source, Method.robust(), replicates);
  }

  private static String name(Shape shape, int[] size, String label) {
    return String.join(", ", row(shape, size)) + ", " + label;
  }

  private static List<String> row(Shape shape, int[] size) {
    return List.of(shape.label(), size[0] + " v " + size[1]);
  }

  /** Five standard errors, so that a true replicate is found; and what people declare. */
  private static double[] margins(Shape shape, int[] size, double spread) {
    double errors = ERRORS * Independent.standardError(shape, size[0], size[1], spread);
    return new double[] {
      whole(shape, errors), whole(shape, PRACTICAL[0]), whole(shape, PRACTICAL[1])
    };
  }

  private static double[] margins(World world, int n, double spread) {
    double errors = ERRORS * world.deviation(spread) / StrictMath.sqrt(n);
    return new double[] {errors, PRACTICAL[0], PRACTICAL[1]};
  }

  /** On a lattice a difference is a whole number of steps. */
  private static double whole(Shape shape, double margin) {
    double step = shape.step();
    return step == 0 ? margin : step * StrictMath.ceil(margin / step);
  }
}
