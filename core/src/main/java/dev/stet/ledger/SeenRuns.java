package dev.stet.ledger;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The ids of runs that were met: 128 bits each, in 16 to 43 bytes a run. Not safe for several threads. */
final class SeenRuns {
  private long[] table = new long[2 << 10];
  private int size;

  /** Adds an id; false if it was there. */
  boolean add(String id) {
    ByteBuffer bits = bits(id);
    int place = place(table, bits.getLong(0), low(bits));
    boolean added = place < 0;
    if (added) {
      table[2 * ~place] = bits.getLong(0);
      table[2 * ~place + 1] = low(bits);
    }
    if (added && ++size > table.length / 2 * 3 / 4) {
      grow();
    }
    return added;
  }

  boolean contains(String id) {
    ByteBuffer bits = bits(id);
    return place(table, bits.getLong(0), low(bits)) >= 0;
  }

  private static ByteBuffer bits(String id) {
    return ByteBuffer.wrap(
        Hashing.murmur3_128().hashString(id, StandardCharsets.UTF_8).asBytes());
  }

  // Zero marks a free place.
  private static long low(ByteBuffer bits) {
    long low = bits.getLong(8);
    return low == 0 ? 1 : low;
  }

  /** Where an id is, or the complement of where it would be. */
  private static int place(long[] table, long high, long low) {
    int mask = table.length / 2 - 1;
    for (int i = (int) high & mask; ; i = i + 1 & mask) {
      if (table[2 * i + 1] == 0) {
        return ~i;
      }
      if (table[2 * i] == high && table[2 * i + 1] == low) {
        return i;
      }
    }
  }

  private void grow() {
    long[] larger = new long[Math.multiplyExact(table.length, 2)];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i + 1] != 0) {
        int place = ~place(larger, table[i], table[i + 1]);
        larger[2 * place] = table[i];
        larger[2 * place + 1] = table[i + 1];
      }
    }
    table = larger;
  }
}
