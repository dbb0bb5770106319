package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Observation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the documentation is what the guard says of the programs that it names. */
class SourceTableTest {
  private static final Path PAGE = Path.of("..", "docs", "determinism.md");
  private static final Pattern ROW = Pattern.compile(
      "(?m)^\\| (\\d+) \\| ([^|]+) \\| `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** One row of the table. */
  record Row(
      int number, String example, List<String> said, String treatment, List<String> switches) {
    static Row of(MatchResult cells) {
      return new Row(
          Integer.parseInt(cells.group(1)),
          cells.group(3),
          codes(cells.group(4)),
          CODE.matcher(cells.group(5)).replaceAll("").replace(" with", "").strip(),
          codes(cells.group(5)));
    }

    private static List<String> codes(String cell) {
      return CODE.matcher(cell).results().map(code -> code.group(1)).sorted().toList();
    }

    @Override
    public String toString() {
      return number + " " + example;
    }
  }

  static List<Row> rows() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results().map(Row::of).toList();
  }

  static List<Row> programs() throws IOException {
    return rows().stream().filter(row -> !row.example.equals("VectorSum")).toList();
  }

  @Test
  void theTableHasEverySource() throws IOException {
    assertThat(rows().stream().map(Row::number).distinct())
        .containsExactlyElementsOf(
            java.util.stream.IntStream.rangeClosed(1, 34).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void saysOfEachProgramWhatTheTableSays(Row row) throws Exception {
    Observation seen = run(row, GuardOptions.observe());

    assertThat(kinds(seen)).isEqualTo(new TreeSet<>(row.said));
    String replaced = treatments(run(row, GuardOptions.replace()));
    if (row.switches.isEmpty()) {
      assertThat(replaced).isEqualTo(row.treatment);
    } else {
      GuardOptions options = GuardOptions.parse("mode=replace," + String.join(",", row.switches));
      assertThat(replaced).isNotEqualTo(row.treatment);
      assertThat(treatments(run(row, options))).isEqualTo(row.treatment);
    }
  }

  @Test
  void seesVectorsOfTheIncubator(@TempDir Path directory) throws IOException {
    Row row = rows().stream()
        .filter(one -> one.example.equals("VectorSum"))
        .findFirst()
        .orElseThrow();
    byte[] bytes = compile(directory, "VectorSum", """
        import jdk.incubator.vector.DoubleVector;
        import jdk.incubator.vector.VectorOperators;

        class VectorSum {
          static double sum(double[] values) {
            DoubleVector all = DoubleVector.fromArray(DoubleVector.SPECIES_128, values, 0);
            return all.lanewise(VectorOperators.EXP).reduceLanes(VectorOperators.ADD);
          }
        }
        """);

    assertThat(new Prefilter(false).ask(bytes)).isEqualTo(Prefilter.Answer.MAYBE);
    Rewriter.Rewritten rewritten = new Rewriter(new Rewriter.Switches(false, false)).rewrite(bytes);
    assertThat(Objects.requireNonNull(rewritten).sites())
        .extracting(site -> site.kind() + " " + site.api())
        .containsExactlyInAnyOrderElementsOf(row.said);
  }

  @Test
  void whatNoCallSiteShowsIsSaidAsALimit() throws Exception {
    Row sets = rows().stream().filter(one -> one.number == 11).findFirst().orElseThrow();

    assertThat(sets.said).isEmpty();
    assertThat(run(sets, GuardOptions.observe()).limits())
        .anyMatch(limit -> limit.startsWith(
            "The order of Set.of and Map.of changes from JVM to JVM and is not seen"))
        .anyMatch(limit ->
            limit.startsWith("Reflection, the inside of the JDK and native code are not seen"));
  }

  private static Observation run(Row row, GuardOptions options) throws Exception {
    Class<? extends Callable<Object>> work = program(row.example);
    try (GuardedLoader loader = GuardedLoader.of(options, work.getClassLoader())) {
      if (row.example.equals("StaticGenerator")) {
        loader.call(work); // the program has used the class before the trial
      }
      Watch watch = Watch.begin(options, Seed.of(1));
      try {
        loader.call(work);
        return watch.end();
      } finally {
        watch.end(); // again, if it threw
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Callable<Object>> program(String name)
      throws ClassNotFoundException {
    for (String file : List.of("Randomness", "Order", "Numbers", "Surroundings")) {
      try {
        return (Class<? extends Callable<Object>>) Class.forName(
            "org.example.sources." + file + "$" + name,
            false,
            SourceTableTest.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        // in another file
      }
    }
    throw new ClassNotFoundException(name);
  }

  /** What was seen at call sites of the program; the JVM of the tests has libraries and habits of its own. */
  private static List<Finding> own(Observation seen) {
    return seen.findings().stream()
        .filter(finding -> finding.className().startsWith("org.example.sources."))
        .toList();
  }

  private static Set<String> kinds(Observation seen) {
    Set<String> kinds = new TreeSet<>();
    own(seen).forEach(one -> kinds.add(one.kind() + " " + plain(one.api())));
    return kinds;
  }

  /** Without what was read on this machine. */
  private static String plain(String api) {
    Matcher value = Pattern.compile("( = |, wh).*").matcher(api);
    return value.replaceAll("");
  }

  private static String treatments(Observation seen) {
    TreeSet<String> all = new TreeSet<>();
    for (Finding one : own(seen)) {
      if (one.kind() != Kind.CLOCK
          || own(seen).stream().allMatch(other -> other.kind() == Kind.CLOCK)) {
        all.add(one.treatment().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    return all.isEmpty() ? "nothing left" : String.join(", ", all);
  }

  private static byte[] compile(Path directory, String name, String text) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignore) {
            return text;
          }
        };
    List<String> options = Arrays.asList(
        "-d", directory.toString(), "--add-modules", "jdk.incubator.vector", "-proc:none");
    assertThat(compiler
            .getTask(null, null, problem -> {}, options, null, List.of(source))
            .call())
        .isTrue();
    return Files.readAllBytes(directory.resolve(name + ".class"));
  }
}
