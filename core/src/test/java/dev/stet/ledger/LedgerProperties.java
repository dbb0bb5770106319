package dev.stet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Damage of every kind to the bytes of a segment. */
class LedgerProperties {
  private static Path folder = Path.of("");
  private static Path file = Path.of("");
  private static byte[] segment = {};
  private static List<String> problems = List.of();
  private static Map<String, String> whole = new HashMap<>();

  @BeforeContainer
  static void writeRuns() throws IOException {
    folder = MemoryFolder.create();
    try (Ledger ledger = Ledger.open(folder)) {
      for (int i = 0; i < 6; i++) {
        Samples.complete(ledger, i, i, 0.1 * i);
      }
    }
    try (var files = Files.list(folder.resolve("segments"))) {
      file = files.findFirst().orElseThrow();
    }
    segment = Files.readAllBytes(file);
    whole = read();
  }

  @AfterContainer
  static void clear() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  // A new file, since some file systems force one that is written over.
  private static void replace(byte[] bytes) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, bytes);
  }

  /** Everything a look tells of each run. */
  private static Map<String, String> read() {
    Map<String, String> runs = new HashMap<>();
    try (Ledger ledger = Ledger.open(folder)) {
      ledger
          .runs()
          .forEach(run -> assertThat(runs.put(
                  run.id(),
                  run + " " + run.metrics() + run.config() + run.duration()
                      + run.trace().digest()))
              .isNull());
      problems = ledger.problems();
    }
    return runs;
  }

  @Property(seed = "20261125", tries = 300)
  void flippedBitsCostAtMostTheLinesTheyAreIn(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 30) Integer> places)
      throws IOException {
    byte[] damaged = segment.clone();
    Set<Integer> touched = new TreeSet<>();
    for (int place : places) {
      int bit = place % (8 * segment.length);
      damaged[bit / 8] = (byte) (damaged[bit / 8] ^ (1 << (bit % 8)));
      if (segment[bit / 8] != '\n') {
        touched.add(line(bit / 8));
      }
    }
    replace(damaged);
    Map<String, String> found = read();
    List<String> ids = new ArrayList<>(whole.keySet());
    for (String id : ids) {
      if (!touched.contains(endOf(id))) {
        assertThat(found).containsEntry(id, whole.get(id));
      } else if (found.containsKey(id) && !found.get(id).contains("interrupted")) {
        // Two flips of one bit undo each other; nothing else may look whole.
        assertThat(found).containsEntry(id, whole.get(id));
      }
    }
    assertThat(whole.keySet()).containsAll(found.keySet());
    assertThat(found.equals(whole) || !problems.isEmpty()).isTrue();
  }

  private static int line(int index) {
    int line = 0;
    for (int i = 0; i < index; i++) {
      line += segment[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /** The number of the line that ends a run. */
  private static int endOf(String id) {
    String text = new String(segment, StandardCharsets.UTF_8);
    return line(text.indexOf("\"line\":\"ended\",\"id\":\"" + id));
  }

  @Property(seed = "20261126", tries = 300)
  void bytesPutInAnywhereCostAtMostOneLine(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(max = 1 << 30) int place)
      throws IOException {
    int at = place % (segment.length + 1);
    byte[] damaged = new byte[segment.length + bytes.length];
    System.arraycopy(segment, 0, damaged, 0, at);
    System.arraycopy(bytes, 0, damaged, at, bytes.length);
    System.arraycopy(segment, at, damaged, at + bytes.length, segment.length - at);
    replace(damaged);
    Map<String, String> found = read();
    long kept = whole.entrySet().stream()
        .filter(run -> run.getValue().equals(found.get(run.getKey())))
        .count();
    assertThat(kept).isGreaterThanOrEqualTo(whole.size() - 1);
  }

  @Property(seed = "20261127", tries = 300)
  void anyBytesAreASegmentThatCanBeRead(@ForAll @Size(max = 2000) byte[] bytes) throws IOException {
    replace(bytes);
    assertThat(read()).isEmpty();
    assertThat(problems.isEmpty())
        .isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1).chars().allMatch(c -> c == '\n'));
  }

  @Property(seed = "20261128", tries = 500)
  void anyTextGoesThroughALine(@ForAll String name, @ForAll String text, @ForAll double value) {
    byte[] bytes = LineText.of("started")
        .text("id", "ab")
        .text("experiment", text)
        .text("status", "running")
        .numbers("metrics", Map.of(name, value))
        .texts("links", Map.of(name, text))
        .bytes();
    assertThat(Line.isSound(bytes, 0, bytes.length - 1)).isTrue();
    Line line = Line.of(bytes, 0, bytes.length - 1);
    assertThat(line.text(Line.Member.EXPERIMENT)).isEqualTo(text);
    assertThat(line.numbers(Line.Member.METRICS)).isEqualTo(Map.of(name, value));
    assertThat(line.number(Line.Member.METRICS, Line.encoded(name))).hasValue(value);
    assertThat(line.texts(Line.Member.LINKS)).isEqualTo(Map.of(name, text));
    assertThat(line.is(Line.Member.EXPERIMENT, Line.quoted(text))).isTrue();
  }
}
