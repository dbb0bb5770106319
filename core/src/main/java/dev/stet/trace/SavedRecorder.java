package dev.stet.trace;

import dev.stet.seeds.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A recorder under way, in bytes: what it took, and what decides how it takes the rest. */
record SavedRecorder(
    OwnLog own,
    SortedMap<Channel, OtherRecords> others,
    List<Note> notes,
    SortedMap<String, RandomStream> streams) {
  private static final byte[] MAGIC = "stet-record".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;

  void write(OutputStream out) throws IOException {
    TraceFile.begin(out, MAGIC, FORMAT);
    BlockOutput blocks = new BlockOutput(out);
    blocks.count(streams.size());
    for (Map.Entry<String, RandomStream> stream : streams.entrySet()) {
      blocks.text(stream.getKey());
      blocks.text(stream.getValue().state());
    }
    writeOwn(blocks);
    blocks.count(others.size());
    for (Map.Entry<Channel, OtherRecords> other : others.entrySet()) {
      RecordCoding.write(other.getKey(), blocks);
      other.getValue().write(other.getKey(), blocks);
    }
    NoteCoding.write(notes, blocks);
    blocks.end();
  }

  private void writeOwn(BlockOutput blocks) throws IOException {
    RecordCoding.write(own.records(), blocks);
    for (long step : own.next()) {
      blocks.int64(step);
    }
    blocks.count(own.watched().size());
    for (String path : own.watched()) {
      blocks.text(path);
    }
  }

  static SavedRecorder read(InputStream in) throws IOException {
    BlockInput blocks = TraceFile.begun(in, MAGIC, FORMAT, "saved recorder");
    SortedMap<String, RandomStream> streams = new TreeMap<>();
    for (int more = blocks.size(); more > 0; more--) {
      streams.put(blocks.text(), stream(blocks));
    }
    OwnLog own = readOwn(blocks, streams);
    SortedMap<Channel, OtherRecords> others = new TreeMap<>();
    for (int more = blocks.size(); more > 0; more--) {
      Channel channel = RecordCoding.readChannel(blocks);
      others.put(channel, OtherRecords.read(channel, blocks));
    }
    List<Note> notes = new ArrayList<>(NoteCoding.read(blocks));
    blocks.end();
    return new SavedRecorder(own, others, notes, streams);
  }

  private static OwnLog readOwn(BlockInput blocks, Map<String, RandomStream> streams)
      throws IOException {
    OwnRecords before = RecordCoding.read(blocks);
    long[] next = new long[before.table().size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = blocks.int64();
    }
    Map<String, RandomStream> watched = new LinkedHashMap<>();
    for (int more = blocks.below(OwnLog.WATCHED + 1); more > 0; more--) {
      String path = blocks.text();
      RandomStream stream = streams.get(path);
      if (stream == null) {
        throw blocks.garbled("stream " + path + " is watched and has no state");
      }
      watched.put(path, stream);
    }
    return new OwnLog(before, next, watched);
  }

  private static RandomStream stream(BlockInput blocks) throws IOException {
    String state = blocks.text();
    try {
      return RandomStream.restore(state);
    } catch (IllegalArgumentException malformed) {
      throw blocks.garbled(String.valueOf(malformed.getMessage()));
    }
  }
}
