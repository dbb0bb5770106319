package dev.stet.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private final List<RunRecord> written = new ArrayList<>();
  private byte[] segment;
  private Path file;

  @BeforeEach
  void writeThreeRuns() throws IOException {
    try (Ledger ledger = Ledger.open(folder)) {
      for (int i = 0; i < 2; i++) {
        written.add(Samples.complete(ledger, i, i));
      }
      written.add(ledger.run(ledger.begin(Samples.start(2)).id()).orElseThrow());
    }
    file = segments(folder).get(0);
    segment = Files.readAllBytes(file);
  }

  private static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
      return files.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static List<byte[]> lines(byte[] segment) {
    List<byte[]> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < segment.length; i++) {
      if (segment[i] == '\n') {
        lines.add(Arrays.copyOfRange(segment, begin, i + 1));
        begin = i + 1;
      }
    }
    return lines;
  }

  /** What a ledger holds that has just these lines, told without a ledger. */
  private static Map<String, RunStatus> expected(List<byte[]> lines) {
    Map<String, RunStatus> runs = new HashMap<>();
    for (byte[] bytes : lines) {
      String line = new String(bytes, StandardCharsets.UTF_8);
      String id = line.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
      if (line.contains("\"line\":\"ended\"")) {
        runs.put(id, RunStatus.COMPLETED);
      } else {
        runs.putIfAbsent(id, RunStatus.INTERRUPTED);
      }
    }
    return runs;
  }

  private static Map<String, RunStatus> found(Ledger ledger) {
    return ledger.runs().collect(Collectors.toMap(RunRecord::id, RunRecord::status));
  }

  @Test
  void aSegmentCutAtAnyByteKeepsItsWholeLines() throws IOException {
    List<byte[]> lines = lines(segment);
    assertThat(lines).hasSize(5);
    try (Ledger ledger = Ledger.open(folder)) {
      for (int length = segment.length; length >= 0; length--) {
        cut(length);
        int whole = 0;
        int bytes = 0;
        while (whole < lines.size() && bytes + lines.get(whole).length - 1 <= length) {
          // A line that lacks nothing but its end is whole.
          bytes += lines.get(whole).length;
          whole++;
        }
        assertThat(found(ledger))
            .as("cut at %s", length)
            .isEqualTo(expected(lines.subList(0, whole)));
        assertThat(ledger.problems()).as("cut at %s", length).hasSize(length > bytes ? 1 : 0);
      }
      Files.write(file, Arrays.copyOf(segment, segment.length - 100));
      assertThat(ledger.runs().count()).isPositive();
      int last = segment.length - lines.get(4).length;
      assertThat(ledger.problems())
          .containsExactly("segments/" + file.getFileName() + ", byte " + last
              + ": the last line is cut short, so it was never acknowledged; its "
              + (lines.get(4).length - 100) + " bytes are passed over");
    }
  }

  private void cut(int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  @Test
  void aDamagedEndOfALineCostsNoLine() throws IOException {
    for (int i = 0; i < segment.length; i++) {
      if (segment[i] == '\n') {
        byte[] damaged = segment.clone();
        damaged[i] ^= 4;
        Files.write(file, damaged);
        try (Ledger ledger = Ledger.open(folder)) {
          assertThat(found(ledger)).isEqualTo(expected(lines(segment)));
          assertThat(ledger.problems()).hasSize(1);
        }
      }
    }
  }

  @Test
  void aLineThatIsGoneCostsOnlyWhatItSaid() throws IOException {
    List<byte[]> lines = lines(segment);
    lines.set(
        1, "garbage \u0000 {\"v\":1,\"crc\":\"00000000\"}\n".getBytes(StandardCharsets.UTF_8));
    write(lines);
    try (Ledger ledger = Ledger.open(folder)) {
      lines.remove(1);
      assertThat(found(ledger))
          .isEqualTo(expected(lines))
          .containsEntry(written.get(0).id(), RunStatus.INTERRUPTED);
      assertThat(ledger.problems()).hasSize(1);
      assertThat(ledger.problems().get(0))
          .endsWith("has no right checksum: it is damaged or foreign, and is passed over");

      ledger.compact();
      assertThat(file).exists();
    }
  }

  private void write(List<byte[]> lines) throws IOException {
    Files.write(file, new byte[0]);
    for (byte[] line : lines) {
      Files.write(file, line, StandardOpenOption.APPEND);
    }
  }

  @Test
  void aLineOfANewerFormatIsNamed() throws IOException {
    String newer = "{\"v\":2,\"line\":\"started\",\"id\":\"ab\"";
    CRC32C crc = new CRC32C();
    crc.update(newer.getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, newer + String.format(",\"crc\":\"%08x\"}%n", crc.getValue()));
    try (Ledger ledger = Ledger.open(folder)) {
      assertThat(ledger.runs()).isEmpty();
      assertThat(ledger.problems())
          .containsExactly("segments/" + file.getFileName()
              + ", byte 0: a line with a right checksum cannot be read:"
              + " it has format 2, and this version of Stet reads formats up to 1");
    }
  }

  @Test
  void foreignFilesAreNamedAndPassedOver() throws IOException {
    Path segments = folder.resolve("segments");
    Files.writeString(segments.resolve("notes.txt"), "mine");
    Files.createDirectory(segments.resolve("folder.jsonl"));
    Files.write(segments.resolve("zeros.jsonl"), new byte[100_000]);
    Files.writeString(segments.resolve("empty.jsonl"), "");
    Files.writeString(segments.resolve("others.jsonl"), "{\"a\":1}\n\n{\"b\":2}\n");
    Files.writeString(folder.resolve("README"), "mine");
    try (Ledger ledger = Ledger.open(folder)) {
      assertThat(found(ledger)).isEqualTo(expected(lines(segment)));
      assertThat(ledger.problems()).hasSize(5);
      assertThat(ledger.problems().stream().sorted().toList())
          .first()
          .isEqualTo("segments/folder.jsonl: no segment; it is passed over");
      ledger.compact();
      assertThat(segments.resolve("others.jsonl")).exists();
      assertThat(segments.resolve("notes.txt")).exists();
    }
  }

  @Test
  void aDamagedFacetIsNamedAndMendedByTheNextRunThatHasIt() throws IOException {
    Path facet;
    try (Stream<Path> files = Files.walk(folder.resolve("facets"))) {
      facet = files
          .filter(path -> path.toString().endsWith(".json"))
          .sorted()
          .findFirst()
          .get();
    }
    Files.writeString(facet, "{}");
    try (Ledger ledger = Ledger.open(folder)) {
      RunRecord record = ledger.run(written.get(0).id()).orElseThrow();
      assertThatThrownBy(record::fingerprint)
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("facets/" + requireNonNull(facet.getParent()).getFileName())
          .hasMessageContaining("its content has another digest than its name");
      Samples.complete(ledger, 0, 1);
      assertThat(record.fingerprint()).isEqualTo(Samples.start(0).fingerprint());
      Files.delete(facet);
      assertThatThrownBy(record::fingerprint)
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("it is missing");
    }
  }

  @Test
  void twoLedgersAreMergedByCopying() throws IOException {
    Path second = folder.resolve("second");
    Path merged = folder.resolve("merged");
    RunRecord other;
    try (Ledger ledger = Ledger.open(second)) {
      other = Samples.complete(ledger, 9, 3);
      // A copy of a ledger that is being written shows its runs as interrupted, and mends later.
      RunEntry entry = ledger.begin(Samples.start(10));
      copy(second, merged);
      copy(folder.resolve("segments"), merged.resolve("segments"));
      copy(folder.resolve("facets"), merged.resolve("facets"));
      try (Ledger both = Ledger.open(merged)) {
        Map<String, RunStatus> all = expected(lines(segment));
        all.put(other.id(), RunStatus.COMPLETED);
        all.put(entry.id(), RunStatus.RUNNING);
        assertThat(found(both)).containsAllEntriesOf(expected(lines(segment))).hasSize(5);
        assertThat(both.problems()).isEmpty();
        entry.completed(Samples.trace(1), Samples.DURATION);
        copy(second, merged);
        assertThat(both.run(entry.id()).map(RunRecord::status))
            .isEqualTo(Optional.of(RunStatus.COMPLETED));
        assertThat(both.run(entry.id()).orElseThrow().fingerprint())
            .isEqualTo(Samples.start(10).fingerprint());
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        // Opening a lock file of one's own process would drop its lock; cp does not run in it.
        if (!path.toString().endsWith(".lock")) {
          Path target = to.resolve(from.relativize(path).toString());
          Files.createDirectories(target.getParent());
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  @Test
  void aSegmentTwiceUnderTwoNamesHoldsEachRunOnce() throws IOException {
    Files.copy(file, file.resolveSibling("copy.jsonl"));
    try (Ledger ledger = Ledger.open(folder)) {
      assertThat(found(ledger)).isEqualTo(expected(lines(segment)));
      ledger.compact();
      assertThat(found(ledger)).isEqualTo(expected(lines(segment)));
      assertThat(segments(folder)).hasSize(1).doesNotContain(file);
      // One line for each run, its last.
      assertThat(lines(Files.readAllBytes(segments(folder).get(0))))
          .extracting(line -> new String(line, StandardCharsets.UTF_8)
              .replaceAll(".*\"line\":\"(\\w+)\".*\n", "$1"))
          .containsExactly("ended", "ended", "started");
    }
  }
}
