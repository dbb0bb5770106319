package dev.stet.trace;

import dev.stet.seeds.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The records of the run's own thread, in their order.
 *
 * <p>A record takes 24 bytes and 8 more for each watched stream: channel, step, bits, draw counts. Records stand in
 * chunks, so that a record copies nothing and allocates only when a chunk is full. A chunk knows which streams it
 * watches; a new stream begins a new chunk. Written by one thread; read once that thread has ended the recording.
 */
final class OwnLog {
  static final int WATCHED = 4;
  private static final int FIELDS = 3;
  private static final int FIRST_CHUNK = 16;
  private static final int LARGEST_CHUNK = 8192;

  /** One name with its next implicit step. */
  private static final class Writer {
    final String name;
    final int channel;
    long next;
    boolean implicit;

    Writer(String name, int channel) {
      this.name = name;
      this.channel = channel;
    }
  }

  private final List<Channel> channels = new ArrayList<>();
  private final Map<Channel, Writer> writers = new HashMap<>();
  private final Map<String, Writer> metrics = new HashMap<>();
  private final List<byte[]> digests = new ArrayList<>();
  private final List<OwnRecords.Chunk> full = new ArrayList<>();
  private Map<String, RandomStream> watched = new LinkedHashMap<>();

  // The fast path: what a record touches, and nothing behind an interface.
  private RandomStream[] streams = {};
  private long[] words = new long[FIRST_CHUNK * FIELDS];
  private int used;
  private int size;
  // A string of its own identity, so that no name of the user's is taken for it.
  private Writer last = new Writer(String.valueOf(new char[0]), -1);
  private Writer lastButOne = last;

  OwnLog() {}

  /** Goes on where another left off; {@code next} holds each channel's next implicit step. */
  OwnLog(OwnRecords before, long[] next, Map<String, RandomStream> watched) {
    channels.addAll(before.table());
    for (int i = 0; i < next.length; i++) {
      Writer writer = new Writer(channels.get(i).name(), i);
      writer.next = next[i];
      writer.implicit = before.isImplicit(channels.get(i));
      writers.put(channels.get(i), writer);
    }
    digests.addAll(before.digests());
    full.addAll(before.chunks());
    size = before.written();
    watch(watched);
  }

  int size() {
    return size;
  }

  void metric(String name, double value) {
    Writer writer = writer(name);
    writer.implicit = true;
    append(writer.channel, writer.next++, Double.doubleToRawLongBits(value));
  }

  void metric(String name, long step, double value) {
    Writer writer = writer(name);
    writer.next = step + 1;
    append(writer.channel, step, Double.doubleToRawLongBits(value));
  }

  void digest(String name, byte[] digest) {
    Writer writer = writers.computeIfAbsent(Channel.digest(name), this::open);
    writer.implicit = true;
    digests.add(digest);
    append(writer.channel, writer.next++, digests.size() - 1);
  }

  /** Loops record one or two metrics in turn with literal names, so identity mostly tells. */
  @SuppressWarnings("ReferenceEquality")
  private Writer writer(String name) {
    if (name == last.name) {
      return last;
    }
    Writer writer = lastButOne;
    if (name != writer.name) {
      writer = named(name);
    }
    lastButOne = last;
    last = writer;
    return writer;
  }

  private Writer named(String name) {
    Writer known = metrics.get(name);
    if (known == null) {
      known = writers.computeIfAbsent(Channel.metric(name), this::open);
      metrics.put(name, known);
    }
    return known;
  }

  private Writer open(Channel channel) {
    channels.add(channel);
    return new Writer(channel.name(), channels.size() - 1);
  }

  private void append(int channel, long step, long bits) {
    RandomStream[] counted = streams;
    int at = used;
    if (at + FIELDS + counted.length > words.length) {
      nextChunk();
      at = 0;
    }
    long[] to = words;
    to[at] = channel;
    to[at + 1] = step;
    to[at + 2] = bits;
    for (int i = 0; i < counted.length; i++) {
      to[at + FIELDS + i] = counted[i].draws();
    }
    used = at + FIELDS + counted.length;
    size++;
  }

  private void nextChunk() {
    int records = Math.min(LARGEST_CHUNK, 2 * words.length / (FIELDS + streams.length));
    close();
    words = new long[Math.max(FIRST_CHUNK, records) * (FIELDS + streams.length)];
  }

  private void close() {
    if (used > 0) {
      long[] trimmed = used == words.length ? words : Arrays.copyOf(words, used);
      full.add(chunk(trimmed));
      used = 0;
    }
  }

  private OwnRecords.Chunk chunk(long[] trimmed) {
    return new OwnRecords.Chunk(trimmed, FIELDS + streams.length, watched());
  }

  /** Watches the stream from the next record on, in place of the one watched longest. */
  void watch(String path, RandomStream stream) {
    close();
    Map<String, RandomStream> now = new LinkedHashMap<>(watched);
    if (now.size() == WATCHED) {
      now.remove(now.keySet().iterator().next());
    }
    now.put(path, stream);
    watch(now);
  }

  private void watch(Map<String, RandomStream> now) {
    watched = now;
    streams = now.values().toArray(RandomStream[]::new);
    words = new long[FIRST_CHUNK * (FIELDS + streams.length)];
  }

  /** The paths of the streams watched now, the one watched longest first. */
  List<String> watched() {
    return List.copyOf(watched.keySet());
  }

  /** Each channel's next implicit step, by its index. */
  long[] next() {
    long[] next = new long[channels.size()];
    writers.values().forEach(writer -> next[writer.channel] = writer.next);
    return next;
  }

  /** What was recorded so far; more may follow. */
  OwnRecords records() {
    List<OwnRecords.Chunk> chunks = new ArrayList<>(full);
    if (used > 0) {
      chunks.add(chunk(Arrays.copyOf(words, used)));
    }
    return OwnRecords.of(
        List.copyOf(channels), implicit(), List.copyOf(chunks), List.copyOf(digests), size);
  }

  OwnRecords end() {
    close();
    return records();
  }

  private Set<Channel> implicit() {
    return writers.entrySet().stream()
        .filter(entry -> entry.getValue().implicit)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
