package dev.stet.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The records that threads other than the run's own wrote to one channel. Guarded by the recorder's lock. */
final class OtherRecords {
  /** One record; a digest's value is its hexadecimal text, a metric's is empty and its bits count. */
  record Entry(long step, long bits, String digest) {
    static final Comparator<Entry> BY_STEP = Comparator.comparingLong(Entry::step)
        .thenComparing(Entry::bits, Long::compareUnsigned)
        .thenComparing(Entry::digest);
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Thread first;
  private boolean implicit;
  private boolean several;
  private long next;

  OtherRecords(Thread first) {
    this.first = first;
  }

  void add(long bits, String digest) {
    implicit = true;
    add(next, bits, digest);
  }

  void add(long step, long bits, String digest) {
    several |= Thread.currentThread() != first;
    next = step + 1;
    entries.add(new Entry(step, bits, digest));
  }

  /** Steps that we counted across threads say nothing about an order. */
  boolean isUnordered(boolean ownerWritesToo) {
    return implicit && (several || ownerWritesToo);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }
}
