package dev.stet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads segments that Jazzer makes up, guided by what the reader did with those before. In the build it runs the inputs
 * kept in the resources; the profile {@code fuzz} looks for new ones.
 */
class LineFuzzTest {
  private static final Path FILE = create();

  private static Path create() {
    try {
      Path folder = MemoryFolder.create();
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("fuzzed.jsonl");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void anyBytesAreASegment(byte[] bytes) throws IOException {
    read(bytes);
  }

  /** Nobody guesses a checksum, so every line is given its right one and the members behind it are met. */
  @FuzzTest(maxDuration = "2m")
  void anyLinesWithARightChecksumAreASegment(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      byte[] body = line.getBytes(StandardCharsets.ISO_8859_1);
      CRC32C crc = new CRC32C();
      crc.update(body);
      out.write(body);
      out.write(String.format("%s%08x\"}\n", LineText.CHECK, (int) crc.getValue())
          .getBytes(StandardCharsets.US_ASCII));
    }
    read(out.toByteArray());
  }

  /** Whatever stands there is a line of a run or a problem with its place; nothing is read twice. */
  private static void read(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    List<String> problems = new ArrayList<>();
    int lines = 0;
    int length = 0;
    try (SegmentReader reader = new SegmentReader(FILE, (offset, why) -> {
      assertThat(offset).isBetween(0L, (long) bytes.length);
      problems.add(why);
    })) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        assertThat(Line.isSound(line.bytes(), 0, line.bytes().length)).isTrue();
        assertThat(RunId.isId(line.text(Line.Member.ID))).isTrue();
        lines++;
        length += line.bytes().length;
      }
    }
    assertThat(length).isLessThanOrEqualTo(bytes.length);
    assertThat(bytes.length == 0 || lines > 0 || !problems.isEmpty() || isBlank(bytes))
        .isTrue();
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != '\n') {
        return false;
      }
    }
    return true;
  }
}
