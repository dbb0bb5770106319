package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.statistics.HodgesLehmann;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The table of error rates in {@code docs/analysis.md}, by simulation of the rule as it ships. Its name keeps it out
 * of the usual build; the document has the command.
 */
@Tag("statistical")
class ErrorRateTable {
  private static final int REPLICATES = Integer.getInteger("stet.replicates", 2000);
  private static final int[][] SIZES = {{10, 10}, {20, 20}, {5, 20}, {20, 5}};
  private static final double[] SPREADS = {1.0 / 3, 1, 3};

  /** What the true difference is: of the means, or of the ranks (the median of all differences). */
  enum Truth {
    MEANS,
    RANKS
  }

  /**
   * One cell: a shape, the sizes, the spread of the fresh side over that of the baseline, what the truth is, and the
   * edge at which it lies.
   */
  record Cell(String shape, int m, int n, double spread, Truth truth, int edge) {
    /** Five standard errors: wide enough that a true replicate is found, so that the rates are near their worst. */
    double margin() {
      return 5 * StrictMath.sqrt(1.0 / m + spread * spread / n);
    }

    Rates simulate(int replicates) {
      Random random = new Random(20261123L + hash());
      double margin = margin();
      double shift = edge * margin - (truth == Truth.RANKS ? rankShift() : 0);
      int replicated = 0;
      int differs = 0;
      for (int i = 0; i < replicates; i++) {
        double[] before = draw(shape, m, random, 1, 0);
        double[] now = draw(shape, n, random, spread, shift);
        Verdict verdict =
            Baseline.of(Sample.of(before)).compare(Sample.of(now), Margin.absolute(margin));
        replicated += verdict instanceof Replicated ? 1 : 0;
        differs += verdict instanceof Differs ? 1 : 0;
      }
      return new Rates(this, replicated / (double) replicates, differs / (double) replicates);
    }

    private int hash() {
      return (shape + "," + m + "," + n + "," + spread + "," + truth + "," + edge).hashCode();
    }

    /** How far the ranks are apart when the means are equal. */
    private double rankShift() {
      Random random = new Random(1);
      return HodgesLehmann.of(
              draw(shape, 20_000, random, spread, 0), draw(shape, 20_000, random, 1, 0))
          .estimate();
    }
  }

  /** How often the verdict was false. */
  record Rates(Cell cell, double replicated, double differs) {}

  /** Values with mean 0 and the given standard deviation, moved by a shift. */
  static double[] draw(String shape, int n, Random random, double spread, double shift) {
    ToDoubleFunction<Random> one = switch (shape) {
      case "t3" -> r -> r.nextGaussian() / StrictMath.sqrt(chiSquare3(r));
      case "lognormal" -> r -> (StrictMath.exp(r.nextGaussian()) - 1.6487) / 2.1612;
      case "bimodal" -> r -> r.nextGaussian() * 0.3 + (r.nextDouble() < 0.2 ? -1.908 : 0.477);
      default -> Random::nextGaussian;
    };
    double[] values = new double[n];
    Arrays.setAll(values, i -> spread * one.applyAsDouble(random) + shift);
    return values;
  }

  private static double chiSquare3(Random random) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double normal = random.nextGaussian();
      sum += normal * normal;
    }
    return sum;
  }

  private static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (String shape : List.of("normal", "t3", "lognormal", "bimodal")) {
      for (int[] size : SIZES) {
        for (double spread : SPREADS) {
          for (Truth truth : Truth.values()) {
            boolean same = spread == 1 || shape.equals("normal") || shape.equals("t3");
            for (int edge : same && truth == Truth.RANKS ? new int[0] : new int[] {-1, 1}) {
              cells.add(new Cell(shape, size[0], size[1], spread, truth, edge));
            }
          }
        }
      }
    }
    return cells;
  }

  @Test
  void isPrinted() {
    List<Rates> all =
        cells().parallelStream().map(cell -> cell.simulate(REPLICATES)).toList();
    StringBuilder table = new StringBuilder(
        "| shape | runs | truth | spread 1:3 | spread 1:1 | spread 3:1 |\n| --- | --- | --- | ---: | ---: | ---: |\n");
    for (String shape : List.of("normal", "t3", "lognormal", "bimodal")) {
      for (int[] size : SIZES) {
        for (Truth truth : Truth.values()) {
          List<Rates> row = all.stream()
              .filter(r -> r.cell().shape().equals(shape)
                  && r.cell().m() == size[0]
                  && r.cell().n() == size[1]
                  && r.cell().truth() == truth)
              .toList();
          if (!row.isEmpty()) {
            table.append("| ").append(shape).append(" | ").append(size[0]).append(" v ");
            table.append(size[1]).append(" | ").append(truth.name().toLowerCase(Locale.ROOT));
            for (double spread : new double[] {3, 1, 1.0 / 3}) {
              table.append(" | ").append(worst(row, spread));
            }
            table.append(" |\n");
          }
        }
      }
    }
    System.out.println(table);
    assertThat(all).hasSizeGreaterThan(100);
  }

  /** The worse of both edges. */
  private static String worst(List<Rates> row, double spread) {
    List<Rates> cells = row.stream().filter(r -> r.cell().spread() == spread).toList();
    return cells.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%.1f / %.1f",
            100 * cells.stream().mapToDouble(Rates::replicated).max().orElseThrow(),
            100 * cells.stream().mapToDouble(Rates::differs).max().orElseThrow());
  }
}
