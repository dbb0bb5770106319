package dev.stet.seeds;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The derivation scheme, version 1: every key, state and narrow seed is SHA-256 of a framed message.
 *
 * <p>A message is the five bytes {@code "stet"}, 1, then one type byte, then the body of that type. Every body
 * has a fixed layout with explicit lengths, so two different messages are never the same bytes. Frozen.
 */
final class Derivation {
  static final int KEY_BYTES = 32;

  private static final byte ROOT_NUMBER = 0x01;
  private static final byte ROOT_BYTES = 0x02;
  private static final byte CHILD_NAME = 0x10;
  private static final byte CHILD_INDEX = 0x11;
  private static final byte STREAM = 0x20;
  private static final byte ADDRESSABLE = 0x21;
  private static final byte NARROW_LONG = 0x22;
  private static final byte NARROW_INT = 0x23;

  private static final int HEADER = 6;

  /** Never updated, only cloned: a clone costs a third of a provider look-up. */
  private static final MessageDigest PROTOTYPE = lookUp();

  private Derivation() {}

  static byte[] root(long number) {
    byte[] message = message(ROOT_NUMBER, Long.BYTES);
    putLong(message, HEADER, number);
    return digest(message);
  }

  static byte[] root(byte[] bytes) {
    byte[] message = message(ROOT_BYTES, Integer.BYTES + bytes.length);
    putInt(message, HEADER, bytes.length);
    System.arraycopy(bytes, 0, message, HEADER + Integer.BYTES, bytes.length);
    return digest(message);
  }

  static byte[] child(byte[] parent, String name) {
    byte[] utf8 = Utf8.encode(name);
    byte[] message = message(CHILD_NAME, KEY_BYTES + Integer.BYTES + utf8.length);
    System.arraycopy(parent, 0, message, HEADER, KEY_BYTES);
    putInt(message, HEADER + KEY_BYTES, utf8.length);
    System.arraycopy(utf8, 0, message, HEADER + KEY_BYTES + Integer.BYTES, utf8.length);
    return digest(message);
  }

  static byte[] child(byte[] parent, long index) {
    byte[] message = message(CHILD_INDEX, KEY_BYTES + Long.BYTES);
    System.arraycopy(parent, 0, message, HEADER, KEY_BYTES);
    putLong(message, HEADER + KEY_BYTES, index);
    return digest(message);
  }

  static byte[] stream(byte[] key) {
    return use(STREAM, key);
  }

  static byte[] addressable(byte[] key) {
    return use(ADDRESSABLE, key);
  }

  static byte[] narrowLong(byte[] key) {
    return use(NARROW_LONG, key);
  }

  static byte[] narrowInt(byte[] key) {
    return use(NARROW_INT, key);
  }

  /** Reads the eight bytes from {@code 8 * index} on as one little-endian word. */
  static long word(byte[] digest, int index) {
    long word = 0;
    for (int i = 7; i >= 0; i--) {
      word = (word << 8) | (digest[8 * index + i] & 0xff);
    }
    return word;
  }

  private static byte[] use(byte type, byte[] key) {
    byte[] message = message(type, KEY_BYTES);
    System.arraycopy(key, 0, message, HEADER, KEY_BYTES);
    return digest(message);
  }

  private static byte[] message(byte type, int bodyLength) {
    byte[] message = new byte[Math.addExact(HEADER, bodyLength)];
    message[0] = 's';
    message[1] = 't';
    message[2] = 'e';
    message[3] = 't';
    message[4] = 1;
    message[5] = type;
    return message;
  }

  private static void putInt(byte[] message, int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      message[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  private static void putLong(byte[] message, int at, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      message[at + i] = (byte) (value >>> (56 - 8 * i));
    }
  }

  private static byte[] digest(byte[] message) {
    try {
      return ((MessageDigest) PROTOTYPE.clone()).digest(message);
    } catch (CloneNotSupportedException e) {
      return lookUp().digest(message);
    }
  }

  private static MessageDigest lookUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "every Java platform must support SHA-256; this one does not. Check the providers in its java.security file.",
          e);
    }
  }
}
