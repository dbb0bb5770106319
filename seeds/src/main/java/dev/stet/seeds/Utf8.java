package dev.stet.seeds;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Names as bytes. {@code String.getBytes} turns a lone surrogate into '?', so that two names would collide. */
final class Utf8 {
  private Utf8() {}

  static byte[] encode(String name) {
    refuseLoneSurrogates(name);
    return name.getBytes(UTF_8);
  }

  private static void refuseLoneSurrogates(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 < name.length() && Character.isSurrogatePair(c, name.charAt(i + 1))) {
          i++;
        } else {
          throw new IllegalArgumentException("a name must be well-formed Unicode; "
              + SeedText.quote(name)
              + " has a lone surrogate at index "
              + i
              + ", which UTF-8 cannot hold. Take it out, or give the bytes with Seed.of(byte[]).");
        }
      }
    }
  }
}
