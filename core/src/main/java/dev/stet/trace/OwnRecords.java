package dev.stet.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records of the run's own thread as they stand once the run has ended. Immutable. */
final class OwnRecords {
  /** Records of {@code stride} words: channel, step, bits, then one draw count for each watched path. */
  static final class Chunk {
    private final long[] words;
    private final int stride;
    private final List<String> watched;

    Chunk(long[] words, int stride, List<String> watched) {
      this.words = words;
      this.stride = stride;
      this.watched = watched;
    }

    long[] words() {
      return words;
    }

    List<String> watched() {
      return watched;
    }

    int records() {
      return words.length / stride;
    }
  }

  private final List<Channel> channels;
  private final Set<Channel> implicit;
  private final List<Chunk> chunks;
  private final List<byte[]> digests;
  private final int written;
  private final boolean[] left;
  private final int size;

  private OwnRecords(
      List<Channel> channels,
      Set<Channel> implicit,
      List<Chunk> chunks,
      List<byte[]> digests,
      int written,
      boolean[] left) {
    this.channels = channels;
    this.implicit = implicit;
    this.chunks = chunks;
    this.digests = digests;
    this.written = written;
    this.left = left;
    this.size = count();
  }

  static OwnRecords of(
      List<Channel> channels,
      Set<Channel> implicit,
      List<Chunk> chunks,
      List<byte[]> digests,
      int written) {
    return new OwnRecords(
        channels, implicit, chunks, digests, written, new boolean[channels.size()]);
  }

  private int count() {
    boolean all = true;
    for (boolean out : left) {
      all &= !out;
    }
    if (all) {
      return written;
    }
    int count = 0;
    for (Cursor cursor = new Cursor(); cursor.next(); ) {
      count++;
    }
    return count;
  }

  int size() {
    return size;
  }

  /** How many were written, those counted in that have no place in the order. */
  int written() {
    return written;
  }

  /** All channels by their index, those left out included. */
  List<Channel> table() {
    return channels;
  }

  /** Whether the records of the channel with this index have no place in the order. */
  boolean isLeft(int channel) {
    return left[channel];
  }

  Chunk chunk(int index) {
    return chunks.get(index);
  }

  List<Chunk> chunks() {
    return chunks;
  }

  List<byte[]> digests() {
    return digests;
  }

  /** The digest that a record's third word points to. */
  byte[] digest(long bits) {
    return digests.get((int) bits);
  }

  /** Where the chunks end that follow this one and watch the same streams. */
  int stretch(int from) {
    int to = from + 1;
    while (to < chunks.size() && chunks.get(to).watched.equals(chunks.get(from).watched)) {
      to++;
    }
    return to;
  }

  /** In order of first appearance. */
  List<Channel> channels() {
    Set<Channel> seen = new LinkedHashSet<>();
    for (int i = 0; i < left.length; i++) {
      if (!left[i]) {
        seen.add(channels.get(i));
      }
    }
    return List.copyOf(seen);
  }

  /** Whether a record of this channel was given no step. */
  boolean isImplicit(Channel channel) {
    return implicit.contains(channel);
  }

  OwnRecords first(int n) {
    if (n >= written) {
      return this;
    }
    boolean[] out = left.clone();
    Arrays.fill(out, true);
    OwnRecords first = new OwnRecords(channels, implicit, chunks, digests, n, left);
    for (Cursor cursor = first.cursor(); cursor.next(); ) {
      out[cursor.channelIndex()] = false;
    }
    return new OwnRecords(channels, implicit, chunks, digests, n, out);
  }

  /** These records without those of some channels, which then have no place in the order. */
  OwnRecords without(Set<Channel> others) {
    boolean[] out = left.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] |= others.contains(channels.get(i));
    }
    return Arrays.equals(out, left)
        ? this
        : new OwnRecords(channels, implicit, chunks, digests, written, out);
  }

  /** The records of one channel, as records that have a step and no place in the order. */
  List<OtherRecords.Entry> of(Channel channel) {
    int index = channels.indexOf(channel);
    List<OtherRecords.Entry> entries = new ArrayList<>();
    for (Cursor cursor = cursor(); index >= 0 && !left[index] && cursor.next(); ) {
      if (cursor.channelIndex() == index) {
        entries.add(cursor.entry());
      }
    }
    return entries;
  }

  /** The bits of the last record of each channel. */
  Map<Channel, Long> lastBits() {
    long[] last = new long[channels.size()];
    boolean[] found = new boolean[last.length];
    for (Cursor cursor = cursor(); cursor.next(); ) {
      last[cursor.channelIndex()] = cursor.bits();
      found[cursor.channelIndex()] = true;
    }
    Map<Channel, Long> bits = new LinkedHashMap<>();
    for (int i = 0; i < last.length; i++) {
      if (found[i]) {
        bits.put(channels.get(i), last[i]);
      }
    }
    return bits;
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Walks over the records once; a record's values are read from the cursor while it stands on it. */
  final class Cursor {
    private int read;
    private int index = -1;
    private int chunk;
    private int at;

    boolean next() {
      while (read < written) {
        if (read > 0) {
          at += chunks.get(chunk).stride;
        }
        if (at >= chunks.get(chunk).words.length) {
          chunk++;
          at = 0;
        }
        read++;
        if (!left[channelIndex()]) {
          index++;
          return true;
        }
      }
      return false;
    }

    /** The place in the order, from 0. */
    int index() {
      return index;
    }

    private long word(int offset) {
      return chunks.get(chunk).words[at + offset];
    }

    int channelIndex() {
      return (int) word(0);
    }

    Channel channel() {
      return channels.get(channelIndex());
    }

    long step() {
      return word(1);
    }

    long bits() {
      return word(2);
    }

    byte[] digest() {
      return digests.get((int) word(2));
    }

    OtherRecords.Entry entry() {
      return channel().isMetric()
          ? new OtherRecords.Entry(step(), bits(), "")
          : new OtherRecords.Entry(step(), 0, ArrayDigest.hex(digest()));
    }

    /** How many numbers each watched stream had drawn at this record. */
    Map<String, Long> draws() {
      List<String> watched = chunks.get(chunk).watched;
      Map<String, Long> draws = new LinkedHashMap<>();
      for (int i = 0; i < watched.size(); i++) {
        draws.put(watched.get(i), word(3 + i));
      }
      return draws;
    }

    boolean sameAs(Cursor other) {
      Channel channel = channel();
      if (!channel.equals(other.channel()) || step() != other.step()) {
        return false;
      }
      return channel.isMetric() ? bits() == other.bits() : Arrays.equals(digest(), other.digest());
    }
  }
}
