package dev.stet.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Records in blocks: steps and draw counts as differences from the record before, values as their 64 bits.
 *
 * <p>Chunks are an accident of how a run went, so records that follow one another and watch the same streams are written
 * as one stretch: a run that was interrupted and resumed gives the bytes of one that was not.
 */
final class RecordCoding {
  private static final int FIELDS = 3;
  private static final int LARGEST_CHUNK = 8192;
  private static final int DIGEST = 32;

  private RecordCoding() {}

  static void write(Channel channel, BlockOutput out) throws IOException {
    out.flag(channel.isMetric());
    out.text(channel.name());
  }

  static Channel readChannel(BlockInput in) throws IOException {
    Channel.Kind kind = in.flag() ? Channel.Kind.METRIC : Channel.Kind.DIGEST;
    String name = in.text();
    if (name.isEmpty()) {
      throw in.garbled("a record has no name");
    }
    return new Channel(kind, name);
  }

  static void write(OwnRecords own, BlockOutput out) throws IOException {
    List<Channel> channels = own.table();
    out.count(channels.size());
    for (int i = 0; i < channels.size(); i++) {
      write(channels.get(i), out);
      out.flag(own.isImplicit(channels.get(i)));
      out.flag(own.isLeft(i));
    }
    out.count(own.written());
    long[] steps = new long[channels.size()];
    int left = own.written();
    for (int from = 0; left > 0; ) {
      int to = own.stretch(from);
      left -= writeStretch(own, from, to, left, steps, out);
      from = to;
    }
  }

  /** Chunks that watch the same streams, at most so many records of them; the number written. */
  private static int writeStretch(
      OwnRecords own, int from, int to, int most, long[] steps, BlockOutput out)
      throws IOException {
    int records = 0;
    for (int i = from; i < to; i++) {
      records = (int) Math.min(most, (long) records + own.chunk(i).records());
    }
    List<String> watched = own.chunk(from).watched();
    out.count(records);
    out.count(watched.size());
    for (String path : watched) {
      out.text(path);
    }
    long[] draws = new long[watched.size()];
    int left = records;
    for (int i = from; i < to && left > 0; i++) {
      int n = Math.min(left, own.chunk(i).records());
      writeChunk(own, own.chunk(i).words(), n, steps, draws, out);
      left -= n;
    }
    return records;
  }

  private static void writeChunk(
      OwnRecords own, long[] words, int records, long[] steps, long[] draws, BlockOutput out)
      throws IOException {
    int at = 0;
    for (int r = 0; r < records; r++) {
      int channel = (int) words[at];
      long step = words[at + 1];
      out.count(channel);
      out.near(step - steps[channel]);
      steps[channel] = step + 1;
      if (own.table().get(channel).isMetric()) {
        out.int64(words[at + 2]);
      } else {
        out.bytes(own.digest(words[at + 2]));
      }
      at += FIELDS;
      for (int i = 0; i < draws.length; i++) {
        out.near(words[at] - draws[i]);
        draws[i] = words[at++];
      }
    }
  }

  static OwnRecords read(BlockInput in) throws IOException {
    List<Channel> channels = new ArrayList<>();
    Set<Channel> implicit = new HashSet<>();
    List<Boolean> left = new ArrayList<>();
    for (int more = in.size(); more > 0; more--) {
      Channel channel = readChannel(in);
      channels.add(channel);
      if (in.flag()) {
        implicit.add(channel);
      }
      left.add(in.flag());
    }
    if (new HashSet<>(channels).size() < channels.size()) {
      throw in.garbled("two records' names are one");
    }
    return new Reading(in, channels).records(Set.copyOf(implicit), left);
  }

  /** What the records read so far say of those that follow. */
  private static final class Reading {
    private final BlockInput in;
    private final List<Channel> channels;
    private final boolean[] metric;
    private final long[] steps;
    private final List<byte[]> digests = new ArrayList<>();
    private final List<OwnRecords.Chunk> chunks = new ArrayList<>();

    Reading(BlockInput in, List<Channel> channels) {
      this.in = in;
      this.channels = channels;
      this.steps = new long[channels.size()];
      this.metric = new boolean[channels.size()];
      for (int i = 0; i < metric.length; i++) {
        metric[i] = channels.get(i).isMetric();
      }
    }

    OwnRecords records(Set<Channel> implicit, List<Boolean> left) throws IOException {
      int written = in.size();
      for (int more = written; more > 0; ) {
        int records = in.below(more == Integer.MAX_VALUE ? more : more + 1);
        if (records == 0) {
          throw in.garbled("a stretch of no records");
        }
        stretch(records);
        more -= records;
      }
      OwnRecords own = OwnRecords.of(
          List.copyOf(channels), implicit, List.copyOf(chunks), List.copyOf(digests), written);
      Set<Channel> out = new LinkedHashSet<>();
      for (int i = 0; i < left.size(); i++) {
        if (left.get(i)) {
          out.add(channels.get(i));
        }
      }
      return own.without(out);
    }

    private void stretch(int records) throws IOException {
      List<String> watched = new ArrayList<>();
      for (int more = in.below(OwnLog.WATCHED + 1); more > 0; more--) {
        watched.add(in.text());
      }
      long[] draws = new long[watched.size()];
      for (int more = records; more > 0; ) {
        int n = Math.min(more, LARGEST_CHUNK);
        chunks.add(
            new OwnRecords.Chunk(words(n, draws), FIELDS + draws.length, List.copyOf(watched)));
        more -= n;
      }
    }

    private long[] words(int records, long[] draws) throws IOException {
      long[] words = new long[records * (FIELDS + draws.length)];
      for (int at = 0; at < words.length; ) {
        int channel = in.below(metric.length);
        long step = steps[channel] + in.near();
        steps[channel] = step + 1;
        words[at] = channel;
        words[at + 1] = step;
        words[at + 2] = metric[channel] ? in.int64() : digest();
        at += FIELDS;
        for (int i = 0; i < draws.length; i++) {
          draws[i] += in.near();
          words[at++] = draws[i];
        }
      }
      return words;
    }

    private int digest() throws IOException {
      digests.add(in.bytes(DIGEST));
      return digests.size() - 1;
    }
  }

  static void writeEntries(Channel channel, List<OtherRecords.Entry> entries, BlockOutput out)
      throws IOException {
    out.count(entries.size());
    long next = 0;
    for (OtherRecords.Entry entry : entries) {
      out.near(entry.step() - next);
      next = entry.step() + 1;
      if (channel.isMetric()) {
        out.int64(entry.bits());
      } else {
        out.bytes(HexFormat.of().parseHex(entry.digest()));
      }
    }
  }

  static List<OtherRecords.Entry> readEntries(Channel channel, BlockInput in) throws IOException {
    List<OtherRecords.Entry> entries = new ArrayList<>();
    long next = 0;
    for (int more = in.size(); more > 0; more--) {
      long step = next + in.near();
      next = step + 1;
      entries.add(
          channel.isMetric()
              ? new OtherRecords.Entry(step, in.int64(), "")
              : new OtherRecords.Entry(step, 0, ArrayDigest.hex(in.bytes(DIGEST))));
    }
    return entries;
  }
}
