package dev.stet.trace;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A trace in bytes: exact, compact, checked as it is read. A record takes about ten bytes and one or two more for each
 * stream watched with it. Equal traces give equal bytes, on every JVM. The format is specified in
 * {@code docs/ledger.md}.
 *
 * @since 0.1
 */
public final class TraceFile {
  private static final byte[] MAGIC = "stet-trace".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;

  private TraceFile() {}

  /**
   * Writes a trace. The stream is flushed and stays open; it need not be buffered.
   *
   * @param trace the trace
   * @param out where to
   * @throws IOException if the stream fails
   */
  public static void write(Trace trace, OutputStream out) throws IOException {
    requireNonNull(trace, "trace");
    begin(out, MAGIC, FORMAT);
    BlockOutput blocks = new BlockOutput(out);
    blocks.flag(trace.isPrefix());
    blocks.flag(trace.isCut());
    RecordCoding.write(trace.own(), blocks);
    writeChannels(trace.shared(), blocks);
    writeChannels(trace.withoutOrder(), blocks);
    blocks.count(trace.others().size());
    for (Channel channel : trace.others().keySet()) {
      RecordCoding.write(channel, blocks);
      RecordCoding.writeEntries(channel, trace.others().get(channel), blocks);
    }
    NoteCoding.write(trace.notes(), blocks);
    blocks.count(trace.draws().size());
    for (String path : trace.draws().keySet()) {
      blocks.text(path);
      blocks.count(trace.draws().get(path));
    }
    blocks.end();
  }

  /**
   * Reads a trace. Nothing behind its end is read, so that other content may follow; the stream stays open and need not
   * be buffered.
   *
   * @param in where from
   * @return a trace equal to the one that was written, in every bit
   * @throws IOException if the stream fails, ends too soon, holds something else, a newer format or bits that changed;
   *     the message says at which byte
   */
  public static Trace read(InputStream in) throws IOException {
    BlockInput blocks = begun(in, MAGIC, FORMAT, "trace");
    boolean prefix = blocks.flag();
    boolean cut = blocks.flag();
    OwnRecords own = RecordCoding.read(blocks);
    Set<Channel> shared = readChannels(blocks);
    Set<Channel> unordered = readChannels(blocks);
    SortedMap<Channel, List<OtherRecords.Entry>> others = new TreeMap<>();
    for (int left = blocks.size(); left > 0; left--) {
      Channel channel = RecordCoding.readChannel(blocks);
      others.put(channel, List.copyOf(RecordCoding.readEntries(channel, blocks)));
    }
    List<Note> notes = List.copyOf(NoteCoding.read(blocks));
    SortedMap<String, Long> draws = new TreeMap<>();
    for (int left = blocks.size(); left > 0; left--) {
      draws.put(blocks.text(), blocks.count());
    }
    blocks.end();
    return Trace.ofParts(own, others, shared, unordered, prefix, cut, notes, draws);
  }

  private static void writeChannels(Set<Channel> channels, BlockOutput out) throws IOException {
    out.count(channels.size());
    for (Channel channel : new TreeSet<>(channels)) {
      RecordCoding.write(channel, out);
    }
  }

  private static Set<Channel> readChannels(BlockInput in) throws IOException {
    Set<Channel> channels = new TreeSet<>();
    for (int left = in.size(); left > 0; left--) {
      channels.add(RecordCoding.readChannel(in));
    }
    return channels;
  }

  static void begin(OutputStream out, byte[] magic, int format) throws IOException {
    byte[] head = Arrays.copyOf(magic, magic.length + 1);
    head[magic.length] = (byte) format;
    out.write(head);
  }

  static BlockInput begun(InputStream in, byte[] magic, int format, String what)
      throws IOException {
    byte[] head = in.readNBytes(magic.length + 1);
    if (head.length < magic.length + 1 || Arrays.mismatch(magic, head) != magic.length) {
      throw new IOException("this is no " + what + ": it begins with \""
          + HexFormat.of().formatHex(head) + "\" at byte 0, and should with \""
          + HexFormat.of().formatHex(magic) + "\" and the number of the format.");
    }
    int found = head[magic.length];
    if (found != format) {
      throw new IOException("this " + what + " has format " + found
          + " (byte " + magic.length + "), and this version of Stet reads format " + format
          + ". Read it with the version that wrote it, or a newer one.");
    }
    return new BlockInput(in, head.length);
  }
}
