package dev.stet.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSamplesTest {
  private static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();

  @TempDir
  Path folder;

  private Path file(String text) {
    try {
      return Files.writeString(folder.resolve("results.csv"), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Sample read(String text) {
    return CsvSamples.read(file(text)).sample("resnet", ACCURACY);
  }

  @Nested
  class Reads {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "seed,accuracy,loss\n7,0.91,1\n8,0.92,2\n",
          "seed;accuracy;loss\r\n7;0.91;1\r\n8;0.92;2",
          "accuracy\tseed\tloss\n0.91\t7\t1\n0.92\t8\t2\n",
          "\uFEFFseed,accuracy\r7,0.91\r8,0.92\r",
          "# from a cluster, \"night\"\n\nseed , accuracy\n 7 , 9.1e-1 \n# one more\n   \n8,.92\n",
          "\"seed\",\"accuracy\"\n\"7\",\"0.91\"\n \"8\" , \"+0.92\" \n",
          "host,Seed,accuracy\n\"a \"\"b\"\", c\",7,0.91\n\"two\nlines\",8,0.92\n",
          ",seed,accuracy\n0,7,0.91\n1,8,0.92\n",
        })
    void oneTableHoweverItIsWritten(String text) {
      Sample sample = read(text);
      assertThat(sample.experiment()).isEqualTo("resnet");
      assertThat(sample.metric()).isEqualTo(ACCURACY);
      assertThat(sample.runs())
          .containsExactly(
              SampleRun.completed(Seed.of(7), 0.91), SampleRun.completed(Seed.of(8), 0.92));
    }

    @Test
    void asRunsOfAFileAndNotOfNow() {
      Sample sample = read("seed,accuracy\n1,0.91\n2,0.92\n3,0.93\n4,0.92\n5,0.91\n6,\n");
      Verdict verdict = Baseline.of(sample).compare(sample, Margin.absolute(0.1));
      assertThat(verdict.explain().replaceAll("\\s+", " "))
          .contains("All 6 runs were read from a file; 1 failed.")
          .doesNotContain("executed now");
      assertThat(verdict.evidence().executed()).isZero();
    }

    @Test
    void bareValuesAsAnonymousRuns() {
      Sample sample = CsvSamples.readWithoutHeader(file("0.91\n0.92\n")).sample("resnet", ACCURACY);
      assertThat(sample.runs())
          .containsExactly(
              new SampleRun(null, 0.91, false, null), new SampleRun(null, 0.92, false, null));
    }

    @Test
    void columnsByNumberWhereThereIsNoHeader() {
      CsvSamples results = CsvSamples.readWithoutHeader(file("7;0,91\n8;0,92\n"));
      assertThat(results.columns()).containsExactly("1", "2");
      Sample sample = results.withSeeds("1").withDecimalComma().sample("resnet", ACCURACY);
      assertThat(sample.runs())
          .containsExactly(
              SampleRun.completed(Seed.of(7), 0.91), SampleRun.completed(Seed.of(8), 0.92));
      assertThat(results.sample("resnet", ACCURACY, "1").completed()).containsExactly(7, 8);
    }

    @Test
    void severalMetricsAndColumnsOfOtherNames() {
      CsvSamples results =
          CsvSamples.read(file("seed,test acc,loss\n42/a/3,0.9,inf\n0x00ff,0.8,2\n"));
      assertThat(results.columns()).containsExactly("seed", "test acc", "loss");
      assertThat(results.sample("resnet", ACCURACY, "test acc").completed())
          .containsExactly(0.9, 0.8);
      Sample loss = results.sample("resnet", Metric.of("loss").lowerIsBetter());
      assertThat(loss.failures()).isEqualTo(1);
      assertThat(loss.seeds())
          .containsExactlyInAnyOrder(Seed.of(42).child("a").child(3), Seed.of(new byte[] {0, -1}));
    }

    @Test
    void oneGroupOfRows() {
      CsvSamples results =
          CsvSamples.read(file("data,seed,accuracy\ncifar,1,0.9\nsvhn,1,0.8\ncifar,2,0.7\n"));
      assertThat(results.where("data", "cifar").sample("resnet", ACCURACY).completed())
          .containsExactly(0.9, 0.7);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "NaN", "nan", "NA", "failed", "Failed", "inf", "-Inf", "+infinity", "\"\""})
    void failedRuns(String cell) {
      Sample sample = read("seed,accuracy\n7,0.91\n8," + cell + "\n");
      assertThat(sample.failures()).isEqualTo(1);
      assertThat(sample.runs().get(1).seed()).isEqualTo(Seed.of(8));
    }

    @Test
    void anEmptyCellOfAnOnlyColumnIfItIsQuoted() {
      assertThat(read("accuracy\n0.9\n\"\"\n").failures()).isEqualTo(1);
    }

    @Test
    void theSameNumbersThatJavaReads() {
      assertThat(
              read("accuracy\n4.9e-324\n1.7976931348623157e308\n-0\n1e-999\n").completed())
          .containsExactly(Double.MIN_VALUE, Double.MAX_VALUE, -0.0, 0.0);
    }

    @Test
    void aFileThatPairsWithABaselineOfTheSameSeeds() {
      Baseline baseline = Baseline.of(read("seed,accuracy\n1,0.5\n2,0.75\n3,0.6\n"));
      Sample later =
          CsvSamples.read(file("seed,accuracy\n3,0.6\n2,0.75\n1,0.5\n")).sample("resnet", ACCURACY);
      assertThat(baseline.compare(later, Margin.absolute(0.1)).evidence().pairs())
          .isPresent();
    }
  }

  @Nested
  class Refuses {
    private void refuses(String text, String message) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }

    @Test
    void textWhereANumberShouldBe() {
      refuses(
          "seed,accuracy\n7,0.91\n8,good\n",
          "results.csv, line 3, column accuracy: \"good\" is not a number. Write one such as 0.91 or 9.1e-1;"
              + " a failed run is an empty cell, NaN, NA, inf or failed.");
      for (String text : List.of("0x1p3", "1d", "91 %", "1.2.3", "1e", "--1", "1,234.5", "٣")) {
        assertThatThrownBy(() -> read("seed\taccuracy\n7\t" + text + "\n"))
            .hasMessageStartingWith(
                "results.csv, line 2, column accuracy: \"" + text + "\" is not a number.");
      }
    }

    @Test
    void decimalCommasAmongPoints() {
      refuses(
          "seed;accuracy\n7;0.92\n8;0,91\n",
          "results.csv, line 3, column accuracy: \"0,91\" has a decimal comma. If 0.91 is meant, write it with a"
              + " point, or read the file with withDecimalComma() if all its numbers are written so.");
      refuses(
          "accuracy\n0.92\n0,91\n",
          "results.csv, line 3, column accuracy: \"0,91\" has a decimal comma. If 0.91 is meant, write it with a"
              + " point, or read the file with withDecimalComma() if all its numbers are written so.");
      refuses(
          "seed;accuracy\n7;1,234\n",
          "results.csv, line 2, column accuracy: \"1,234\" has a decimal comma. If 1.234 is meant, write it with a"
              + " point, or read the file with withDecimalComma() if all its numbers are written so. If 1234 is meant,"
              + " write it without separator.");
    }

    @Test
    void decimalPointsAmongCommas() {
      CsvSamples results = CsvSamples.read(file("accuracy;x\n0,92;1\n0.91;1\n")).withDecimalComma();
      assertThatThrownBy(() -> results.sample("resnet", ACCURACY))
          .hasMessage(
              "results.csv, line 3, column accuracy: \"0.91\" has a decimal point, and the file is read with decimal"
                  + " commas. If 0.91 is meant, write 0,91, or leave withDecimalComma() out if all numbers have"
                  + " points.");
    }

    @Test
    void unquotedDecimalCommasBetweenCommas() {
      refuses(
          "seed,accuracy\n7,0,91\n",
          "results.csv, line 2: 3 cells, where line 1 has 2: 7 | 0 | 91. Fill in what is missing; a comma within a"
              + " cell needs quotes around it, also a decimal comma.");
      assertThatThrownBy(
              () -> CsvSamples.readWithoutHeader(file("0,91\n0,92\n")).sample("resnet", ACCURACY))
          .hasMessage(
              "results.csv has no header and 2 columns of values: 1, 2. Name one of them: sample(experiment, metric,"
                  + " \"2\"). If commas are decimal commas here, separate by semicolons.");
    }

    @Test
    void raggedRows() {
      refuses(
          "seed,accuracy\n7,0.91\n\n8\n",
          "results.csv, line 4: 1 cell, where line 1 has 2: 8. Fill in what is missing; a comma within a cell needs"
              + " quotes around it, also a decimal comma.");
    }

    @Test
    void columnsThatAreNotThere() {
      refuses(
          "seed,acc,loss\n7,0.91,2\n",
          "results.csv has no column \"accuracy\"; it has: seed, acc, loss. Name one of them, such as"
              + " sample(experiment, metric, \"loss\").");
      CsvSamples results = CsvSamples.read(file("a,b\n1,x\n2,y\n3,y\n"));
      assertThatThrownBy(() -> results.withSeeds("seed"))
          .hasMessageStartingWith("results.csv has no column \"seed\"; it has: a, b.");
      assertThatThrownBy(() -> results.where("b", "z"))
          .hasMessage("results.csv has no row with \"z\" in column b; it has: \"x\", \"y\".");
    }

    @Test
    void seedsThatAreNoneOrTwice() {
      refuses(
          "seed,accuracy\n7,0.91\n8,0.92\n7,0.93\n",
          "results.csv, line 4, column seed: seed 7 stands in line 2 already. Equal seeds give equal runs, which"
              + " count once: leave one out, or choose one group of rows by where(column, text).");
      refuses(
          "seed,accuracy\n7.0,0.91\n",
          "results.csv, line 2, column seed: not a seed: \"7.0\"; \"7.0\" is neither a whole 64-bit number nor a name."
              + " A seed is written as a number (42), bytes (0x00ff) or a key (key: and 64 hexadecimal digits), followed"
              + " by its path, as in 42/weights/3 or 42/\"two words\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing yet\n", "\uFEFF"})
    void emptyFiles(String text) {
      refuses(
          text, "results.csv is empty: it holds no row. Write a header and one row for each run.");
      assertThatThrownBy(() -> CsvSamples.readWithoutHeader(file(text)))
          .hasMessage("results.csv is empty: it holds no row. Write one row for each run.");
    }

    @Test
    void headersWithNothingBelow() {
      refuses(
          "seed,accuracy\n# none\n",
          "results.csv holds a header, \"seed, accuracy\", and no row below it. Write one row for each run.");
    }

    @Test
    void headersThatAreNone() {
      refuses(
          "7,0.91\n8,0.92\n",
          "results.csv, line 1: the first row, \"7, 0.91\", names no columns. If the file has no header, read it with"
              + " CsvSamples.readWithoutHeader.");
      refuses(
          "0,91\n0,92\n",
          "results.csv, line 1: the first row, \"0, 91\", names no columns. If the file has no header, read it with"
              + " CsvSamples.readWithoutHeader.");
      refuses(
          "\"0,91\"\n\"0,92\"\n",
          "results.csv, line 1: the first row, \"0,91\", names no columns. If the file has no header, read it with"
              + " CsvSamples.readWithoutHeader.");
      refuses(
          "a,accuracy,a\n1,2,3\n",
          "results.csv, line 1: two columns are called \"a\". Give each column a name of its own.");
      assertThatThrownBy(() ->
              CsvSamples.readWithoutHeader(file("accuracy\n0.91\n")).sample("resnet", ACCURACY))
          .hasMessage(
              "results.csv, line 1, column 1: \"accuracy\" is not a number. Write one such as 0.91 or 9.1e-1; a failed"
                  + " run is an empty cell, NaN, NA, inf or failed. If this row is a header, read the file with"
                  + " CsvSamples.read.");
    }

    @Test
    void rowsOfDelimitersAlone() {
      refuses(
          "accuracy;loss\n1;2\n;\n",
          "results.csv, line 3: all cells are empty. Delete the line, or write failed if it stands for a failed run.");
    }

    @Test
    void quotesThatDoNotEnd() {
      refuses(
          "seed,accuracy\n7,\"0.91\n8,0.92\n",
          "results.csv, line 2: a quote opens here and is never closed. Close it, or write a quote that is meant as"
              + " \"\" within quotes.");
      refuses(
          "seed,accuracy\n7,\"0.91\"x\n",
          "results.csv, line 2: 'x' follows a closing quote, where the cell ends. Write a quote that is meant as"
              + " \"\" within quotes.");
      refuses(
          "host,accuracy\n\"a\r\nb\nc\",0.9\nx,bad\n",
          "results.csv, line 5, column accuracy: \"bad\" is not a number. Write one such as 0.91 or 9.1e-1; a failed"
              + " run is an empty cell, NaN, NA, inf or failed.");
    }

    @Test
    void numbersBeyondTheLargest() {
      refuses(
          "accuracy\n1e309\n",
          "results.csv, line 2, column accuracy: \"1e309\" is beyond the largest number, 1.8e308. Write inf for a"
              + " failed run.");
    }

    @Test
    void filesThatAreNotThereOrNotText() throws IOException {
      Path missing = folder.resolve("none.csv");
      assertThatThrownBy(() -> CsvSamples.read(missing))
          .hasMessage("there is no file " + missing
              + ". Give the path of a CSV file, seen from the working directory.");
      Path latin = folder.resolve("latin.csv");
      Files.write(latin, "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> CsvSamples.read(latin))
          .hasMessage("latin.csv is not UTF-8. Save it as \"CSV UTF-8\", or convert it.");
    }
  }

  @Property(tries = 300)
  void quotedCellsComeBackAsTheyWere(
      @ForAll @Size(min = 1, max = 4)
          List<
                  @Size(value = 3) List<
                      @CharRange(from = ' ', to = '~') @StringLength(max = 6) String>>
              rows,
      @ForAll("delimiters") char delimiter) {
    String text = rows.stream()
        .map(row -> row.stream()
            .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
            .collect(Collectors.joining(String.valueOf(delimiter))))
        .collect(Collectors.joining("\r\n"));
    assertThat(CsvText.rows("x.csv", text).stream().map(CsvText.Row::cells).toList())
        .isEqualTo(rows);
  }

  @Provide
  Arbitrary<Character> delimiters() {
    return Arbitraries.of(',', ';', '\t');
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefusedWithTheNameOfTheFile(
      @ForAll
          @NotEmpty
          @StringLength(max = 40)
          @Chars({'a', '1', '.', ',', ';', '\t', '"', '\n', '\r', ' ', '#', '-', 'e'})
          String text) {
    try {
      CsvText.rows("x.csv", text).forEach(row -> assertThat(row.cells()).isNotEmpty());
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("x.csv, line ");
    }
  }
}
