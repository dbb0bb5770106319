package dev.stet.trace;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Notes in blocks. */
final class NoteCoding {
  private static final int NUMBER = 0;
  private static final int TEXT = 1;
  private static final int DURATION = 2;

  private NoteCoding() {}

  static void write(List<Note> notes, BlockOutput out) throws IOException {
    out.count(notes.size());
    for (Note note : notes) {
      out.text(note.name());
      write(note.value(), out);
    }
  }

  private static void write(Object value, BlockOutput out) throws IOException {
    if (value instanceof Double number) {
      out.count(NUMBER);
      out.int64(Double.doubleToRawLongBits(number));
    } else if (value instanceof Duration duration) {
      out.count(DURATION);
      out.near(duration.getSeconds());
      out.count(duration.getNano());
    } else {
      out.count(TEXT);
      out.text((String) value);
    }
  }

  static List<Note> read(BlockInput in) throws IOException {
    List<Note> notes = new ArrayList<>();
    for (int more = in.size(); more > 0; more--) {
      notes.add(new Note(in.text(), value(in)));
    }
    return notes;
  }

  private static Object value(BlockInput in) throws IOException {
    return switch (in.below(DURATION + 1)) {
      case NUMBER -> Double.longBitsToDouble(in.int64());
      case TEXT -> in.text();
      default -> duration(in);
    };
  }

  private static Duration duration(BlockInput in) throws IOException {
    long seconds = in.near();
    int nanos = in.below(1_000_000_000);
    try {
      return Duration.ofSeconds(seconds, nanos);
    } catch (ArithmeticException | DateTimeException tooLong) {
      throw in.garbled("a duration of " + seconds + " seconds");
    }
  }
}
