package dev.stet.fingerprint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a sequence of values, each framed by its length or tag, so that no two sequences look alike. */
final class FramedDigest {
  private final MessageDigest digest = sha256();
  private final ByteBuffer word = ByteBuffer.allocate(Long.BYTES);

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  FramedDigest text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  FramedDigest bytes(byte[] bytes) {
    number(bytes.length);
    digest.update(bytes);
    return this;
  }

  FramedDigest number(long value) {
    digest.update(word.putLong(0, value).array());
    return this;
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
