package dev.stet.ledger;

import dev.stet.trace.Recorder;
import dev.stet.trace.Trace;
import dev.stet.trace.TraceFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** The traces of runs: a short one in the line of its run, a longer one in a file of its own. */
final class TraceStore {
  /** The longest trace that stands in a line, so that a short run costs one force of the disk. */
  static final int LONGEST_IN_LINE = 4096;

  private static final int MOST_RECORDS_IN_LINE = 1000;

  private final Layout layout;
  private final Disk disk;

  TraceStore(Layout layout, Disk disk) {
    this.layout = layout;
    this.disk = disk;
  }

  /**
   * Adds to the line of a run what its trace is, and the file of the trace to the disk if it has one.
   *
   * @return the bytes of a short trace, for the end of the line; empty for others
   */
  String keep(String run, Trace trace, LineText line) throws IOException {
    line.json("records", Integer.toString(trace.size())).text("trace", trace.digest());
    if (trace.size() <= MOST_RECORDS_IN_LINE) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      TraceFile.write(trace, bytes);
      if (bytes.size() <= LONGEST_IN_LINE) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
      }
    }
    Path file = layout.trace(run);
    write(trace, file);
    line.text("trace_file", layout.shown(file));
    return "";
  }

  private void write(Trace trace, Path file) throws IOException {
    disk.createDirectories(file.resolveSibling(""));
    Path temporary = Layout.temporary(file);
    try {
      try (Disk.Output output = disk.create(temporary)) {
        TraceFile.write(trace, new Stream(output));
        output.force();
      }
      disk.rename(temporary, file);
    } catch (IOException e) {
      disk.deleteAfter(temporary, e);
      throw e;
    }
  }

  private static final class Stream extends OutputStream {
    private final Disk.Output output;

    Stream(Disk.Output output) {
      this.output = output;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      output.write(bytes, from, length);
    }
  }

  /** Reads the trace of a line; one without records if the line has none. */
  static Trace read(Layout layout, Line line) {
    Optional<String> data = line.optionalText(Line.Member.TRACE_DATA);
    if (!data.isPresent() && !line.has(Line.Member.TRACE_FILE)) {
      return Recorder.of().end();
    }
    String place = data.isPresent()
        ? "the line of run " + line.text(Line.Member.ID)
        : layout.shown(layout.trace(line.text(Line.Member.ID)));
    try (InputStream input = data.isPresent()
        ? new ByteArrayInputStream(Base64.getDecoder().decode(data.get()))
        : new BufferedInputStream(
            Files.newInputStream(layout.trace(line.text(Line.Member.ID))), 1 << 16)) {
      Trace trace = TraceFile.read(input);
      if (!trace.digest().equals(line.text(Line.Member.TRACE))) {
        throw new IOException("it has another digest than its run");
      }
      return trace;
    } catch (IOException | IllegalArgumentException e) {
      throw new LedgerException(
          "cannot read the trace in " + place + " of the ledger " + layout.directory() + ": " + e
              + ". The line of the run is whole; copy the file from another copy of the ledger.",
          e);
    }
  }
}
