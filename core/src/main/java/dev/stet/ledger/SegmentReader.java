package dev.stet.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one segment from its beginning.
 *
 * <p>What is no sound line is handed to a listener with its place. Where a damaged byte was the end of a line, or stands
 * in front of a sound one, the sound lines are found again by their beginnings and checksums.
 */
final class SegmentReader implements Closeable {
  /** The longest line that is read, and the longest that is written. */
  static final int LONGEST_LINE = 1 << 26;

  /** Begins what is said of a last line that nothing ends. */
  static final String CUT_SHORT = "the last line is cut short";

  private static final int MOST_BEGINNINGS = 64;
  private static final byte[] BEGINNING = {'{', '"', 'v', '"', ':'};
  private static final byte[] CHECK = LineText.CHECK.getBytes(StandardCharsets.US_ASCII);

  private final InputStream input;
  private final BiConsumer<Long, String> problems;
  private final Deque<Line> rescued = new ArrayDeque<>();
  private byte[] buffer = new byte[1 << 18];
  private int from;
  private int to;
  private long offset;
  private boolean ended;

  /** Opens a segment; {@code problems} takes the offset of each damaged place and what is wrong there. */
  SegmentReader(Path file, BiConsumer<Long, String> problems) throws IOException {
    this.input = Files.newInputStream(file);
    this.problems = problems;
  }

  /** Returns the next sound line, or null at the end. */
  @Nullable
  Line next() throws IOException {
    while (rescued.isEmpty()) {
      int end = endOfLine();
      if (end < 0) {
        return null;
      }
      Line line = end > from ? read(from, end) : null;
      boolean whole = end < to;
      advance(whole ? end + 1 : end);
      if (line != null) {
        return line;
      }
    }
    return rescued.poll();
  }

  private @Nullable Line read(int begin, int end) {
    if (Line.isSound(buffer, begin, end)) {
      return parse(begin, end);
    }
    if (!rescue(begin, end)) {
      problems.accept(offset, describe(begin, end));
    }
    return null;
  }

  private String describe(int begin, int end) {
    return end == to && ended
        ? CUT_SHORT + ", so it was never acknowledged; its " + (end - begin)
            + " bytes are passed over"
        : "a line of " + (end - begin)
            + " bytes has no right checksum: it is damaged or foreign, and is passed over";
  }

  private @Nullable Line parse(int begin, int end) {
    try {
      return Line.of(buffer, begin, end);
    } catch (IllegalArgumentException e) {
      problems.accept(
          offset + begin - from, "a line with a right checksum cannot be read: " + e.getMessage());
      return null;
    }
  }

  /** Finds sound lines within bytes that are none as a whole. */
  private boolean rescue(int begin, int end) {
    int done = begin;
    for (int check = find(CHECK, begin, end); check >= 0; check = find(CHECK, check + 1, end)) {
      int lineEnd = check + CHECK.length + 10;
      int start = lineEnd > end ? -1 : soundStart(done, lineEnd);
      if (start >= 0) {
        reportGap(done, start);
        Line line = parse(start, lineEnd);
        if (line != null) {
          rescued.add(line);
        }
        done = lineEnd;
      }
    }
    if (done == begin) {
      return false;
    }
    reportGap(done, end);
    return true;
  }

  private int soundStart(int begin, int lineEnd) {
    int start = begin;
    for (int i = 0; i < MOST_BEGINNINGS; i++) {
      start = find(BEGINNING, start, lineEnd);
      if (start < 0 || Line.isSound(buffer, start, lineEnd)) {
        return start;
      }
      start++;
    }
    return -1;
  }

  private void reportGap(int begin, int end) {
    if (end > begin) {
      problems.accept(
          offset + begin - from, (end - begin) + " bytes between two lines are damaged or foreign");
    }
  }

  private int find(byte[] text, int begin, int end) {
    for (int i = begin; i <= end - text.length; i++) {
      if (buffer[i] == text[0] && Arrays.equals(buffer, i, i + text.length, text, 0, text.length)) {
        return i;
      }
    }
    return -1;
  }

  /** The index of the next line's end in the buffer; where the file ends, if nothing ends the line; -1 behind it. */
  private int endOfLine() throws IOException {
    int searched = from;
    while (true) {
      for (int i = searched; i < to; i++) {
        if (buffer[i] == '\n') {
          return i;
        }
      }
      searched = to - from;
      if (ended || !fill()) {
        return to > from ? to : -1;
      }
      searched += from;
    }
  }

  private boolean fill() throws IOException {
    if (to - from >= LONGEST_LINE) {
      problems.accept(offset, "a line of more than " + LONGEST_LINE + " bytes is passed over");
      advance(to);
    }
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = input.read(buffer, to, buffer.length - to);
    ended = read < 0;
    to += Math.max(0, read);
    return !ended;
  }

  private void advance(int index) {
    offset += index - from;
    from = index;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
