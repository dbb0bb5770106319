package dev.stet.trace;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run recorded: values and digests with their raw bits, in order; notes, which are not compared; and how many
 * numbers each tracked stream had drawn. Immutable.
 *
 * @since 0.1
 */
public final class Trace {
  private final OwnRecords own;
  private final SortedMap<Channel, List<OtherRecords.Entry>> others;
  private final Set<Channel> shared;
  private final Set<Channel> unordered;
  private final boolean prefix;
  private final boolean cut;
  private final List<Note> notes;
  private final SortedMap<String, Long> draws;
  private volatile @Nullable String digest;

  private Trace(
      OwnRecords own,
      SortedMap<Channel, List<OtherRecords.Entry>> others,
      Set<Channel> shared,
      Set<Channel> unordered,
      boolean prefix,
      boolean cut,
      List<Note> notes,
      SortedMap<String, Long> draws) {
    this.own = own;
    this.others = others;
    this.shared = shared;
    this.unordered = unordered;
    this.prefix = prefix;
    this.cut = cut;
    this.notes = notes;
    this.draws = Collections.unmodifiableSortedMap(draws);
  }

  static Trace of(
      OwnRecords own,
      SortedMap<Channel, OtherRecords> others,
      List<Note> notes,
      SortedMap<String, Long> draws) {
    SortedMap<Channel, List<OtherRecords.Entry>> entries = new TreeMap<>();
    Set<Channel> unordered = new TreeSet<>();
    List<Channel> mine = own.channels();
    others.forEach((channel, records) -> {
      boolean ownToo = mine.contains(channel);
      entries.put(channel, records.entries());
      if (records.isUnordered(ownToo) || (ownToo && own.isImplicit(channel))) {
        unordered.add(channel);
      }
    });
    Trace trace = new Trace(own, entries, Set.of(), unordered, false, false, notes, draws);
    return trace.sharing(entries.keySet());
  }

  /** A trace of what another had, as it was read. */
  static Trace ofParts(
      OwnRecords own,
      SortedMap<Channel, List<OtherRecords.Entry>> others,
      Set<Channel> shared,
      Set<Channel> unordered,
      boolean prefix,
      boolean cut,
      List<Note> notes,
      SortedMap<String, Long> draws) {
    return new Trace(own, others, shared, unordered, prefix, cut, notes, draws);
  }

  /**
   * Takes the records of some channels out of the order, since another thread writes them too: how a pool splits work
   * between its threads and the one that waits for it is chance. A prefix cannot place them at all and drops them.
   */
  Trace sharing(Set<Channel> channels) {
    if (shared.containsAll(channels)) {
      return this;
    }
    SortedMap<Channel, List<OtherRecords.Entry>> all = new TreeMap<>();
    Set<Channel> now = new TreeSet<>(shared);
    now.addAll(channels);
    for (Channel channel : now) {
      List<OtherRecords.Entry> entries = new ArrayList<>(others.getOrDefault(channel, List.of()));
      entries.addAll(own.of(channel));
      if (!prefix && !entries.isEmpty()) {
        entries.sort(OtherRecords.Entry.BY_STEP);
        all.put(channel, List.copyOf(entries));
      }
    }
    return new Trace(own.without(now), all, now, unordered, prefix, cut, notes, draws);
  }

