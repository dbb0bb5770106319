package dev.stet.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Numbers and texts in blocks, each with its length before it and its checksum behind it. The checksum takes in the
 * block's number, so that a block lost, doubled or moved is found; an empty block ends the whole.
 */
final class BlockOutput {
  static final int BLOCK = 1 << 16;
  /** What the longest of the small values takes. */
  private static final int LONGEST = 10;

  private static final int HEAD = 4;
  /** Most traces are short, and theirs shall not cost a whole block. */
  private static final int FIRST = 1 << 10;

  private final OutputStream out;
  private byte[] buffer = new byte[HEAD + FIRST + 4];
  private final CRC32C crc = new CRC32C();
  private int used = HEAD;
  private int number;

  BlockOutput(OutputStream out) {
    this.out = out;
  }

  void count(long n) throws IOException {
    room(LONGEST);
    int at = used;
    long rest = n;
    while ((rest & ~0x7fL) != 0) {
      buffer[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[at++] = (byte) rest;
    used = at;
  }

  /** A number that is mostly near zero, on either side. */
  void near(long n) throws IOException {
    count(n << 1 ^ n >> 63);
  }

  void int64(long n) throws IOException {
    room(8);
    put(used, (int) (n >>> 32));
    put(used + 4, (int) n);
    used += 8;
  }

  void flag(boolean yes) throws IOException {
    count(yes ? 1 : 0);
  }

  /** UTF-16 units, since a lone surrogate has no UTF-8. */
  void text(String text) throws IOException {
    count(text.length());
    for (int i = 0; i < text.length(); i++) {
      count(text.charAt(i));
    }
  }

  void bytes(byte[] bytes) throws IOException {
    int from = 0;
    while (from < bytes.length) {
      room(1);
      int n = Math.min(bytes.length - from, buffer.length - 4 - used);
      System.arraycopy(bytes, from, buffer, used, n);
      used += n;
      from += n;
    }
  }

  private void room(int bytes) throws IOException {
    if (used + bytes > buffer.length - 4) {
      if (buffer.length < HEAD + BLOCK + 4) {
        buffer = Arrays.copyOf(buffer, HEAD + BLOCK + 4);
      } else {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    put(0, used - HEAD);
    crc.reset();
    for (int shift = 24; shift >= 0; shift -= 8) {
      crc.update(number >>> shift);
    }
    crc.update(buffer, 0, used);
    put(used, (int) crc.getValue());
    out.write(buffer, 0, used + 4);
    used = HEAD;
    number++;
  }

  /** Writes what is left and the empty block; the stream stays open. */
  void end() throws IOException {
    if (used > HEAD) {
      flush();
    }
    flush();
    out.flush();
  }

  private void put(int at, int n) {
    buffer[at] = (byte) (n >>> 24);
    buffer[at + 1] = (byte) (n >>> 16);
    buffer[at + 2] = (byte) (n >>> 8);
    buffer[at + 3] = (byte) n;
  }
}
