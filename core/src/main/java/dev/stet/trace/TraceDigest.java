package dev.stet.trace;

import java.util.HexFormat;
import java.util.List;

/** Writes the bytes that {@link Trace#digest()} specifies. */
final class TraceDigest {
  private static final String VERSION = "stet-trace/v1";

  private final ArrayDigest out = new ArrayDigest();

  private TraceDigest() {}

  static String of(Trace trace) {
    TraceDigest digest = new TraceDigest();
    digest.out.text(VERSION);
    digest.own(trace.own());
    digest.out.int64(trace.others().size());
    trace.others().forEach(digest::channelOfOthers);
    digest.out.int64(trace.draws().size());
    trace.draws().forEach((path, count) -> digest.out.text(path).int64(count));
    return ArrayDigest.hex(digest.out.end());
  }

  private void own(OwnRecords own) {
    out.int64(own.size());
    for (OwnRecords.Cursor cursor = own.cursor(); cursor.next(); ) {
      channel(cursor.channel());
      out.int64(cursor.step());
      if (cursor.channel().isMetric()) {
        out.int64(cursor.bits());
      } else {
        out.bytes(cursor.digest());
      }
    }
  }

  private void channelOfOthers(Channel channel, List<OtherRecords.Entry> entries) {
    channel(channel);
    out.int64(entries.size());
    for (OtherRecords.Entry entry : entries) {
      out.int64(entry.step());
      if (channel.isMetric()) {
        out.int64(entry.bits());
      } else {
        out.bytes(HexFormat.of().parseHex(entry.digest()));
      }
    }
  }

  private void channel(Channel channel) {
    out.letter(channel.isMetric() ? 'M' : 'D').text(channel.name());
  }
}
