package dev.stet.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that threads other than the run's own wrote to one channel. Guarded by the recorder's lock. */
final class OtherRecords {
  /** One record; a digest's value is its hexadecimal text, a metric's is empty and its bits count. */
  record Entry(long step, long bits, String digest) {
    static final Comparator<Entry> BY_STEP = Comparator.comparingLong(Entry::step)
        .thenComparing(Entry::bits, Long::compareUnsigned)
        .thenComparing(Entry::digest);
  }

  private final List<Entry> entries = new ArrayList<>();
  /** Null in a resumed run until a thread writes, since the threads of the one before went with its process. */
  private @Nullable Thread first;

  /** Whether the first thread had ended when this was saved, so that whoever writes next is another one. */
  private boolean ended;

  private boolean implicit;
  private boolean several;
  private long next;

  OtherRecords() {}

  private OtherRecords(
      List<Entry> entries, boolean implicit, boolean several, boolean ended, long next) {
    this.entries.addAll(entries);
    this.implicit = implicit;
    this.several = several;
    this.ended = ended;
    this.next = next;
  }

  void write(Channel channel, BlockOutput out) throws IOException {
    out.flag(implicit);
    out.flag(several);
    out.flag(first == null ? ended : !first.isAlive());
    out.int64(next);
    RecordCoding.writeEntries(channel, entries, out);
  }

  static OtherRecords read(Channel channel, BlockInput in) throws IOException {
    boolean implicit = in.flag();
    boolean several = in.flag();
    boolean ended = in.flag();
    long next = in.int64();
    return new OtherRecords(RecordCoding.readEntries(channel, in), implicit, several, ended, next);
  }

  void add(long bits, String digest) {
    implicit = true;
    add(next, bits, digest);
  }

  void add(long step, long bits, String digest) {
    if (first == null) {
      // A thread that lived went on, as far as anybody can know: this one took up its work.
      first = Thread.currentThread();
      several |= ended;
    }
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