  /**
   * Returns how many records are compared on a rerun: values and digests of all threads.
   *
   * @return at least 0
   */
  public int size() {
    return own.size() + others.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Returns the names of the metrics: those of the run's own thread in order of first appearance, then those that only
   * other threads recorded, sorted.
   *
   * @return the names, each once
   */
  public List<String> metrics() {
    return List.copyOf(names(true));
  }

  private Set<String> names(boolean metrics) {
    Set<String> names = new LinkedHashSet<>();
    own.channels().stream()
        .filter(c -> c.isMetric() == metrics)
        .map(Channel::name)
        .forEach(names::add);
    others.keySet().stream()
        .filter(c -> c.isMetric() == metrics)
        .map(Channel::name)
        .forEach(names::add);
    return names;
  }

  /**
   * Returns the values of a metric.
   *
   * @param metric its name
   * @return the series
   * @throws IllegalArgumentException if there is no such metric
   */
  public Series series(String metric) {
    Channel channel = Channel.metric(metric);
    List<OtherRecords.Entry> all =
        others.containsKey(channel) ? others.get(channel) : own.of(channel);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no metric is named \"" + metric + "\"; recorded: "
          + (metrics().isEmpty() ? "nothing" : String.join(", ", metrics())) + ".");
    }
    return new Series(
        metric,
        all.stream().mapToLong(OtherRecords.Entry::step).toArray(),
        all.stream().mapToDouble(entry -> Double.longBitsToDouble(entry.bits())).toArray());
  }

  /**
   * Returns the last value of every metric whose values have an order: what {@link Series#last()} of its series is. It
   * reads the records once, however many metrics there are.
   *
   * @return the values by metric, sorted; without the {@link #unordered()} ones
   */
  public SortedMap<String, Double> lastValues() {
    SortedMap<String, Double> values = new TreeMap<>();
    own.lastBits().forEach((channel, bits) -> putLast(values, channel, bits));
    others.forEach((channel, entries) -> {
      if (!entries.isEmpty()) {
        putLast(values, channel, entries.get(entries.size() - 1).bits());
      }
    });
    return Collections.unmodifiableSortedMap(values);
  }

  private void putLast(SortedMap<String, Double> values, Channel channel, long bits) {
    if (channel.isMetric() && !unordered.contains(channel)) {
      values.put(channel.name(), Double.longBitsToDouble(bits));
    }
  }

  /**
   * Returns the recorded digests.
   *
   * @return for each name the digests in hexadecimal, in order
   */
  public Map<String, List<String>> digests() {
    Map<String, List<String>> digests = new LinkedHashMap<>();
    for (String name : names(false)) {
      Channel channel = Channel.digest(name);
      List<OtherRecords.Entry> all =
          others.containsKey(channel) ? others.get(channel) : own.of(channel);
      digests.put(name, all.stream().map(OtherRecords.Entry::digest).toList());
    }
    return Collections.unmodifiableMap(digests);
  }

  /**
   * Returns what was noted and is not compared.
   *
   * @return the notes in the order in which they were taken
   */
  public List<Note> notes() {
    return notes;
  }

  /**
   * Returns how many numbers each tracked stream had drawn in the end.
   *
   * @return the counts by path, sorted
   */
  public SortedMap<String, Long> draws() {
    return draws;
  }

  /**
   * Returns the series whose records have no order, because several threads wrote them without steps.
   *
   * @return their names; empty for most runs
   */
  public List<String> unordered() {
    return unordered.stream().map(Channel::name).distinct().toList();
  }

  /**
   * Returns the trace of the first records of the run's own thread: without any record of a name that another thread
   * wrote and without final draw counts, neither of which is settled at that point.
   *
   * @param records how many, at least 0; all of them if there are fewer
   * @return the shorter trace
   * @throws IllegalArgumentException if the count is negative
   */
  public Trace prefix(int records) {
    if (records < 0) {
      throw new IllegalArgumentException("records must not be negative; got " + records + ".");
    }
    return new Trace(
        own.first(records),
        new TreeMap<>(),
        shared,
        Set.of(),
        true,
        own.written() >= records,
        notes,
        new TreeMap<>());
  }

  /**
   * Compares this trace with that of a rerun, on raw bits.
   *
   * @param rerun the other trace
   * @return the first difference; else which series have no order; else that they are identical
   */
  public TraceComparison compare(Trace rerun) {
    return Comparing.traces(this, requireNonNull(rerun, "rerun"));
  }

  /**
   * Returns the digest of everything that is compared, in hexadecimal. Two traces with equal digests and without
   * unordered series compare identical. Identical traces have equal digests if the same names were written by other
   * threads in both, as they are wherever the run's own thread writes all or none of a name.
   *
   * <p>It is the SHA-256 over, in this order: the text {@code stet-trace/v1}; for the run's own thread the number of
   * records, then each record as its channel, its step and its bits or digest; the number of channels that other
   * threads wrote, whose records are not among the first, then each, sorted, with the number of its records and each
   * record, sorted by step and bits; the
   * number of streams, then each path, sorted, with its count. A channel is the letter {@code M} or {@code D} and the
   * name. Counts, steps, draws and bits are 64-bit big-endian; a text is its length in UTF-16 units and those units
   * big-endian; a digest is its 32 bytes behind their length.
   *
   * @return 64 hexadecimal digits; frozen, since baselines keep it
   */
  public String digest() {
    String known = digest;
    if (known == null) {
      known = TraceDigest.of(this);
      digest = known;
    }
    return known;
  }

  OwnRecords own() {
    return own;
  }

  SortedMap<Channel, List<OtherRecords.Entry>> others() {
    return others;
  }

  boolean isPrefix() {
    return prefix;
  }

  /** Whether this is a prefix that holds as many records as it was to hold, so that more may have followed. */
  boolean isCut() {
    return cut;
  }

  Set<Channel> shared() {
    return shared;
  }

  Set<Channel> withoutOrder() {
    return unordered;
  }
}
