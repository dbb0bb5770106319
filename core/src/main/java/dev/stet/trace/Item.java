package dev.stet.trace;

/** One record of one side; {@code digest} is hexadecimal for a digest and empty for a metric. */
record Item(Channel channel, long step, long bits, String digest) {
  static Item of(OwnRecords.Cursor cursor) {
    boolean metric = cursor.channel().isMetric();
    return new Item(
        cursor.channel(),
        cursor.step(),
        metric ? cursor.bits() : 0,
        metric ? "" : ArrayDigest.hex(cursor.digest()));
  }

  static Item of(Channel channel, OtherRecords.Entry entry) {
    return new Item(channel, entry.step(), entry.bits(), entry.digest());
  }

  String title() {
    return channel.isMetric()
        ? channel.name() + ", step " + Numbers.grouped(step)
        : "digest of " + channel.name();
  }
}
