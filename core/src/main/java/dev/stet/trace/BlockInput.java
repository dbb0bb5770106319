package dev.stet.trace;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** Reads what {@link BlockOutput} wrote, and nothing behind its end. Whatever is not as it was written is refused. */
final class BlockInput {
  private final InputStream in;
  private final byte[] head = new byte[4];
  private byte[] block = {};
  private final CRC32C crc = new CRC32C();
  private long offset;
  private int length;
  private int at;
  private int number;
  private boolean ended;

  BlockInput(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  long count() throws IOException {
    long n = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = int8();
      n |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return n;
      }
    }
    throw garbled("a number takes more than ten bytes");
  }

  /** A count of things that follow, each of at least one byte. */
  int size() throws IOException {
    long n = count();
    if (n < 0 || n > Integer.MAX_VALUE) {
      throw garbled("a count of " + Long.toUnsignedString(n));
    }
    return (int) n;
  }

  /** A number less than another, such as an index into a list. */
  int below(int bound) throws IOException {
    long n = count();
    if (n < 0 || n >= bound) {
      throw garbled(Long.toUnsignedString(n) + " stands where a number below " + bound + " should");
    }
    return (int) n;
  }

  long near() throws IOException {
    long n = count();
    return n >>> 1 ^ -(n & 1);
  }

  long int64() throws IOException {
    if (length - at >= 8) {
      long n = (long) int32(block, at) << 32 | (int32(block, at + 4) & 0xffffffffL);
      at += 8;
      return n;
    }
    long n = 0;
    for (int i = 0; i < 8; i++) {
      n = n << 8 | (int8() & 0xff);
    }
    return n;
  }

  boolean flag() throws IOException {
    return below(2) == 1;
  }

  String text() throws IOException {
    int units = size();
    StringBuilder text = new StringBuilder(Math.min(units, 1024));
    for (int i = 0; i < units; i++) {
      text.append((char) below(1 << 16));
    }
    return text.toString();
  }

  byte[] bytes(int n) throws IOException {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; ) {
      bytes[i++] = int8();
      int more = Math.min(n - i, length - at);
      System.arraycopy(block, at, bytes, i, more);
      at += more;
      i += more;
    }
    return bytes;
  }

  private byte int8() throws IOException {
    if (at == length) {
      next();
      if (ended) {
        throw garbled("it ends too soon");
      }
    }
    return block[at++];
  }

  private void next() throws IOException {
    offset += number == 0 ? 0 : length + 8;
    read(head, 4);
    int n = int32(head, 0);
    if (n < 0 || n > BlockOutput.BLOCK) {
      throw garbled("a block of " + Integer.toUnsignedString(n) + " bytes");
    }
    if (block.length < n + 4) {
      block = new byte[n + 4];
    }
    read(block, n + 4);
    crc.reset();
    for (int shift = 24; shift >= 0; shift -= 8) {
      crc.update(number >>> shift);
    }
    crc.update(head, 0, 4);
    crc.update(block, 0, n);
    if ((int) crc.getValue() != int32(block, n)) {
      throw garbled("the checksum is another");
    }
    number++;
    length = n;
    at = 0;
    ended = n == 0;
  }

  private void read(byte[] to, int n) throws IOException {
    if (in.readNBytes(to, 0, n) < n) {
      throw garbled("it is cut off");
    }
  }

  /** Reads the empty block, which must follow. */
  void end() throws IOException {
    if (at == length) {
      next();
    }
    if (!ended) {
      throw garbled("more follows where it should end");
    }
  }

  IOException garbled(String why) {
    return new IOException("not as it was written: in the block at byte " + offset + ", " + why
        + ". Restore the file from a copy; what stands in it cannot be trusted.");
  }

  private static int int32(byte[] from, int at) {
    return from[at] << 24
        | (from[at + 1] & 0xff) << 16
        | (from[at + 2] & 0xff) << 8
        | (from[at + 3] & 0xff);
  }
}
