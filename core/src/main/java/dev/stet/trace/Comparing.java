package dev.stet.trace;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the first difference of two traces: own records in order, then other threads' by step, then draw counts. */
final class Comparing {
  private final Trace first;
  private final Trace rerun;
  private final int total;
  private int equal;

  private Comparing(Trace first, Trace rerun) {
    this.first = first;
    this.rerun = rerun;
    this.total = Math.max(first.own().size(), rerun.own().size());
  }

  static TraceComparison traces(Trace first, Trace rerun) {
    Set<Channel> shared = new TreeSet<>(first.shared());
    shared.addAll(rerun.shared());
    return new Comparing(first.sharing(shared), rerun.sharing(shared)).compare();
  }

  private TraceComparison compare() {
    Set<Channel> unordered = new TreeSet<>(first.withoutOrder());
    unordered.addAll(rerun.withoutOrder());
    Divergence divergence = inOrder();
    divergence = divergence != null ? divergence : elsewhere(unordered);
    divergence = divergence != null ? divergence : inDraws();
    if (divergence != null) {
      return new TraceComparison.Diverged(divergence);
    }
    return unordered.isEmpty()
        ? new TraceComparison.Identical(equal)
        : new TraceComparison.Unordered(
            unordered.stream().map(Channel::name).distinct().toList());
  }

  private @Nullable Divergence inOrder() {
    OwnRecords.Cursor one = first.own().cursor();
    OwnRecords.Cursor other = rerun.own().cursor();
    while (true) {
      boolean here = one.next();
      boolean there = other.next();
      if (here && there) {
        if (!one.sameAs(other)) {
          return at(
              one.index(),
              Item.of(one),
              Item.of(other),
              new StreamCounts(one.draws(), other.draws()));
        }
        equal++;
      } else if ((here && mayEnd(rerun)) || (there && mayEnd(first))) {
        return null;
      } else if (here) {
        return at(one.index(), Item.of(one), null, StreamCounts.NONE);
      } else if (there) {
        return at(other.index(), null, Item.of(other), StreamCounts.NONE);
      } else {
        return null;
      }
    }
  }

  /** A prefix counts shared records that have no place in the order, so that two prefixes may end apart. */
  private static boolean mayEnd(Trace trace) {
    return trace.isCut() && !trace.shared().isEmpty();
  }

  private Divergence at(
      @Nullable Integer index, @Nullable Item one, @Nullable Item other, StreamCounts streams) {
    return new Divergence(kind(one, other), index, total, equal, one, other, streams, draws());
  }

  private static Divergence.Kind kind(@Nullable Item one, @Nullable Item other) {
    if (one == null || other == null) {
      return Divergence.Kind.MISSING;
    }
    if (!one.channel().equals(other.channel()) || one.step() != other.step()) {
      return Divergence.Kind.OTHER_RECORD;
    }
    return one.channel().isMetric() ? Divergence.Kind.VALUE : Divergence.Kind.DIGEST;
  }

  private @Nullable Divergence elsewhere(Set<Channel> unordered) {
    TreeSet<Channel> channels = new TreeSet<>(first.others().keySet());
    channels.addAll(rerun.others().keySet());
    for (Channel channel : channels) {
      if (!unordered.contains(channel)) {
        Divergence divergence = inChannel(
            channel,
            first.others().getOrDefault(channel, List.of()),
            rerun.others().getOrDefault(channel, List.of()));
        if (divergence != null) {
          return divergence;
        }
      }
    }
    return null;
  }

  private @Nullable Divergence inChannel(
      Channel channel, List<OtherRecords.Entry> one, List<OtherRecords.Entry> other) {
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      OtherRecords.Entry here = i < one.size() ? one.get(i) : null;
      OtherRecords.Entry there = i < other.size() ? other.get(i) : null;
      if (here == null || !here.equals(there)) {
        return at(
            null,
            here == null ? null : Item.of(channel, here),
            there == null ? null : Item.of(channel, there),
            StreamCounts.NONE);
      }
      equal++;
    }
    return null;
  }

  private StreamCounts draws() {
    return new StreamCounts(first.draws(), rerun.draws());
  }

  private @Nullable Divergence inDraws() {
    StreamCounts draws = draws();
    return draws.apart().isEmpty()
        ? null
        : new Divergence(Divergence.Kind.DRAWS, null, total, equal, null, null, draws, draws);
  }
}
