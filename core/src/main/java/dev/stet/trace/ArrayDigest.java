package dev.stet.trace;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over framed values: numbers big-endian, texts and arrays with their length before them, a letter for each
 * type, so that no two different inputs give the same bytes.
 */
final class ArrayDigest {
  private final MessageDigest sha;
  private final byte[] buffer = new byte[8192];
  private int used;

  ArrayDigest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256; this one does not.", e);
    }
  }

  ArrayDigest letter(char type) {
    put8(type);
    return this;
  }

  ArrayDigest int64(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      put8((int) (value >>> shift));
    }
    return this;
  }

  ArrayDigest int32(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      put8(value >>> shift);
    }
    return this;
  }

  ArrayDigest text(String text) {
    // A lone surrogate has no UTF-8; UTF-16 units keep every string apart from every other.
    int64(text.length());
    for (int i = 0; i < text.length(); i++) {
      put8(text.charAt(i) >>> 8);
      put8(text.charAt(i));
    }
    return this;
  }

  ArrayDigest bytes(byte[] bytes) {
    int64(bytes.length);
    flush();
    sha.update(bytes);
    return this;
  }

  private void put8(int b) {
    if (used == buffer.length) {
      flush();
    }
    buffer[used++] = (byte) b;
  }

  private void flush() {
    sha.update(buffer, 0, used);
    used = 0;
  }

  byte[] end() {
    flush();
    return sha.digest();
  }

  static byte[] of(double[] values) {
    ArrayDigest digest = new ArrayDigest().letter('D').int64(values.length);
    for (double value : values) {
      digest.int64(Double.doubleToRawLongBits(value));
    }
    return digest.end();
  }

  static byte[] of(double[][] rows) {
    ArrayDigest digest = new ArrayDigest().letter('M').int64(rows.length);
    for (double[] row : rows) {
      digest.int64(row.length);
      for (double value : row) {
        digest.int64(Double.doubleToRawLongBits(value));
      }
    }
    return digest.end();
  }

  static byte[] of(float[] values) {
    ArrayDigest digest = new ArrayDigest().letter('F').int64(values.length);
    for (float value : values) {
      digest.int32(Float.floatToRawIntBits(value));
    }
    return digest.end();
  }

  static byte[] of(long[] values) {
    ArrayDigest digest = new ArrayDigest().letter('J').int64(values.length);
    for (long value : values) {
      digest.int64(value);
    }
    return digest.end();
  }

  static byte[] of(int[] values) {
    ArrayDigest digest = new ArrayDigest().letter('I').int64(values.length);
    for (int value : values) {
      digest.int32(value);
    }
    return digest.end();
  }

  static byte[] of(byte[] values) {
    return new ArrayDigest().letter('B').bytes(values).end();
  }

  static byte[] of(String text) {
    return new ArrayDigest().letter('S').text(text).end();
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
